//! Runs that another took the place of: kept, brought back, compared. Real training on a tiny configuration.

use densescope::arch::NetworkKind;
use densescope::chart::{Figure, Meaning, Options, TimeAxis};
use densescope::config::{Value, fields};
use densescope::state::{Command, KeptRuns, Phase, State, compared};
use densescope::telemetry::{History, StepFigures, StepRecord};
use densescope::text::Language;

use crate::state::{phase, state, until};
use crate::support::TINY;

fn finished(state: &State) -> bool {
    phase(state) == Some(&Phase::Finished)
}

fn set(state: &mut State, growth: i128) {
    state.apply(Command::Set(&fields::GROWTH, Value::Integer(growth)));
}

fn growth(state: &State) -> usize {
    state.run.as_ref().unwrap().plan.config.network.growth
}

#[test]
fn a_slider_and_space_go_on_and_what_replaces_a_run_keeps_it_with_all_that_it_reported() {
    let mut state = state(TINY);
    state.apply(Command::PauseAtStep(Some(5)));
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Paused));
    let first = state.run.as_ref().unwrap().id;
    let was = growth(&state);
    set(&mut state, 3);
    state.apply(Command::RunOrPause);
    assert_eq!(state.run.as_ref().unwrap().id, first, "Space goes on with the run");
    assert!(state.kept.is_empty());
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Paused));
    let made = state.run.as_ref().unwrap().step();
    let losses = |state: &State| -> Vec<f64> {
        let history = &state.run.as_ref().unwrap().history;
        history.network(NetworkKind::Dense).unwrap().records().take(5).map(|record| record.train_loss).collect()
    };
    let before = losses(&state);

    state.apply(Command::Apply);
    assert_eq!((state.kept.iter().count(), growth(&state)), (1, 3));
    until(&mut state, finished);
    state.apply(Command::BringBack(first));
    assert_eq!((state.run.as_ref().unwrap().id, growth(&state), losses(&state)), (first, was, before));
    assert_eq!(state.draft.config().network.growth, was, "its settings are in the draft again");
    assert!(!state.pending());
    state.apply(Command::RunOrPause);
    until(&mut state, finished);
    assert!(state.run.as_ref().unwrap().step() > made, "it went on from where it was");
}

#[test]
fn restarting_and_another_seed_keep_the_run_too_and_undo_goes_back_and_forth() {
    let mut state = state(TINY);
    state.apply(Command::RunOrPause);
    until(&mut state, finished);
    state.apply(Command::Restart);
    until(&mut state, finished);
    state.apply(Command::NewSeed);
    until(&mut state, finished);
    let numbers = |state: &State| state.runs().iter().map(|run| run.number).collect::<Vec<_>>();
    assert_eq!(numbers(&state), [1, 2, 3]);
    let current = |state: &State| state.run.as_ref().unwrap().number;
    state.apply(Command::Undo);
    assert_eq!(current(&state), 2);
    state.apply(Command::Undo);
    assert_eq!((current(&state), numbers(&state)), (3, vec![1, 2, 3]));

    let first = state.runs()[0].id;
    state.apply(Command::RemoveRun(first));
    assert_eq!(numbers(&state), [2, 3]);
    state.apply(Command::Undo);
    assert_eq!((current(&state), numbers(&state)), (3, vec![1, 2, 3]), "a removal is undone first");
    state.apply(Command::RenameRun(first, "  the usual one ".to_owned()));
    assert_eq!(state.kept.get(first).unwrap().title(state.text()), "the usual one");
    state.apply(Command::RenameRun(first, " ".to_owned()));
    assert_eq!(state.kept.get(first).unwrap().title(state.text()), "Run 1");
}

#[test]
fn a_run_that_is_replaced_while_it_trains_stops_after_a_step_and_has_all_of_them() {
    let mut state = state(&TINY.replace("steps = 12", "steps = 100000"));
    state.apply(Command::RunOrPause);
    until(&mut state, |state| state.run.as_ref().is_some_and(|run| run.step() > 3));
    state.apply(Command::Restart);
    until(&mut state, |state| state.kept.iter().all(densescope::state::Run::is_paused));
    let kept = state.kept.iter().next().unwrap();
    let last = kept.history.networks()[0].last_step().unwrap();
    assert_eq!(
        kept.history.networks().iter().map(densescope::telemetry::NetworkHistory::last_step).max(),
        Some(Some(last))
    );
    assert_eq!(kept.history.last_common_step(), last, "every network has made the same steps");
}

