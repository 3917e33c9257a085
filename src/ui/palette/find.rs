//! What the palette offers, and how a few letters find it.

use crate::arch::{PRESETS, Part};
use crate::chart::FIGURES;
use crate::config::FIELDS;
use crate::state::{ACTIONS, Command, Focus, State};
use crate::text::{Language, Text};
use crate::ui::parts::network;

/// One thing that can be done.
pub(super) struct Entry {
    /// What it does, in words.
    pub(super) words: String,
    /// The same in lower case, with other words by which it is found.
    letters: String,
    /// What kind of thing it is; a key of the texts.
    pub(super) kind: &'static str,
    /// Its key.
    pub(super) key: Option<&'static str>,
    /// Does it.
    pub(super) command: Box<dyn Fn(&State) -> Command>,
    /// Whether it makes sense now.
    pub(super) enabled: fn(&State) -> bool,
}

/// An entry that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its place among the entries.
    pub(super) entry: usize,
    score: i32,
}

impl Entry {
    fn new(words: String, other: &str, kind: &'static str, command: impl Fn(&State) -> Command + 'static) -> Self {
        let letters = format!("{words} {other}").to_lowercase();
        Self { words, letters, kind, key: None, command: Box::new(command), enabled: |_| true }
    }
}

/// Everything that can be done, in the order in which it is shown while nothing is typed.
pub(super) fn entries(state: &State) -> Vec<Entry> {
    let text = state.text();
    let english = Text::of(Language::English);
    let mut all = Vec::new();
    for action in ACTIONS.iter().filter(|action| action.exists() && !["palette", "close"].contains(&action.id)) {
        // English words find an action in every language: its documentation may be what one has read.
        let entry = Entry::new(action.words(text), &action.words(english), "ui.palette.action", action.command);
        all.push(Entry { key: action.key, enabled: action.enabled, ..entry });
    }
    for preset in PRESETS {
        let about = text.say(&format!("preset.{}", preset.name));
        let words = text.fill("ui.palette.preset_words", &[("preset", &preset.name)]);
        all.push(Entry::new(words, about, "ui.palette.preset", |_| Command::Preset(preset.name)));
    }
    for figure in FIGURES {
        let words = text.say(&format!("figure.{}.title", figure.id)).to_owned();
        all.push(Entry::new(words, figure.id, "ui.palette.figure", |_| Command::ShowFigure(figure.id)));
    }
    for language in Language::ALL {
        let words = language.own_name().to_owned();
        all.push(Entry::new(words, language.code(), "ui.palette.language", move |_| Command::SetLanguage(language)));
    }
    for &field in FIELDS {
        let words = text.say(&format!("field.{}.name", field.name)).to_owned();
        let select = move |_: &State| Command::Select(Some(Focus::Field(field)));
        all.push(Entry::new(words, field.name, "ui.palette.setting", select));
    }
    rows(state, text, &mut all);
    all
}

/// The rows of every network.
fn rows(state: &State, text: &Text, all: &mut Vec<Entry>) {
    let Some(built) = state.built() else { return };
    for network in built.networks {
        let kind = network.kind;
        let name = text.say(network::name(kind));
        for layer in &network.layers {
            let part = layer.part;
            let words = text.fill("ui.palette.row_words", &[("network", &name), ("row", &row_name(text, part))]);
            let select = move |_: &State| Command::Select(Some(Focus::Part(Some(kind), part)));
            all.push(Entry::new(words, &part.to_string(), "ui.palette.row", select));
        }
    }
}

fn row_name(text: &Text, part: Part) -> String {
    match part {
        Part::Stem => text.say("part.stem").to_owned(),
        Part::Layer { block, layer } => text.fill("part.layer", &[("block", &block), ("layer", &layer)]),
        Part::Transition { block } => text.fill("part.transition", &[("block", &block)]),
        Part::Classifier => text.say("part.classifier").to_owned(),
    }
}

/// Entries that what is typed finds, the best first; all of them while nothing is typed.
pub(super) fn rank(entries: &[Entry], typed: &str) -> Vec<Found> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let found = entries.iter().enumerate().filter_map(|(entry, candidate)| {
        let scores = words.iter().map(|word| score(&candidate.letters, word));
        scores.sum::<Option<i32>>().map(|score| Found { entry, score })
    });
    let mut found: Vec<Found> = found.collect();
    // Stable: what is found equally well keeps its order.
    found.sort_by_key(|found| -found.score);
    found
}

/// How well letters are found in order: best at once, then at the beginnings of words, then near each other; nothing if one is missing.
fn score(candidate: &str, typed: &str) -> Option<i32> {
    if let Some(place) = candidate.find(typed) {
        let starts_word = place == 0 || !candidate[..place].ends_with(char::is_alphanumeric);
        return Some(1000 + if starts_word { 500 } else { 0 } - i32::try_from(place.min(200)).unwrap_or(200));
    }
    let mut letters = typed.chars().peekable();
    let (mut total, mut before, mut gap) = (0, ' ', 0);
    for letter in candidate.chars() {
        if letters.peek() == Some(&letter) {
            letters.next();
            total += if before.is_alphanumeric() { 1 } else { 10 } - gap.min(5);
            gap = 0;
        } else {
            gap += 1;
        }
        before = letter;
    }
    letters.peek().is_none().then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best<'a>(all: &'a [&str], typed: &str) -> Option<&'a str> {
        let entries: Vec<Entry> =
            all.iter().map(|words| Entry::new((*words).to_owned(), "", "", |_| Command::Quit)).collect();
        rank(&entries, typed).first().map(|found| all[found.entry])
    }

    #[test]
    fn a_few_letters_find_the_nearest_words() {
        let all =
            ["Run or pause", "Make one step", "Save the configuration…", "Next theme", "DenseNet: Block 1, layer 2"];
        for (typed, expected) in [
            ("pause", Some("Run or pause")),
            ("one st", Some("Make one step")),
            ("THEME", Some("Next theme")),
            ("svcf", Some("Save the configuration…")),
            ("layer dense", Some("DenseNet: Block 1, layer 2")),
            ("", Some("Run or pause")),
            ("xyz", None),
        ] {
            assert_eq!(best(&all, typed), expected, "{typed}");
        }
    }

    #[test]
    fn words_come_before_scattered_letters() {
        let all = ["Show or hide the explanations", "Size as the system has it", "Show: Sizes"];
        assert_eq!(best(&all, "size"), Some("Size as the system has it"));
    }
}
