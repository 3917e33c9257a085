//! Gradient by connection: through which reader a dense block's sources get their gradient, and how much of it goes through the identity
//! and how much through H in the networks that have one path from layer to layer.

use super::absent::Absent;
use super::connections::{self, Connection};
use super::{chart, curve, parts};
use crate::arch::{Architecture, Merge, Part};
use crate::chart::{
    Axis, Chart, ColorScale, Figure, Format, Group, Marks, Meaning, NoData, Options, Panel, Point, Scale, Series,
    Shows, Subject, Weight,
};
use crate::telemetry::{Connections, Edge};
use crate::text::Text;
use crate::text::number::{grouped, significant};

/// The figure.
pub(super) const FIGURE: Figure =
    Figure { id: "edges", build, group: Group::Gradients, shows: Shows::Run, choices: &[], tells_answers: false };

/// Share of the connections below and above the ends of the colour scale.
const OUTSIDE: f64 = 0.02;

/// The chart of the last readings up to the moment that is looked at.
fn build(subject: &Subject, _options: &Options, text: &Text) -> Result<Chart, NoData> {
    let readings: Vec<(&Architecture, &Connections)> = subject
        .networks
        .iter()
        .filter_map(|network| Some((network, connections::reading(subject, network.kind)?)))
        .filter(|(_, reading)| !reading.edges.is_empty())
        .collect();
    let Some(step) = readings.iter().map(|(_, reading)| reading.step).max() else {
        return Err(connections::no_reading(subject, text));
    };
    let (mut panels, mut color_scale, mut notes) = (Vec::new(), None, Vec::new());
    for (network, reading) in readings {
        notes.extend(connections::note(subject, network.kind, reading, text));
        match network.kind.merge() {
            Merge::Append => {
                let edges: Vec<Connection> = reading.edges.iter().filter_map(of_dense).collect();
                color_scale = scale(&edges, text);
                let name = parts::name(text, network.kind);
                notes.extend(Absent::among(edges.iter().map(|edge| edge.value)).notes(name, text));
                let named = |(block, map): (usize, Panel)| {
                    let title = text.fill("figure.edges.map", &[("network", &name), ("block", &block)]);
                    Panel { title: Some(title), ..map }
                };
                panels.extend((1..).zip(connections::maps(network, &edges, text)).map(named));
            }
            Merge::Add | Merge::Replace => {
                panels.push(two_paths(network, reading, text));
                let values = reading.edges.iter().flat_map(|edge| paths_of(edge, network.kind.merge()));
                notes.extend(Absent::among(values).notes(parts::name(text, network.kind), text));
                if !network.kind.merge().has_identity() {
                    let name = parts::name(text, network.kind);
                    notes.push(text.fill("figure.edges.no_identity", &[("network", &name)]));
                }
            }
        }
    }
    let step = text.fill("figure.at_step", &[("step", &grouped(step as u64))]);
    let mut chart = chart(&FIGURE, text, Some(step), panels);
    (chart.color_scale, chart.notes) = (color_scale, notes);
    Ok(chart)
}

fn of_dense(edge: &Edge) -> Option<Connection> {
    match *edge {
        Edge::Dense { block, layer, source, grad_norm } => {
            Some(Connection { block, reader: layer, source, value: grad_norm })
        }
        Edge::Baseline { .. } => None,
    }
}

/// What comes back on the two paths of a layer; an identity that is not there is not absent.
fn paths_of(edge: &Edge, merge: Merge) -> Vec<f64> {
    match *edge {
        Edge::Dense { .. } => Vec::new(),
        Edge::Baseline { identity_grad_norm, branch_grad_norm, .. } if merge.has_identity() => {
            vec![identity_grad_norm, branch_grad_norm]
        }
        Edge::Baseline { branch_grad_norm, .. } => vec![branch_grad_norm],
    }
}

fn scale(edges: &[Connection], text: &Text) -> Option<ColorScale> {
    let mut norms: Vec<f64> =
        edges.iter().map(|edge| edge.value).filter(|value| value.is_finite() && *value > 0.0).collect();
    let (min, max) = (curve::quantile(&mut norms, OUTSIDE)?, curve::quantile(&mut norms, 1.0 - OUTSIDE)?);
    let label = text.say("figure.edges.part").to_owned();
    Some(ColorScale { label, scale: Scale::Log, format: Format::Significant, min, max })
}

/// Identity against H for every layer.
fn two_paths(network: &Architecture, reading: &Connections, text: &Text) -> Panel {
    let rows: Vec<Part> = parts::rows(network).into_iter().filter(|part| matches!(part, Part::Layer { .. })).collect();
    let (mut identity, mut branch, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for edge in &reading.edges {
        let Edge::Baseline { block, layer, identity_grad_norm, branch_grad_norm } = *edge else { continue };
        let row = rows.iter().position(|part| *part == Part::Layer { block, layer });
        let (Some(row), true) = (row, identity_grad_norm.is_finite() && branch_grad_norm.is_finite()) else { continue };
        identity.push(Point { x: row as f64, y: identity_grad_norm });
        branch.push(Point { x: row as f64, y: branch_grad_norm });
        let (through_identity, through_branch) = (significant(identity_grad_norm, 4), significant(branch_grad_norm, 4));
        notes.push(text.fill("figure.edges.note", &[("identity", &through_identity), ("branch", &through_branch)]));
    }
    let name = parts::name(text, network.kind);
    let mut series = parts::block_guides(&rows);
    for (portion, word, end, points) in
        [(0, "figure.edges.identity", "identity", identity), (1, "figure.edges.branch", "branch", branch)]
    {
        let (key, meaning) = (format!("{}.{end}", network.kind), Meaning::Portion(network.kind, portion));
        let legend = text.fill(word, &[("network", &name)]);
        let line = Marks::Line(points.clone());
        series.push(Series::new(key.clone(), legend.clone(), meaning, Weight::Second, line).with_notes(notes.clone()));
        let points = Marks::Points(points);
        series.push(Series::new(key + ".points", legend, meaning, Weight::Main, points).with_notes(notes.clone()));
    }
    Panel {
        title: Some(name.to_owned()),
        x: parts::axis(text, &rows),
        y: Axis::numbers(text.say("figure.edges.path"), Format::Significant).logarithmic(),
        series,
    }
}
