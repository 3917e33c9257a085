//! A network's mark: its colour, and the dash and shape that say the same without colour.

use eframe::egui::emath::TSTransform;
use eframe::egui::{Painter, Pos2, Response, Sense, Ui, vec2};

use crate::arch::NetworkKind;
use crate::drawing::paint::sign;
use crate::theme::Palette;
use crate::ui::parts::marks;
use crate::ui::style::palette;

/// Width of a mark.
pub const WIDTH: f32 = 22.0;

/// The key of its name.
pub const fn name(kind: NetworkKind) -> &'static str {
    kind.text_key()
}

/// Shows a network's mark: a piece of its line with its shape on it.
pub fn mark(ui: &mut Ui, kind: NetworkKind) -> Response {
    let (place, response) = ui.allocate_exact_size(vec2(WIDTH, 16.0), Sense::hover());
    paint(ui.painter(), palette(ui), place.center(), kind);
    response
}

/// Paints the same around a place.
pub fn paint(painter: &Painter, palette: &Palette, place: Pos2, kind: NetworkKind) {
    marks::put(painter, &sign(palette, place, kind), TSTransform::IDENTITY);
}
