//! A row of choices of which one holds.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Color32, CornerRadius, CursorIcon, FontId, Galley, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::ui::style::{CONTROL, RADIUS, color, font, palette};

/// Shows the choices over the whole width, each as wide as the others; the answer is the one that was pressed.
///
/// A screen reader hears each as `NAME: CHOICE`. Words that find no room are cut, and shown on hover.
pub fn segmented(
    ui: &mut Ui,
    name: &str,
    choices: &[&str],
    chosen: Option<usize>,
    width: f32,
) -> (Response, Option<usize>) {
    let (place, whole) = ui.allocate_exact_size(vec2(width, CONTROL), Sense::hover());
    let colors = palette(ui);
    ui.painter().rect_filled(place, CornerRadius::same(RADIUS), color(colors.control));
    let each = place.width() / choices.len() as f32;
    let mut pressed = None;
    for (index, choice) in choices.iter().enumerate() {
        let left = place.left() + each * index as f32;
        let cell = Rect::from_min_max(pos2(left, place.top()), pos2(left + each, place.bottom()));
        let response = ui.interact(cell, whole.id.with(index), Sense::click());
        let holds = chosen == Some(index);
        let label = format!("{name}: {choice}");
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), holds, &label));
        let inner = cell.shrink(2.0);
        let painter = ui.painter();
        let radius = CornerRadius::same(RADIUS - 2);
        if holds {
            painter.rect(
                inner,
                radius,
                color(colors.ground),
                Stroke::new(1.0, color(colors.accent)),
                StrokeKind::Inside,
            );
        } else if response.hovered() {
            painter.rect_filled(inner, radius, color(colors.control.mix(colors.ink, 0.08)));
        }
        if response.has_focus() {
            painter.rect_stroke(
                cell.expand(1.0),
                CornerRadius::same(RADIUS),
                Stroke::new(2.0, color(colors.accent)),
                StrokeKind::Inside,
            );
        }
        let ink = if holds { colors.ink } else { colors.quiet };
        let galley = fit(ui, choice, font(13.0), each - 8.0, color(ink));
        let cut = galley.elided;
        painter.galley(cell.center() - galley.size() / 2.0, galley, color(ink));
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        let response = if cut { response.on_hover_text(*choice) } else { response };
        if response.clicked() && !holds {
            pressed = Some(index);
        }
    }
    (whole, pressed)
}

/// Words in one line, cut where they find no room.
pub fn fit(ui: &Ui, words: &str, letters: FontId, width: f32, ink: Color32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), letters, ink);
    job.wrap = TextWrapping::truncate_at_width(width.max(8.0));
    ui.painter().layout_job(job)
}
