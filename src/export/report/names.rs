//! Networks and rows by their names.

use crate::arch::{NetworkKind, Part};
use crate::text::Text;

/// What people call a network.
pub(super) fn network(text: &Text, kind: NetworkKind) -> &str {
    text.say(kind.text_key())
}

/// What people call a row of a network.
pub(super) fn part(text: &Text, part: Part) -> String {
    match part {
        Part::Stem => text.say("part.stem").to_owned(),
        Part::Layer { block, layer } => text.fill("part.layer", &[("block", &block), ("layer", &layer)]),
        Part::Transition { block } => text.fill("part.transition", &[("block", &block)]),
        Part::Classifier => text.say("part.classifier").to_owned(),
    }
}
