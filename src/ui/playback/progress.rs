//! How far a run is, in words and as a bar.

use std::time::Duration;

use eframe::egui::{Label, RichText, TextStyle, Ui};

use crate::state::{Phase, Run, State};
use crate::text::Text;
use crate::text::number::{grouped, significant};
use crate::ui::parts::words::longest;
use crate::ui::style::{bold_font, color, palette};

pub(super) fn show(ui: &mut Ui, state: &State, low: bool) {
    let text = state.text();
    ui.spacing_mut().item_spacing.y = 0.0;
    let colors = palette(ui);
    let (first, brief) = match &state.run {
        None => (text.say("ui.progress.none").to_owned(), text.say("ui.progress.none_short").to_owned()),
        Some(run) => steps(run, text),
    };
    let looking = state.run.as_ref().and_then(|run| run.at);
    let (seconds, ink) = match (&state.run, looking) {
        (_, Some(step)) => {
            let step = grouped(step as u64);
            let of = |key: &str| text.fill(key, &[("step", &step)]);
            (vec![of("ui.progress.looking"), of("ui.progress.looking_short")], colors.accent)
        }
        (Some(_), None) if state.pending() && !state.view.builds() => {
            (vec![text.say("ui.progress.waits").to_owned(), text.say("ui.pending.waits").to_owned()], colors.warning)
        }
        (None, None) => (vec![text.say("ui.progress.none_about").to_owned(), String::new()], colors.quiet),
        (Some(run), None) => (phase(run, text), colors.quiet),
    };
    let room = ui.available_width();
    let seconds: Vec<&str> = seconds.iter().map(String::as_str).collect();
    if low {
        let second = looking.is_some().then(|| seconds.last().copied()).flatten();
        let shade = if looking.is_some() { colors.accent } else { colors.ink };
        let words = second.unwrap_or_else(|| longest(ui, &[&first, &brief], &bold_font(13.0), room));
        let words = RichText::new(words).font(bold_font(13.0)).color(color(shade));
        ui.add_space(5.0);
        ui.add(Label::new(words).truncate()).on_hover_text(seconds.first().copied().unwrap_or_default());
        return;
    }
    let words = longest(ui, &[&first, &brief], &bold_font(14.0), room);
    ui.add(Label::new(RichText::new(words).font(bold_font(14.0))).truncate());
    let words = longest(ui, &seconds, &TextStyle::Small.resolve(ui.style()), room);
    let response = ui.add(Label::new(RichText::new(words).small().color(color(ink))).truncate());
    if seconds.first() != Some(&words) {
        response.on_hover_text(seconds[0]);
    }
}

/// How far it is, and the same in few signs.
fn steps(run: &Run, text: &Text) -> (String, String) {
    let (step, steps) = (grouped(run.step() as u64), grouped(run.plan.config.training.steps as u64));
    (text.fill("ui.progress.steps", &[("step", &step), ("steps", &steps)]), format!("{step} / {steps}"))
}

/// The learning rate that acts at the step that is shown.
fn rate(run: &Run) -> Option<String> {
    let at = run.shown_step();
    let record = run.history.networks().iter().find_map(|network| network.at(at))?;
    Some(format!("η {}", significant(record.learning_rate, 2)))
}

/// What goes on, with as much as is known; the shortest last.
fn phase(run: &Run, text: &Text) -> Vec<String> {
    let word = match &run.phase {
        Phase::Loading => &loading(run, text),
        Phase::Running => text.say("ui.progress.running"),
        Phase::Paused => text.say("ui.progress.paused"),
        Phase::Followed => text.say("ui.progress.followed"),
        Phase::Finished => text.say("ui.progress.finished"),
        Phase::Failed(_) => text.say("ui.progress.failed"),
    };
    let share = format!("{:.0} %", (run.progress() * 100.0).floor());
    let parts = [Some(word.to_owned()), rate(run), Some(share), run.time_left().map(|left| duration(text, left))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (1..=parts.len()).rev().map(|count| parts[..count].join(" · ")).collect()
}

/// How many images are read.
fn loading(run: &Run, text: &Text) -> String {
    match run.loading() {
        Some((read, of)) => {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("read", &grouped(read as u64)), ("of", &grouped(of as u64))];
            text.fill("ui.progress.loading_of", &values)
        }
        None => text.say("ui.progress.loading").to_owned(),
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