#[test]
fn the_oldest_run_without_a_name_goes_when_there_are_too_many() {
    let mut state = state(&TINY.replace("steps = 12", "steps = 1"));
    state.apply(Command::RunOrPause);
    until(&mut state, finished);
    let first = state.run.as_ref().unwrap().id;
    state.apply(Command::RenameRun(first, "keep".to_owned()));
    for _ in 0..KeptRuns::MOST_RUNS + 2 {
        state.apply(Command::Restart);
        until(&mut state, finished);
    }
    let numbers: Vec<usize> = state.kept.iter().map(|run| run.number).collect();
    assert_eq!(numbers.len(), KeptRuns::MOST_RUNS);
    assert_eq!(numbers[..2], [1, 4], "2 and 3 had no name");
    let live = state.kept.iter().filter(|run| !run.has_ended()).count();
    assert_eq!(live, 0);
}

#[test]
fn seeds_are_trained_one_after_the_other_and_are_one_pin_with_mean_and_range() {
    let mut state = state(TINY);
    state.apply(Command::TrainSeeds(3));
    until(&mut state, |state| finished(state) && state.run.as_ref().is_some_and(|run| run.number == 3));
    let seeds: Vec<u64> = state.runs().iter().map(|run| run.plan.config.seed).collect();
    assert_eq!(seeds.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>(), [1, 1]);
    let growth = i128::try_from(growth(&state)).unwrap();
    set(&mut state, growth + 1);
    state.apply(Command::Apply);
    until(&mut state, finished);
    let pinned = state.pinned();
    assert_eq!(pinned.iter().map(|set| set.runs.len()).collect::<Vec<_>>(), [3]);
    assert_eq!(pinned[0].title(state.text()), "Run 1, 3 seeds");

    let (figure, subject) = (Figure::named("loss").unwrap(), state.trained().unwrap());
    let chart = compared(figure, &subject, &pinned, &Options::default(), state.text()).unwrap();
    let series = &chart.panels[0].series;
    assert!(series.iter().any(|series| series.key == "run1.dense.training.range"), "{:#?}", chart.panels[0]);
    let last_behind = series.iter().rposition(|series| matches!(series.meaning, Meaning::Run(_))).unwrap();
    let first_in_front = series.iter().position(|series| matches!(series.meaning, Meaning::Network(_))).unwrap();
    assert!(last_behind < first_in_front, "what is pinned lies behind");
    let entries: Vec<&str> =
        series.iter().filter(|series| series.key.starts_with("run1")).map(densescope::chart::Series::entry).collect();
    assert!(entries.iter().all(|entry| *entry == "Run 1, 3 seeds"), "one entry of the legend for a run: {entries:?}");
    let expected = format!("k {} → {growth}, Seed 4 → 1", growth + 1);
    assert!(
        chart.notes.iter().any(|note| note.contains(&expected) || note.contains("everything else the same")),
        "{:?}",
        chart.notes
    );
}

#[test]
fn at_most_three_runs_are_pinned_and_every_figure_has_them_in_every_language() {
    let mut state = state(TINY);
    let was = {
        state.apply(Command::RunOrPause);
        until(&mut state, finished);
        growth(&state)
    };
    for more in 1..=4 {
        set(&mut state, i128::try_from(was + more).unwrap());
        state.apply(Command::Apply);
        until(&mut state, finished);
    }
    let ids: Vec<_> = state.runs().iter().map(|run| run.id).collect();
    for &id in &ids[..4] {
        state.apply(Command::PinRun(id, true));
    }
    assert_eq!(state.pinned().len(), 3);
    assert!(state.notices.iter().any(|notice| notice.words.contains("At most 3")), "{:?}", state.notices);
    for language in Language::ALL {
        state.apply(Command::SetLanguage(language));
        for figure in densescope::chart::FIGURES {
            let subject = state.shown(figure.shows).unwrap();
            for options in [
                Options::default(),
                Options { time: TimeAxis::MultiplyAdds, ..Options::default() },
                Options { by_parameters: true, ..Options::default() },
            ] {
                let alone = (figure.build)(&subject, &options, state.text());
                let Ok(alone) = alone else { continue };
                let with = compared(figure, &subject, &state.pinned(), &options, state.text()).unwrap();
                let count =
                    |chart: &densescope::chart::Chart| chart.panels.iter().map(|p| p.series.len()).sum::<usize>();
                assert!(
                    count(&with) > count(&alone) || figure.id == "compression",
                    "{} shows what is pinned",
                    figure.id
                );
                for panel in &with.panels {
                    let mut keys: Vec<&str> = panel.series.iter().map(|series| series.key.as_str()).collect();
                    keys.sort_unstable();
                    assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{}: {keys:?}", figure.id);
                }
            }
        }
    }
    state.apply(Command::PinRun(ids[0], false));
    assert_eq!(state.pinned().len(), 2);
}

