//! Whatever is pointed at or selected, in words and with its numbers in place.
//!
//! Each kind of thing has its file. All numbers come from the architecture and from what training reported; nothing is computed here that
//! `docs/mathematics.md` does not define.

mod layout;
mod cuts;
mod layer;
mod steps;
mod compare;
mod sources;
mod course;
mod figure;
mod happened;
mod setting;
mod start;

use eframe::egui::{ScrollArea, Sense, Ui, UiBuilder};

pub(super) use happened::sentence;

use crate::state::{Command, Focus, State};

/// How far into the margin at the right the bar for scrolling goes.
const BAR: f32 = 12.0;

/// Shows the panel's content.
pub fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    // A table that is measured for the first time is wider than it will be; it must not push the panel's edge, and so the centre.
    let room = ui.available_rect_before_wrap();
    ui.allocate_rect(room, Sense::hover());
    // The bar for scrolling stands in the margin, where it covers no number.
    let beside = room.with_max_x(room.right() + BAR);
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(beside));
    ScrollArea::vertical().id_salt("explain").auto_shrink([false, false]).show(ui, |ui| {
        ui.set_max_width(room.width());
        ui.spacing_mut().item_spacing.y = 8.0;
        cuts::show(ui, state, commands);
        match state.view.explained() {
            Some(Focus::Part(kind, part)) => layer::show(ui, state, kind, part),
            Some(Focus::Figure(id)) => figure::show(ui, state, id),
            Some(Focus::Field(field)) => setting::show(ui, state, field),
            None => start::show(ui, state, commands),
        }
        ui.add_space(8.0);
    });
}
