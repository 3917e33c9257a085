//! The figures: one below the drawing, or several side by side; each is chosen by the list that names it.

mod charts;
mod icon;
mod choices;
mod header;
mod table;
mod body;

use eframe::egui::{Rect, Ui, UiBuilder, pos2};

use crate::chart::Figure;
use crate::state::{Command, Focus, State};
use crate::ui::figure::palette;
use crate::ui::pointing::Pointing;
use crate::ui::style;
use body::Stage;
use charts::Charts;
use header::Head;

/// What the figures keep from frame to frame.
#[derive(Default)]
pub struct Figures {
    charts: Charts,
    pointing: Pointing,
}

/// Between two figures.
pub(in crate::ui) const GAP: f32 = 8.0;

/// Shows the figures side by side, or the one that fills the centre, in all the room there is. `more` is whether another one would find room.
pub fn show(ui: &mut Ui, state: &State, figures: &mut Figures, more: bool, commands: &mut Vec<Command>) {
    let room = ui.available_rect_before_wrap();
    if room.width() < 24.0 || room.height() < 24.0 {
        return;
    }
    let Figures { charts, pointing } = figures;
    let mut stage = Stage { state, charts, commands, meant: None };
    let seats = if let Some(figure) = state.view.maximised.and_then(Figure::named) {
        vec![(Head { figure, seat: None, alone: true, more: false, others: false }, room)]
    } else {
        let seated = state.seated();
        let each = (room.width() - GAP * (seated.len() as f32 - 1.0)) / seated.len().max(1) as f32;
        let last = seated.len().saturating_sub(1);
        let place = |(seat, figure): (usize, &'static Figure)| {
            let left = room.left() + (each + GAP) * seat as f32;
            let head = Head { figure, seat: Some(seat), alone: false, more: more && seat == last, others: last > 0 };
            (head, Rect::from_min_max(pos2(left, room.top()), pos2(left + each, room.bottom())))
        };
        seated.into_iter().enumerate().map(place).collect()
    };
    for (head, place) in seats {
        let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("seat", head.seat, head.figure.id)));
        one(&mut child, &mut stage, &head, place);
    }
    ui.advance_cursor_after_rect(room);
    let meant = stage.meant;
    let part = meant.and_then(|(_, meant)| meant.part);
    pointing.at(state, part.map(|(kind, part)| Focus::Part(kind, part)), commands);
    if let Some((figure, meant)) = meant.filter(|(_, meant)| meant.clicked) {
        let focus = meant.part.map_or(Focus::Figure(figure), |(kind, part)| Focus::Part(kind, part));
        let again = state.view.selected == Some(focus);
        commands.push(Command::Select((!again).then_some(focus)));
    }
}

/// A figure under its head.
fn one(ui: &mut Ui, stage: &mut Stage<'_>, head: &Head, place: Rect) {
    let ground = style::color(palette(ui.visuals()).ground);
    ui.painter().rect_filled(place, 0.0, ground);
    // Before a class there is nothing but the figure and its name.
    let (bar, rest) = place.split_top_bottom_at_y(place.top() + header::HEIGHT.min(place.height()));
    header::show(ui, stage, head, bar);
    let mut body = ui.new_child(UiBuilder::new().max_rect(rest).id_salt("body"));
    stage.show(&mut body, head.figure);
}
