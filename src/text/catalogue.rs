//! The words of one language, by key.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::sync::{Mutex, OnceLock, PoisonError};

use toml_edit::{DocumentMut, Item, Table};

use super::language::Language;

/// The words of one language.
pub struct Text {
    language: Language,
    words: BTreeMap<String, String>,
}

/// The words of every language that was asked for, in the order of [`Language::ALL`].
static TEXTS: [OnceLock<Text>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];

impl Text {
    /// The words of that language.
    pub fn of(language: Language) -> &'static Self {
        TEXTS[language as usize].get_or_init(|| Self::read(language))
    }

    /// English, which the command line speaks.
    pub fn english() -> &'static Self {
        Self::of(Language::English)
    }

    fn read(language: Language) -> Self {
        let document: DocumentMut = language.file().parse().expect("a test parses every language's file");
        let mut words = BTreeMap::new();
        collect(document.as_table(), "", &mut words);
        Self { language, words }
    }

    /// Which language this is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The words of a key. Where there are none, which is a fault of the program, a debug build panics and a release shows the key.
    ///
    /// # Panics
    ///
    /// In a debug build, when there is no such key: keys are written in the source, and a test looks every one of them up.
    pub fn say(&self, key: &str) -> &str {
        self.words.get(key).map_or_else(|| self.missing(key), String::as_str)
    }

    fn missing(&self, key: &str) -> &'static str {
        debug_assert!(false, "no text is called {key} in {}", self.language.code());
        lasting(key)
    }

    /// The words of a key that there may not be, such as the name of a class.
    pub fn known(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// The words of a key with its placeholders filled. A placeholder without a value, or a value without a placeholder, is a
    /// fault of the program: a debug build panics, a release shows the placeholder.
    ///
    /// # Panics
    ///
    /// In a debug build, when there is no such key, or values and placeholders do not belong together.
    pub fn fill(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let template = self.say(key);
        for (name, _) in values {
            debug_assert!(template.contains(&format!("{{{name}}}")), "{key} has no place for {name}");
        }
        let mut filled = String::with_capacity(template.len() + 16 * values.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').expect("a test finds braces that are not closed");
            filled.push_str(before);
            let value = values.iter().find(|(known, _)| *known == name);
            debug_assert!(value.is_some(), "{key} was given no {name}");
            let written = value.map_or_else(|| format!("{{{name}}}"), |(_, value)| value.to_string());
            filled.push_str(&written);
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// Words one after another, as a key with places for `first` and `next` joins two of them.
    pub fn listed(&self, key: &str, words: impl IntoIterator<Item = String>) -> String {
        let joined = words.into_iter().reduce(|first, next| self.fill(key, &[("first", &first), ("next", &next)]));
        joined.unwrap_or_default()
    }

    /// Every key, sorted, with its words.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.words.iter().map(|(key, words)| (key.as_str(), words.as_str()))
    }
}

/// The same text, kept as long as the program runs: once for each key that is missing.
fn lasting(key: &str) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(key) {
        return known;
    }
    let key = &*key.to_owned().leak();
    kept.insert(key);
    key
}

fn collect(table: &Table, prefix: &str, words: &mut BTreeMap<String, String>) {
    for (key, item) in table {
        let name = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
        match item {
            Item::Table(inner) => collect(inner, &name, words),
            Item::Value(value) => {
                let text = value.as_str().unwrap_or_else(|| panic!("{name} is no text"));
                words.insert(name, text.to_owned());
            }
            Item::None | Item::ArrayOfTables(_) => panic!("{name} is no text"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn placeholders(words: &str) -> BTreeSet<&str> {
        words.split('{').skip(1).map(|after| after.split_once('}').expect("a brace is closed").0).collect()
    }

    #[test]
    fn every_language_has_the_same_keys_and_placeholders() {
        let english = Text::of(Language::English);
        for language in Language::ALL {
            let other = Text::of(language);
            let keys = |text: &'static Text| text.entries().map(|(key, _)| key).collect::<BTreeSet<_>>();
            let difference: Vec<_> = keys(english).symmetric_difference(&keys(other)).copied().collect();
            assert!(difference.is_empty(), "{}: missing or surplus {difference:?}", language.code());
            for (key, words) in english.entries() {
                assert_eq!(placeholders(words), placeholders(other.say(key)), "{} in {}", key, language.code());
            }
        }
    }

    #[test]
    fn no_text_is_empty_or_has_space_at_its_ends() {
        for language in Language::ALL {
            for (key, words) in Text::of(language).entries() {
                assert!(!words.is_empty() && words.trim() == words, "{key} in {}: '{words}'", language.code());
            }
        }
    }

    #[test]
    fn a_missing_key_is_shown_in_a_release_and_found_while_developing() {
        let (first, again) = (lasting("figure.none.title"), lasting(&String::from("figure.none.title")));
        assert_eq!(first, "figure.none.title");
        assert!(std::ptr::eq(first, again), "the same key takes memory once");
        let said = std::panic::catch_unwind(|| Text::english().say("figure.none.title"));
        assert_eq!(said.ok(), (!cfg!(debug_assertions)).then_some("figure.none.title"));
        let filled = std::panic::catch_unwind(|| Text::english().fill("formula.reads", &[("k", &8)]));
        assert_eq!(filled.ok().as_deref(), (!cfg!(debug_assertions)).then_some("{k0} + 8·{before} = {reads}"));
    }

    #[test]
    fn placeholders_are_filled_by_name() {
        let text = Text::of(Language::English);
        let filled = text.fill("formula.reads", &[("k0", &16), ("k", &8), ("before", &2), ("reads", &32)]);
        assert_eq!(filled, "16 + 8·2 = 32");
    }
}
