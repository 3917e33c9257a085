//! How a view says what is under the pointer: when that changes, and taken back when the pointer leaves it; what other views say is left alone.

use crate::state::{Command, Focus, State};

/// What a view said to be pointed at and has not taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pointing(Option<Focus>);

impl Pointing {
    /// This is under the pointer in the view now.
    pub(super) fn at(&mut self, state: &State, focus: Option<Focus>, commands: &mut Vec<Command>) {
        if self.0 == focus {
            return;
        }
        if focus.is_some() || state.view.hovered == self.0 {
            commands.push(Command::Hover(focus));
        }
        self.0 = focus;
    }
}
