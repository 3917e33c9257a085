//! The bar at the bottom: run and pause, how far it is, how each network does, and the time line.

mod controls;
mod popups;
mod progress;
mod networks;
mod timeline;

use eframe::egui::{Align, Layout, Rect, Ui, UiBuilder, pos2};

use crate::state::{Command, State};

/// Height of the bar's inside.
pub const HEIGHT: f32 = 84.0;
const ROW: f32 = 44.0;

/// What the bar keeps: what is typed in its cards.
#[derive(Default)]
pub struct Widgets {
    popups: popups::Widgets,
}

/// Shows the bar's inside.
pub fn show(ui: &mut Ui, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let whole = ui.available_rect_before_wrap();
    let row = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + ROW));
    let narrow = whole.width() < 1180.0;

    let controls = part(ui, row, Layout::left_to_right(Align::Center), |ui| {
        controls::show(ui, state, &mut widgets.popups, narrow, commands);
    });
    let networks = part(ui, row, Layout::right_to_left(Align::Center), |ui| networks::show(ui, state, narrow));
    let between =
        Rect::from_min_max(pos2(controls.right() + 20.0, row.top()), pos2(networks.left() - 20.0, row.bottom()));
    if between.width() > 60.0 {
        part(ui, between, Layout::top_down(Align::Min), |ui| progress::show(ui, state));
    }

    let line = Rect::from_min_max(pos2(whole.left(), row.bottom() + 8.0), pos2(whole.right(), whole.top() + HEIGHT));
    part(ui, line, Layout::left_to_right(Align::Center), |ui| timeline::show(ui, state, commands));
    ui.allocate_rect(
        Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + HEIGHT)),
        eframe::egui::Sense::hover(),
    );
}

fn part(ui: &mut Ui, place: Rect, layout: Layout, inside: impl FnOnce(&mut Ui)) -> Rect {
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).layout(layout));
    inside(&mut child);
    child.min_rect()
}
