//! What is said of an answer. Whatever was typed has one; nothing that can be typed is an error.

use std::cmp::Ordering;

use super::arithmetic::{self, Unreadable};
use super::question::{Number, Question};
use super::words::Words;

/// How far an answer is from the right one. Told in steps, since the difference itself would be the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// By a tenth at most.
    Close,
    /// By more than that, and less than twice or half as much.
    Off,
    /// Twice as much, or half, or beyond.
    Far,
}

/// What is said of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the number.
    Right,
    /// It is a mistake that is known, and this is why it is off.
    Mistake(Words),
    /// It is above the number, by so much.
    TooHigh {
        /// The difference.
        by: u64,
        /// The same in steps.
        apart: Apart,
    },
    /// It is below the number, by so much.
    TooLow {
        /// The difference.
        by: u64,
        /// The same in steps.
        apart: Apart,
    },
    /// It is no answer.
    Unreadable(Unreadable),
}

impl Question {
    /// What is to be said of what was typed; nothing where a sentence is to be chosen.
    pub fn judge(&self, typed: &str) -> Option<Verdict> {
        self.number().map(|number| number.judge(typed))
    }

    /// What is to be said of the choice of that place; nothing where there is no such choice.
    pub fn judge_choice(&self, place: usize) -> Option<Verdict> {
        let choice = self.choices().get(place)?;
        Some(choice.why.clone().map_or(Verdict::Right, Verdict::Mistake))
    }
}

impl Number {
    fn judge(&self, typed: &str) -> Verdict {
        let value = match arithmetic::read(typed) {
            Ok(value) => value,
            Err(why) => return Verdict::Unreadable(why),
        };
        if let Some(mistake) = self.mistakes.iter().find(|mistake| mistake.value == value) {
            return Verdict::Mistake(mistake.why.clone());
        }
        let by = value.abs_diff(self.value);
        let (less, more) = (value.min(self.value), value.max(self.value));
        let apart = if more / 2 >= less {
            Apart::Far
        } else if by <= self.value / 10 {
            Apart::Close
        } else {
            Apart::Off
        };
        match value.cmp(&self.value) {
            Ordering::Equal => Verdict::Right,
            Ordering::Greater => Verdict::TooHigh { by, apart },
            Ordering::Less => Verdict::TooLow { by, apart },
        }
    }
}
