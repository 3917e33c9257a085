//! Why a run cannot go on.

use super::live::RunFailure;
use super::memory::NotEnoughMemory;
use crate::text::{Localized, Text, display_in_english};

display_in_english!(NotEnoughMemory, RunFailure);

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
            Self::Images(error) => error.in_words(text),
            Self::Fault(words) => text.fill("reason.fault", &[("words", words)]),
        }
    }
}
