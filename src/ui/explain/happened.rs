//! What happened in the run so far, in sentences; and the one sentence that an event is.

use eframe::egui::Ui;

use super::layout::{aside, heading, paragraph};
use crate::state::Run;
use crate::telemetry::{Event, Happening};
use crate::text::Text;
use crate::text::number::{grouped, percent, significant};
use crate::ui::network::words;
use crate::ui::parts::network;

/// As many events as are read before the panel is left.
const MOST: usize = 6;

/// The newest events first, each with what it means; nothing before there is one.
pub(super) fn show(ui: &mut Ui, run: &Run, text: &Text) {
    let upto = run.at.unwrap_or(usize::MAX);
    let mut events: Vec<&Event> = run.events.all().iter().filter(|event| event.step <= upto).collect();
    if events.is_empty() {
        return;
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.step));
    heading(ui, text.say("event.title"));
    let mut reasons: Vec<&str> = Vec::new();
    for event in events.into_iter().take(MOST) {
        paragraph(ui, sentence(event, run, text));
        let reason = reason(event, text);
        if !reasons.contains(&reason) {
            aside(ui, reason);
            reasons.push(reason);
        }
    }
    ui.add_space(6.0);
}

/// What an event is, in one sentence that begins with its step.
pub(in crate::ui) fn sentence(event: &Event, run: &Run, text: &Text) -> String {
    let step = grouped(event.step as u64);
    let name = |kind| text.say(network::name(kind));
    match &event.what {
        Happening::Dead { network, rows, of } if rows.len() == *of => {
            text.fill("event.dead", &[("step", &step), ("network", &name(*network))])
        }
        Happening::Dead { network, rows, of } => {
            let architecture = run.plan.networks.iter().find(|architecture| architecture.kind == *network);
            let parts = rows.iter().filter_map(|row| Some(architecture?.layers.get(*row)?.part));
            let words: Vec<String> = parts.take(4).map(|part| words::title(text, part)).collect();
            let more = if rows.len() > words.len() { ", …" } else { "" };
            let rows_words = format!("{}{more}", words.join(", "));
            let values: [(&str, &dyn std::fmt::Display); 5] = [
                ("step", &step),
                ("network", &name(*network)),
                ("rows", &rows_words),
                ("count", &rows.len()),
                ("all", of),
            ];
            text.fill("event.dead_rows", &values)
        }
        Happening::Diverged(divergence) => {
            let loss = significant(divergence.loss, 2);
            text.fill("event.diverged", &[("step", &step), ("network", &name(divergence.network)), ("loss", &loss)])
        }
        Happening::LearningRate { from, to } => {
            let (from, to) = (significant(*from, 2), significant(*to, 2));
            text.fill("event.rate", &[("step", &step), ("from", &from), ("to", &to)])
        }
        Happening::Lag { network, validation, training } => {
            let (validation, training) = (percent(*validation), percent(*training));
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("step", &step), ("network", &name(*network)), ("validation", &validation), ("training", &training)];
            text.fill("event.lag", &values)
        }
        Happening::Overtaken { leads, led, accuracy, other } => {
            let (accuracy, other) = (percent(*accuracy), percent(*other));
            let values: [(&str, &dyn std::fmt::Display); 5] = [
                ("step", &step),
                ("leads", &name(*leads)),
                ("led", &name(*led)),
                ("accuracy", &accuracy),
                ("other", &other),
            ];
            text.fill("event.overtaken", &values)
        }
        Happening::Overfits { network, lowest, at, loss } => {
            let (lowest, loss, at) = (significant(*lowest, 3), significant(*loss, 3), grouped(*at as u64));
            let values: [(&str, &dyn std::fmt::Display); 5] =
                [("step", &step), ("network", &name(*network)), ("lowest", &lowest), ("at", &at), ("loss", &loss)];
            text.fill("event.overfits", &values)
        }
    }
}

/// What an event means.
fn reason<'a>(event: &Event, text: &'a Text) -> &'a str {
    match event.what {
        Happening::Dead { .. } => text.say("event.dead_about"),
        Happening::Diverged(_) => text.say("event.diverged_about"),
        Happening::LearningRate { .. } => text.say("event.rate_about"),
        Happening::Lag { .. } => text.say("event.lag_about"),
        Happening::Overtaken { .. } => text.say("event.overtaken_about"),
        Happening::Overfits { .. } => text.say("event.overfits_about"),
    }
}
