//! Where a row's input comes from: a bar of slices, and what the row lays on each source and sends back through it.

use eframe::egui::{Align2, CornerRadius, Grid, Label, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::layout::{aside, heading};
use super::steps::right;
use crate::arch::{Architecture, Merge, Part};
use crate::chart::Subject;
use crate::drawing::paint::{ink_on, mixed, source_name};
use crate::telemetry::{Connections, Edge};
use crate::text::{Text, number};
use crate::theme::Color;
use crate::ui::parts::network;
use crate::ui::style::{color, font, palette};

/// More sources than this are told in the figures alone.
const TOLD: usize = 12;

/// A source, and what the last reading found between it and the row.
#[derive(Clone, Debug, PartialEq)]
struct Source {
    name: String,
    channels: usize,
    shade: Color,
    weight: Option<f64>,
    gradient: Option<f64>,
}

/// Shows the row's sources in that network; a stem reads the image, of which nothing is to be told.
pub(super) fn show(ui: &mut Ui, text: &Text, network: &Architecture, trained: Option<&Subject>, part: Part) {
    let Some((block, reader)) = network.reader(part) else { return };
    let connections = connections(network, trained);
    let dense = network.kind.merge().keeps_sources();
    let sources = if dense {
        dense_sources(ui, network, connections, block, reader)
    } else {
        let Some(row) = network.layer(part) else { return };
        let whole = Source {
            name: source_name(reader - 1),
            channels: row.reads,
            shade: match network.kind.merge() {
                Merge::Add => mixed(palette(ui), reader),
                Merge::Append | Merge::Replace => palette(ui).source(reader - 1),
            },
            weight: None,
            gradient: None,
        };
        vec![whole]
    };
    heading(ui, &text.fill("explain.sources.title", &[("network", &text.say(network::name(network.kind)))]));
    bar(ui, text, &sources);
    let step = connections.map(|connections| connections.step);
    if dense {
        table(ui, text, &sources);
    } else if let Some(Edge::Baseline { identity_grad_norm, branch_grad_norm, .. }) =
        connections.and_then(|connections| edge(connections, block, reader))
    {
        parts(ui, text, network.kind.merge(), identity_grad_norm, branch_grad_norm);
    } else {
        return;
    }
    if let Some(step) = step {
        let key = if dense { "explain.sources.step" } else { "explain.sources.step_of_ways" };
        aside(ui, text.fill(key, &[("step", &number::grouped(step as u64))]));
    }
}

/// The last reading up to the moment that is looked at, if it is this network that was trained.
fn connections<'a>(network: &Architecture, trained: Option<&Subject<'a>>) -> Option<&'a Connections> {
    let trained = trained.filter(|trained| trained.network(network.kind) == Some(network))?;
    let history = trained.history_of(network.kind)?;
    trained.at.map_or_else(|| history.last_connections(), |step| history.connections_at(step))
}

fn dense_sources(
    ui: &Ui,
    network: &Architecture,
    connections: Option<&Connections>,
    block: usize,
    reader: usize,
) -> Vec<Source> {
    let of = |source: usize| {
        let reuse = connections.and_then(|connections| {
            connections.reuse.iter().find(|reuse| (reuse.block, reuse.layer, reuse.source) == (block, reader, source))
        });
        let gradient = connections.and_then(|connections| {
            connections.edges.iter().find_map(|edge| match *edge {
                Edge::Dense { block: of, layer, source: from, grad_norm } => {
                    ((of, layer, from) == (block, reader, source)).then_some(grad_norm)
                }
                Edge::Baseline { .. } => None,
            })
        });
        Source {
            name: source_name(source),
            channels: if source == 0 { network.entering(block) } else { network.spec.growth },
            shade: palette(ui).source(source),
            weight: reuse.map(|reuse| reuse.mean_abs_weight),
            gradient,
        }
    };
    (0..reader).map(of).collect()
}

fn edge(connections: &Connections, block: usize, reader: usize) -> Option<Edge> {
    connections.edges.iter().copied().find(|edge| match *edge {
        Edge::Baseline { block: of, layer, .. } => (of, layer) == (block, reader),
        Edge::Dense { .. } => false,
    })
}

/// One slice for each source, as wide as it has channels.
fn bar(ui: &mut Ui, text: &Text, sources: &[Source]) {
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let told = |source: &Source| {
        text.fill("explain.sources.slice", &[("source", &source.name), ("channels", &source.channels)])
    };
    let words = sources.iter().map(told).collect::<Vec<_>>().join(", ");
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let all = sources.iter().map(|source| source.channels).sum::<usize>().max(1) as f32;
    let gap = if sources.len() > 40 { 0.0 } else { 1.0 };
    let mut left = place.left();
    for source in sources {
        let width = place.width() * source.channels as f32 / all;
        let slice = Rect::from_min_max(pos2(left, place.top()), pos2(left + width - gap, place.bottom()));
        left += width;
        ui.painter().rect_filled(slice, CornerRadius::same(2), color(source.shade));
        for words in [told(source), source.name.clone()] {
            let galley = ui.painter().layout_no_wrap(words, font(12.0), color(ink_on(source.shade)));
            if galley.size().x + 6.0 <= slice.width() {
                let ink = color(ink_on(source.shade));
                ui.painter().galley(Align2::CENTER_CENTER.anchor_size(slice.center(), galley.size()).min, galley, ink);
                break;
            }
        }
    }
    response.on_hover_text(words);
}

fn table(ui: &mut Ui, text: &Text, sources: &[Source]) {
    if sources.iter().all(|source| source.weight.is_none() && source.gradient.is_none()) {
        return;
    }
    let quiet = color(palette(ui).quiet);
    let controls = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 16.0);
    let grid = Grid::new("sources").num_columns(4).min_col_width(24.0).spacing([10.0, 3.0]).min_row_height(16.0);
    grid.show(ui, |ui| {
        ui.label("");
        for key in ["explain.sources.channels", "explain.sources.weight", "explain.sources.gradient"] {
            right(ui, RichText::new(text.say(key)).small().color(quiet));
        }
        ui.end_row();
        for source in sources.iter().take(TOLD) {
            ui.add(Label::new(RichText::new(&source.name).small()).extend());
            right(ui, RichText::new(source.channels.to_string()).small());
            for value in [source.weight, source.gradient] {
                let words = value.map_or_else(|| "–".to_owned(), |value| number::significant(value, 3));
                right(ui, RichText::new(words).small());
            }
            ui.end_row();
        }
    });
    ui.spacing_mut().interact_size.y = controls;
    if sources.len() > TOLD {
        aside(ui, text.fill("explain.sources.more", &[("count", &(sources.len() - TOLD))]));
    }
}

/// The two ways through a layer that adds, or the one of a layer that replaces.
fn parts(ui: &mut Ui, text: &Text, merge: Merge, identity: f64, branch: f64) {
    let ways = [("explain.sources.identity", identity), ("explain.sources.branch", branch)];
    let none = usize::from(!merge.has_identity());
    let quiet = color(palette(ui).quiet);
    Grid::new("ways").num_columns(2).spacing([10.0, 3.0]).min_row_height(16.0).show(ui, |ui| {
        for (key, norm) in ways.iter().skip(none) {
            ui.add(Label::new(RichText::new(text.say(key)).small().color(quiet)).extend());
            right(ui, RichText::new(number::significant(*norm, 3)).small());
            ui.end_row();
        }
    });
}
