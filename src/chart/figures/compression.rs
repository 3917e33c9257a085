//! What transitions do to the number of channels: ⌊θ·m⌋ of a DenseNet, the next block's width of the others (paper, section 3, *Compression*).

use super::growth::compressed;
use super::{chart, parts};
use crate::arch::{Architecture, Layer, Merge, NetworkKind, Part};
use crate::chart::{
    Axis, Bar, Chart, Figure, Format, Group, Marks, Meaning, NoData, Options, Panel, Series, Shows, Subject, Weight,
};
use crate::text::Text;

/// The figure.
pub(super) const FIGURE: Figure = Figure {
    id: "compression",
    build,
    group: Group::Structure,
    shows: Shows::Built,
    choices: &[],
    tells_answers: true,
};

/// The chart, with or without training.
fn build(subject: &Subject, _options: &Options, text: &Text) -> Result<Chart, NoData> {
    let highest = subject.networks.iter().flat_map(transitions).map(|layer| layer.reads.max(layer.makes)).max();
    let Some(highest) = highest else {
        return Err(NoData(text.say("figure.compression.no_transition").to_owned()));
    };
    let groups = parts::alike(subject.networks);
    let several = groups.len() > 1;
    let panel = |group: &Vec<&Architecture>| {
        let rows: Vec<Part> = transitions(group[0]).map(|layer| layer.part).collect();
        Panel {
            title: several.then(|| parts::group_name(text, group)),
            x: Axis::along(text.say("figure.compression.transition"), parts::ticks(text, &rows)),
            y: Axis::numbers(text.say("figure.channels"), Format::Integer)
                .with_zero()
                .between(0.0, highest as f64 * 1.05),
            series: before_and_after(group, text),
        }
    };
    let panels = groups.iter().map(panel).collect();
    let subtitle = subject.network(NetworkKind::Dense).map(|dense| {
        let percent = dense.spec.compression.percent;
        text.fill("figure.compression.share", &[("share", &parts::share(percent)), ("percent", &percent)])
    });
    Ok(chart(&FIGURE, text, subtitle, panels))
}

fn transitions(network: &Architecture) -> impl Iterator<Item = &Layer> {
    network.layers.iter().filter(|layer| matches!(layer.part, Part::Transition { .. }))
}

/// Two bars side by side for each transition.
fn before_and_after(group: &[&Architecture], text: &Text) -> Vec<Series> {
    let (network, key, name) = (group[0], parts::group_key(group), parts::group_name(text, group));
    let bars = |shift: f64, channels: fn(&Layer) -> usize| -> Vec<Bar> {
        let places = transitions(network).enumerate();
        places
            .map(|(x, layer)| Bar { x: x as f64 + shift, width: 0.36, from: 0.0, to: channels(layer) as f64 })
            .collect()
    };
    let before: Vec<String> = transitions(network)
        .map(|layer| text.fill("figure.compression.note_before", &[("before", &layer.reads)]))
        .collect();
    let after: Vec<String> = transitions(network)
        .map(|layer| match network.kind.merge() {
            Merge::Append => compressed(network, layer, text),
            Merge::Add | Merge::Replace => {
                text.fill("figure.change", &[("before", &layer.reads), ("after", &layer.makes)])
            }
        })
        .collect();
    let series = |word: &str, end: &str, portion, bars, notes| {
        let (name, meaning) = (text.fill(word, &[("network", &name)]), Meaning::Portion(network.kind, portion));
        Series::new(format!("{key}.{end}"), name, meaning, Weight::Main, Marks::Bars(bars)).with_notes(notes)
    };
    vec![
        series("figure.compression.before", "before", 0, bars(-0.2, |layer| layer.reads), before),
        series("figure.compression.after", "after", 1, bars(0.2, |layer| layer.makes), after),
    ]
}
