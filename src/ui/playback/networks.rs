//! How each network does at the moment that is looked at: its loss, and the accuracy of its last validation with the step it is of.

use eframe::egui::{Rect, Ui, pos2, vec2};

use crate::arch::NetworkKind;
use crate::state::{Run, State};
use crate::text::Text;
use crate::text::number::{grouped, percent, significant};
use crate::training::Ending;
use crate::ui::parts::network;
use crate::ui::parts::segmented::fit;
use crate::ui::parts::words::longest;
use crate::ui::style::{bold_font, color, font, palette};

/// The widest that a network is shown, and what is between two.
const WIDEST: f32 = 204.0;
const BETWEEN: f32 = 14.0;
/// One narrower than this has no room for its mark.
const BARE: f32 = 104.0;

/// What is told of one network.
struct Told {
    /// Loss of the last batch.
    loss: String,
    /// Accuracy of the last validation.
    accuracy: String,
    /// Its step.
    step: Option<usize>,
    /// Steps in a second, or why there are none any more.
    speed: String,
}

fn kinds(state: &State) -> Vec<NetworkKind> {
    match (&state.run, &state.draft.plan) {
        (Some(run), _) => run.plan.networks.iter().map(|network| network.kind).collect(),
        (None, Ok(plan)) => plan.networks.iter().map(|network| network.kind).collect(),
        (None, Err(_)) => Vec::new(),
    }
}

/// What they take of that room, at its right.
pub(super) fn place(state: &State, room: Rect) -> Rect {
    let count = kinds(state).len() as f32;
    let width = (count * (WIDEST + BETWEEN) - BETWEEN).clamp(0.0, room.width().max(0.0));
    room.with_min_x(room.right() - width)
}

/// Shows them there.
pub(super) fn show(ui: &mut Ui, state: &State, place: Rect, low: bool) {
    let kinds = kinds(state);
    let each = (place.width() + BETWEEN) / kinds.len().max(1) as f32 - BETWEEN;
    for (index, kind) in kinds.into_iter().enumerate() {
        let left = place.left() + (each + BETWEEN) * index as f32;
        one(ui, state, kind, Rect::from_min_size(pos2(left, place.top()), vec2(each, place.height())), low);
    }
}

