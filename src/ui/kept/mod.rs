//! The runs of this sitting in a row above the bar at the bottom: what tells each apart, how it ended, and a card with what can be done with it.

mod card;

use eframe::egui::{Align, Frame, Layout, Margin, Popup, PopupCloseBehavior, ScrollArea, Ui};

use crate::chart::BEHIND;
use crate::chart::layout::color_of;
use crate::state::{ACTIONS, Command, Run, State};
use crate::text::Text;
use crate::text::number::percent;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::{key, words};
use crate::ui::style::{CONTROL, color, palette};

/// What the row keeps: a name that is being typed.
#[derive(Default)]
pub(super) struct Widgets {
    card: card::Widgets,
}

/// Differences that a run shows in the row; its card has all.
const MOST_DIFFERENCES: usize = 2;

/// Height of the row, with the space around it.
pub(super) const HEIGHT: f32 = CONTROL + 8.0;

/// Whether there is a run beside the one that is looked at, and the row is open.
pub(super) fn is_shown(state: &State) -> bool {
    state.view.runs && (!state.kept.is_empty() || state.kept.has_removed())
}

/// Shows the row.
pub(super) fn show(ui: &mut Ui, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let text = state.text();
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        undo(ui, state, commands);
        ScrollArea::horizontal().id_salt("runs").auto_shrink(false).stick_to_right(true).show(ui, |ui| {
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                words::quiet(ui, text.say("kept.runs"));
                let mut before: Option<&Run> = None;
                for run in state.runs() {
                    chip(ui, state, run, before, widgets, commands);
                    before = Some(run);
                }
            });
        });
    });
}

fn undo(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    let action = ACTIONS.iter().find(|action| action.id == "undo").expect("there is such an action");
    let name = action.words(text);
    let key = key::words("Ctrl+Z", text, ui.ctx().os());
    let button = Press::icon(Icon::Undo, &name).quiet().key(&key);
    if ui.add_enabled((action.enabled)(state), button).clicked() {
        commands.push(Command::Undo);
    }
}

/// A run: whether it is pinned, and its words, which open its card.
fn chip(
    ui: &mut Ui,
    state: &State,
    run: &Run,
    before: Option<&Run>,
    widgets: &mut Widgets,
    commands: &mut Vec<Command>,
) {
    let text = state.text();
    let title = run.title(text);
    let here = state.run.as_ref().is_some_and(|here| here.id == run.id);
    let pin = text.fill(if run.pinned { "kept.unpin" } else { "kept.pin" }, &[("run", &title)]);
    let ink = state.pinned().iter().position(|set| set.runs.iter().any(|pinned| pinned.id == run.id));
    let ink = ink.and_then(|place| BEHIND.get(place)).map(|meaning| color(color_of(*meaning, palette(ui))));
    let button = Press::icon(Icon::Pin, &pin).quiet().selected(run.pinned).tip(text.say("kept.pin_about"));
    let button = if let Some(ink) = ink { button.ink(ink) } else { button };
    if ui.add(button).clicked() {
        commands.push(Command::PinRun(run.id, !run.pinned));
    }
    let says = summary(text, run, before);
    let response = ui.add(Press::words(&title).says(&says).selected(here).opens());
    Popup::from_toggle_button_response(&response)
        .id(response.id.with("card"))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            Frame::new().inner_margin(Margin::same(10)).show(ui, |ui| {
                card::show(ui, state, run, &mut widgets.card, commands);
            });
        });
}

/// What a run is called, what tells it apart from the one before, and how well its networks did.
fn summary(text: &Text, run: &Run, before: Option<&Run>) -> String {
    let mut parts = vec![run.title(text)];
    if let Some(before) = before {
        let mut differences = before.plan.config.differences_in_words(&run.plan.config, text);
        let more = differences.len().saturating_sub(MOST_DIFFERENCES);
        differences.truncate(MOST_DIFFERENCES);
        if more > 0 {
            differences.push(text.fill("kept.more", &[("count", &more)]));
        }
        parts.push(if differences.is_empty() {
            text.say("kept.again").to_owned()
        } else {
            text.listed("kept.and", differences)
        });
    }
    let accuracies: Vec<String> = run.ends().iter().map(|end| percent(end.evaluation.accuracy)).collect();
    if !accuracies.is_empty() {
        parts.push(accuracies.join(" / "));
    }
    parts.join("  ·  ")
}
