//! What a mark says when it is pointed at: its place, its value beside those of the others at that place, and its note.

use eframe::egui::{Id, PopupAnchor, RichText, Sense, Tooltip, Ui, Vec2, vec2};

use super::place::Shared;
use super::shapes::{Shapes, paint};
use super::words;
use crate::chart::layout;
use crate::chart::{Marks, Panel, Series};
use crate::ui::style;

/// More values at one place than this are left to the table.
const MOST_ROWS: usize = 9;

pub(super) fn show(ui: &Ui, id: Id, shared: &Shared, panel: &Panel, series: usize, mark: usize) {
    let meant = &panel.series[series];
    let Some((place, mut value)) = words::mark(shared.text, shared.chart, panel, meant, mark) else { return };
    let mut meant = meant;
    if let (true, Some(x)) = (meant.name.is_empty(), x_of(meant, mark)) {
        // A range without a name is that of the line in it.
        let of_line = panel.series.iter().filter(|other| other.meaning == meant.meaning && !other.name.is_empty());
        let line = of_line.filter_map(|other| {
            let mark = (0..count(other)).find(|mark| x_of(other, *mark) == Some(x))?;
            Some((other, words::mark(shared.text, shared.chart, panel, other, mark)?.1))
        });
        if let Some((line, now)) = line.into_iter().next() {
            (meant, value) = (line, format!("{now} ({value})"));
        }
    }
    let mut rows: Vec<(&Series, String, bool)> = vec![(meant, value, true)];
    if let Some(x) = x_of(&panel.series[series], mark) {
        for other in panel.series.iter().filter(|other| !std::ptr::eq(*other, meant)) {
            // What is drawn twice, as a line and as points on it, is said once.
            let said = rows.iter().any(|(known, _, _)| known.name == other.name);
            if said || other.name.is_empty() || shared.hidden.contains(other.entry()) || rows.len() >= MOST_ROWS {
                continue;
            }
            let found = (0..count(other)).find(|mark| x_of(other, *mark) == Some(x));
            if let Some((_, value)) = found.and_then(|mark| words::mark(shared.text, shared.chart, panel, other, mark))
            {
                rows.push((other, value, false));
            }
        }
    }
    let note = meant.notes.get(mark).filter(|note| !note.is_empty());
    let palette = shared.palette;
    let tip = Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id.with("tip"), PopupAnchor::Pointer).gap(14.0);
    tip.show(|ui| {
        ui.set_max_width(320.0);
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.spacing_mut().interact_size.y = 16.0; // rows are as high as their words
        ui.label(RichText::new(place).small().color(style::color(palette.quiet)));
        for (series, value, strong) in rows {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 7.0;
                if !matches!(series.marks, Marks::Cells(_) | Marks::Rule { .. }) {
                    let (rect, _) = ui.allocate_exact_size(vec2(9.0, 9.0), Sense::hover());
                    let at = (f64::from(rect.center().x), f64::from(rect.center().y));
                    let marks = layout::mark_of(series, at, 4.0, palette);
                    paint(ui.painter(), &Shapes::new(ui.painter(), Vec2::ZERO, &mut Vec::new()).of(&marks));
                }
                let font = if strong { style::bold() } else { eframe::egui::FontFamily::Proportional };
                ui.label(RichText::new(value).family(font).color(style::color(palette.ink)));
                if !series.name.is_empty() && !matches!(series.marks, Marks::Rule { .. }) {
                    ui.label(RichText::new(&series.name).color(style::color(palette.quiet)));
                }
            });
        }
        if let Some(note) = note {
            ui.label(RichText::new(note).small().color(style::color(palette.ink)));
        }
    });
}

fn count(series: &Series) -> usize {
    // Long curves are not searched for a place each frame: what stands at the same x is at the same index, or not said.
    match &series.marks {
        Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => points.len().min(4096),
        Marks::Band(spans) => spans.len().min(4096),
        Marks::Bars(bars) => bars.len(),
        Marks::Cells(_) | Marks::Rule { .. } => 0,
    }
}

fn x_of(series: &Series, mark: usize) -> Option<f64> {
    match &series.marks {
        Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => points.get(mark).map(|point| point.x),
        Marks::Band(spans) => spans.get(mark).map(|span| span.x),
        Marks::Bars(bars) => bars.get(mark).map(|bar| bar.x),
        Marks::Cells(_) | Marks::Rule { .. } => None,
    }
}
