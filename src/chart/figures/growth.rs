//! Channel growth: what every row reads, makes and carries (paper, section 3, *Growth rate*).
//!
//! Where the output is concatenated, what a layer makes stands on what it reads, and the height of both is what it carries. Where it is
//! added, or takes the place of what was read, the two stand side by side, since nothing is piled up.

use super::{chart, parts};
use crate::arch::{Architecture, Layer, Merge, NetworkKind, Part};
use crate::chart::{
    Axis, Bar, Chart, Figure, Format, Group, Marks, Meaning, NoData, Options, Panel, Point, Series, Shows, Subject,
    Weight,
};
use crate::telemetry::MeasuredChannels;
use crate::text::Text;

/// The figure.
pub(super) const FIGURE: Figure =
    Figure { id: "growth", build, group: Group::Structure, shows: Shows::Built, choices: &[], tells_answers: true };

/// The chart, with or without training.
fn build(subject: &Subject, _options: &Options, text: &Text) -> Result<Chart, NoData> {
    let groups = parts::alike(subject.networks);
    let highest = |network: &Architecture| network.layers.iter().map(top).max();
    let Some(highest) = subject.networks.iter().filter_map(highest).max() else {
        return Err(NoData(text.say("figure.no_network").to_owned()));
    };
    let several = groups.len() > 1;
    let panel = |group: &Vec<&Architecture>| {
        let rows = parts::rows(group[0]);
        let mut series = parts::block_guides(&rows);
        series.extend(channels_of(group, text));
        Panel {
            title: several.then(|| parts::group_name(text, group)),
            x: parts::axis(text, &rows),
            y: Axis::numbers(text.say("figure.channels"), Format::Integer)
                .with_zero()
                .between(0.0, highest as f64 * 1.05),
            series,
        }
    };
    let panels = groups.iter().map(panel).collect();
    let mut chart = chart(&FIGURE, text, Some(subtitle(subject, text)), panels);
    chart.notes.extend(subject.networks.iter().filter_map(|network| counted(subject, network, text)));
    Ok(chart)
}

/// The highest thing that is drawn of a row: the classes that a classifier makes are no channels.
fn top(layer: &Layer) -> usize {
    match layer.part {
        Part::Classifier => layer.reads,
        Part::Stem | Part::Layer { .. } | Part::Transition { .. } => layer.reads.max(layer.carries),
    }
}

fn subtitle(subject: &Subject, text: &Text) -> String {
    if let Some(dense) = subject.network(NetworkKind::Dense) {
        let (k0, k) = (dense.spec.k0, dense.spec.growth);
        text.fill("figure.growth.recurrence", &[("k0", &k0), ("k", &k)])
    } else {
        let widths = |network: &Architecture| {
            let blocks = 1..=network.spec.blocks.len();
            blocks.map(|block| network.entering(block).to_string()).collect::<Vec<_>>().join(", ")
        };
        let widths = subject.networks.first().map(widths).unwrap_or_default();
        text.fill("figure.growth.widths", &[("widths", &widths)])
    }
}

/// Bars for what is read and made, points for what is carried.
fn channels_of(group: &[&Architecture], text: &Text) -> Vec<Series> {
    let (network, key) = (group[0], parts::group_key(group));
    let name = parts::group_name(text, group);
    let (mut reads, mut makes, mut carries) = (Vec::new(), Vec::new(), Vec::new());
    let (mut reads_notes, mut makes_notes, mut carries_notes) = (Vec::new(), Vec::new(), Vec::new());
    for (row, layer) in network.layers.iter().enumerate() {
        let (x, notes) = (row as f64, Notes::of(network, layer, text));
        let (piled, alone) = match (network.kind.merge(), layer.part) {
            (Merge::Append, Part::Layer { .. }) => (true, false),
            (_, Part::Classifier) => (false, true),
            (_, Part::Stem | Part::Layer { .. } | Part::Transition { .. }) => (false, false),
        };
        let (shift, width) = if piled || alone { (0.0, 0.8) } else { (0.2, 0.4) };
        reads.push(Bar { x: x - shift, width, from: 0.0, to: layer.reads as f64 });
        reads_notes.push(notes.reads);
        if alone {
            continue;
        }
        let from = if piled { layer.reads } else { 0 };
        makes.push(Bar { x: x + shift, width, from: from as f64, to: (from + layer.makes) as f64 });
        makes_notes.push(notes.makes);
        carries.push(Point { x: x + shift, y: layer.carries as f64 });
        carries_notes.push(match (group.len(), layer.part) {
            (2.., Part::Layer { .. }) => text.fill("figure.growth.note_kept", &[("w", &layer.carries)]),
            _ => notes.carries,
        });
    }
    let series = |word: &str, key_end: &str, meaning, marks, notes| {
        let name = text.fill(word, &[("network", &name)]);
        let role = text.say(&format!("explain.compare.{key_end}"));
        Series::new(format!("{key}.{key_end}"), name, meaning, Weight::Main, marks).with_notes(notes).with_role(role)
    };
    let kind = network.kind;
    vec![
        series("figure.growth.reads", "reads", Meaning::Portion(kind, 0), Marks::Bars(reads), reads_notes),
        series("figure.growth.makes", "makes", Meaning::Portion(kind, 1), Marks::Bars(makes), makes_notes),
        series("figure.growth.carries", "carries", Meaning::Network(kind), Marks::Points(carries), carries_notes),
    ]
}

