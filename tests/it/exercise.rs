//! Predict, then see, without a window: what is hidden, asked, counted and replaced.

use std::path::Path;
use std::sync::Arc;

use densescope::config::{LoadedConfig, Value, fields};
use densescope::exercise::{KINDS, Level, Number, Question, Score};
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

/// The number that is asked for.
fn number(state: &State) -> Number {
    asked(state).number().unwrap().clone()
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
    state.apply(Command::AnswerExercise(number(&state).mistakes[0].value.to_string()));
    assert!(state.hidden().is_some());
    state.apply(Command::AnswerExercise(number(&state).value.to_string()));
    assert!(state.hidden().is_none() && !state.hides_figure("growth"));
    state.apply(Command::AnswerExercise(number(&state).value.to_string()));
    state.apply(Command::RevealAnswer);
    let score = state.scores().class;
    assert_eq!((score.asked, score.right, score.first, score.streak), (1, 1, 0, 0), "once, whatever follows");

    for _ in 0..2 {
        state.apply(Command::NextQuestion);
        let answer = number(&state).value;
        state.apply(Command::AnswerExercise(answer.to_string()));
    }
    assert_eq!((state.scores().class.asked, state.scores().class.first, state.scores().class.streak), (3, 2, 2));
    state.apply(Command::NextQuestion);
    state.apply(Command::NextQuestion);
    assert_eq!(state.scores().class.asked, 3, "a question that nobody tried does not count");
    state.apply(Command::RevealAnswer);
    assert!(state.hidden().is_none());
    assert_eq!(
        (
            state.scores().class.asked,
            state.scores().class.right,
            state.scores().class.streak,
            state.scores().class.best
        ),
        (4, 3, 0, 2)
    );
    state.apply(Command::NextQuestion);
    let wrong = number(&state).mistakes[0].value.to_string();
    state.apply(Command::AnswerExercise(wrong));
    state.apply(Command::ToggleExercise);
    assert!(state.exercise.is_none() && state.hidden().is_none());
    assert_eq!((state.scores().class.asked, state.scores().class.right), (5, 3), "tried and left");
    state.apply(Command::ToggleExercise);
    assert_eq!(state.scores().class.asked, 5, "the score stays while the window is open");
    state.apply(Command::ToggleExplain);
    assert!(state.exercise.is_none() && state.view.explain, "explanations take the place of the exercise");
    state.apply(Command::ResetScore);
    assert_eq!(state.scores().class, Score::default());
}

#[test]
fn a_question_about_networks_that_are_gone_is_replaced_and_does_not_count() {
    let mut state = state(TINY);
    state.apply(Command::ToggleExercise);
    let wrong = number(&state).mistakes[0].value.to_string();
    state.apply(Command::AnswerExercise(wrong));
    let before = state.exercise.as_ref().unwrap().number;
    state.apply(Command::Set(&fields::STEPS, Value::Integer(20)));
    assert_eq!(state.exercise.as_ref().unwrap().number, before, "the networks are the same");
    state.apply(Command::Set(&fields::GROWTH, Value::Integer(9)));
    let exercise = state.exercise.as_ref().unwrap();
    assert!(exercise.number > before && exercise.renewed && exercise.tries == 0 && exercise.verdict.is_none());
    assert_eq!(state.scores().class.asked, 0);
    let question = asked(&state);
    let built = state.built().unwrap();
    assert_eq!(
        number(&state).value,
        number(&state).quantity.of(built.network(question.network).unwrap().layer(question.part).unwrap())
    );

    // An answer stays in sight while its network is changed.
    state.apply(Command::AnswerExercise(number(&state).value.to_string()));
    state.apply(Command::Set(&fields::GROWTH, Value::Integer(10)));
    assert_eq!(asked(&state), question);
    state.apply(Command::NextQuestion);
    assert!(!state.exercise.as_ref().unwrap().renewed);

    // Where nothing can be built there is nothing to ask, until there is.
    state.apply(Command::Set(&fields::GROWTH, Value::Integer(0)));
    assert!(state.exercise.as_ref().unwrap().question.is_none() && state.hidden().is_none());
    state.apply(Command::AnswerExercise("1".to_owned()));
    state.apply(Command::RevealAnswer);
    state.apply(Command::Set(&fields::GROWTH, Value::Integer(3)));
    assert!(state.exercise.as_ref().unwrap().question.is_some());
}

