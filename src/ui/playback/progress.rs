//! How far a run is, in words and as a bar.

use std::time::Duration;

use eframe::egui::{Label, RichText, Ui};

use crate::state::{Phase, Run, State};
use crate::text::Text;
use crate::text::number::grouped;
use crate::ui::style::{bold_font, color, palette};

pub(super) fn show(ui: &mut Ui, state: &State) {
    let text = state.text();
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.add_space(2.0);
    let colors = palette(ui);
    let (first, second) = match &state.run {
        None => (text.say("ui.progress.none").to_owned(), text.say("ui.progress.none_about").to_owned()),
        Some(run) => (steps(run, text), phase(run, text)),
    };
    ui.add(Label::new(RichText::new(first).font(bold_font(14.0))).truncate());
    let looking = state.run.as_ref().and_then(|run| run.at);
    let (second, ink) = match looking {
        Some(step) => (text.fill("ui.progress.looking", &[("step", &grouped(step as u64))]), colors.accent),
        None if state.pending() && !state.view.build => (text.say("ui.progress.waits").to_owned(), colors.warning),
        None => (second, colors.quiet),
    };
    let words = RichText::new(second).small().color(color(ink));
    ui.add(Label::new(words).truncate());
}

fn steps(run: &Run, text: &Text) -> String {
    let all = run.plan.config.training.steps;
    text.fill("ui.progress.steps", &[("step", &grouped(run.step() as u64)), ("steps", &grouped(all as u64))])
}

fn phase(run: &Run, text: &Text) -> String {
    let word = match &run.phase {
        Phase::Loading => text.say("ui.progress.loading").to_owned(),
        Phase::Running => text.say("ui.progress.running").to_owned(),
        Phase::Paused => text.say("ui.progress.paused").to_owned(),
        Phase::Finished => text.say("ui.progress.finished").to_owned(),
        Phase::Failed(_) => text.say("ui.progress.failed").to_owned(),
    };
    let share = format!("{:.0} %", (run.progress() * 100.0).floor());
    match run.time_left() {
        Some(left) => format!("{word} · {share} · {}", duration(text, left)),
        None => format!("{word} · {share}"),
    }
}

/// A time to come, as exact as it can be known.
fn duration(text: &Text, time: Duration) -> String {
    let seconds = time.as_secs();
    let (key, number) = match seconds {
        0..90 => ("ui.progress.left_seconds", seconds.max(1)),
        90..5400 => ("ui.progress.left_minutes", (seconds + 30) / 60),
        _ => ("ui.progress.left_hours", (seconds + 1800) / 3600),
    };
    text.fill(key, &[("number", &number)])
}
