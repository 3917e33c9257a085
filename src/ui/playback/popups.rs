//! The cards for slow motion and for a pause to come.

use std::time::Duration;

use eframe::egui::{Frame, Margin, Popup, PopupCloseBehavior, Ui};

use super::Words;
use crate::config::Step;
use crate::state::{Command, State};
use crate::text::number::{grouped, percent};
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::stepper::{Names, Scale, WIDTH, stepper};
use crate::ui::parts::switch::switch;
use crate::ui::parts::words;
use crate::ui::style::list_style;

/// What is set up in the card before it is wished for.
#[derive(Default)]
pub(super) struct Widgets {
    step: Option<f64>,
    percent: Option<f64>,
}

/// Waits between steps that are offered, in milliseconds; nothing is full speed.
const PACES: [(Option<u64>, &str); 5] = [
    (None, "ui.pace.full"),
    (Some(50), "ui.pace.quick"),
    (Some(200), "ui.pace.walk"),
    (Some(500), "ui.pace.slow"),
    (Some(2000), "ui.pace.slowest"),
];

pub(super) fn pace(ui: &mut Ui, state: &State, room: (Words, f32), commands: &mut Vec<Command>) {
    let text = state.text();
    let now = state.playback.pace;
    let shown =
        PACES.iter().find(|(pace, _)| pace.map(Duration::from_millis) == now).map_or("ui.pace.other", |(_, key)| key);
    let name = text.say("ui.pace.title");
    let button =
        opener(name, text.say(shown), Icon::Pace, room).lit(now.is_some()).tip(text.say("ui.pace.about")).key("S");
    let response = ui.add(button);
    Popup::menu(&response).id(response.id.with("pace")).show(|ui| {
        list_style(ui);
        ui.set_min_width(180.0);
        for (pace, key) in PACES {
            let pace = pace.map(Duration::from_millis);
            if ui.selectable_label(pace == now, text.say(key)).clicked() {
                commands.push(Command::SetPace(pace));
            }
        }
    });
}

pub(super) fn pause(
    ui: &mut Ui,
    state: &State,
    widgets: &mut Widgets,
    room: (Words, f32),
    commands: &mut Vec<Command>,
) {
    let text = state.text();
    let playback = &state.playback;
    let shown = match (playback.pause_at_step, playback.pause_at_accuracy) {
        (Some(step), _) => text.fill("ui.pause.at_step_short", &[("step", &grouped(step as u64))]),
        (None, Some(accuracy)) => text.fill("ui.pause.at_accuracy_short", &[("accuracy", &percent(accuracy))]),
        (None, None) => text.say("ui.pause.never").to_owned(),
    };
    let name = text.say("ui.pause.title");
    let wished = playback.pause_at_step.is_some() || playback.pause_at_accuracy.is_some();
    let response = ui.add(opener(name, &shown, Icon::Flag, room).lit(wished).tip(text.say("ui.pause.about")));
    Popup::from_toggle_button_response(&response)
        .id(response.id.with("pause"))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            Frame::new().inner_margin(Margin::same(10)).show(ui, |ui| card(ui, state, widgets, commands));
        });
}

fn card(ui: &mut Ui, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let text = state.text();
    ui.set_width(300.0);
    ui.spacing_mut().item_spacing.y = 8.0;
    words::heading(ui, text.say("ui.pause.title"));
    let steps = state.run.as_ref().map_or(state.draft.config().training.steps, |run| run.plan.config.training.steps);
    let made = state.run.as_ref().map_or(0, crate::state::Run::step);
    let wished = state.playback.pause_at_step;
    let step = widgets.step.unwrap_or_else(|| wished.unwrap_or((made + 100).min(steps)) as f64);
    let scale = Scale { min: (made + 1) as f64, max: steps.max(made + 1) as f64, step: Step::Add(50.0), whole: true };
    let row = Row { name: text.say("ui.pause.step"), value: step, scale, on: wished.is_some() };
    let (new, toggled) = wish(ui, state, &row);
    if let Some(new) = new {
        widgets.step = Some(new);
    }
    let step = new.unwrap_or(step);
    if toggled || (new.is_some() && wished.is_some()) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number within the run's steps"
        )]
        commands.push(Command::PauseAtStep(if toggled && wished.is_some() { None } else { Some(step as usize) }));
    }

    let wished = state.playback.pause_at_accuracy;
    let share = widgets.percent.unwrap_or_else(|| wished.map_or(80.0, |accuracy| (accuracy * 100.0).round()));
    let scale = Scale { min: 1.0, max: 100.0, step: Step::Add(1.0), whole: true };
    let row = Row { name: text.say("ui.pause.accuracy"), value: share, scale, on: wished.is_some() };
    let (new, toggled) = wish(ui, state, &row);
    if let Some(new) = new {
        widgets.percent = Some(new);
    }
    let share = new.unwrap_or(share);
    if toggled || (new.is_some() && wished.is_some()) {
        commands.push(Command::PauseAtAccuracy(if toggled && wished.is_some() { None } else { Some(share / 100.0) }));
    }
    words::quiet(ui, text.say("ui.pause.accuracy_about"));
}

/// One wish: whether it is on, and its number.
struct Row<'a> {
    name: &'a str,
    value: f64,
    scale: Scale,
    on: bool,
}

fn wish(ui: &mut Ui, state: &State, row: &Row<'_>) -> (Option<f64>, bool) {
    let text = state.text();
    let (less, more) =
        (text.fill("ui.build.less", &[("name", &row.name)]), text.fill("ui.build.more_of", &[("name", &row.name)]));
    ui.horizontal(|ui| {
        let toggled = switch(ui, row.on, row.name).clicked();
        ui.label(row.name);
        let new = ui
            .with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
                stepper(
                    ui,
                    Names { name: row.name, less: &less, more: &more, wanted: false },
                    row.value,
                    row.scale,
                    WIDTH,
                )
            })
            .inner;
        (new, toggled)
    })
    .inner
}

/// A button that opens a card: with the setting that holds where there is room.
fn opener<'a>(name: &'a str, shown: &'a str, icon: Icon, (words, height): (Words, f32)) -> Press<'a> {
    let button = Press::icon(icon, name).size(height, height);
    let button = if words == Words::All { button.says(shown) } else { button };
    button.opens()
}
