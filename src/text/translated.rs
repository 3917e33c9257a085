//! A sentence that a file brings along, in the languages that it has.

use std::collections::BTreeMap;

use super::Language;

/// A sentence in several languages, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translated(BTreeMap<Language, String>);

impl Translated {
    /// The sentence in these languages; nothing without any.
    pub fn new(sentences: BTreeMap<Language, String>) -> Option<Self> {
        (!sentences.is_empty()).then_some(Self(sentences))
    }

    /// One sentence for all languages: names, formulas, and what somebody wrote in one language alone.
    pub fn same(sentence: &str) -> Self {
        Self(Language::ALL.map(|language| (language, sentence.to_owned())).into())
    }

    /// The sentence in that language, or in the first that there is.
    ///
    /// # Panics
    ///
    /// Never: there is at least one.
    pub fn say(&self, language: Language) -> &str {
        let Self(sentences) = self;
        sentences.get(&language).or_else(|| sentences.values().next()).expect("there is at least one language")
    }

    /// The languages that are missing.
    pub fn missing(&self) -> impl Iterator<Item = Language> + '_ {
        Language::ALL.into_iter().filter(|language| !self.0.contains_key(language))
    }
}
