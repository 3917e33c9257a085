//! A network's mark: its colour, and the dash and shape that say the same without colour.

use eframe::egui::{Painter, Pos2, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::arch::NetworkKind;
use crate::theme::Palette;
use crate::ui::style::{color, palette};

/// Width of a mark.
pub const WIDTH: f32 = 22.0;

/// The key of its name.
pub const fn name(kind: NetworkKind) -> &'static str {
    match kind {
        NetworkKind::Dense => "network.dense",
        NetworkKind::Residual => "network.residual",
        NetworkKind::Plain => "network.plain",
    }
}

/// Shows a network's mark: a piece of its line with its shape on it.
pub fn mark(ui: &mut Ui, kind: NetworkKind) -> Response {
    let (place, response) = ui.allocate_exact_size(vec2(WIDTH, 16.0), Sense::hover());
    paint(ui.painter(), palette(ui), place.center(), kind);
    response
}

/// Paints the same around a place.
pub fn paint(painter: &Painter, palette: &Palette, place: Pos2, kind: NetworkKind) {
    let ink = color(palette.network(kind));
    let stroke = Stroke::new(2.0, ink);
    let ends = [pos2(place.x - WIDTH / 2.0, place.y), pos2(place.x + WIDTH / 2.0, place.y)];
    match kind {
        NetworkKind::Dense => {
            painter.line_segment(ends, stroke);
            painter.circle_filled(place, 4.0, ink);
        }
        NetworkKind::Residual => {
            painter.extend(Shape::dashed_line(&ends, stroke, 5.0, 3.0));
            painter.rect_filled(eframe::egui::Rect::from_center_size(place, vec2(7.0, 7.0)), 0.0, ink);
        }
        NetworkKind::Plain => {
            painter.extend(Shape::dashed_line(&ends, stroke, 2.0, 3.0));
            let corners = [(0.0, -4.5), (4.5, 3.5), (-4.5, 3.5)].map(|(x, y)| place + vec2(x, y));
            painter.add(Shape::convex_polygon(corners.to_vec(), ink, Stroke::NONE));
        }
    }
}
