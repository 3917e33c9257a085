//! A switch that slides.

use eframe::egui::{CursorIcon, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, lerp, pos2, vec2};

use crate::ui::style::{CONTROL, color, palette};

/// Shows a switch; it was pressed if the answer is so.
pub fn switch(ui: &mut Ui, on: bool, name: &str) -> Response {
    let (place, response) = ui.allocate_exact_size(vec2(40.0, CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), on, name));
    if ui.is_rect_visible(place) {
        let colors = palette(ui);
        let share = ui.ctx().animate_bool_responsive(response.id, on);
        let track = place.shrink2(vec2(0.0, 4.0));
        let radius = track.height() / 2.0;
        let ground =
            colors.control.mix(colors.ink, if response.hovered() { 0.12 } else { 0.04 }).mix(colors.accent, share);
        let painter = ui.painter();
        painter.rect(
            track,
            radius,
            color(ground),
            Stroke::new(1.0, color(colors.line.mix(colors.accent, share))),
            StrokeKind::Inside,
        );
        if response.has_focus() {
            painter.rect_stroke(
                track.expand(3.0),
                radius + 3.0,
                Stroke::new(2.0, color(colors.accent)),
                StrokeKind::Inside,
            );
        }
        let x = lerp(track.left() + radius..=track.right() - radius, share);
        painter.circle_filled(
            pos2(x, track.center().y),
            radius - 4.0,
            color(colors.quiet.mix(colors.on_accent, share)),
        );
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
