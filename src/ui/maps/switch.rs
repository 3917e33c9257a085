//! What stands in the centre: the drawing of the networks, or the feature maps of an image. Both views show this at the same place.

use eframe::egui::Ui;

use crate::state::{Command, State};
use crate::ui::parts::segmented::segmented;

/// Shows the choice, as wide as suits a row of that width.
pub(in crate::ui) fn show(ui: &mut Ui, state: &State, row: f32, commands: &mut Vec<Command>) {
    let text = state.text();
    let maps = state.view.watched().is_some();
    let width = (row * 0.3).clamp(128.0, 200.0);
    let name = if width < 176.0 { "maps.maps_short" } else { "maps.maps" };
    let choices = [text.say("maps.drawing"), text.say(name)];
    let (_, pressed) = segmented(ui, text.say("maps.centre"), &choices, Some(usize::from(maps)), width);
    if pressed.is_some() {
        commands.push(Command::ToggleMaps);
    }
}
