//! What each network costs: parameters, multiply-adds, time for a step, and activations kept for the backward pass.

use super::moment::Moment;
use super::{chart, curve, parts};
use crate::arch::{ActivationMemory, Architecture, NetworkKind};
use crate::chart::{
    Axis, Bar, Chart, Figure, Format, Group, Marks, Meaning, NoData, Options, Panel, Series, Shows, Subject, Ticks,
    Weight,
};
use crate::text::Text;
use crate::text::number::{compact, grouped, significant};

/// The figure.
pub(super) const FIGURE: Figure =
    Figure { id: "costs", build, group: Group::Structure, shows: Shows::Built, choices: &[], tells_answers: true };

/// Records that the time for a step is the median of.
const RECENT: usize = 100;

/// The chart; time for a step needs training.
fn build(subject: &Subject, _options: &Options, text: &Text) -> Result<Chart, NoData> {
    if subject.networks.is_empty() {
        return Err(NoData(text.say("figure.no_network").to_owned()));
    }
    let kinds: Vec<NetworkKind> = subject.networks.iter().map(|network| network.kind).collect();
    let panel = |title: &str, y: Axis, series: Vec<Series>| {
        let names = kinds.iter().map(|&kind| parts::name(text, kind).to_owned()).collect();
        let x = Axis::along(text.say("figure.costs.network"), Ticks::Names(names));
        Panel { title: Some(text.say(title).to_owned()), x, y: y.with_zero(), series }
    };
    let counted = |count: fn(&Architecture) -> u64| -> Vec<Series> {
        let networks = subject.networks.iter().enumerate();
        networks.map(|(x, network)| bar(x, network.kind, count(network) as f64, grouped(count(network)))).collect()
    };
    let compact_axis = |label: &str| Axis::numbers(text.say(label), Format::Compact);
    let mut panels = vec![
        panel(
            "figure.costs.parameters",
            compact_axis("figure.costs.parameters_axis"),
            counted(Architecture::parameters),
        ),
        panel("figure.costs.work", compact_axis("figure.costs.work_axis"), counted(Architecture::multiply_adds)),
    ];
    let mut notes = Vec::new();
    let times = times(subject, text);
    if times.is_empty() {
        notes.push(text.say("figure.costs.no_time").to_owned());
    } else {
        let axis = Axis::numbers(text.say("figure.costs.time_axis"), Format::Significant);
        panels.push(panel("figure.costs.time", axis, times));
    }
    let axis = Axis::numbers(text.say("figure.costs.memory_axis"), Format::Bytes);
    panels.push(panel("figure.costs.memory", axis, memory(subject, text)));
    let mut chart = chart(&FIGURE, text, compared(subject, text), panels);
    chart.notes = notes;
    Ok(chart)
}

/// A bar above the network's name, which needs no entry of the legend.
fn bar(x: usize, kind: NetworkKind, to: f64, note: String) -> Series {
    let bar = Bar { x: x as f64, width: 0.7, from: 0.0, to };
    Series::new(kind.name(), "", Meaning::Network(kind), Weight::Main, Marks::Bars(vec![bar])).with_notes(vec![note])
}

/// Median milliseconds of each network's recent steps.
fn times(subject: &Subject, text: &Text) -> Vec<Series> {
    let Ok(moment) = Moment::of(subject, text) else { return Vec::new() };
    let mut bars = Vec::new();
    for seen in &moment.networks {
        let recent = seen.history.records().rev().skip_while(|record| record.step > seen.record.step).take(RECENT);
        let mut seconds: Vec<f64> = recent.map(|record| record.seconds).filter(|seconds| seconds.is_finite()).collect();
        let count = seconds.len();
        let place = subject.networks.iter().position(|network| network.kind == seen.kind);
        if let (Some(median), Some(x)) = (curve::quantile(&mut seconds, 0.5), place) {
            let milliseconds = median * 1000.0;
            let note =
                text.fill("figure.costs.note_time", &[("time", &significant(milliseconds, 4)), ("steps", &count)]);
            bars.push(bar(x, seen.kind, milliseconds, note));
        }
    }
    bars
}

/// Bytes kept for the backward pass of a batch, naive and shared side by side.
fn memory(subject: &Subject, text: &Text) -> Vec<Series> {
    let batch = subject.config.training.batch as u64;
    let mut series = Vec::new();
    for (x, network) in subject.networks.iter().enumerate() {
        let memory = network.activation_memory();
        let name = parts::name(text, network.kind);
        let ways = [
            ("figure.costs.naive", "naive", -0.18, memory.naive),
            ("figure.costs.shared", "shared", 0.18, memory.shared),
        ];
        for (portion, (word, end, shift, numbers)) in ways.into_iter().enumerate() {
            let bytes = numbers * ActivationMemory::BYTES * batch;
            let bar = Bar { x: x as f64 + shift, width: 0.34, from: 0.0, to: bytes as f64 };
            let values: [(&str, &dyn std::fmt::Display); 4] = [
                ("numbers", &grouped(numbers)),
                ("size", &ActivationMemory::BYTES),
                ("batch", &batch),
                ("bytes", &grouped(bytes)),
            ];
            let note = text.fill("figure.costs.note_memory", &values);
            let (key, name) = (format!("{}.{end}", network.kind), text.fill(word, &[("network", &name)]));
            let meaning = Meaning::Portion(network.kind, portion);
            series.push(Series::new(key, name, meaning, Weight::Main, Marks::Bars(vec![bar])).with_notes(vec![note]));
        }
    }
    series
}

/// The DenseNet's parameters and work beside those of another network.
fn compared(subject: &Subject, text: &Text) -> Option<String> {
    let dense = subject.network(NetworkKind::Dense)?;
    let other = subject.networks.iter().find(|network| !network.kind.merge().keeps_sources())?;
    let (parameters, work) = (compact(dense.parameters() as f64), compact(dense.multiply_adds() as f64));
    let times = |dense: u64, other: u64| significant(dense as f64 / other as f64, 3);
    let values: [(&str, &dyn std::fmt::Display); 5] = [
        ("parameters", &parameters),
        ("work", &work),
        ("other", &parts::name(text, other.kind)),
        ("times_parameters", &times(dense.parameters(), other.parameters())),
        ("times_work", &times(dense.multiply_adds(), other.multiply_adds())),
    ];
    Some(text.fill("figure.costs.compared", &values))
}
