use std::path::Path;

use super::fewer::{Need, level, need};
use super::*;
use crate::experiment::outcome::Outcome;
use crate::experiment::summary::Range;
use crate::text::Language;

fn experiment(rule: &str, sides: &str, measure: &str) -> Experiment {
    let text = format!(
        "version = 1\nquestion = \"?\"\nyes = \"y\"\nno = \"n\"\nnetworks = [\"dense\", \"residual\"]\nseeds = [1, 2, 3]\n\
         [[axis]]\nsetting = \"network.growth\"\nvalues = [2, 8]\n\
         [compare]\nrule = \"{rule}\"\n{sides}\nmeasure = \"{measure}\"\nalong = [\"parameters\"]\n"
    );
    Experiment::parse(&text, Path::new("x.toml"), false).unwrap()
}

const SIDES: &str = "first = \"dense\"\nsecond = \"residual\"";

/// A verdict on accuracies that a network, a growth rate and a seed are given; nothing for a run that diverged.
fn verdict(experiment: &Experiment, accuracy: impl Fn(&str, usize, u64) -> Option<f64>) -> Verdict {
    let trials = experiment.trials().unwrap();
    let outcomes: Vec<Option<Outcome>> = trials
        .iter()
        .map(|trial| {
            let reached = accuracy(trial.network.name(), trial.plan.config.network.growth, trial.seed);
            let status = if reached.is_some() { "finished" } else { "diverged" };
            let number = reached.map(|number| number.to_string()).unwrap_or_default();
            let table = format!(
                "status,steps,final_loss,final_accuracy,best_loss,best_accuracy,train_loss,train_accuracy,gap,stem_gradient_start,stem_gradient,seconds\n\
                 {status},10,,{number},,{number},,,{number},,,1.5\n"
            );
            Some(Outcome::from_csv(&table).unwrap())
        })
        .collect();
    Verdict::of(experiment, &Summary::of(&trials, &outcomes), Text::of(Language::English))
}

#[test]
fn a_pair_is_told_apart_only_when_ranges_do_not_overlap() {
    let experiment = experiment("paired", SIDES, "accuracy");
    let above = |kind: &str, _, seed: u64| Some(if kind == "dense" { 0.8 } else { 0.7 } + seed as f64 * 0.01);
    let found = verdict(&experiment, above);
    assert_eq!(found.answer, Answer::Yes);
    assert!(found.sentences[0].contains("Of 2 comparisons DenseNet is better in 2"), "{}", found.sentences[0]);
    assert!(found.sentences[0].contains("once in 10"), "{}", found.sentences[0]);
    assert!(found.sentences[1].contains("82.0 % (81.0 %–83.0 %)"), "{}", found.sentences[1]);
    let overlapping = |kind: &str, _, seed: u64| Some(if kind == "dense" { 0.71 } else { 0.7 } + seed as f64 * 0.01);
    assert_eq!(verdict(&experiment, overlapping).answer, Answer::NotToldApart);
    let turned = |kind: &str, growth, seed: u64| {
        Some(if (kind == "dense") == (growth == 2) { 0.8 } else { 0.7 } + seed as f64 * 0.01)
    };
    assert_eq!(verdict(&experiment, turned).answer, Answer::Mixed);
    let below = |kind: &str, _, seed: u64| Some(if kind == "dense" { 0.6 } else { 0.7 } + seed as f64 * 0.01);
    assert_eq!(verdict(&experiment, below).answer, Answer::No);
}

#[test]
fn of_a_gap_less_is_better() {
    let found = verdict(&experiment("paired", SIDES, "gap"), |kind, _, seed| {
        Some(if kind == "dense" { 0.1 } else { 0.3 } + seed as f64 * 0.01)
    });
    assert_eq!(found.answer, Answer::Yes);
}

#[test]
fn one_seed_tells_nothing_apart() {
    let mut experiment = experiment("paired", SIDES, "accuracy");
    experiment.seeds = vec![1];
    let found = verdict(&experiment, |kind, _, _| Some(if kind == "dense" { 0.9 } else { 0.1 }));
    assert_eq!(found.answer, Answer::Unknown);
    assert!(found.sentences[0].contains("nothing can be told apart"), "{:?}", found.sentences);
}

#[test]
fn a_trend_is_from_the_first_value_to_the_last() {
    let experiment = experiment("trend", "", "accuracy");
    let rises = |_: &str, growth: usize, seed: u64| Some(growth as f64 * 0.1 + seed as f64 * 0.01);
    assert_eq!(verdict(&experiment, rises).answer, Answer::Yes);
    assert_eq!(verdict(&experiment, |kind, growth, seed| Some(1.0 - rises(kind, growth, seed)?)).answer, Answer::No);
    assert_eq!(verdict(&experiment, |_, _, seed| Some(seed as f64 * 0.01)).answer, Answer::NotToldApart);
}

#[test]
fn a_network_that_diverges_does_not_learn() {
    let experiment = experiment("learns", SIDES, "accuracy");
    let found = verdict(&experiment, |kind, growth, seed| (kind == "dense" || growth == 2 || seed < 3).then_some(0.6));
    assert_eq!(found.answer, Answer::Yes);
    assert!(found.sentences.iter().any(|sentence| sentence.contains("1 of 3 diverged")), "{:#?}", found.sentences);
    assert!(found.sentences.last().unwrap().starts_with("Runs that diverged: 1"), "{:#?}", found.sentences);
    assert_eq!(verdict(&experiment, |_, _, _| Some(0.6)).answer, Answer::No);
    assert_eq!(verdict(&experiment, |_, _, _| Some(0.15)).answer, Answer::No, "guessing is 10 %");
}

#[test]
fn what_a_curve_needs_is_read_between_sizes_in_equal_ratios() {
    let range = |mean: f64| Range { mean, low: mean - 0.01, high: mean + 0.01, count: 3 };
    let dense = vec![(100.0, range(0.5)), (10_000.0, range(0.9))];
    let residual = vec![(1_000.0, range(0.5)), (10_000.0, range(0.7))];
    let level = level(&[dense.clone(), residual.clone()], true).unwrap();
    assert!((level - 0.7).abs() < 1e-12);
    let Need { mean, low, high } = need(&dense, level, true);
    assert!((mean - 1_000.0).abs() < 1e-6, "half of the way in two powers of ten: {mean}");
    assert!(low < mean && mean < high);
    let residual = need(&residual, level, true);
    assert!((residual.mean - 10_000.0).abs() < 1e-6 && residual.high.is_infinite(), "{residual:?}");
    assert_eq!(need(&dense, 0.4, true).mean, 0.0, "the smallest reaches it already");
}

#[test]
fn fewer_is_yes_only_when_every_estimate_lies_below() {
    let experiment = experiment("fewer", SIDES, "accuracy");
    let dense_wins = |kind: &str, growth: usize, seed: u64| {
        Some(if kind == "dense" || growth == 8 { 0.8 } else { 0.5 } + seed as f64 * 0.001)
    };
    let found = verdict(&experiment, dense_wins);
    assert_eq!(found.answer, Answer::NotToldApart, "{:#?}", found.sentences);
    let clearly = |kind: &str, growth: usize, seed: u64| {
        Some(
            match (kind, growth) {
                ("dense", _) => 0.9,
                (_, 8) => 0.8,
                _ => 0.5,
            } + seed as f64 * 0.001,
        )
    };
    let found = verdict(&experiment, clearly);
    assert_eq!(found.answer, Answer::Yes, "{:#?}", found.sentences);
    assert!(found.sentences[0].contains("DenseNet needs less"), "{}", found.sentences[0]);
}
