//! One plot of a chart: its axes, what is drawn in it, and what the pointer does there.

use std::collections::BTreeSet;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Align2, FontId, Id, Painter, Pos2, Rect, Shape, Stroke, TextStyle, TextureHandle, Ui, Vec2, pos2, vec2,
};
use egui_plot::{Plot, PlotMemory, PlotResponse};

use super::heat;
use super::look::Look;
use super::near::{Near, Screen, nearest};
use super::paint::Canvas;
use super::placed::{Bounds, Placed, place};
use super::ticks::{Stretch, Tick, ticks};
use super::tip;
use super::words::{narrow, part_at};
use super::zoom;
use crate::arch::Part;
use crate::chart::{Chart, Marks, Panel, Scale, Ticks};
use crate::text::Text;
use crate::theme::{Palette, ThemeKind};
use crate::ui::style;

/// A panel with everything that is made once for a chart.
pub(super) struct Sheet {
    placed: Vec<Placed>,
    bounds: Bounds,
    texture: Option<(ThemeKind, TextureHandle)>,
    /// Of an older chart: its memory on the graphics card serves again.
    old: Option<TextureHandle>,
    shapes: Option<(View, Vec<Shape>)>,
}

/// What shapes depend on beside the chart.
#[derive(Clone, PartialEq)]
struct View {
    frame: Rect,
    bounds: Bounds,
    theme: ThemeKind,
    pixels_per_point: f32,
    hidden: BTreeSet<String>,
}

impl Sheet {
    pub(super) fn new(panel: &Panel, old: Option<Self>) -> Self {
        let (placed, bounds) = place(panel);
        let old = old.and_then(|sheet| sheet.texture.map(|(_, texture)| texture).or(sheet.old));
        Self { placed, bounds, texture: None, old, shapes: None }
    }
}

/// What all panels of a chart share.
pub(super) struct Shared<'a> {
    pub(super) chart: &'a Chart,
    pub(super) text: &'a Text,
    pub(super) palette: &'static Palette,
    pub(super) hidden: &'a BTreeSet<String>,
    /// Rows of the architecture that are meant elsewhere: pointed at, selected.
    pub(super) meant: [Option<Part>; 2],
    /// Whether the wheel zooms; it scrolls where panels do.
    pub(super) wheel: bool,
}

/// What the pointer means in a panel.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pointed {
    /// The row of the architecture under it, and the series nearest.
    pub(super) part: Option<Part>,
    pub(super) series: Option<usize>,
    pub(super) hovered: bool,
    pub(super) clicked: bool,
}

