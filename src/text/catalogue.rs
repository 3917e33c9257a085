//! The words of one language, by key.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::sync::LazyLock;

use toml_edit::{DocumentMut, Item, Table};

use super::language::Language;

/// The words of one language.
pub struct Text {
    language: Language,
    words: BTreeMap<String, String>,
}

static ENGLISH: LazyLock<Text> = LazyLock::new(|| Text::read(Language::English));
static CHINESE: LazyLock<Text> = LazyLock::new(|| Text::read(Language::Chinese));

impl Text {
    /// The words of that language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
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

    /// The words of a key.
    ///
    /// # Panics
    ///
    /// When there is no such key: keys are written in the source, and a test looks every one of them up.
    pub fn say(&self, key: &str) -> &str {
        self.words.get(key).unwrap_or_else(|| panic!("no text is called {key} in {}", self.language.code()))
    }

    /// The words of a key with its placeholders filled.
    ///
    /// # Panics
    ///
    /// When there is no such key, or a placeholder without a value, or a value without a placeholder.
    pub fn fill(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let template = self.say(key);
        for (name, _) in values {
            assert!(template.contains(&format!("{{{name}}}")), "{key} has no place for {name}");
        }
        let mut filled = String::with_capacity(template.len() + 16 * values.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').expect("a test finds braces that are not closed");
            let value = values.iter().find(|(known, _)| *known == name);
            let (_, value) = value.unwrap_or_else(|| panic!("{key} was given no {name}"));
            filled.push_str(before);
            write!(filled, "{value}").expect("memory takes any text");
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// Every key, sorted, with its words.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.words.iter().map(|(key, words)| (key.as_str(), words.as_str()))
    }
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
    fn placeholders_are_filled_by_name() {
        let text = Text::of(Language::English);
        let filled = text.fill("formula.reads", &[("k0", &16), ("k", &8), ("before", &2), ("reads", &32)]);
        assert_eq!(filled, "16 + 8·2 = 32");
    }
}
