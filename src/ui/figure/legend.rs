//! The legend: what each colour, dash and mark means; a click hides what it names. And the bar of what colours say.

use std::collections::BTreeSet;

use eframe::egui::{
    Align2, Color32, Rect, Response, Role, Sense, Shape, Stroke, TextStyle, Ui, WidgetInfo, pos2, vec2,
};

use super::look::Look;
use super::words::narrow;
use crate::chart::{Chart, ColorScale, Marks, Series};
use crate::theme::{Palette, heat};
use crate::ui::style;

/// Curves of more points are drawn without a mark at each, and so is their sample.
const FEW: usize = 60;

/// One entry: all series of one name.
struct Entry<'a> {
    name: &'a str,
    series: Vec<&'a Series>,
}

fn entries(chart: &Chart) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    for series in chart.panels.iter().flat_map(|panel| &panel.series) {
        if series.name.is_empty() || matches!(series.marks, Marks::Cells(_)) {
            continue;
        }
        match entries.iter_mut().find(|entry| entry.name == series.name) {
            Some(entry) => entry.series.push(series),
            None => entries.push(Entry { name: &series.name, series: vec![series] }),
        }
    }
    entries
}

/// Shows the legend in as many rows as it takes.
pub(super) fn show(ui: &mut Ui, chart: &Chart, hidden: &mut BTreeSet<String>, palette: &Palette) {
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

fn rows(ui: &mut Ui, chart: &Chart, entries: &[Entry], hidden: &mut BTreeSet<String>, palette: &Palette) {
    ui.horizontal_wrapped(|ui| {
        for entry in entries {
            let shown = !hidden.contains(entry.name);
            if show_entry(ui, entry, shown, palette).clicked() {
                if shown {
                    hidden.insert(entry.name.to_owned());
                } else {
                    hidden.remove(entry.name);
                }
            }
        }
        if let Some(scale) = &chart.color_scale {
            show_scale(ui, scale, palette);
        }
    });
}

/// The width of the sample of an entry.
fn sample_width(entry: &Entry) -> f32 {
    let wide = |series: &&Series| match series.marks {
        Marks::Line(_) | Marks::Steps(_) | Marks::Band(_) | Marks::Rule { .. } => true,
        Marks::Points(_) | Marks::Bars(_) | Marks::Cells(_) => false,
    };
    if entry.series.iter().any(wide) { 20.0 } else { 11.0 }
}

fn show_entry(ui: &mut Ui, entry: &Entry, shown: bool, palette: &Palette) -> Response {
    let ink = style::color(if shown { palette.ink } else { palette.quiet.with_opacity(0.55) });
    let font = TextStyle::Small.resolve(ui.style());
    let galley = ui.painter().layout_no_wrap(entry.name.to_owned(), font, ink);
    let width = sample_width(entry);
    let size = vec2(width + 5.0 + galley.size().x, galley.size().y.max(16.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), shown, entry.name));
    if ui.is_rect_visible(rect) {
        let sample = Rect::from_min_size(rect.min, vec2(width, rect.height())).shrink2(vec2(0.0, 3.0));
        let ground = ui.visuals().panel_fill;
        let mut shapes = Vec::new();
        // The strongest last, in front.
        let mut series = entry.series.clone();
        series.sort_by_key(|series| !matches!(series.marks, Marks::Band(_)));
        series.dedup_by_key(|series| std::mem::discriminant(&series.marks));
        for series in series {
            sample_of(series, sample, ground, palette, &mut shapes);
        }
        if !shown {
            for shape in &mut shapes {
                eframe::egui::epaint::shape_transform::adjust_colors(shape, |color| *color = color.gamma_multiply(0.3));
            }
        }
        ui.painter().extend(shapes);
        let at = pos2(rect.left() + width + 5.0, rect.center().y - galley.size().y / 2.0);
        if response.hovered() || response.has_focus() {
            let under = rect.bottom() - 0.5;
            ui.painter().hline(at.x..=rect.right(), under, Stroke::new(1.0, style::color(palette.line)));
        }
        ui.painter().galley(at, galley, ink);
    }
    response
}

fn sample_of(series: &Series, rect: Rect, ground: Color32, palette: &Palette, shapes: &mut Vec<Shape>) {
    let mut look = Look::of(series, palette);
    let middle = vec![rect.left_center(), rect.right_center()];
    match &series.marks {
        Marks::Line(_) | Marks::Steps(_) => {
            look.width = look.width.max(1.5);
            look.line(middle, shapes);
            if matches!(&series.marks, Marks::Line(points) if points.len() <= FEW) {
                shapes.push(look.mark(rect.center(), 3.2, ground));
            }
        }
        Marks::Points(_) => shapes.push(look.mark(rect.center(), 3.6, ground)),
        Marks::Band(_) => shapes.push(Shape::rect_filled(rect, 2.0, look.color.gamma_multiply(0.55))),
        Marks::Bars(_) => {
            let square = Rect::from_center_size(rect.center(), vec2(rect.height(), rect.height()));
            shapes.push(Shape::rect_filled(square, 2.0, look.color));
        }
        Marks::Rule { .. } => look.line(middle, shapes),
        Marks::Cells(_) => {}
    }
}

/// The bar of colours with the values at its ends.
fn show_scale(ui: &mut Ui, scale: &ColorScale, palette: &Palette) {
    let font = TextStyle::Small.resolve(ui.style());
    let quiet = style::color(palette.quiet);
    let painter = ui.painter().clone();
    let words = |words: String| painter.layout_no_wrap(words, font.clone(), quiet);
    let (low, high) = (words(scale.format.write_tick(scale.min)), words(scale.format.write_tick(scale.max)));
    let label = words(narrow(&scale.label));
    let bar = 96.0_f32;
    let width = label.size().x + 8.0 + low.size().x + 5.0 + bar + 5.0 + high.size().x;
    let (rect, response) = ui.allocate_exact_size(vec2(width, low.size().y.max(16.0)), Sense::hover());
    let said = format!("{}: {} – {}", scale.label, scale.format.write(scale.min), scale.format.write(scale.max));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let mut x = rect.left();
    for (galley, gap) in [(label, 8.0), (low, 5.0)] {
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
