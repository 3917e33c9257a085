//! What is pointed at and clicked in the maps, and the commands that come of it.

use eframe::egui::{CornerRadius, Rect, Stroke, StrokeKind, Ui};

use crate::arch::{NetworkKind, Part};
use crate::state::{Command, Focus, State};
use crate::ui::pointing::Pointing;
use crate::ui::style::{color, palette};

/// What a person did.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// The row that is pointed at, or has the keys.
    pub(super) pointed: Option<Focus>,
    /// What is to be selected from now on, or let go.
    pub(super) selects: Option<Command>,
}

impl Touched {
    /// Turns it into commands.
    pub(super) fn answer(self, state: &State, pointing: &mut Pointing, commands: &mut Vec<Command>) {
        pointing.at(state, self.pointed, commands);
        commands.extend(self.selects);
    }

    /// Selects a row, or lets it go when it is selected.
    pub(super) fn select(&mut self, state: &State, focus: Focus) {
        let again = state.view.selected == Some(focus);
        self.selects = Some(Command::Select((!again).then_some(focus)));
    }
}

/// Whether a row of a network is pointed at or selected.
pub(super) fn is_meant(state: &State, kind: NetworkKind, part: Part) -> bool {
    let meant = |focus: Option<Focus>| match focus {
        Some(Focus::Part(of, meant)) => meant == part && of.is_none_or(|of| of == kind),
        Some(Focus::Figure(_) | Focus::Field(_)) | None => false,
    };
    meant(state.view.hovered) || meant(state.view.selected)
}

/// A line around what is pointed at, selected or has the keys.
pub(super) fn ring(ui: &Ui, place: Rect) {
    let stroke = Stroke::new(2.0, color(palette(ui).accent));
    ui.painter().rect_stroke(place.expand(2.0), CornerRadius::same(4), stroke, StrokeKind::Outside);
}
