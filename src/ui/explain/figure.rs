//! A figure: how to read it.

use eframe::egui::Ui;

use super::layout::{aside, heading, paragraph, title};
use crate::state::State;

pub(super) fn show(ui: &mut Ui, state: &State, id: &str) {
    let text = state.text();
    title(ui, text.say(&format!("figure.{id}.title")));
    heading(ui, text.say("explain.figure.how"));
    paragraph(ui, text.say(&format!("figure.{id}.about")));
    aside(ui, text.say("explain.figure.hands"));
}