impl Shared<'_> {
    /// Shows a panel in that place.
    pub(super) fn show(&self, ui: &mut Ui, id: Id, place: Rect, panel: &Panel, sheet: &mut Sheet) -> Pointed {
        if place.width() < 24.0 || place.height() < 24.0 {
            return Pointed::default();
        }
        let font = TextStyle::Small.resolve(ui.style());
        let row = ui.text_style_height(&TextStyle::Small);
        let painter = ui.painter().clone();
        let caption = self.caption(&painter, place, panel, &font, row);
        let below = if says_x(panel, place) { row } else { 0.0 };
        let mut frame = place;
        frame.min.y += caption + 5.0;
        frame.max.y -= row + 5.0 + below;
        frame.max.x -= 10.0;
        // The room that words beside the axis take follows from what was seen last.
        let before = PlotMemory::load(ui.ctx(), id);
        let zoomed = before.as_ref().is_some_and(|memory| !(memory.auto_bounds.x && memory.auto_bounds.y));
        let seen = before
            .filter(|_| zoomed)
            .map_or(sheet.bounds[1], |memory| [memory.bounds().min()[1], memory.bounds().max()[1]]);
        let length = |words: &str| {
            painter.layout_no_wrap(words.to_owned(), font.clone(), style::color(self.palette.quiet)).size()
        };
        let upright = Stretch { low: seen[0], high: seen[1], length: frame.height() };
        let widest =
            ticks(&panel.y, upright, |_| row * 0.62).iter().map(|tick| length(&tick.words).x).fold(0.0, f32::max);
        frame.min.x += (widest / 4.0).ceil() * 4.0 + 7.0;
        if frame.width() < 16.0 || frame.height() < 16.0 {
            return Pointed::default();
        }

        let shown = self.plot(ui, id, frame, zoomed, sheet.bounds);
        let (low, high) = (shown.transform.bounds().min(), shown.transform.bounds().max());
        let bounds = [[low[0], high[0]], [low[1], high[1]]];
        let within = ui.painter().with_clip_rect(frame.expand2(vec2(4.0, 3.0)).intersect(ui.clip_rect()));
        let level = Stretch { low: bounds[0][0], high: bounds[0][1], length: frame.width() };
        let upright = Stretch { low: bounds[1][0], high: bounds[1][1], length: frame.height() };
        let across = ticks(&panel.x, level, |words| length(words).x);
        let up = ticks(&panel.y, upright, |_| row * 0.62);
        self.picture(ui, panel, sheet);
        let canvas = Canvas {
            frame,
            x: bounds[0],
            y: bounds[1],
            pixels_per_point: ui.ctx().pixels_per_point(),
            ground: style::color(self.palette.ground),
            texture: sheet.texture.as_ref().map(|(_, texture)| texture),
        };
        self.grid(&painter, &canvas, panel, &across, &up);
        self.meant(&within, &canvas, panel);
        let view = View {
            frame,
            bounds,
            theme: self.palette.kind,
            pixels_per_point: canvas.pixels_per_point,
            hidden: self.hidden.clone(),
        };
        let kept = sheet.shapes.take().filter(|(of, _)| *of == view);
        let shapes = kept.map_or_else(|| self.shapes(panel, &sheet.placed, &canvas), |(_, shapes)| shapes);
        within.extend(shapes.iter().cloned());
        sheet.shapes = Some((view, shapes));
        self.axes(&painter, place, frame, panel, (&across, &up), &canvas, (&font, row));
        zoom::paint_box(ui, id, &within, self.palette);
        if zoomed {
            zoom::show_all(ui, id, frame, self.text, self.palette);
        }
        self.point(ui, id, &shown, panel, &canvas, &within)
    }

    fn plot(&self, ui: &mut Ui, id: Id, frame: Rect, zoomed: bool, bounds: Bounds) -> PlotResponse<()> {
        let mut inner = ui.new_child(eframe::egui::UiBuilder::new().max_rect(frame).id_salt(id));
        let [[left, right], [bottom, top]] = bounds;
        Plot::new("plot")
            .id(id)
            .width(frame.width())
            .height(frame.height())
            .show_axes(false)
            .show_grid(false)
            .show_background(false)
            .show_x(false)
            .show_y(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_drag(zoomed)
            .set_margin_fraction(Vec2::ZERO)
            .include_x(left)
            .include_x(right)
            .include_y(bottom)
            .include_y(top)
            .show(&mut inner, |plot| zoom::steer(plot, id, bounds, zoomed, self.wheel))
    }

    /// The title and what is measured upwards, in one row; its height.
    fn caption(&self, painter: &Painter, place: Rect, panel: &Panel, font: &FontId, row: f32) -> f32 {
        let mut job = LayoutJob { wrap: TextWrapping::truncate_at_width(place.width()), ..LayoutJob::default() };
        if let Some(title) = &panel.title {
            let bold = FontId::new(font.size, style::bold());
            job.append(title, 0.0, TextFormat::simple(bold, style::color(self.palette.ink)));
        }
        let lead = if panel.title.is_some() { 8.0 } else { 0.0 };
        let label = if panel.title.as_ref() == Some(&panel.y.label) { "" } else { &panel.y.label };
        job.append(&narrow(label), lead, TextFormat::simple(font.clone(), style::color(self.palette.quiet)));
        if panel.title.is_none() && panel.y.label.is_empty() {
            return 0.0;
        }
        painter.galley(place.min, painter.layout_job(job), style::color(self.palette.quiet));
        row
    }

    fn grid(&self, painter: &Painter, canvas: &Canvas, panel: &Panel, across: &[Tick], up: &[Tick]) {
        if panel.series.iter().any(|series| matches!(series.marks, Marks::Cells(_))) {
            return;
        }
        let stroke = Stroke::new(1.0, style::color(self.palette.grid));
        let round =
            |at: f32| (at * canvas.pixels_per_point).floor() / canvas.pixels_per_point + 0.5 / canvas.pixels_per_point;
        if matches!(panel.x.ticks, Ticks::Numbers(_)) {
            for tick in across {
                painter.vline(round(canvas.at(tick.place, canvas.y[0]).x), canvas.frame.y_range(), stroke);
            }
        }
        if matches!(panel.y.ticks, Ticks::Numbers(_)) {
            for tick in up {
                painter.hline(canvas.frame.x_range(), round(canvas.at(canvas.x[0], tick.place).y), stroke);
            }
        }
    }

    /// Rows of the architecture that are meant, in every figure.
    fn meant(&self, painter: &Painter, canvas: &Canvas, panel: &Panel) {
        for (part, opacity) in self.meant.into_iter().zip([0.16, 0.09]) {
            let Some(part) = part else { continue };
            let fill = style::color(self.palette.accent.with_opacity(opacity));
            let place = |ticks: &Ticks| match ticks {
                Ticks::Parts(parts) => parts.iter().position(|(other, _)| *other == part).map(|index| index as f64),
                Ticks::Numbers(_) | Ticks::Names(_) => None,
            };
            if let Some(x) = place(&panel.x.ticks) {
                let (left, right) = (canvas.at(x - 0.5, canvas.y[0]).x, canvas.at(x + 0.5, canvas.y[0]).x);
                painter.rect_filled(Rect::from_x_y_ranges(left..=right, canvas.frame.y_range()), 2.0, fill);
            }
            if let Some(y) = place(&panel.y.ticks) {
                let (bottom, top) = (canvas.at(canvas.x[0], y - 0.5).y, canvas.at(canvas.x[0], y + 0.5).y);
                painter.rect_filled(Rect::from_x_y_ranges(canvas.frame.x_range(), top..=bottom), 2.0, fill);
            }
        }
    }

    /// Lines round the rows that are meant, over cells that cover everything.
    fn meant_over_cells(&self, canvas: &Canvas, panel: &Panel, painter: &Painter) {
        let cells = panel.series.iter().any(|series| matches!(series.marks, Marks::Cells(_)));
        for part in self.meant.into_iter().flatten().filter(|_| cells) {
            let stroke = Stroke::new(1.5, style::color(self.palette.ink));
            let index = |ticks: &Ticks| match ticks {
                Ticks::Parts(parts) => parts.iter().position(|(other, _)| *other == part).map(|index| index as f64),
                Ticks::Numbers(_) | Ticks::Names(_) => None,
            };
            let frame = canvas.frame;
            if let Some(x) = index(&panel.x.ticks) {
                let (left, right) = (canvas.at(x - 0.5, canvas.y[0]).x, canvas.at(x + 0.5, canvas.y[0]).x);
                painter.vline(left, frame.y_range(), stroke);
                painter.vline(right, frame.y_range(), stroke);
            }
            if let Some(y) = index(&panel.y.ticks) {
                let (bottom, top) = (canvas.at(canvas.x[0], y - 0.5).y, canvas.at(canvas.x[0], y + 0.5).y);
                painter.hline(frame.x_range(), bottom, stroke);
                painter.hline(frame.x_range(), top, stroke);
            }
        }
    }

    fn picture(&self, ui: &Ui, panel: &Panel, sheet: &mut Sheet) {
        let cells = panel.series.iter().find_map(|series| match &series.marks {
            Marks::Cells(cells) => Some(cells),
            _ => None,
        });
        let (Some(cells), Some(scale)) = (cells, &self.chart.color_scale) else { return };
        let drawable = sheet.placed.iter().any(|placed| matches!(placed, Placed::Cells(..)));
        if !drawable || sheet.texture.as_ref().is_some_and(|(theme, _)| *theme == self.palette.kind) {
            return;
        }
        let old = sheet.texture.take().map(|(_, texture)| texture).or(sheet.old.take());
        sheet.texture = Some((self.palette.kind, heat::picture(ui.ctx(), old, cells, scale, self.palette)));
    }

    fn shapes(&self, panel: &Panel, placed: &[Placed], canvas: &Canvas) -> Vec<Shape> {
        let mut shapes = Vec::new();
        for (series, placed) in panel.series.iter().zip(placed) {
            if !self.hidden.contains(&series.name) {
                canvas.paint(series, placed, &Look::of(series, self.palette), &mut shapes);
            }
        }
        shapes
    }

    #[expect(clippy::too_many_arguments, reason = "a page has many margins")]
    fn axes(
        &self,
        painter: &Painter,
        place: Rect,
        frame: Rect,
        panel: &Panel,
        (across, up): (&[Tick], &[Tick]),
        canvas: &Canvas,
        (font, row): (&FontId, f32),
    ) {
        let quiet = style::color(self.palette.quiet);
        let line = Stroke::new(1.0, style::color(self.palette.line));
        painter.hline(frame.x_range(), frame.bottom() + 0.5, line);
        for tick in across {
            let galley = painter.layout_no_wrap(tick.words.clone(), font.clone(), quiet);
            let half = galley.size().x / 2.0;
            let x = canvas.at(tick.place, canvas.y[0]).x;
            let left = (x - half).clamp(place.left(), (place.right() - 2.0 * half).max(place.left()));
            painter.vline(x, frame.bottom()..=frame.bottom() + 3.0, line);
            painter.galley(pos2(left, frame.bottom() + 4.0), galley, quiet);
        }
        for tick in up {
            let galley = painter.layout_no_wrap(tick.words.clone(), font.clone(), quiet);
            let y = canvas.at(canvas.x[0], tick.place).y;
            let at = Align2::RIGHT_CENTER.anchor_size(pos2(frame.left() - 5.0, y), galley.size());
            painter.galley(at.min, galley, quiet);
        }
        if says_x(panel, place) {
            let mut job = LayoutJob { wrap: TextWrapping::truncate_at_width(place.width()), ..LayoutJob::default() };
            job.append(&panel.x.label, 0.0, TextFormat::simple(font.clone(), quiet));
            let galley = painter.layout_job(job);
            let at = Align2::CENTER_BOTTOM.anchor_size(pos2(frame.center().x, place.bottom()), galley.size());
            let left = at.left().clamp(place.left(), (place.right() - galley.size().x).max(place.left()));
            painter.galley(pos2(left, frame.bottom() + 5.0 + row), galley, quiet);
        }
    }

    /// What the pointer means, shown with a tip.
    fn point(
        &self,
        ui: &Ui,
        id: Id,
        shown: &PlotResponse<()>,
        panel: &Panel,
        canvas: &Canvas,
        painter: &Painter,
    ) -> Pointed {
        self.meant_over_cells(canvas, panel, painter);
        let response = &shown.response;
        let Some(pointer) = response.hover_pos().filter(|at| canvas.frame.contains(*at)) else {
            return Pointed::default();
        };
        let clicked = response.clicked();
        if response.dragged() {
            return Pointed { hovered: true, ..Pointed::default() };
        }
        let value = shown.transform.value_from_position(pointer);
        let part = part_at(&panel.x, value.x).or_else(|| part_at(&panel.y, value.y));
        let at = |x: f64, y: f64| canvas.at(x, y);
        let screen = Screen { x: &panel.x, y: &panel.y, at: &at, frame: canvas.frame };
        let near = nearest(panel, |name| self.hidden.contains(name), pointer, &screen);
        if let Some(near) = near {
            self.show_near(painter, panel, canvas, near);
            tip::show(ui, id, self, panel, near.series, near.mark);
        }
        Pointed { part, series: near.map(|near| near.series), hovered: true, clicked }
    }

    fn show_near(&self, painter: &Painter, panel: &Panel, canvas: &Canvas, near: Near) {
        let series = &panel.series[near.series];
        let look = Look { color: style::color(self.palette.ink), ..Look::of(series, self.palette) };
        match &series.marks {
            Marks::Cells(cells) => {
                let columns = cells.columns.len() - 1;
                let (column, row) = (near.mark % columns, near.mark / columns);
                let corner = |column: usize, row: usize| -> Option<Pos2> {
                    let scale = |scale: Scale, value| scale.place(value);
                    Some(
                        canvas.at(scale(panel.x.scale, cells.columns[column])?, scale(panel.y.scale, cells.rows[row])?),
                    )
                };
                if let (Some(a), Some(b)) = (corner(column, row), corner(column + 1, row + 1)) {
                    let stroke = Stroke::new(1.5, look.color);
                    let rect = Rect::from_two_pos(a, b);
                    painter.rect_stroke(rect, 0.0, stroke, eframe::egui::StrokeKind::Outside);
                }
            }
            Marks::Line(_) | Marks::Steps(_) | Marks::Points(_) | Marks::Band(_) | Marks::Bars(_) => {
                let guide = Stroke::new(1.0, style::color(self.palette.line));
                if matches!(panel.x.ticks, Ticks::Numbers(_)) {
                    painter.vline(near.at.x, canvas.frame.y_range(), guide);
                }
                painter.add(look.mark(near.at, 4.0, style::color(self.palette.ground)));
            }
            Marks::Rule { .. } => {}
        }
    }
}

/// Whether there is room to say what is along x; names say it themselves where room is scarce.
fn says_x(panel: &Panel, place: Rect) -> bool {
    let least = match panel.x.ticks {
        Ticks::Numbers(_) => 96.0,
        Ticks::Parts(_) | Ticks::Names(_) => 190.0,
    };
    !panel.x.label.is_empty() && place.height() >= least
}
