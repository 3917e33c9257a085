//! One plot of a chart on the screen: rows that are meant elsewhere, and what the pointer does there.

use eframe::egui::{
    Id, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};

use super::choose::choose;
use super::near::{Near, Screen, nearest};
use super::place::{Place, Shared};
use super::shapes::{Shapes, paint};
use super::words::part_at;
use super::zoom::Hands;
use super::{tip, zoom};
use crate::arch::Part;
use crate::chart::layout::{self, Ends};
use crate::chart::{Marks, Scale, Ticks};
use crate::ui::style;

/// What the pointer means in a panel.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pointed {
    /// The row of the architecture under it, and the series nearest.
    pub(super) part: Option<Part>,
    pub(super) series: Option<usize>,
    pub(super) hovered: bool,
    pub(super) clicked: bool,
    /// What was chosen along the axis, of what the chart lets one choose.
    pub(super) chosen: Option<usize>,
}

impl Shared<'_> {
    /// Does what the pointer asks for, and shows what it means. The view is what is seen, nothing for all of it.
    pub(super) fn show(&self, ui: &mut Ui, id: Id, place: &Place, view: &mut Option<Ends>) -> Pointed {
        let frame = place.frame();
        let response = ui.interact(frame.intersect(ui.clip_rect()), id, Sense::click_and_drag());
        if self.chart.chooses.is_none() {
            let name = place.panel.title.as_ref().unwrap_or(&self.chart.title);
            response.widget_info(|| WidgetInfo::labeled(Role::Image, ui.is_enabled(), name));
        }
        let whole = layout::ends(place.panel);
        let hands = Hands { wheel: self.wheel, drags: self.chart.chooses.is_none() };
        let seen = zoom::steer(&response, place, whole, *view, hands);
        if seen != *view {
            *view = seen;
            ui.ctx().request_repaint();
        }
        let within = ui.painter().with_clip_rect(frame.expand2(vec2(4.0, 3.0)).intersect(ui.clip_rect()));
        self.meant(&within, place);
        zoom::paint_box(&response, &within, self.palette);
        if view.is_some() && zoom::show_all(ui, id, frame, self.text, self.palette) {
            *view = None;
            ui.ctx().request_repaint();
        }
        let chosen = self.chart.chooses.as_deref().and_then(|chooses| choose(ui, &response, place, chooses));
        Pointed { chosen, ..self.point(ui, &response, place, &within) }
    }

    /// Rows of the architecture that are meant, in every figure; with lines round them where cells cover everything.
    fn meant(&self, painter: &Painter, place: &Place) {
        let (panel, frame) = (place.panel, place.frame());
        let cells = panel.series.iter().any(|series| matches!(series.marks, Marks::Cells(_)));
        for (part, opacity) in self.meant.into_iter().zip([0.16, 0.09]) {
            let Some(part) = part else { continue };
            let index = |ticks: &Ticks| match ticks {
                Ticks::Parts(parts) => parts.iter().position(|(other, _)| *other == part).map(|index| index as f64),
                Ticks::Numbers(_) | Ticks::Names(_) => None,
            };
            let across = index(&panel.x.ticks).map(|x| {
                let (left, right) = (place.at(x - 0.5, 0.0).x, place.at(x + 0.5, 0.0).x);
                Rect::from_x_y_ranges(left..=right, frame.y_range())
            });
            let up = index(&panel.y.ticks).map(|y| {
                let (bottom, top) = (place.at(0.0, y - 0.5).y, place.at(0.0, y + 0.5).y);
                Rect::from_x_y_ranges(frame.x_range(), top..=bottom)
            });
            let fill = style::color(self.palette.accent.with_opacity(opacity));
            let line = Stroke::new(1.5, style::color(self.palette.ink));
            for rect in across.into_iter().chain(up) {
                if cells {
                    painter.rect_stroke(rect, 0.0, line, StrokeKind::Middle);
                } else {
                    painter.rect_filled(rect, 2.0, fill);
                }
            }
        }
    }

    /// What the pointer means, shown with a tip.
    fn point(&self, ui: &Ui, response: &Response, place: &Place, painter: &Painter) -> Pointed {
        let (panel, frame) = (place.panel, place.frame());
        let Some(pointer) = response.hover_pos().filter(|at| frame.contains(*at)) else {
            return Pointed::default();
        };
        if response.dragged() {
            return Pointed { hovered: true, ..Pointed::default() };
        }
        let [x, y] = place.places(pointer);
        let part = part_at(&panel.x, x).or_else(|| part_at(&panel.y, y));
        let at = |x: f64, y: f64| place.at(x, y);
        let screen = Screen { x: &panel.x, y: &panel.y, at: &at, frame };
        let near = nearest(panel, |name| self.hidden.contains(name), pointer, &screen);
        if let Some(near) = near {
            self.show_near(painter, place, near);
            tip::show(ui, response.id, self, panel, near.series, near.mark);
        }
        Pointed { part, series: near.map(|near| near.series), hovered: true, clicked: response.clicked(), chosen: None }
    }

    fn show_near(&self, painter: &Painter, place: &Place, near: Near) {
        let Place { panel, .. } = *place;
        let series = &panel.series[near.series];
        match &series.marks {
            Marks::Cells(cells) => {
                let columns = cells.columns.len() - 1;
                let (column, row) = (near.mark % columns, near.mark / columns);
                let corner = |column: usize, row: usize| -> Option<Pos2> {
                    let scale = |scale: Scale, value| scale.place(value);
                    Some(place.at(scale(panel.x.scale, cells.columns[column])?, scale(panel.y.scale, cells.rows[row])?))
                };
                if let (Some(a), Some(b)) = (corner(column, row), corner(column + 1, row + 1)) {
                    let stroke = Stroke::new(1.5, style::color(self.palette.ink));
                    painter.rect_stroke(Rect::from_two_pos(a, b), 0.0, stroke, StrokeKind::Outside);
                }
            }
            Marks::Line(_) | Marks::Steps(_) | Marks::Points(_) | Marks::Band(_) | Marks::Bars(_) => {
                let guide = Stroke::new(1.0, style::color(self.palette.line));
                if matches!(panel.x.ticks, Ticks::Numbers(_)) {
                    painter.vline(near.at.x, place.frame().y_range(), guide);
                }
                let marks = layout::mark_of(series, (f64::from(near.at.x), f64::from(near.at.y)), 4.6, self.palette);
                paint(painter, &Shapes::new(painter, Vec2::ZERO, &mut Vec::new()).of(&marks));
                painter.add(Shape::circle_stroke(near.at, 6.5, Stroke::new(1.0, style::color(self.palette.ink))));
            }
            Marks::Rule { .. } => {}
        }
    }
}