#[test]
fn a_kept_run_of_twenty_thousand_steps_takes_less_than_fifty_megabytes_or_says_what_was_thinned() {
    for rows in [16, 60] {
        let mut history = History::new(&[NetworkKind::Dense, NetworkKind::Residual], 256 << 20);
        for step in 1..=20_000 {
            for kind in [NetworkKind::Dense, NetworkKind::Residual] {
                history.push(kind, record(step, rows));
            }
        }
        assert_eq!(history.every(), 1);
        history.thin_to(KeptRuns::BYTES_OF_ONE);
        assert!(history.bytes() < 50_000_000, "{}", history.bytes());
        assert_eq!(history.every() > 1, rows == 60, "{}", history.every());
        let dense = history.network(NetworkKind::Dense).unwrap();
        assert_eq!((dense.first_step(), dense.last_step()), (Some(1), Some(20_000)), "both ends are kept");
    }
}

fn record(step: usize, rows: usize) -> StepRecord {
    let layer =
        densescope::telemetry::LayerFigures { weight_grad_norm: 1.0, weight_norm: 1.0, activation_grad_norm: 1.0 };
    StepRecord {
        step,
        learning_rate: 0.1,
        train_loss: 1.0,
        train_accuracy: 0.5,
        validation: None,
        seconds: 0.1,
        figures: StepFigures { layers: vec![layer; rows], ..StepFigures::default() },
    }
}

#[test]
fn the_view_travels_with_the_configuration_and_on_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = state(TINY);
    set(&mut first, 5);
    first.apply(Command::ShowFigure("loss"));
    first.apply(Command::Maximise(Some("loss")));
    first.apply(Command::SetAgainst(None));
    first.apply(Command::SetWires(densescope::state::Wires::Unrolled));
    first.apply(Command::Select(Some(densescope::state::Focus::Part(
        Some(NetworkKind::Dense),
        densescope::arch::Part::Layer { block: 1, layer: 2 },
    ))));
    first.apply(Command::ToggleBuild);
    let file = folder.path().join("lesson.toml");
    first.apply(Command::Save(file.clone()));
    first.apply(Command::CopyLine);
    let effects = first.take_effects();
    let [densescope::state::Effect::CopyText(line)] = &effects[..] else { panic!("{effects:?}") };
    assert!(line.contains("network.growth=5") && line.contains("view.figure=loss"), "{line}");

    let mut opened = state("");
    opened.apply(Command::Open(file));
    let mut pasted = state("");
    pasted.apply(Command::Paste(line.clone()));
    for other in [&opened, &pasted] {
        assert_eq!(other.draft.config(), first.draft.config());
        assert_eq!(other.view.maximised, Some("loss"));
        assert!(other.view.options.by_parameters && !other.view.build && other.view.figures);
        assert_eq!((other.view.wires, other.view.selected), (first.view.wires, first.view.selected));
        assert_eq!(other.to_line(), *line, "it says the same again");
    }
    assert_eq!(state("[view]\nmoment = 7\n").playback.pause_at_step, Some(7), "a moment to come is waited for");
}

#[test]
fn a_line_or_a_view_that_cannot_be_changes_nothing_and_says_why() {
    let mut state = state(TINY);
    let before = state.to_line();
    for (line, words) in [
        ("hello", "'hello'"),
        ("network.growth=many", "'many'"),
        ("network.growth=5;view.figure=lose", "\"loss\""),
        ("view.wirs=wiring", "wires"),
        ("view.selected=block0.layer1", "block1.layer2"),
        ("view.panels=build,kitchen", "\"explain\""),
        ("view.moment=-3", "1, 2, 3"),
    ] {
        state.apply(Command::Paste(line.to_owned()));
        assert_eq!(state.to_line(), before, "{line}");
        let told = &state.notices.last().unwrap().words;
        assert!(told.contains(words), "{line}: {told}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lesson.toml");
    std::fs::write(&file, "seed = 2\n[view]\nfigure = \"growth\"\nmeasure = \"of all\"\n").unwrap();
    state.apply(Command::Open(file));
    let told = &state.notices.last().unwrap().words;
    assert!(told.contains("lesson.toml:4") && told.contains("view.measure") && told.contains("activation"), "{told}");
    assert_eq!(state.to_line(), before);
}
