//! When nothing is pointed at: what this program shows, and how to begin.

use eframe::egui::Ui;

use super::happened;
use super::layout::{aside, heading, paragraph, title};
use crate::state::{Command, State, Wires};

pub(super) fn show(ui: &mut Ui, state: &State, _commands: &mut Vec<Command>) {
    let text = state.text();
    if let Some(run) = &state.run {
        happened::show(ui, run, text);
    }
    if state.view.wires == Wires::Unrolled {
        title(ui, text.say("explain.unrolled.title"));
        for words in ["explain.unrolled.arcs", "explain.unrolled.compare", "explain.unrolled.gradient"] {
            paragraph(ui, text.say(words));
        }
    }
    title(ui, text.say("explain.start.title"));
    paragraph(ui, text.say("explain.start.what"));
    heading(ui, text.say("explain.start.how"));
    for step in [
        text.say("explain.start.point"),
        text.say("explain.start.click"),
        text.say("explain.start.train"),
        text.say("explain.start.figures"),
    ] {
        paragraph(ui, format!("• {step}"));
    }
    aside(ui, text.say("explain.start.paper"));
}
