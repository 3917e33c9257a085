//! Predict, then see, without a window: what is hidden, asked, counted and replaced.

use std::path::Path;
use std::sync::Arc;

use densescope::config::{LoadedConfig, Value};
use densescope::exercise::{Question, Score};
use densescope::state::{Command, Focus, Settings, State};
use densescope::text::Language;
use densescope::training::Threads;

use crate::support::TINY;

fn state(config: &str) -> State {
    let loaded = LoadedConfig::parse(config, Path::new("tiny.toml")).unwrap();
    let settings = Settings { language: Language::English, ..Settings::default() };
    State::new(settings, loaded, Threads::new(2).unwrap(), Arc::new(|| {}))
}

/// The question that is open.
fn asked(state: &State) -> Question {
    state.exercise.as_ref().unwrap().question.clone().unwrap()
}

#[test]
fn numbers_are_hidden_asked_for_judged_and_counted() {
    let mut state = state(TINY);
    assert!(state.hidden().is_none() && !state.hides_figure("growth"));
    state.apply(Command::AnswerExercise("4".to_owned()));
    state.apply(Command::NextQuestion);
    assert!(state.exercise.is_none(), "nothing is asked outside the exercise");

    state.apply(Command::ToggleExercise);
    let first = asked(&state);
    assert_eq!(state.hidden(), Some(first.network));
    assert!(state.hides_figure("growth") && !state.hides_figure("loss"));
    assert_eq!(state.view.selected, Some(Focus::Part(Some(first.network), first.part)));
    state.apply(Command::AnswerExercise("no number".to_owned()));
    assert_eq!(state.exercise.as_ref().unwrap().tries, 0, "what is no number is no try");
    state.apply(Command::AnswerExercise(first.mistakes[0].value.to_string()));
    assert!(state.hidden().is_some());
    state.apply(Command::AnswerExercise(first.answer.to_string()));
    assert!(state.hidden().is_none() && !state.hides_figure("growth"));
    state.apply(Command::AnswerExercise(first.answer.to_string()));
    state.apply(Command::RevealAnswer);
    let score = state.scores().each[0];
    assert_eq!((score.asked, score.right, score.first, score.streak), (1, 1, 0, 0), "once, whatever follows");

    for _ in 0..2 {
        state.apply(Command::NextQuestion);
        let answer = asked(&state).answer;
        state.apply(Command::AnswerExercise(answer.to_string()));
    }
    assert_eq!((state.scores().each[0].asked, state.scores().each[0].first, state.scores().each[0].streak), (3, 2, 2));
    state.apply(Command::NextQuestion);
    state.apply(Command::NextQuestion);
    assert_eq!(state.scores().each[0].asked, 3, "a question that nobody tried does not count");
    state.apply(Command::RevealAnswer);
    assert!(state.hidden().is_none());
    assert_eq!(
        (
            state.scores().each[0].asked,
            state.scores().each[0].right,
            state.scores().each[0].streak,
            state.scores().each[0].best
        ),
        (4, 3, 0, 2)
    );
    state.apply(Command::NextQuestion);
    let wrong = asked(&state).mistakes[0].value.to_string();
    state.apply(Command::AnswerExercise(wrong));
    state.apply(Command::ToggleExercise);
    assert!(state.exercise.is_none() && state.hidden().is_none());
    assert_eq!((state.scores().each[0].asked, state.scores().each[0].right), (5, 3), "tried and left");
    state.apply(Command::ToggleExercise);
    assert_eq!(state.scores().each[0].asked, 5, "the score stays while the window is open");
    state.apply(Command::ToggleExplain);
    assert!(state.exercise.is_none() && state.view.explain, "explanations take the place of the exercise");
    state.apply(Command::ResetScore);
    assert_eq!(state.scores().each[0], Score::default());
}

#[test]
fn a_question_about_networks_that_are_gone_is_replaced_and_does_not_count() {
    let mut state = state(TINY);
    state.apply(Command::ToggleExercise);
    let wrong = asked(&state).mistakes[0].value.to_string();
    state.apply(Command::AnswerExercise(wrong));
    let before = state.exercise.as_ref().unwrap().number;
    state.apply(Command::Set("training.steps", Value::Integer(20)));
    assert_eq!(state.exercise.as_ref().unwrap().number, before, "the networks are the same");
    state.apply(Command::Set("network.growth", Value::Integer(9)));
    let exercise = state.exercise.as_ref().unwrap();
    assert!(exercise.number > before && exercise.renewed && exercise.tries == 0 && exercise.verdict.is_none());
    assert_eq!(state.scores().each[0].asked, 0);
    let question = asked(&state);
    let built = state.built().unwrap();
    assert_eq!(
        question.answer,
        question.quantity.of(built.network(question.network).unwrap().layer(question.part).unwrap())
    );

    // An answer stays in sight while its network is changed.
    state.apply(Command::AnswerExercise(question.answer.to_string()));
    state.apply(Command::Set("network.growth", Value::Integer(10)));
    assert_eq!(asked(&state), question);
    state.apply(Command::NextQuestion);
    assert!(!state.exercise.as_ref().unwrap().renewed);

    // Where nothing can be built there is nothing to ask, until there is.
    state.apply(Command::Set("network.growth", Value::Integer(0)));
    assert!(state.exercise.as_ref().unwrap().question.is_none() && state.hidden().is_none());
    state.apply(Command::AnswerExercise("1".to_owned()));
    state.apply(Command::RevealAnswer);
    state.apply(Command::Set("network.growth", Value::Integer(3)));
    assert!(state.exercise.as_ref().unwrap().question.is_some());
}

#[test]
fn two_teams_take_turns_at_questions_that_count() {
    let mut state = state(TINY);
    state.apply(Command::ToggleExercise);
    state.apply(Command::ToggleTeams);
    let right = asked(&state).answer.to_string();
    state.apply(Command::AnswerExercise(right));
    state.apply(Command::NextQuestion);
    assert_eq!(state.scores().turn, 1);
    state.apply(Command::NextQuestion);
    assert_eq!(state.scores().turn, 1, "a question that nobody tried leaves the turn where it is");
    state.apply(Command::RevealAnswer);
    state.apply(Command::NextQuestion);
    let [first, second] = state.scores().each;
    assert_eq!((first.asked, first.right, second.asked, second.right, state.scores().turn), (1, 1, 1, 0, 0));
    state.apply(Command::ResetScore);
    assert!(state.scores().teams && state.scores().is_empty());
    state.apply(Command::ToggleTeams);
    state.apply(Command::RevealAnswer);
    state.apply(Command::NextQuestion);
    assert_eq!(state.scores().turn, 0, "a class by itself has every turn");
}