/// How the numbers of a row come about.
struct Notes {
    reads: String,
    makes: String,
    carries: String,
}

impl Notes {
    fn of(network: &Architecture, layer: &Layer, text: &Text) -> Self {
        let Layer { part, reads, makes, carries, .. } = layer;
        let on = || text.fill("figure.growth.hands_on", &[("carries", carries)]);
        match (network.kind.merge(), part) {
            (Merge::Append, Part::Layer { block, layer }) => {
                let (k0, k) = (network.entering(*block), network.spec.growth);
                Self {
                    reads: text.fill(
                        "figure.growth.note_reads",
                        &[("k0", &k0), ("k", &k), ("layer", layer), ("reads", reads)],
                    ),
                    makes: text.fill("figure.growth.note_makes", &[("makes", makes)]),
                    carries: text.fill(
                        "figure.growth.note_carries",
                        &[("k0", &k0), ("k", &k), ("layer", layer), ("carries", carries)],
                    ),
                }
            }
            (Merge::Add, Part::Layer { .. }) => Self::of_baseline(layer, "figure.growth.note_added", text),
            (Merge::Replace, Part::Layer { .. }) => Self::of_baseline(layer, "figure.growth.note_replaced", text),
            (_, Part::Stem) => Self {
                reads: text.fill("figure.growth.note_image", &[("reads", reads)]),
                makes: text.fill("figure.growth.note_entering", &[("makes", makes)]),
                carries: on(),
            },
            (Merge::Append, Part::Transition { .. }) => Self {
                reads: text.fill("figure.growth.note_all", &[("reads", reads)]),
                makes: compressed(network, layer, text),
                carries: on(),
            },
            (Merge::Add | Merge::Replace, Part::Transition { .. }) => Self {
                reads: text.fill("figure.growth.note_all", &[("reads", reads)]),
                makes: text.fill("figure.change", &[("before", reads), ("after", makes)]),
                carries: on(),
            },
            (_, Part::Classifier) => {
                let reads = text.fill("figure.growth.note_all", &[("reads", reads)]);
                Self { reads, makes: String::new(), carries: String::new() }
            }
        }
    }

    fn of_baseline(layer: &Layer, carries: &str, text: &Text) -> Self {
        Self {
            reads: text.fill("figure.growth.note_width", &[("w", &layer.reads)]),
            makes: text.fill("figure.growth.note_width", &[("w", &layer.makes)]),
            carries: text.fill(carries, &[("w", &layer.carries)]),
        }
    }
}

/// ⌊θ·m⌋ with a transition's numbers.
pub(super) fn compressed(network: &Architecture, transition: &Layer, text: &Text) -> String {
    let percent = network.spec.compression.percent;
    let share = parts::share(percent);
    let floored = transition.reads * percent as usize / 100;
    if floored == transition.makes {
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("share", &share), ("before", &transition.reads), ("after", &transition.makes)];
        text.fill("figure.floor", &values)
    } else {
        text.fill("figure.floor_at_least", &[("share", &share), ("before", &transition.reads)])
    }
}

/// What counting channels on the tensors of training gave, beside what is drawn.
fn counted(subject: &Subject, network: &Architecture, text: &Text) -> Option<String> {
    let measured = subject.history_of(network.kind)?.measured();
    if measured.is_empty() {
        return None;
    }
    let name = parts::name(text, network.kind);
    let agrees = |(layer, counted): (&Layer, &MeasuredChannels)| {
        [layer.reads, layer.makes, layer.carries] == [counted.reads, counted.makes, counted.carries]
    };
    let agreeing = network.layers.iter().zip(measured).filter(|&row| agrees(row)).count();
    let rows = network.layers.len();
    let key = if agreeing == rows { "figure.growth.counted" } else { "figure.growth.counted_otherwise" };
    Some(text.fill(key, &[("network", &name), ("agreeing", &agreeing), ("rows", &rows)]))
}
