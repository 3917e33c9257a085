//! A card over everything else, which Escape or a press beside it closes.

use eframe::egui::{Align, Color32, CornerRadius, Frame, Id, Key, Layout, Margin, Modal, Modifiers, Ui};

use super::button::Press;
use super::icon::Icon;
use crate::ui::style::{CARD_RADIUS, bold_font};

/// Shows a dialog with its title; whether it was closed.
pub fn show(ui: &Ui, id: &str, title: &str, close: &str, width: f32, inside: impl FnOnce(&mut Ui)) -> bool {
    let response = bare(ui, id, width, |ui| {
        let mut closed = false;
        ui.horizontal(|ui| {
            ui.label(eframe::egui::RichText::new(title).font(bold_font(16.0)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                closed = ui.add(Press::icon(Icon::Cross, close).quiet()).clicked();
            });
        });
        ui.add_space(4.0);
        inside(ui);
        closed
    });
    response.0 || response.1
}

/// Shows a card without a title: what its inside answers, and whether it was closed from outside.
pub fn bare<T>(ui: &Ui, id: &str, width: f32, inside: impl FnOnce(&mut Ui) -> T) -> (T, bool) {
    let context = ui.ctx();
    let visuals = ui.visuals();
    let frame = Frame::new()
        .fill(visuals.window_fill)
        .stroke(visuals.window_stroke)
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .shadow(visuals.window_shadow)
        .inner_margin(Margin::same(20));
    let shade = Color32::from_black_alpha(if visuals.dark_mode { 140 } else { 70 });
    let room = context.content_rect().width() - 64.0;
    let response = Modal::new(Id::unique(id)).frame(frame).backdrop_color(shade).show(context, |ui| {
        ui.set_width(width.min(room).max(0.0));
        inside(ui)
    });
    // Taken, so that whoever else reads Escape does not close a second thing with one press.
    let escape = !response.any_popup_open
        && response.is_top_modal
        && context.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    let closed = escape || response.backdrop_response.clicked();
    (response.inner, closed)
}
