//! How runs go on, and what is told of them: real training on a tiny configuration, without a window.

use std::time::{Duration, Instant};

use densescope::config::{Value, fields};
use densescope::state::{ACTIONS, Command, Focus, NoticeKind, Phase, State};

use crate::state::{phase, state, until};
use crate::support::TINY;

fn step(state: &State) -> usize {
    state.run.as_ref().map_or(0, densescope::state::Run::step)
}

/// A run that is paused after some steps.
fn paused() -> State {
    let mut state = state(TINY);
    state.apply(Command::OneStep);
    state.apply(Command::OneStep);
    until(&mut state, |state| phase(state) == Some(&Phase::Paused) && step(state) == 2);
    state
}

#[test]
fn a_paused_run_goes_on_whatever_waits_in_the_draft() {
    for growth in [5, 0] {
        let mut state = paused();
        state.apply(Command::Set(&fields::GROWTH, Value::Integer(growth)));
        assert!(state.pending());
        for id in ["run", "one-step"] {
            let action = ACTIONS.iter().find(|action| action.id == id).unwrap();
            assert!((action.enabled)(&state), "{id} with k = {growth}");
        }
        state.apply(Command::OneStep);
        until(&mut state, |state| phase(state) == Some(&Phase::Paused) && step(state) == 3);
        state.apply(Command::PlayStep);
        assert_eq!(step(&state), 3, "the run is not replaced");
        assert!(state.notices.iter().any(|notice| notice.words.starts_with("Changes wait")), "{:?}", state.notices);
        state.apply(Command::RunOrPause);
        until(&mut state, |state| phase(state) == Some(&Phase::Finished));
        assert_eq!(state.trained().unwrap().networks[0].spec.growth, 3);
        assert_eq!(state.run.as_ref().unwrap().history.networks()[0].records().count(), 12);
    }
}

#[test]
fn training_on_returns_from_a_moment_that_was_looked_at_to_the_latest() {
    let mut state = paused();
    state.apply(Command::LookAt(Some(1)));
    state.apply(Command::RunOrPause);
    assert_eq!(state.run.as_ref().unwrap().at, None);
}

#[test]
fn a_run_that_trained_trains_again_when_slow_motion_is_closed_and_one_that_waited_waits() {
    let mut state = state(TINY);
    state.apply(Command::SetPace(Some(Duration::from_millis(20))));
    state.apply(Command::RunOrPause);
    until(&mut state, |state| step(state) >= 1);
    for _ in 0..2 {
        state.apply(Command::PlayStep);
        until(&mut state, |state| state.motion().is_some());
        assert_eq!(phase(&state), Some(&Phase::Paused));
    }
    state.apply(Command::Select(Some(Focus::Figure("loss"))));
    state.apply(Command::Close);
    assert!(state.motion().is_none() && state.run.as_ref().unwrap().is_running());
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));

    let mut state = paused();
    state.apply(Command::PlayStep);
    until(&mut state, |state| state.motion().is_some());
    state.apply(Command::Close);
    assert!(state.motion().is_none() && state.run.as_ref().unwrap().is_paused());
}

#[test]
fn what_only_confirms_fades_and_everything_else_stays_until_it_is_dismissed() {
    let mut state = state(TINY);
    state.apply(Command::Tell(NoticeKind::Done, "saved".to_owned()));
    state.apply(Command::Tell(NoticeKind::Warning, "look".to_owned()));
    state.apply(Command::Tell(NoticeKind::Error, "failed".to_owned()));
    let told = state.notices[0].told;
    assert_eq!(state.fade_notices(told + Duration::from_secs(1)), Some(Duration::from_secs(3)));
    assert_eq!(state.notices.len(), 3);
    assert_eq!(state.fade_notices(told + Duration::from_secs(4)), None, "nothing is left to fade");
    let words: Vec<&str> = state.notices.iter().map(|notice| notice.words.as_str()).collect();
    assert_eq!(words, ["look", "failed"]);
    state.apply(Command::DismissAll);
    assert!(state.notices.is_empty());
}

#[test]
fn a_new_run_takes_away_what_was_told_of_the_one_before_and_nothing_else() {
    let mut state = paused();
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    state.apply(Command::RunOrPause);
    state.apply(Command::Tell(NoticeKind::Error, "not saved".to_owned()));
    assert!(state.notices.iter().filter(|notice| notice.of_run).count() >= 2, "{:?}", state.notices);
    state.apply(Command::Restart);
    let words: Vec<&str> = state.notices.iter().map(|notice| notice.words.as_str()).collect();
    assert_eq!(words, ["not saved"]);
    assert_eq!(state.fade_notices(Instant::now()), None);
}
