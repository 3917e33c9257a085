//! Rows and connections in words: titles, formulas with their numbers, and a sentence for those who listen.

use crate::arch::{Architecture, Layer, Merge, NetworkKind, Part};
use crate::chart::GradientMeasure;
use crate::drawing::alive::Alive;
use crate::drawing::layout::{Way, Wire};
use crate::text::Text;
use crate::text::number::significant;
use crate::ui::parts::network;

/// The row's name.
pub(in crate::ui) fn title(text: &Text, part: Part) -> String {
    match part {
        Part::Stem => text.say("part.stem").to_owned(),
        Part::Layer { block, layer } => text.fill("part.layer", &[("block", &block), ("layer", &layer)]),
        Part::Transition { block } => text.fill("part.transition", &[("block", &block)]),
        Part::Classifier => text.say("part.classifier").to_owned(),
    }
}

/// What it reads, makes and carries, as a formula with its numbers, unless they are hidden.
pub(in crate::ui) fn formula(text: &Text, network: &Architecture, layer: &Layer, hidden: bool) -> String {
    if hidden {
        return text.say("exercise.hidden_row").to_owned();
    }
    let (reads, makes, carries) = (layer.reads, layer.makes, layer.carries);
    let numbers: [(&str, &dyn std::fmt::Display); 3] = [("reads", &reads), ("makes", &makes), ("carries", &carries)];
    match (network.kind.merge(), layer.part) {
        (_, Part::Stem) => text.fill("network_view.formula.stem", &numbers[..2]),
        (_, Part::Classifier) => text.fill("network_view.formula.classifier", &numbers[..2]),
        (Merge::Append, Part::Layer { block, layer: number }) => {
            let (entering, growth) = (network.entering(block), network.spec.growth);
            text.fill(
                "network_view.formula.dense",
                &[
                    ("entering", &entering),
                    ("growth", &growth),
                    ("layer", &number),
                    ("reads", &reads),
                    ("makes", &makes),
                    ("carries", &carries),
                ],
            )
        }
        (Merge::Add, Part::Layer { .. }) => text.fill("network_view.formula.residual", &numbers),
        (Merge::Replace, Part::Layer { .. }) => text.fill("network_view.formula.plain", &numbers),
        (Merge::Append, Part::Transition { .. }) => {
            let percent = network.spec.compression.percent;
            let theta = format!("{}.{:02}", percent / 100, percent % 100);
            text.fill("network_view.formula.transition", &[("theta", &theta), ("reads", &reads), ("carries", &carries)])
        }
        (Merge::Add | Merge::Replace, Part::Transition { .. }) => {
            text.fill("network_view.formula.widening", &[("reads", &reads), ("carries", &carries)])
        }
    }
}

/// The chosen gradient norm of a row.
pub(super) fn gradient(
    text: &Text,
    alive: &Alive,
    kind: NetworkKind,
    part: Part,
    measure: GradientMeasure,
) -> Option<String> {
    let value = significant(alive.part(kind, part)?, 3);
    Some(text.fill("network_view.gradient", &[("measure", &text.say(measure_key(measure))), ("value", &value)]))
}

/// The words of a measure.
pub(in crate::ui) const fn measure_key(measure: GradientMeasure) -> &'static str {
    match measure {
        GradientMeasure::WeightNorm => "figures.gradient.weight_norm",
        GradientMeasure::WeightRms => "figures.gradient.weight_rms",
        GradientMeasure::Relative => "figures.gradient.relative",
        GradientMeasure::Activation => "figures.gradient.activation",
    }
}

/// A row in one sentence.
pub(super) fn sentence(
    text: &Text,
    network: &Architecture,
    layer: &Layer,
    alive: &Alive,
    measure: GradientMeasure,
    hidden: bool,
) -> String {
    let (name, row) = (text.say(network::name(network.kind)), title(text, layer.part));
    let formula = formula(text, network, layer, hidden);
    let said = text.fill("network_view.sentence", &[("network", &name), ("row", &row), ("formula", &formula)]);
    match gradient(text, alive, network.kind, layer.part, measure) {
        Some(gradient) => text.fill("network_view.and", &[("first", &said), ("second", &gradient)]),
        None => said,
    }
}

/// What a connection is, and what it carries.
pub(super) fn connection(text: &Text, network: &Architecture, alive: &Alive, wire: &Wire, hidden: bool) -> Vec<String> {
    let (block, reader_words) = (wire.block, title(text, wire.reader(network)));
    let source = match wire.source {
        0 => text.fill("network_view.wire.entered", &[("block", &block)]),
        layer => title(text, Part::Layer { block, layer }),
    };
    let channels = if wire.source == 0 { network.entering(block) } else { network.spec.growth };
    let key = (wire.block, wire.reader, wire.source);
    if let (Merge::Add, Way::Skip) = (network.kind.merge(), wire.way) {
        let key = if wire.source == 0 { "network_view.wire.sum_entered" } else { "network_view.wire.sum_made" };
        let summand = text.fill(key, &[("source", &wire.source), ("layer", &wire.reader), ("block", &block)]);
        return vec![summand, text.say("network_view.wire.sum_about").to_owned()];
    }
    let mut lines = vec![match wire.way {
        Way::Skip | Way::Direct => {
            text.fill("network_view.wire.dense", &[("source", &source), ("reader", &reader_words)])
        }
        Way::Identity => text.fill("network_view.wire.identity", &[("reader", &reader_words)]),
        Way::Branch => text.fill("network_view.wire.branch", &[("reader", &reader_words)]),
    }];
    if network.kind.merge().keeps_sources() && !hidden {
        lines.push(text.fill("network_view.wire.channels", &[("channels", &channels)]));
    }
    if let Some(norm) = alive.gradient(network.kind, key, wire.way == Way::Branch) {
        lines.push(text.fill("network_view.wire.gradient", &[("value", &significant(norm, 3))]));
    }
    if let Some(weight) = alive.weight(network.kind, key) {
        lines.push(text.fill("network_view.wire.weight", &[("value", &significant(weight, 3))]));
    }
    lines
}
