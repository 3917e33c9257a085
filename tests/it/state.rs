//! What the window knows and does, without a window: real training on a tiny configuration.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use densescope::arch::{NetworkKind, WidthRule};
use densescope::config::{LoadedConfig, Value, fields};
use densescope::state::{Ask, Command, Effect, Focus, NoticeKind, Phase, Settings, State};
use densescope::telemetry::StepRecord;
use densescope::text::Language;
use densescope::training::{Ending, Threads};

use crate::support::{Folder, TINY};

/// A state that was told a configuration.
pub(crate) fn state(config: &str) -> State {
    let loaded = LoadedConfig::parse(config, Path::new("tiny.toml")).unwrap();
    let settings = Settings { language: Language::English, ..Settings::default() };
    State::new(settings, loaded, Threads::new(2).unwrap(), Arc::new(|| {}))
}

/// Takes in reports until something is so.
#[track_caller]
pub(crate) fn until(state: &mut State, is_so: impl Fn(&State) -> bool) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while !is_so(state) {
        assert!(Instant::now() < deadline, "it never came to that; notices: {:?}", state.notices);
        if !state.poll() {
            sleep(Duration::from_millis(1));
        }
    }
}

pub(crate) fn phase(state: &State) -> Option<&Phase> {
    state.run.as_ref().map(|run| &run.phase)
}

/// What a network reported, without what depends on the clock.
fn records(state: &State, kind: NetworkKind) -> Vec<StepRecord> {
    let history = state.run.as_ref().unwrap().history.network(kind).unwrap();
    history.records().map(|record| StepRecord { seconds: 0.0, ..record.clone() }).collect()
}

pub(crate) fn words(state: &State) -> Vec<&str> {
    state.notices.iter().map(|notice| notice.words.as_str()).collect()
}

#[test]
fn a_run_is_built_trained_paused_scrubbed_and_repeated_bit_for_bit() {
    let mut state = state(TINY);
    assert!(state.run.is_none() && state.trained().is_none() && !state.pending());
    state.apply(Command::Set(&fields::GROWTH, Value::Integer(2)));
    assert_eq!(state.take_effects(), []);
    assert_eq!(state.built().unwrap().networks[0].spec.growth, 2);

    state.apply(Command::PauseAtStep(Some(6)));
    state.apply(Command::RunOrPause);
    assert_eq!(phase(&state), Some(&Phase::Loading));
    until(&mut state, |state| phase(state) == Some(&Phase::Paused));
    let run = state.run.as_ref().unwrap();
    assert_eq!((run.step(), run.progress(), run.images.is_some()), (6, 0.5, true));
    assert!(run.is_paused() && !run.is_running() && run.time_left().is_none());
    assert!(run.steps_per_second(NetworkKind::Dense).unwrap() > 0.0);
    assert!(words(&state).contains(&"Paused after step 6, as you wished"));
    assert_eq!(state.playback.pause_at_step, None, "the wish is spent");

    state.apply(Command::LookAround(-1));
    assert_eq!(state.trained().unwrap().at, Some(5));
    state.apply(Command::LookAt(Some(2)));
    assert_eq!(state.trained().unwrap().at, Some(2));
    state.apply(Command::LookAt(Some(900)));
    assert_eq!(state.trained().unwrap().at, Some(6));
    state.apply(Command::LookAround(1));
    assert_eq!(state.trained().unwrap().at, None, "beyond the last it follows the run");
    state.apply(Command::LookAt(Some(1)));

    state.apply(Command::OneStep);
    until(&mut state, |state| phase(state) == Some(&Phase::Paused) && state.run.as_ref().unwrap().step() == 7);
    assert_eq!(state.run.as_ref().unwrap().at, Some(1), "training goes on behind the moment looked at");

    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    assert!(words(&state).contains(&"Training is done: 12 steps"));
    let kinds = NetworkKind::ALL;
    let first = kinds.map(|kind| records(&state, kind));
    assert_eq!(first[0].len(), 12);
    assert_eq!(state.run.as_ref().unwrap().results.len(), 3);

    state.apply(Command::RunOrPause);
    assert!(words(&state).iter().any(|words| words.starts_with("This run has ended")));
    assert_eq!(phase(&state), Some(&Phase::Finished));

    state.apply(Command::Restart);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    assert_eq!(kinds.map(|kind| records(&state, kind)), first);

    state.apply(Command::NewSeed);
    assert_eq!(state.draft.config().seed, 4);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    assert_ne!(records(&state, NetworkKind::Dense), first[0]);
    assert!(!state.pending());
}