fn one(ui: &mut Ui, state: &State, kind: NetworkKind, place: Rect, low: bool) {
    let text = state.text();
    let colors = palette(ui);
    let response = ui.interact(place, ui.scope_id().with(("network", kind)), eframe::egui::Sense::hover());
    let name = text.say(network::name(kind));
    let dash = || "–".to_owned();
    let told = state.run.as_ref().map(|run| told(run, text, kind));
    let told = told.unwrap_or_else(|| Told { loss: dash(), accuracy: dash(), step: None, speed: String::new() });
    let Told { loss, accuracy, step, speed } = &told;
    let step_words = step.map(|step| grouped(step as u64)).unwrap_or_default();
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("network", &name), ("loss", loss), ("accuracy", accuracy), ("step", &step_words)];
    let said = match step {
        Some(_) => text.fill("ui.play.network_step", &values),
        None => text.fill("ui.play.network", &values[..3]),
    };
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Label, true, &said));
    let (ink, quiet, own) = (color(colors.ink), color(colors.quiet), color(colors.network(kind)));
    let second = if low { place.center().y } else { place.bottom() - 9.0 };
    let mark = pos2(place.left() + network::WIDTH / 2.0, if low { second } else { place.top() + 9.0 });
    // Where there is hardly any room, the numbers have the network's colour instead of its mark.
    let bare = low && place.width() < BARE;
    let mut left = place.left();
    if !bare {
        network::paint(ui.painter(), colors, mark, kind);
        left += network::WIDTH + 6.0;
    }
    let ink = if bare { own } else { ink };
    if !low {
        let speed = ui.painter().layout_no_wrap(speed.clone(), font(12.0), quiet);
        let short = text.say(&format!("option.training.networks.{}", kind.name()));
        let room = place.right() - left;
        let words = longest(ui, &[name, short], &bold_font(13.0), room);
        let name = fit(ui, words, bold_font(13.0), room, own);
        let wide = name.size().x;
        ui.painter().galley(pos2(left, mark.y - name.size().y / 2.0), name, own);
        if wide + 8.0 + speed.size().x <= room {
            let at = pos2(place.right() - speed.size().x, mark.y - speed.size().y / 2.0);
            ui.painter().galley(at, speed, quiet);
        }
        left = place.left();
    }
    // Words go before numbers do, and the step of the validation last.
    let (word, at_step) = (text.say("ui.play.loss"), text.fill("ui.play.at_step", &[("step", &step_words)]));
    let (validated, short) = (text.say("ui.play.validated"), text.say("ui.play.accuracy"));
    let at_step = if step.is_some() { at_step.as_str() } else { "" };
    let pieces: [&[(&str, bool)]; 6] = [
        &[(word, false), (loss, true), (validated, false), (accuracy, true), (at_step, false)],
        &[(word, false), (loss, true), (short, false), (accuracy, true), (at_step, false)],
        &[(word, false), (loss, true), (short, false), (accuracy, true)],
        &[(loss, true), (accuracy, true), (at_step, false)],
        &[(loss, true), (accuracy, true)],
        &[(accuracy, true)],
    ];
    let room = place.right() - left;
    let lay = |piece: &(&str, bool)| {
        let (letters, shade) = if piece.1 { (bold_font(14.0), ink) } else { (font(12.0), quiet) };
        ui.painter().layout_no_wrap(piece.0.to_owned(), letters, shade)
    };
    let lines = pieces.iter().map(|pieces| pieces.iter().map(lay).collect::<Vec<_>>());
    let width = |line: &[std::sync::Arc<eframe::egui::Galley>]| -> f32 {
        line.iter().map(|galley| galley.size().x + 5.0).sum::<f32>() - 5.0
    };
    let lines: Vec<_> = lines.collect();
    let Some(line) = lines.iter().find(|line| width(line) <= room).or(lines.last()) else { return };
    for galley in line {
        let size = galley.size();
        ui.painter().galley(pos2(left, second - size.y / 2.0), std::sync::Arc::clone(galley), ink);
        left += size.x + 5.0;
    }
    response.on_hover_ui(|ui| {
        ui.label(&said);
        if !speed.is_empty() {
            ui.label(speed);
        }
        ui.label(text.say("ui.play.network_about"));
    });
}

/// What is to be told at the moment looked at.
fn told(run: &Run, text: &Text, kind: NetworkKind) -> Told {
    let network = run.history.network(kind);
    let step = run.at.or_else(|| network?.last_step());
    let record = step.and_then(|step| network?.at(step));
    let validation = step.and_then(|step| network?.validation_at(step));
    let dash = || "–".to_owned();
    Told {
        loss: record.map_or_else(dash, |record| in_words(text, record.train_loss)),
        accuracy: validation.map_or_else(dash, |validation| percent(validation.evaluation.accuracy)),
        step: validation.map(|validation| validation.step),
        speed: speed(run, text, kind).unwrap_or_default(),
    }
}

/// Steps in a second, or why there are none any more.
fn speed(run: &Run, text: &Text, kind: NetworkKind) -> Option<String> {
    let ended = run.endings.iter().find(|(ended, _)| *ended == kind).map(|(_, ending)| ending);
    match ended {
        Some(Ending::Diverged(_)) => Some(text.say("ui.play.diverged").to_owned()),
        Some(Ending::Failed(_)) => Some(text.say("ui.play.failed").to_owned()),
        Some(_) | None => {
            let speed = run.steps_per_second(kind)?;
            Some(text.fill("ui.play.speed", &[("speed", &significant(speed, 2))]))
        }
    }
}

/// A loss in few digits; one that is no number, in words.
fn in_words(text: &Text, loss: f64) -> String {
    if loss.is_finite() { significant(loss, 3) } else { text.say("ui.play.no_number").to_owned() }
}
