//! Why a run cannot go on.

use super::live::RunFailure;
use super::memory::NotEnoughMemory;
use super::schedule::Stretch;
use crate::text::number::significant;
use crate::text::{Localized, Text, display_in_english};

display_in_english!(NotEnoughMemory, RunFailure, Stretch);

impl Localized for NotEnoughMemory {
    fn in_words(&self, text: &Text) -> String {
        let gigabytes = |bytes: u64| format!("{:.1} GB", bytes as f64 / 1e9);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("needed", &gigabytes(self.needed)), ("batch", &self.batch), ("available", &gigabytes(self.available))];
        text.fill("reason.memory", &values)
    }
}

impl Localized for RunFailure {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Memory(error) => error.in_words(text),
            Self::Weights(error) => error.in_words(text),
            Self::Images(error) => error.in_words(text),
            Self::Unreadable(words) => words.clone(),
            Self::Fault(words) => text.fill("reason.fault", &[("words", words)]),
        }
    }
}

impl Localized for Stretch {
    fn in_words(&self, text: &Text) -> String {
        let Self { schedule, before, step, next, steps, end, .. } = self;
        let rate = |rate: f64| significant(rate, 3);
        if next == before && end == before {
            return text.fill("schedule.same", &[("next", &rate(*next)), ("steps", steps)]);
        }
        let values: [(&str, &dyn std::fmt::Display); 6] = [
            ("schedule", &text.say(&format!("option.training.schedule.{}", schedule.name()))),
            ("before", &rate(*before)),
            ("step", step),
            ("next", &rate(*next)),
            ("steps", steps),
            ("end", &rate(*end)),
        ];
        text.fill("schedule.stretched", &values)
    }
}