#[test]
fn one_step_begins_a_run_that_waits() {
    let mut state = state(TINY);
    state.apply(Command::OneStep);
    state.apply(Command::OneStep);
    until(&mut state, |state| phase(state) == Some(&Phase::Paused));
    assert_eq!(state.run.as_ref().unwrap().step(), 2);
}

#[test]
fn the_learning_rate_acts_on_the_run_at_once_and_everything_else_waits_to_be_applied() {
    let mut state = state(TINY);
    state.apply(Command::OneStep);
    until(&mut state, |state| phase(state) == Some(&Phase::Paused));
    state.apply(Command::Set(&fields::LEARNING_RATE, Value::Number(0.025)));
    assert!(!state.pending());
    state.apply(Command::OneStep);
    until(&mut state, |state| phase(state) == Some(&Phase::Paused) && state.run.as_ref().unwrap().step() == 2);
    let rates: Vec<f64> = records(&state, NetworkKind::Plain).iter().map(|record| record.learning_rate).collect();
    assert_eq!(rates, [0.1, 0.025]);

    state.apply(Command::Set(&fields::GROWTH, Value::Integer(9)));
    assert!(state.pending());
    assert_eq!(state.built().unwrap().networks[0].spec.growth, 9);
    assert_eq!(state.trained().unwrap().networks[0].spec.growth, 3);
    let costs = state.costs();
    let dense = costs.iter().find(|both| both.kind == NetworkKind::Dense).unwrap();
    assert!(dense.draft.unwrap().parameters > dense.run.unwrap().parameters);

    state.apply(Command::Revert);
    assert!(!state.pending());
    assert_eq!(state.draft.config().network.growth, 3);
    assert_eq!(state.draft.config().training.learning_rate, 0.025, "what acts is what is shown");

    state.apply(Command::Restart);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    assert_eq!(records(&state, NetworkKind::Dense)[0].learning_rate, 0.025);

    state.apply(Command::Set(&fields::GROWTH, Value::Integer(2)));
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    assert_eq!(state.trained().unwrap().networks[0].spec.growth, 2, "running applies what waited");
}

#[test]
fn what_cannot_be_stays_visible_with_the_words_of_the_configuration_file_and_nothing_begins() {
    let mut state = state(TINY);
    state.apply(Command::Set(&fields::GROWTH, Value::Integer(0)));
    state.apply(Command::Set(&fields::BATCH, Value::Integer(65)));
    let problems: Vec<String> = state.draft.plan.as_ref().unwrap_err().0.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "network.growth: found 0; allowed: a whole number from 1 to 512",
            "training.batch: found 65; allowed: at most 64, the training images used (data.train)"
        ]
    );
    state.apply(Command::RunOrPause);
    assert!(state.run.is_none());
    assert!(matches!(state.notices.last(), Some(notice) if notice.kind == NoticeKind::Error));
    let folder = Folder::new();
    state.apply(Command::Save(folder.path("lesson.toml")));
    assert!(!folder.path("lesson.toml").exists(), "{:?}", state.notices);

    state.apply(Command::Set(&fields::GROWTH, Value::Integer(3)));
    state.apply(Command::Set(&fields::BATCH, Value::Integer(8)));
    assert!(state.draft.plan.is_ok());
    state.apply(Command::Set(&fields::TRAIN, Value::Integer(6000)));
    let problem = state.draft.plan.as_ref().unwrap_err().to_string();
    assert!(problem.starts_with("data.train: found 6000; allowed: at most 5000"), "{problem}");
}

