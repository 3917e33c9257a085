//! Networks and rows by their names.

use crate::arch::{NetworkKind, Part};
use crate::text::Text;

/// What people call a network.
pub(super) fn network(text: &Text, kind: NetworkKind) -> &str {
    text.say(kind.text_key())
}

/// What people call a row of a network.
pub(super) fn part(text: &Text, part: Part) -> String {
    named(text, "part", part)
}

/// The same where room is narrow.
pub(super) fn part_short(text: &Text, part: Part) -> String {
    named(text, "part_short", part)
}

fn named(text: &Text, section: &str, part: Part) -> String {
    let key = |name: &str| format!("{section}.{name}");
    match part {
        Part::Stem => text.say(&key("stem")).to_owned(),
        Part::Layer { block, layer } => text.fill(&key("layer"), &[("block", &block), ("layer", &layer)]),
        Part::Transition { block } => text.fill(&key("transition"), &[("block", &block)]),
        Part::Classifier => text.say(&key("classifier")).to_owned(),
    }
}
