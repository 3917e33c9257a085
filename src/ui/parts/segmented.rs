//! A row of choices of which one holds.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Color32, CornerRadius, CursorIcon, FontId, Galley, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::ui::style::{CONTROL, RADIUS, color, font, palette};

/// Shows the choices over the whole width, each as wide as the others if all words then find room; the answer is the one that was pressed.
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
    let natural =
        choices.iter().map(|choice| fit(ui, choice, font(13.0), f32::INFINITY, Color32::PLACEHOLDER).size().x);
    let widths = shares(&natural.collect::<Vec<_>>(), place.width());
    let mut pressed = None;
    let mut left = place.left();
    for ((index, choice), each) in choices.iter().enumerate().zip(widths) {
        let cell = Rect::from_min_max(pos2(left, place.top()), pos2(left + each, place.bottom()));
        left += each;
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
        let galley = fit(ui, choice, font(13.0), each - AROUND + 0.5, color(ink));
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

/// Space around the words of a choice.
const AROUND: f32 = 8.0;

/// How wide each choice is: alike, or where that would cut one's words and there is room for all, by their words.
fn shares(words: &[f32], width: f32) -> Vec<f32> {
    let (count, sum) = (words.len() as f32, words.iter().sum::<f32>());
    let alike = width / count;
    let spare = (width - sum) / count;
    if spare < AROUND || words.iter().all(|words| words + AROUND <= alike) {
        return vec![alike; words.len()];
    }
    words.iter().map(|words| words + spare).collect()
}

/// Words in one line, cut where they find no room.
pub fn fit(ui: &Ui, words: &str, letters: FontId, width: f32, ink: Color32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), letters, ink);
    job.wrap = TextWrapping::truncate_at_width(width.max(8.0));
    ui.painter().layout_job(job)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_alike_unless_that_would_cut_words_that_have_room() {
        assert_eq!(shares(&[20.0, 30.0, 10.0], 120.0), [40.0; 3]);
        assert_eq!(shares(&[52.0, 40.0, 40.0], 174.0), [66.0, 54.0, 54.0]);
        assert_eq!(shares(&[80.0, 40.0, 40.0], 174.0), [58.0; 3], "there is no room for all");
    }
}
