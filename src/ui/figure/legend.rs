//! The legend: what each colour, dash and mark means; a click hides what it names. And the bar of what colours say.

use std::collections::BTreeSet;

use eframe::egui::{Align2, Rect, Response, Role, Sense, Shape, Stroke, TextStyle, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::shapes::{Shapes, paint};
use super::words::narrow;
use crate::chart::layout::{self, Area, Kinds};
use crate::chart::{Chart, ColorScale, Series};
use crate::theme::{Palette, heat};
use crate::ui::style;

/// One name with a series for each kind of mark of that name.
type Named<'a> = (&'a str, Vec<&'a Series>);

/// One entry: its words, and the names that they stand for, each with its own sample.
struct Entry<'a> {
    words: &'a str,
    names: Vec<Named<'a>>,
}

/// The entries: what is the same of every network is said once, since their colours are known.
fn entries(chart: &Chart) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for named in layout::names(chart) {
        let role = named.1.first().and_then(|series| series.role.as_deref());
        match entries.iter_mut().find(|entry| Some(entry.words) == role) {
            Some(entry) => entry.names.push(named),
            None => entries.push(Entry { words: role.unwrap_or(named.0), names: vec![named] }),
        }
    }
    entries
}

/// Shows the legend in as many rows as it takes.
pub(super) fn show(ui: &mut Ui, chart: &Chart, hidden: &mut BTreeSet<String>, palette: &'static Palette) {
    let entries = entries(chart);
    if entries.is_empty() && chart.color_scale.is_none() {
        return;
    }
    ui.scope(|ui| {
        // Rows are as high as controls unless it is said before they begin.
        ui.spacing_mut().interact_size.y = 16.0;
        ui.spacing_mut().item_spacing = vec2(12.0, 1.0);
        rows(ui, chart, &entries, hidden, palette);
    });
}

fn rows(ui: &mut Ui, chart: &Chart, entries: &[Entry], hidden: &mut BTreeSet<String>, palette: &'static Palette) {
    ui.horizontal_wrapped(|ui| {
        for entry in entries {
            let shown = entry.names.iter().any(|(name, _)| !hidden.contains(*name));
            if show_entry(ui, entry, shown, palette).clicked() {
                for (name, _) in &entry.names {
                    if shown {
                        hidden.insert((*name).to_owned());
                    } else {
                        hidden.remove(*name);
                    }
                }
            }
        }
        if let Some(scale) = &chart.color_scale {
            show_scale(ui, scale, palette);
        }
    });
}

fn show_entry(ui: &mut Ui, entry: &Entry, shown: bool, palette: &'static Palette) -> Response {
    let ink = style::color(if shown { palette.ink } else { palette.quiet.with_opacity(0.55) });
    let font = TextStyle::Small.resolve(ui.style());
    let kinds = Kinds::new(f64::from(font.size), false, palette);
    let galley = ui.painter().layout_no_wrap(narrow(entry.words), font, ink);
    let wide = |series: &[&Series]| if layout::sample_width(series) > 1.0 { 20.0 } else { 11.0 };
    let width: f32 = entry.names.iter().map(|(_, series)| wide(series) + 2.0).sum();
    let size = vec2(width + 3.0 + galley.size().x, galley.size().y.max(16.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), shown, entry.words));
    if ui.is_rect_visible(rect) {
        let mut left = rect.left();
        for (_, series) in &entry.names {
            let place = Rect::from_min_size(pos2(left, rect.top()), vec2(wide(series), rect.height()));
            sample(ui, series, place, shown, (&kinds, palette));
            left += wide(series) + 2.0;
        }
        let at = pos2(left + 3.0, rect.center().y - galley.size().y / 2.0);
        if response.hovered() || response.has_focus() {
            let under = rect.bottom() - 0.5;
            ui.painter().hline(at.x..=rect.right(), under, Stroke::new(1.0, style::color(palette.line)));
        }
        ui.painter().galley(at, galley, ink);
    }
    response
}

fn sample(ui: &Ui, series: &[&Series], place: Rect, shown: bool, (kinds, palette): (&Kinds, &'static Palette)) {
    let place = place.shrink2(vec2(0.0, 3.0));
    let [left, top, right, bottom] = [place.left(), place.top(), place.right(), place.bottom()].map(f64::from);
    let marks = layout::sample(series, Area { left, top, right, bottom }, palette, kinds);
    let mut shapes = Shapes::new(ui.painter(), Vec2::ZERO, &mut Vec::new()).of(&marks);
    if !shown {
        for (_, shape) in &mut shapes {
            eframe::egui::epaint::shape_transform::adjust_colors(shape, |color| *color = color.gamma_multiply(0.3));
        }
    }
    paint(ui.painter(), &shapes);
}

/// The bar of colours with the values at its ends.
fn show_scale(ui: &mut Ui, scale: &ColorScale, palette: &Palette) {
    let font = TextStyle::Small.resolve(ui.style());
    let quiet = style::color(palette.quiet);
    let painter = ui.painter().clone();
    let words = |words: String| painter.layout_no_wrap(words, font.clone(), quiet);
    let (low, high) = (words(scale.format.write_tick(scale.min)), words(scale.format.write_tick(scale.max)));
    let label = words(narrow(&scale.label));
    // The scale is never cut: its bar gives way, and where that is not enough, the label is left to those who point at it.
    let room = ui.max_rect().width();
    let around = low.size().x + high.size().x + 10.0;
    let label = Some(label).filter(|label| label.size().x + 8.0 + around + 24.0 <= room);
    let before = label.as_ref().map_or(0.0, |label| label.size().x + 8.0);
    let bar = (room - before - around).clamp(24.0, 96.0);
    let width = before + around + bar;
    let (rect, response) = ui.allocate_exact_size(vec2(width, low.size().y.max(16.0)), Sense::hover());
    let said = format!("{}: {} – {}", scale.label, scale.format.write(scale.min), scale.format.write(scale.max));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let mut x = rect.left();
    for (galley, gap) in label.map(|label| (label, 8.0)).into_iter().chain([(low, 5.0)]) {
        let size = galley.size();
        painter.galley(pos2(x, rect.center().y - size.y / 2.0), galley, quiet);
        x += size.x + gap;
    }
    let bar = Rect::from_min_size(pos2(x, rect.center().y - 4.5), vec2(bar, 9.0));
    let mut mesh = eframe::egui::Mesh::default();
    let stops: u32 = 24;
    for stop in 0..=stops {
        let color = style::color(heat(palette.kind, f64::from(stop) / f64::from(stops)));
        let x = bar.left() + bar.width() * stop as f32 / stops as f32;
        mesh.colored_vertex(pos2(x, bar.top()), color);
        mesh.colored_vertex(pos2(x, bar.bottom()), color);
        if stop > 0 {
            let corner = 2 * stop;
            mesh.add_triangle(corner - 2, corner - 1, corner);
            mesh.add_triangle(corner - 1, corner, corner + 1);
        }
    }
    painter.add(Shape::mesh(mesh));
    let at = Align2::LEFT_CENTER.anchor_size(pos2(bar.right() + 5.0, rect.center().y), high.size());
    painter.galley(at.min, high, quiet);
}
