//! One row of every network side by side: its channels, its costs, its gradients now.

use eframe::egui::{Align, Grid, Label, Layout, RichText, Sense, Ui, vec2};

use super::layout::{aside, heading};
use super::steps::right;
use crate::arch::{Architecture, Layer, Part};
use crate::chart::Subject;
use crate::telemetry::{LayerFigures, MeasuredChannels};
use crate::text::{Text, number};
use crate::ui::parts::icon::{self, Icon};
use crate::ui::parts::network;
use crate::ui::style::{color, palette};

/// The row of one network, with what was read of it.
struct Column<'a> {
    network: &'a Architecture,
    row: &'a Layer,
    figures: Option<LayerFigures>,
    measured: Option<MeasuredChannels>,
    step: Option<usize>,
}

/// Shows the table, and what was measured. Gradients are shown only of the networks that are built.
pub(super) fn show(ui: &mut Ui, text: &Text, built: &Subject, trained: Option<&Subject>, part: Part) {
    let columns: Vec<Column> = built.networks.iter().filter_map(|network| column(network, trained, part)).collect();
    if columns.is_empty() {
        return;
    }
    heading(ui, text.say("explain.compare.title"));
    let quiet = color(palette(ui).quiet);
    let controls = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 16.0); // rows are as high as their words
    // With three networks in a narrow panel their marks stand for their names.
    let named = ui.available_width() >= 64.0 + 96.0 * columns.len() as f32;
    let grid = Grid::new("compare").num_columns(columns.len() + 1).min_col_width(24.0);
    grid.spacing([10.0, 3.0]).min_row_height(16.0).show(ui, |ui| {
        ui.label("");
        for Column { network, .. } in &columns {
            let name = text.say(network::name(network.kind));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 5.0;
                if named {
                    ui.add(Label::new(RichText::new(name).small()).extend());
                }
                network::mark(ui, network.kind).on_hover_text(name);
            });
        }
        ui.end_row();
        for (name, value) in lines(text) {
            let cells: Vec<Option<String>> = columns.iter().map(value).collect();
            if cells.iter().all(Option::is_none) {
                continue;
            }
            ui.add(Label::new(RichText::new(name).small().color(quiet)).extend());
            for cell in cells {
                right(ui, RichText::new(cell.unwrap_or_else(|| "–".to_owned())).small());
            }
            ui.end_row();
        }
    });
    ui.spacing_mut().interact_size.y = controls;
    if let Some(step) = columns.iter().find_map(|column| column.step) {
        aside(ui, text.fill("explain.compare.step", &[("step", &number::grouped(step as u64))]));
    }
    for column in &columns {
        measured(ui, text, column);
    }
}

/// What a line of the table is called, and its value.
type Line<'a> = (&'a str, fn(&Column) -> Option<String>);

fn lines(text: &Text) -> [Line<'_>; 9] {
    [
        (text.say("explain.compare.reads"), |column| Some(number::grouped(column.row.reads as u64))),
        (text.say("explain.compare.makes"), |column| Some(number::grouped(column.row.makes as u64))),
        (text.say("explain.compare.carries"), |column| Some(number::grouped(column.row.carries as u64))),
        (text.say("explain.compare.size"), |column| Some(format!("{}×{}", column.row.height, column.row.width))),
        (text.say("explain.compare.parameters"), |column| Some(exact_or_short(column.row.parameters))),
        (text.say("explain.compare.work"), |column| Some(number::compact(column.row.multiply_adds as f64))),
        ("∂L/∂W", |column| column.figures.map(|figures| number::significant(figures.weight_grad_norm, 3))),
        ("||∂L/∂W||/||W||", |column| {
            column.figures.map(|figures| number::significant(figures.weight_grad_norm / figures.weight_norm, 3))
        }),
        ("∂L/∂x", |column| column.figures.map(|figures| number::significant(figures.activation_grad_norm, 3))),
    ]
}

/// Counts that fit a narrow column to the last digit, and larger ones in three digits.
fn exact_or_short(count: u64) -> String {
    if count < 1_000_000 { number::grouped(count) } else { number::compact(count as f64) }
}

fn column<'a>(network: &'a Architecture, trained: Option<&Subject>, part: Part) -> Option<Column<'a>> {
    let index = network.layers.iter().position(|layer| layer.part == part)?;
    let row = &network.layers[index];
    let mut column = Column { network, row, figures: None, measured: None, step: None };
    let same = trained.filter(|trained| trained.network(network.kind) == Some(network));
    if let Some(trained) = same
        && let Some(history) = trained.history_of(network.kind)
    {
        let record = trained.at.map_or_else(|| history.last(), |step| history.at(step));
        column.figures = record.and_then(|record| record.figures.layers.get(index)).copied();
        column.step = record.map(|record| record.step);
        column.measured = history.measured().get(index).copied();
    }
    Some(column)
}

/// What was counted on the tensors of a training step, beside what the formula says.
fn measured(ui: &mut Ui, text: &Text, column: &Column) {
    let Some(MeasuredChannels { reads, makes, carries }) = column.measured else { return };
    let agrees = (reads, makes, carries) == (column.row.reads, column.row.makes, column.row.carries);
    let (shape, shade, key) = if agrees {
        (Icon::Check, palette(ui).good, "explain.compare.counted")
    } else {
        (Icon::Warning, palette(ui).error, "explain.compare.counted_otherwise")
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (place, _) = ui.allocate_exact_size(vec2(14.0, 16.0), Sense::hover());
        icon::paint(ui.painter(), place.center(), 14.0, shape, color(shade));
        let name = text.say(network::name(column.network.kind));
        let values: [(&str, &dyn std::fmt::Display); 4] =
            [("network", &name), ("reads", &reads), ("makes", &makes), ("carries", &carries)];
        aside(ui, text.fill(key, &values));
    });
}
