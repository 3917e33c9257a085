//! Why a run cannot go on.

use super::InWords;
use crate::text::Text;
use crate::training::{NotEnoughMemory, RunFailure};

impl InWords for NotEnoughMemory {
    fn in_words(&self, text: &Text) -> String {
        let gigabytes = |bytes: u64| format!("{:.1} GB", bytes as f64 / 1e9);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("needed", &gigabytes(self.needed)), ("batch", &self.batch), ("available", &gigabytes(self.available))];
        text.fill("reason.memory", &values)
    }
}

impl InWords for RunFailure {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Memory(error) => error.in_words(text),
            Self::Images(error) => error.in_words(text),
            Self::Fault(words) => text.fill("reason.fault", &[("words", words)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn english_says_what_the_command_line_says() {
        let text = Text::of(Language::English);
        let memory = NotEnoughMemory { needed: 12_340_000_000, available: 800_000_000, batch: 64 };
        for failure in [RunFailure::Memory(memory), RunFailure::Fault("index 3 of 2".to_owned())] {
            assert_eq!(failure.in_words(text), failure.to_string());
        }
    }
}
