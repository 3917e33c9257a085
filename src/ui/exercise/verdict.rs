//! What is said of the last answer: why it is off, or how the number comes about.

use eframe::egui::{CornerRadius, Frame, Label, Margin, Response, RichText, Sense, Stroke, Ui, vec2};

use super::Letters;
use super::words::{Said, said};
use crate::exercise::Question;
use crate::state::Exercise;
use crate::text::Text;
use crate::ui::parts::icon::{self, Icon};
use crate::ui::style::{CARD_RADIUS, bold_font, color, font, palette};

/// Shows it, if anything was answered or shown.
pub(super) fn show(
    ui: &mut Ui,
    text: &Text,
    exercise: &Exercise,
    question: &Question,
    letters: Letters,
) -> Option<Response> {
    let Said { right, title, words } = said(text, exercise, question)?;
    let colors = palette(ui);
    let (ink, sign) = match right {
        Some(true) => (colors.good, Icon::Check),
        Some(false) => (colors.warning, Icon::Warning),
        None => (colors.accent, Icon::Right),
    };
    let card = Frame::new()
        .fill(color(colors.panel.mix(ink, 0.10)))
        .stroke(Stroke::new(1.5, color(ink)))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::same(12));
    let shown = card.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.horizontal(|ui| {
            let side = letters.words;
            let (place, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
            icon::paint(ui.painter(), place.center(), side, sign, color(ink));
            ui.add(Label::new(RichText::new(title).font(bold_font(letters.words * 1.1))).wrap());
        });
        // How the number comes about is what is to be kept.
        let over = !exercise.is_open();
        let size = if over { bold_font(letters.words * 1.2) } else { font(letters.words) };
        let words = if over { words.replace("= ", "=\u{a0}") } else { words };
        ui.add(Label::new(RichText::new(words).font(size)).wrap().selectable(true));
    });
    Some(shown.response)
}