#[test]
fn blocks_and_presets_change_the_draft() {
    let mut state = state(TINY);
    state.apply(Command::AddBlock);
    assert_eq!(state.draft.config().network.blocks, [2, 1, 1]);
    state.apply(Command::Set(&fields::BLOCKS, Value::Integers(vec![2, 5, 1])));
    state.apply(Command::RemoveBlock(1));
    assert_eq!(state.draft.config().network.blocks, [5, 1]);
    state.apply(Command::RemoveBlock(2));
    state.apply(Command::RemoveBlock(1));
    assert_eq!(state.draft.config().network.blocks, [5], "one block is left");

    state.apply(Command::Preset("densenet-bc-22-12"));
    assert_eq!(state.draft.config().network.blocks, [3, 3, 3]);
    assert_eq!(state.draft.config().data.source.to_string(), "shapes", "the preset was made for images in colour");
    assert_eq!(state.draft.config().training.batch, 8, "how they learn stays");
    assert!(matches!(state.draft.baseline_width(), Some((_, WidthRule::MatchParameters))));
    state.apply(Command::Preset("densenet-121"));
    assert!(state.draft.plan.is_ok(), "{:?}", state.draft.plan.as_ref().err());
}

#[test]
fn a_configuration_is_saved_and_opened_and_a_bad_one_changes_nothing() {
    let folder = Folder::new();
    let mut state = state(TINY);
    state.apply(Command::Set(&fields::GROWTH, Value::Integer(7)));
    state.apply(Command::Ask(Ask::SaveConfig));
    assert_eq!(state.take_effects(), [Effect::Ask(Ask::SaveConfig)]);
    state.apply(Command::AnswerPath(Ask::SaveConfig, folder.path("lesson")));
    let saved = fs::read_to_string(folder.path("lesson.toml")).unwrap();
    assert!(saved.contains("growth = 7"), "{saved}");
    assert_eq!(state.settings.last_folder.as_deref(), folder.path("lesson").parent());

    let bad = folder.write("bad.toml", "[network]\ngrowth = \"much\"\n");
    state.apply(Command::Open(bad));
    assert!(words(&state).last().unwrap().contains("bad.toml:2: network.growth: found 'much'"), "{:?}", state.notices);
    assert_eq!(state.draft.config().network.growth, 7);

    state.apply(Command::Set(&fields::GROWTH, Value::Integer(1)));
    state.apply(Command::AnswerPath(Ask::OpenConfig, folder.path("lesson.toml")));
    assert_eq!(state.draft.config().network.growth, 7);

    state.apply(Command::AnswerPath(Ask::Images, folder.path("nowhere")));
    until(&mut state, |state| state.draft.data().is_some());
    assert!(state.draft.plan.as_ref().unwrap_err().to_string().starts_with("data.source: found"));
}

#[test]
fn a_network_that_diverges_becomes_a_notice_and_what_it_reported_stays() {
    let mut state = state(&TINY.replace("[training]", "[training]\nlearning_rate = 1e6\noptimizer = \"sgd\""));
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    let run = state.run.as_ref().unwrap();
    let diverged = run.endings.iter().filter(|(_, ending)| matches!(ending, Ending::Diverged(_))).count();
    assert!(diverged > 0, "{:?}", run.endings);
    assert!(run.history.networks().iter().all(|network| network.last_step().is_some()));
    assert!(words(&state).iter().any(|words| words.contains("diverged at step")), "{:?}", state.notices);
}

