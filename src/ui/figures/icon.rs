//! The small buttons with an icon round a figure: named, so that they can be read and found.

use eframe::egui::{Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::figure::palette;
use crate::ui::parts::icon;
pub(super) use crate::ui::parts::icon::Icon;
use crate::ui::style;

/// Sides of a button, in points.
pub(super) const SIDE: f32 = 24.0;

/// A button of that name; one that switches says whether it is on.
pub(super) fn button(ui: &mut Ui, icon: Icon, name: &str, switch: Option<bool>) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(SIDE, SIDE), Sense::click());
    response.widget_info(|| match switch {
        Some(on) => WidgetInfo::selected(Role::Button, ui.is_enabled(), on, name),
        None => WidgetInfo::labeled(Role::Button, ui.is_enabled(), name),
    });
    let on = switch == Some(true);
    let palette = palette(ui.visuals());
    if ui.is_rect_visible(rect) {
        let lit = response.hovered() || response.has_focus();
        if on || lit {
            let fill = style::color(palette.control);
            ui.painter().rect_filled(rect.shrink(1.0), 5.0, fill);
        }
        if response.has_focus() {
            let ring = Stroke::new(1.5, style::color(palette.accent));
            ui.painter().rect_stroke(rect.shrink(1.0), 5.0, ring, StrokeKind::Inside);
        }
        let color = match (on, lit) {
            (true, _) => palette.accent,
            (false, true) => palette.ink,
            (false, false) => palette.quiet,
        };
        icon::paint(ui.painter(), rect.center(), 16.0, icon, style::color(color));
    }
    response.on_hover_text(name)
}

/// An arrow beside words.
pub(super) fn paint_small(
    painter: &eframe::egui::Painter,
    at: eframe::egui::Pos2,
    icon: Icon,
    ink: eframe::egui::Color32,
) {
    icon::paint(painter, at, 10.0, icon, ink);
}
