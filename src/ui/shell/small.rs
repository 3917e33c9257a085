//! What stands in a window that has no room for all that has to be seen.

use eframe::egui::{Align, Label, Layout, Rect, RichText, Ui, UiBuilder, vec2};

use super::places::LEAST;
use crate::state::{Command, State};
use crate::ui::parts::button::Press;

/// Says so, and offers what helps.
pub(super) fn show(ui: &mut Ui, window: Rect, state: &State, commands: &mut Vec<Command>) {
    let room = window.shrink(8.0);
    if room.width() < 40.0 || room.height() < 16.0 {
        return;
    }
    let text = state.text();
    let place = Rect::from_center_size(room.center(), vec2(room.width().min(360.0), room.height().min(120.0)));
    let layout = Layout::top_down(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).layout(layout).id_salt("small"));
    child.set_clip_rect(window);
    child.spacing_mut().item_spacing.y = 10.0;
    let needed = |length: f32| format!("{:.0}", length * state.settings.zoom);
    let words = text.fill("ui.small", &[("width", &needed(LEAST.x)), ("height", &needed(LEAST.y))]);
    child.add(Label::new(RichText::new(words)).wrap());
    let smaller = Press::words(text.say("action.zoom-out")).key("Ctrl+-");
    if child.available_height() > 30.0 && child.add(smaller).clicked() {
        commands.push(Command::ZoomOut);
    }
}
