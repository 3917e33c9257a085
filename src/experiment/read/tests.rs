use std::path::Path;

use super::*;
use crate::config::Problems;
use crate::text::Language;

const GOOD: &str = r#"version = 1
question = "Is it so?"
yes = { en = "Yes.", zh = "是。" }
no = "No."
networks = ["dense", "residual"]
seeds = [1, 2]
[set]
training.steps = 20
[[axis]]
setting = "network.growth"
values = [2, 4, 8]
[[axis]]
name = "form"
variants = [
  { name = "basic", set = { "network.bottleneck" = false } },
  { name = "B", set = { "network.bottleneck" = true } },
]
[compare]
rule = "paired"
first = "dense"
second = "residual"
measure = "accuracy"
along = ["parameters", "network.growth"]
[quick]
seeds = [7]
set = { "training.steps" = 5 }
values = { "network.growth" = [2, 8] }
"#;

fn parse(text: &str) -> Result<Experiment, ConfigError> {
    Experiment::parse(text, Path::new("x.toml"), false)
}

fn problems(text: &str) -> Vec<String> {
    match parse(text) {
        Err(ConfigError::Problems(Problems(problems))) => problems.iter().map(ToString::to_string).collect(),
        other => panic!("expected problems, got {other:?}"),
    }
}

#[test]
fn an_experiment_is_every_value_with_every_other() {
    let experiment = parse(GOOD).unwrap();
    assert_eq!((experiment.runs(), experiment.axes.len(), experiment.name.as_str()), (24, 2, "x"));
    assert_eq!(experiment.yes.say(Language::Chinese), "是。");
    assert_eq!(experiment.question.say(Language::Chinese), "Is it so?");
    let trials = experiment.trials().unwrap();
    assert_eq!(trials.len(), 24);
    let ids: std::collections::BTreeSet<_> = trials.iter().map(|trial| &trial.id).collect();
    assert_eq!(ids.len(), 24);
    assert!(trials[0].id.starts_with("dense-growth2-formbasic-seed1-"), "{}", trials[0].id);
    assert!(trials.iter().all(|trial| trial.plan.networks.len() == 1 && trial.plan.config.training.steps == 20));
    assert!(trials.iter().any(|trial| trial.plan.config.network.growth == 8 && trial.plan.config.network.bottleneck));
}

#[test]
fn the_short_form_has_its_own_seeds_settings_and_values() {
    let experiment = Experiment::parse(GOOD, Path::new("x.toml"), true).unwrap();
    assert_eq!((experiment.runs(), &experiment.seeds[..]), (8, &[7][..]));
    let trials = experiment.trials().unwrap();
    assert!(trials.iter().all(|trial| trial.plan.config.training.steps == 5));
    assert!(trials.iter().all(|trial| [2, 8].contains(&trial.plan.config.network.growth)));
}

#[test]
fn everything_wrong_is_told_with_its_line_and_what_is_allowed() {
    for (written, instead, line, expected) in [
        ("version = 1", "version = 2", 1, "version: found 2 (an integer); allowed: 1"),
        ("no = \"No.\"", "nope = \"No.\"", 1, "no: found nothing"),
        ("\"residual\"]", "\"resnet\"]", 5, "\"resnet\" (a string); allowed: a list of networks"),
        ("\"residual\"]", "\"dense\"]", 5, "each at most once"),
        ("seeds = [1, 2]", "seeds = [1, -2]", 6, "seeds.1: found -2"),
        ("seeds = [1, 2]", "seeds = []", 6, "at least one seed"),
        ("training.steps = 20", "training.stops = 20", 8, "did you mean training.steps?"),
        ("training.steps = 20", "training.steps = 0", 8, "training.steps: found 0; allowed: a whole number from 1"),
        ("training.steps = 20", "seed = 20", 8, "seeds and networks have lists of their own"),
        ("setting = \"network.growth\"", "setting = \"network.grows\"", 11, "did you mean network.growth?"),
        ("values = [2, 4, 8]", "values = [2, 4000]", 11, "found 4000"),
        ("values = [2, 4, 8]", "values = []", 9, "at least one value"),
        ("values = [2, 4, 8]", "values = [2, 2]", 9, "every value stands once"),
        ("rule = \"paired\"", "rule = \"better\"", 19, "one of paired, fewer, trend, learns"),
        ("first = \"dense\"", "first = \"plain\"", 20, "one of dense, residual, basic, B"),
        ("measure = \"accuracy\"", "measure = \"beauty\"", 22, "one of accuracy, best_accuracy"),
        ("\"network.growth\"]\n[quick]", "\"form\"]\n[quick]", 23, "one of parameters"),
        ("values = { \"network.growth\" = [2, 8] }", "values = { \"network.growth\" = [3] }", 0, ""),
    ] {
        let text = GOOD.replacen(written, instead, 1);
        assert_ne!(text, GOOD, "{written}");
        if expected.is_empty() {
            assert!(Experiment::parse(&text, Path::new("x.toml"), true).is_err(), "{instead}");
            continue;
        }
        let found = problems(&text);
        let place = format!("x.toml:{line}: ");
        assert!(
            found.iter().any(|problem| problem.starts_with(&place) && problem.contains(expected)),
            "{instead}: {found:#?}"
        );
    }
}

#[test]
fn what_does_not_fit_the_images_is_told_before_anything_runs() {
    let text = GOOD.replace("training.steps = 20", "network.blocks = [1, 1, 1, 1, 1, 1, 1]");
    let Problems(problems) = parse(&text).unwrap().trials().unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].to_string().starts_with("x.toml:8: network.blocks"), "{}", problems[0]);
}

#[test]
fn damaged_text_gives_words_and_never_a_panic() {
    for end in 0..GOOD.len() {
        if let Some(text) = GOOD.get(..end)
            && let Err(error) = parse(text)
        {
            assert!(!error.to_string().is_empty());
        }
    }
}

#[test]
fn the_built_in_experiments_can_be_run_and_speak_every_language() {
    for (name, _) in BUILT_IN {
        for quick in [false, true] {
            let experiment = Experiment::open(name, quick).unwrap_or_else(|error| panic!("{name}: {error}"));
            let sentences = [&experiment.question, &experiment.yes, &experiment.no];
            for sentence in sentences.into_iter().chain(&experiment.paper) {
                assert_eq!(sentence.missing().count(), 0, "{name}");
            }
            let trials = experiment.trials().unwrap_or_else(|problems| panic!("{name}: {problems}"));
            assert!(experiment.seeds.len() > 1 && trials.len() > 3, "{name}");
        }
    }
    let error = Experiment::open("growth-rat", false).unwrap_err().to_string();
    assert!(error.contains("did you mean growth-rate?"), "{error}");
}
