//! Whatever is selected or pointed at, in words and with its numbers.

use eframe::egui;

use crate::state::{Command, State};

/// Shows the panel's content.
pub fn show(ui: &mut egui::Ui, state: &State, commands: &mut Vec<Command>) {
    let _ = (ui, state, commands);
}
