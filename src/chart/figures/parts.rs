//! Rows of the architecture in words and along an axis, and networks in words.

use crate::arch::{Architecture, NetworkKind, Part};
use crate::chart::{Axis, Marks, Meaning, Series, Ticks, Weight};
use crate::text::Text;

/// The row in words that fit a narrow place.
pub(super) fn short(text: &Text, part: Part) -> String {
    match part {
        Part::Stem => text.say("part_short.stem").to_owned(),
        Part::Layer { block, layer } => text.fill("part_short.layer", &[("block", &block), ("layer", &layer)]),
        Part::Transition { block } => text.fill("part_short.transition", &[("block", &block)]),
        Part::Classifier => text.say("part_short.classifier").to_owned(),
    }
}

/// The rows at 0, 1, 2, …
pub(super) fn ticks(text: &Text, parts: &[Part]) -> Ticks {
    Ticks::Parts(parts.iter().map(|&part| (part, short(text, part))).collect())
}

/// An axis along which the rows stand.
pub(super) fn axis(text: &Text, parts: &[Part]) -> Axis {
    Axis::along(text.say("figure.row"), ticks(text, parts))
}

/// Every row of a network. All networks of a run have the same ones.
pub(super) fn rows(network: &Architecture) -> Vec<Part> {
    network.layers.iter().map(|layer| layer.part).collect()
}

/// Upright lines where a block begins or ends.
pub(super) fn block_guides(parts: &[Part]) -> Vec<Series> {
    let block = |part: Part| match part {
        Part::Layer { block, .. } => Some(block),
        Part::Stem | Part::Transition { .. } | Part::Classifier => None,
    };
    let borders = (1..parts.len()).filter(|&index| block(parts[index - 1]) != block(parts[index]));
    let guide = |(number, index): (usize, usize)| {
        let marks = Marks::Rule { upright: true, at: index as f64 - 0.5 };
        Series::new(format!("border{}", number + 1), "", Meaning::Guide, Weight::Faint, marks)
    };
    borders.enumerate().map(guide).collect()
}

/// The network in words.
pub(super) fn name(text: &Text, kind: NetworkKind) -> &str {
    text.say(kind.text_key())
}

/// Networks whose rows read, make and carry the same, such as a residual and a plain one of one width, are one group.
pub(super) fn alike(networks: &[Architecture]) -> Vec<Vec<&Architecture>> {
    let channels = |network: &Architecture| -> Vec<[usize; 3]> {
        network.layers.iter().map(|layer| [layer.reads, layer.makes, layer.carries]).collect()
    };
    let adds = |network: &Architecture| !network.kind.merge().keeps_sources();
    let mut groups: Vec<Vec<&Architecture>> = Vec::new();
    for network in networks {
        let same =
            groups.iter_mut().find(|group| adds(group[0]) && adds(network) && channels(group[0]) == channels(network));
        match same {
            Some(group) => group.push(network),
            None => groups.push(vec![network]),
        }
    }
    groups
}

/// The names of a group's networks.
pub(super) fn group_name(text: &Text, group: &[&Architecture]) -> String {
    let mut names = group.iter().map(|network| name(text, network.kind).to_owned());
    let first = names.next().unwrap_or_default();
    names.fold(first, |before, name| text.fill("figure.and", &[("first", &before), ("second", &name)]))
}

/// The beginning of a group's keys: `dense`, or `residual-plain`.
pub(super) fn group_key(group: &[&Architecture]) -> String {
    group.iter().map(|network| network.kind.name()).collect::<Vec<_>>().join("-")
}

/// θ as the share that a formula has: `0.50` for 50 percent.
pub(super) fn share(percent: u32) -> String {
    format!("{}.{:02}", percent / 100, percent % 100)
}
