//! A row of the architecture: what it reads, makes and carries in each network, what it computes, and its gradients.

use eframe::egui::Ui;

use super::layout::{aside, heading, paragraph, title};
use super::{compare, course, sources, steps};
use crate::arch::{Architecture, Layer, Merge, NetworkKind, Part, Stem};
use crate::state::State;
use crate::text::Text;
use crate::ui::figure::part as name_of;
use crate::ui::parts::network::name;

/// Explains the row, of that network first if one is meant.
pub(super) fn show(ui: &mut Ui, state: &State, kind: Option<NetworkKind>, part: Part) {
    let text = state.text();
    title(ui, &name_of(text, part));
    let Some(built) = state.built() else {
        paragraph(ui, text.say("figures.no_networks"));
        return;
    };
    let mut networks: Vec<&Architecture> = built.networks.iter().collect();
    networks.sort_by_key(|network| Some(network.kind) != kind);
    let rows: Vec<(&Architecture, &Layer)> =
        networks.into_iter().filter_map(|network| Some((network, network.layer(part)?))).collect();
    let Some(&(lead, row)) = rows.first() else {
        paragraph(ui, text.say("explain.layer.none"));
        return;
    };
    for (network, row) in &rows {
        heading(ui, text.say(name(network.kind)));
        paragraph(ui, words(text, network, row));
    }
    let trained = state.trained().filter(|trained| trained.networks == built.networks);
    compare::show(ui, text, &built, state.trained().as_ref(), part);
    course::show(ui, text, trained.as_ref(), state.view.options.gradient, part);
    sources::show(ui, text, lead, trained.as_ref(), part);
    heading(ui, &text.fill("explain.layer.steps", &[("network", &text.say(name(lead.kind)))]));
    steps::show(ui, text, &steps::steps(text, lead, row));
    if matches!(part, Part::Layer { .. }) {
        aside(ui, merge(text, lead.kind));
    }
}

/// The row in a sentence or two, its numbers in place.
pub(super) fn words(text: &Text, network: &Architecture, row: &Layer) -> String {
    let Layer { part, reads, makes, carries, height, width, .. } = row;
    let dense = network.kind.merge().keeps_sources();
    match *part {
        Part::Stem => {
            let key = match network.spec.stem {
                Stem::ThreeByThree => "explain.layer.stem",
                Stem::SevenBySeven => "explain.layer.stem_large",
            };
            text.fill(key, &[("reads", reads), ("makes", makes), ("height", height), ("width", width)])
        }
        Part::Layer { block, layer } if dense => {
            let (k0, k, before) = (network.entering(block), network.spec.growth, layer - 1);
            let sentence = match before {
                0 => text.fill("explain.layer.dense_first", &[("block", &block), ("k0", &k0)]),
                1 => text
                    .fill("explain.layer.dense_second", &[("block", &block), ("k0", &k0), ("k", &k), ("reads", reads)]),
                _ => text.fill(
                    "explain.layer.dense",
                    &[
                        ("layer", &layer),
                        ("block", &block),
                        ("k0", &k0),
                        ("k", &k),
                        ("before", &before),
                        ("reads", reads),
                    ],
                ),
            };
            let then = text.fill(
                "explain.layer.dense_makes",
                &[("makes", makes), ("k0", &k0), ("layer", &layer), ("carries", carries)],
            );
            text.fill("explain.two", &[("first", &sentence), ("second", &then)])
        }
        Part::Layer { block, layer } => {
            let key = match network.kind.merge() {
                Merge::Add => "explain.layer.residual",
                Merge::Append | Merge::Replace => "explain.layer.plain",
            };
            let sentence = text.fill(key, &[("layer", &layer), ("block", &block), ("w", reads)]);
            if layer == 1 || !network.kind.merge().has_identity() {
                return sentence;
            }
            let then = text.fill("explain.layer.unrolled", &[("layer", &layer), ("sum", &unrolled(layer))]);
            text.fill("explain.two", &[("first", &sentence), ("second", &then)])
        }
        Part::Transition { block } if dense => {
            let percent = network.spec.compression.percent;
            let share = format!("{:.2}", f64::from(percent) / 100.0);
            let key = if percent == 100 {
                "explain.layer.transition_whole"
            } else if reads * (percent as usize) < 100 {
                "explain.layer.transition_least"
            } else {
                "explain.layer.transition"
            };
            let sentence = match key {
                "explain.layer.transition_whole" => text.fill(key, &[("block", &block), ("reads", reads)]),
                "explain.layer.transition_least" => {
                    text.fill(key, &[("block", &block), ("reads", reads), ("share", &share)])
                }
                key => text.fill(key, &[("block", &block), ("reads", reads), ("share", &share), ("makes", makes)]),
            };
            let then = text.fill("explain.layer.halves", &[("height", height), ("width", width)]);
            text.fill("explain.two", &[("first", &sentence), ("second", &then)])
        }
        Part::Transition { block } => {
            let sentence =
                text.fill("explain.layer.transition_widens", &[("block", &block), ("reads", reads), ("makes", makes)]);
            let then = text.fill("explain.layer.halves", &[("height", height), ("width", width)]);
            text.fill("explain.two", &[("first", &sentence), ("second", &then)])
        }
        Part::Classifier => text.fill("explain.layer.classifier", &[("reads", reads), ("makes", makes)]),
    }
}

/// A residual sum of two layers or more taken apart: `x_0 + H_1 + … + H_5`.
fn unrolled(layer: usize) -> String {
    match layer {
        2 => "x_0 + H_1 + H_2".to_owned(),
        3 => "x_0 + H_1 + H_2 + H_3".to_owned(),
        _ => format!("x_0 + H_1 + … + H_{layer}"),
    }
}

/// What happens to the output of H.
fn merge(text: &Text, kind: NetworkKind) -> String {
    match kind.merge() {
        Merge::Append => text.say("explain.layer.concatenates"),
        Merge::Add => text.say("explain.layer.adds"),
        Merge::Replace => text.say("explain.layer.replaces"),
    }
    .to_owned()
}
