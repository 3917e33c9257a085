//! The figures side by side: which there are, how they are arranged, and what stands around each.

use eframe::egui;

use crate::state::{Command, State};

/// What the figures keep from frame to frame: their arrangement and their charts.
#[derive(Default)]
pub struct Figures {}

/// Shows the figures in all the room there is.
pub fn show(ui: &mut egui::Ui, state: &State, figures: &mut Figures, commands: &mut Vec<Command>) {
    let _ = (ui, state, figures, commands);
}
