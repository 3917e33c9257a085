//! What the rooms below words say of themselves, in the person's language: what is wrong with a setting, with images, with a run.
//!
//! Those rooms speak English, as the command line does ([`std::fmt::Display`]); this says the same from the texts of a language. That both
//! say the same in English is tested, for every sentence.

mod config;
mod data;
mod system;
mod training;

use super::Text;

/// Something that can say what it is in every language.
pub trait InWords {
    /// In the words of that language.
    fn in_words(&self, text: &Text) -> String;
}