#[test]
fn a_run_without_memory_or_images_becomes_a_notice_and_the_window_goes_on() {
    let folder = Folder::new();
    let mut state = state(TINY);
    // A network that fits the rules and no machine.
    for (name, value) in [
        (&fields::GROWTH, Value::Integer(100)),
        (&fields::BLOCKS, Value::Integers(vec![40, 1])),
        (&fields::TRAIN, Value::Integer(5000)),
        (&fields::BATCH, Value::Integer(4096)),
    ] {
        state.apply(Command::Set(name, value));
    }
    state.apply(Command::RunOrPause);
    until(&mut state, |state| matches!(phase(state), Some(Phase::Failed(_))));
    assert!(
        words(&state).iter().any(|words| words.contains("of memory for batches of 4096 images")),
        "{:?}",
        state.notices
    );

    // Images that are described and cannot be loaded: the file ends where its header says it goes on.
    let mut header = vec![0, 0, 8, 3];
    for size in [64_u32, 8, 8] {
        header.extend(size.to_be_bytes());
    }
    let mut labels = vec![0, 0, 8, 1];
    labels.extend(64_u32.to_be_bytes());
    labels.extend((0..64).map(|index| index % 2));
    let mut images = header.clone();
    images.extend([7; 64 * 64]);
    for split in ["train", "t10k"] {
        folder.write(&format!("{split}-images-idx3-ubyte"), &images);
        folder.write(&format!("{split}-labels-idx1-ubyte"), &labels);
    }
    state.apply(Command::Open(folder.write("tiny.toml", TINY)));
    let source = folder.path("tiny.toml").parent().unwrap().display().to_string();
    state.apply(Command::Set(&fields::SOURCE, Value::Text(source)));
    until(&mut state, |state| state.draft.data().is_some());
    assert!(state.draft.plan.is_ok(), "{:?}", state.draft.plan.as_ref().err());
    fs::remove_file(folder.path("train-images-idx3-ubyte")).unwrap();
    state.apply(Command::RunOrPause);
    until(&mut state, |state| matches!(phase(state), Some(Phase::Failed(_))));
    assert!(words(&state).iter().any(|words| words.contains("train-images")), "{:?}", state.notices);

    state.apply(Command::Set(&fields::SOURCE, Value::Text("fashion-mnist".to_owned())));
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
}

#[test]
fn a_run_is_left_and_a_state_dropped_without_waiting_for_slow_motion() {
    let mut state = state(TINY);
    state.apply(Command::SetPace(Some(Duration::from_hours(1))));
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Running));
    state.apply(Command::Restart);
    until(&mut state, |state| phase(state) == Some(&Phase::Running));
    assert_eq!(state.run.as_ref().unwrap().step(), 0);
    drop(state); // would wait for an hour
}

#[test]
fn training_wakes_the_window() {
    let loaded = LoadedConfig::parse(TINY, Path::new("tiny.toml")).unwrap();
    let woken = Arc::new(AtomicUsize::new(0));
    let wakes = Arc::clone(&woken);
    let wake = Arc::new(move || _ = wakes.fetch_add(1, Ordering::Relaxed));
    let mut state = State::new(Settings::default(), loaded, Threads::new(1).unwrap(), wake);
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    assert!(woken.load(Ordering::Relaxed) >= 3 * 12);
    assert!(!state.poll(), "nothing more is reported");
}

#[test]
fn accuracy_pauses_a_run_once() {
    let mut state = state(TINY);
    state.apply(Command::PauseAtAccuracy(Some(0.0)));
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Paused));
    assert_eq!(state.run.as_ref().unwrap().step(), 5, "the first validation");
    assert_eq!(state.playback.pause_at_accuracy, None);
    assert!(words(&state).contains(&"Paused after step 5: every network reached 0.0 %"), "{:?}", state.notices);
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
}

#[test]
fn what_lies_on_top_closes_first() {
    let mut state = state(TINY);
    state.apply(Command::Select(Some(Focus::Figure("growth"))));
    state.apply(Command::Maximise(state.figure_at_hand()));
    state.apply(Command::TogglePalette);
    let open = |state: &State| (state.view.palette, state.view.maximised.is_some(), state.view.selected.is_some());
    for expected in [(true, true, true), (false, true, true), (false, false, true), (false, false, false)] {
        assert_eq!(open(&state), expected);
        state.apply(Command::Close);
    }
}
