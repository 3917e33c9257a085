//! Which kinds of question are asked: all of a level, or each by itself.

use eframe::egui::{Frame, Margin, Popup, PopupCloseBehavior, RichText, ScrollArea, Ui};

use crate::exercise::{KINDS, Level};
use crate::state::{Command, State};
use crate::ui::parts::button::Press;
use crate::ui::style::bold_font;

/// Shows how many kinds are asked, and on a press all of them to choose from.
pub(super) fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    let count = KINDS.iter().filter(|kind| state.asks_kind(kind.id)).count();
    let words = if count == KINDS.len() {
        text.say("exercise.kinds.all").to_owned()
    } else {
        text.fill("exercise.kinds.some", &[("count", &count), ("all", &KINDS.len())])
    };
    let response = ui.add(Press::words(&words).quiet().tip(text.say("exercise.kinds.about")));
    let room = (ui.ctx().content_rect().height() - 160.0).max(80.0);
    Popup::from_toggle_button_response(&response)
        .id(response.id.with("kinds"))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            Frame::new().inner_margin(Margin::same(8)).show(ui, |ui| {
                ScrollArea::vertical().max_height(room).show(ui, |ui| {
                    for level in Level::ALL {
                        one_level(ui, state, level, commands);
                    }
                });
            });
        });
}

fn one_level(ui: &mut Ui, state: &State, level: Level, commands: &mut Vec<Command>) {
    let text = state.text();
    let kinds = || KINDS.iter().filter(|kind| kind.level == level);
    let mut all = kinds().all(|kind| state.asks_kind(kind.id));
    if ui.checkbox(&mut all, RichText::new(text.say(level.name())).font(bold_font(13.0))).changed() {
        commands.push(Command::AskLevel(level, all));
    }
    ui.indent(level.name(), |ui| {
        for kind in kinds() {
            let mut asked = state.asks_kind(kind.id);
            if ui.checkbox(&mut asked, text.say(kind.name)).changed() {
                commands.push(Command::AskKind(kind.id, asked));
            }
        }
    });
}
