//! Verdicts in words.

use crate::arch::{Merge, Part};
use crate::exercise::{Answer, Apart, Quantity, Question, Unreadable, Value, Verdict};
use crate::state::Exercise;
use crate::text::Text;

/// What is said of an answer.
pub(super) struct Said {
    /// Whether it is right; nothing where it was shown.
    pub(super) right: Option<bool>,
    /// In a word.
    pub(super) title: String,
    /// Why.
    pub(super) words: String,
}

/// What is said now, if anything.
pub(super) fn said(text: &Text, exercise: &Exercise, question: &Question) -> Option<Said> {
    if exercise.revealed {
        let title = match &question.answer {
            Answer::Number(number) => text.fill("exercise.revealed", &[("answer", &Value::Count(number.value))]),
            Answer::Choice(choices) => {
                let right = choices.iter().find(|choice| choice.why.is_none());
                let says = right.map(|choice| choice.says.fill(text)).unwrap_or_default();
                text.fill("exercise.choice.answer", &[("says", &says)])
            }
        };
        return Some(Said { right: None, title, words: question.because.fill(text) });
    }
    let (right, title, words) = match exercise.verdict.as_ref()? {
        Verdict::Right => (true, text.say("exercise.right"), question.because.fill(text)),
        Verdict::Mistake(why) => (false, text.say("exercise.wrong"), why.fill(text)),
        Verdict::TooHigh { apart, .. } => {
            let title = match apart {
                Apart::Close => "exercise.far.too_high_close",
                Apart::Off => "exercise.far.too_high",
                Apart::Far => "exercise.far.too_high_far",
            };
            (false, text.say(title), advice(text, question))
        }
        Verdict::TooLow { apart, .. } => {
            let title = match apart {
                Apart::Close => "exercise.far.too_low_close",
                Apart::Off => "exercise.far.too_low",
                Apart::Far => "exercise.far.too_low_far",
            };
            (false, text.say(title), advice(text, question))
        }
        Verdict::Unreadable(why) => {
            let words = match why {
                Unreadable::Nothing => "exercise.unreadable.nothing",
                Unreadable::NoNumber => "exercise.unreadable.no_number",
                Unreadable::Negative => "exercise.unreadable.negative",
                Unreadable::NotWhole => "exercise.unreadable.not_whole",
                Unreadable::TooLarge => "exercise.unreadable.too_large",
            };
            (false, text.say("exercise.wrong"), text.say(words).to_owned())
        }
    };
    Some(Said { right: Some(right), title: title.to_owned(), words })
}

/// The same with what stands around an equals sign kept on one line.
pub(super) fn unbroken(words: &str) -> String {
    words.replace(" = ", "\u{a0}=\u{a0}")
}

/// What helps where no mistake is known.
fn advice(text: &Text, question: &Question) -> String {
    let Some(number) = question.number() else { return String::new() };
    text.say(match (question.network.merge(), question.part, number.quantity) {
        (_, _, Quantity::Parameters) => "exercise.far.check_parameters",
        (Merge::Add | Merge::Replace, _, _) => "exercise.far.check_added",
        (Merge::Append, Part::Transition { .. }, Quantity::Makes) => "exercise.far.check_theta",
        (Merge::Append, _, Quantity::Makes) => "exercise.far.check_growth",
        (Merge::Append, _, Quantity::Reads | Quantity::Carries) => "exercise.far.check",
    })
    .to_owned()
}
