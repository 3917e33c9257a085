//! When nothing is pointed at: what this program shows, and how to begin.

use eframe::egui::Ui;

use super::happened;
use super::layout::{aside, heading, paragraph, title};
use crate::arch::Depth;
use crate::state::{Command, Exercise, State, Wires};

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
    depth(ui, state);
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

/// How deep the networks are, which are all as deep as each other, and what that counts; not while a question asks for it.
fn depth(ui: &mut Ui, state: &State) {
    let text = state.text();
    let asked = state.exercise.as_ref().is_some_and(Exercise::is_open);
    let Some(network) = state.built().filter(|_| !asked).and_then(|built| built.networks.first()) else { return };
    let depth = network.depth();
    let Depth { convolutions, layers, transitions } = &depth;
    heading(ui, &text.fill("explain.depth.title", &[("total", &depth.total()), ("sum", &depth)]));
    let counted: [(&str, &dyn std::fmt::Display); 3] =
        [("convolutions", convolutions), ("layers", layers), ("transitions", transitions)];
    paragraph(ui, text.fill("explain.depth.about", &counted));
}
