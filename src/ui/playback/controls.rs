//! The buttons that steer a run.

use eframe::egui::Ui;

use super::{Words, popups};
use crate::state::{ACTIONS, Action, Command, State};
use crate::text::number::grouped;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::key;

pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    widgets: &mut popups::Widgets,
    (words, height): (Words, f32),
    commands: &mut Vec<Command>,
) {
    ui.spacing_mut().item_spacing.x = if words == Words::None { 2.0 } else { 6.0 };
    run(ui, state, words, height, commands);
    ui.add_space(2.0);
    for (id, icon) in
        [("one-step", Icon::Step), ("play-step", Icon::Motion), ("restart", Icon::Restart), ("new-seed", Icon::Die)]
    {
        let action = action(id);
        let name = action.words(state.text());
        let key = action.key.map(|key| key::words(key, state.text(), ui.ctx().os()));
        let mut button = Press::icon(icon, &name).size(height, height).tip(about(state, id));
        if let Some(key) = &key {
            button = button.key(key);
        }
        if ui.add_enabled((action.enabled)(state), button).clicked() {
            commands.push((action.command)(state));
        }
    }
    ui.add_space(2.0);
    popups::pace(ui, state, (words, height), commands);
    popups::pause(ui, state, widgets, (words, height), commands);
}

/// The big button, which says what it will do.
fn run(ui: &mut Ui, state: &State, room: Words, height: f32, commands: &mut Vec<Command>) {
    let text = state.text();
    let running = state.run.as_ref().is_some_and(crate::state::Run::is_running);
    let waits = state.pending();
    let (icon, words, tip) = match (&state.run, running) {
        (_, true) => (Icon::Pause, "ui.play.pause", "ui.play.pause_about"),
        (None, false) => (Icon::Play, "ui.play.train", "ui.play.train_about"),
        (Some(run), false) if waits && run.has_ended() => (Icon::Play, "ui.play.train", "ui.play.train_changed_about"),
        (Some(_), false) => (Icon::Play, "ui.play.go_on", "ui.play.go_on_about"),
    };
    let more = state.run.as_ref().filter(|_| !waits).and_then(crate::state::Run::steps_more);
    let (action, words, tip) = match more {
        Some(steps) => {
            let words = text.fill("ui.play.more", &[("steps", &grouped(steps as u64))]);
            (action("go-on"), words, "ui.play.more_about")
        }
        None => (action("run"), text.say(words).to_owned(), tip),
    };
    let key = key::words(action.key.unwrap_or_default(), text, ui.ctx().os());
    let ended = state.run.as_ref().is_some_and(crate::state::Run::has_ended) && !waits && more.is_none();
    let button = match room {
        Words::All => Press::words(&words).with_icon(icon).shows_key().size(148.0, height),
        Words::Few => Press::words(&words).with_icon(icon).size(112.0, height),
        Words::None => Press::icon(icon, &words).size(height + 8.0, height),
    };
    let button = button.primary().key(&key).tip(text.say(tip));
    if ui.add_enabled((action.enabled)(state) && !ended, button).clicked() {
        commands.push((action.command)(state));
    }
}

fn about(state: &State, id: &str) -> &'static str {
    state.text().say(match id {
        "one-step" => "ui.play.one_step_about",
        "play-step" => "slow_motion.button",
        "restart" => "ui.play.restart_about",
        _ => "ui.play.new_seed_about",
    })
}

/// The action of that name.
pub(in crate::ui) fn action(id: &str) -> &'static Action {
    ACTIONS.iter().find(|action| action.id == id).unwrap_or_else(|| panic!("no action is called {id}"))
}
