//! The list of keys.

use eframe::egui::{Grid, ScrollArea, Ui};

use crate::state::{ACTIONS, Command, State};
use crate::ui::parts::dialog;
use crate::ui::parts::key;

/// Shows every action that has a key.
pub(super) fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    let os = ui.ctx().os();
    let closed = dialog::show(ui, "keys", text.say("ui.keys.title"), text.say("ui.close"), 560.0, |ui| {
        let room = ui.ctx().content_rect().height() - 180.0;
        ScrollArea::vertical().max_height(room.max(80.0)).auto_shrink([false, true]).show(ui, |ui| {
            Grid::new("keys").num_columns(2).spacing([24.0, 6.0]).min_col_width(130.0).show(ui, |ui| {
                for action in ACTIONS.iter().filter(|action| action.exists()) {
                    let keys: Vec<&str> = action.key.into_iter().chain(action.other_key).collect();
                    if keys.is_empty() {
                        continue;
                    }
                    ui.horizontal(|ui| {
                        for key in keys {
                            key::cap(ui, &key::words(key, text, os));
                        }
                    });
                    ui.label(action.words(text));
                    ui.end_row();
                }
            });
        });
    });
    if closed {
        commands.push(Command::ToggleKeys);
    }
}
