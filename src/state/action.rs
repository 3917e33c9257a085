//! The commands that menus, keys and the palette offer, each once.

use super::State;
use super::command::Command;

/// A command with a name and perhaps a key.
pub struct Action {
    /// Its name: texts are `action.ID`.
    pub id: &'static str,
    /// Its key as it is written in English, such as `Ctrl+K`; the window reads it, menus show it.
    pub key: Option<&'static str>,
    /// What it does now.
    pub command: fn(&State) -> Command,
    /// Whether it makes sense now.
    pub enabled: fn(&State) -> bool,
}

/// Every action in the order of the palette.
pub const ACTIONS: &[Action] = &[
    Action {
        id: "run",
        key: Some("Space"),
        command: |_| Command::RunOrPause,
        enabled: |state| state.draft.plan.is_ok(),
    },
    Action { id: "palette", key: Some("Ctrl+K"), command: |_| Command::TogglePalette, enabled: |_| true },
];
