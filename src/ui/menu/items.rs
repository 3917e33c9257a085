//! What stands in a menu: an action with its key, or a line of two ranks.

use eframe::egui::{Button, CornerRadius, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::state::{ACTIONS, Action, Command, State};
use crate::ui::parts::key;
use crate::ui::style::{RADIUS, bold_font, color, font, palette};

/// The action of that name.
pub(super) fn action(id: &str) -> &'static Action {
    ACTIONS.iter().find(|action| action.id == id).unwrap_or_else(|| panic!("no action is called {id}"))
}

/// An action with its key.
pub(super) fn item(ui: &mut Ui, state: &State, id: &str, commands: &mut Vec<Command>) {
    let action = action(id);
    let text = state.text();
    let mut button = Button::new(action.words(text));
    if let Some(key) = action.key {
        let words = key::words(key, text, ui.ctx().os());
        button = button.shortcut_text(RichText::new(words).color(color(palette(ui).quiet)).small());
    }
    if ui.add_enabled((action.enabled)(state), button).clicked() {
        commands.push((action.command)(state));
    }
}

pub(super) fn separator(ui: &mut Ui) {
    ui.add(eframe::egui::Separator::default().spacing(9.0));
}

/// A name and under it what it means.
pub(super) fn two_lines(ui: &mut Ui, name: &str, about: &str, width: f32) -> Response {
    let colors = palette(ui);
    let first = ui.painter().layout_no_wrap(name.to_owned(), bold_font(14.0), color(colors.ink));
    let second = ui.painter().layout(about.to_owned(), font(12.0), color(colors.quiet), width - 20.0);
    let (place, response) =
        ui.allocate_exact_size(vec2(width, first.size().y + second.size().y + 12.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if ui.is_rect_visible(place) {
        let painter = ui.painter();
        if response.hovered() || response.has_focus() {
            painter.rect_filled(place, CornerRadius::same(RADIUS), color(colors.control));
        }
        if response.has_focus() {
            let around = Stroke::new(2.0, color(colors.accent));
            painter.rect_stroke(place, CornerRadius::same(RADIUS), around, StrokeKind::Inside);
        }
        let height = first.size().y;
        painter.galley(place.min + vec2(10.0, 6.0), first, color(colors.ink));
        painter.galley(place.min + vec2(10.0, 6.0 + height), second, color(colors.quiet));
    }
    response
}