#[test]
fn two_teams_take_turns_at_questions_that_count() {
    let mut state = state(TINY);
    state.apply(Command::ToggleExercise);
    state.apply(Command::ToggleTeams);
    let right = number(&state).value.to_string();
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

#[test]
fn a_class_keeps_its_score_while_teams_play() {
    let mut state = state(TINY);
    state.apply(Command::ToggleExercise);
    let right = number(&state).value.to_string();
    state.apply(Command::AnswerExercise(right));
    let class = state.scores().class;
    assert_eq!(class.right, 1);
    state.apply(Command::ToggleTeams);
    state.apply(Command::NextQuestion);
    state.apply(Command::RevealAnswer);
    state.apply(Command::ToggleTeams);
    assert_eq!((state.scores().class, state.scores().each[0].asked), (class, 1));
}

#[test]
fn the_easy_questions_come_first_and_kinds_can_be_chosen() {
    let mut state = state(TINY);
    state.apply(Command::ToggleExercise);
    let mut levels = Vec::new();
    for _ in 0..8 {
        let asked = asked(&state);
        levels.push(KINDS.iter().find(|kind| kind.id == asked.kind).unwrap().level);
        state.apply(Command::NextQuestion);
    }
    assert!(levels.is_sorted() && levels[0] == Level::Channels, "{levels:?}");
    state.apply(Command::AskLevel(Level::Channels, false));
    state.apply(Command::AskLevel(Level::Ideas, false));
    let open = asked(&state);
    assert_eq!(KINDS.iter().find(|kind| kind.id == open.kind).unwrap().level, Level::Parameters);
    state.apply(Command::AskLevel(Level::Parameters, false));
    assert!(state.exercise.as_ref().unwrap().question.is_none());
    state.apply(Command::AskKind("pooling", true));
    assert_eq!(asked(&state).kind, "pooling");
    state.apply(Command::NextQuestion);
    assert_eq!(asked(&state).kind, "pooling", "the only kind that is asked");
}

#[test]
fn a_sentence_is_chosen_and_each_wrong_one_is_told_why() {
    let mut state = state(TINY);
    for level in Level::ALL {
        state.apply(Command::AskLevel(level, level == Level::Ideas));
    }
    state.apply(Command::ToggleExercise);
    let question = asked(&state);
    assert!(state.hidden().is_none(), "no number is asked for");
    let right = question.choices().iter().position(|choice| choice.why.is_none()).unwrap();
    let wrong = (right + 1) % question.choices().len();
    state.apply(Command::ChooseAnswer(99));
    assert_eq!(state.exercise.as_ref().unwrap().tries, 0);
    assert_eq!(state.view.selected, None, "the drawing does not tell before");
    for _ in 0..2 {
        state.apply(Command::ChooseAnswer(wrong));
        let exercise = state.exercise.as_ref().unwrap();
        assert_eq!((exercise.tries, exercise.is_open()), (1, true), "a choice counts once");
    }
    state.apply(Command::ChooseAnswer(right));
    assert!(!state.exercise.as_ref().unwrap().is_open());
    assert_eq!(state.view.selected, Some(Focus::Part(Some(question.network), question.part)));
    assert_eq!((state.scores().class.right, state.scores().class.first), (1, 0));
}

#[test]
fn escape_leaves_the_exercise_after_what_lies_on_top() {
    let mut state = state(TINY);
    state.apply(Command::ToggleExercise);
    state.apply(Command::TogglePalette);
    state.apply(Command::Close);
    assert!(state.exercise.is_some() && !state.view.palette);
    state.apply(Command::Close);
    assert!(state.exercise.is_none());
}
