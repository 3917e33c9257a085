//! The bar at the bottom: run and pause, how far it is, how each network does, and the time line.

mod controls;
mod popups;
mod progress;
mod networks;
mod timeline;

use eframe::egui::{Align, Layout, Rect, Ui, UiBuilder, pos2};

pub(super) use controls::action;

use crate::state::{Command, State};

/// Height of the row, and where the window is low.
const ROW: f32 = 36.0;
const ROW_LOW: f32 = 28.0;
/// Lower than this there is no room for words at the time line.
const LOW: f32 = 56.0;
/// Space between the parts of the row.
const BETWEEN: f32 = 14.0;
/// What is said of the run is at least so wide.
const PROGRESS: f32 = 132.0;
const PROGRESS_LOW: f32 = 74.0;

/// What the bar keeps: what is typed in its cards.
#[derive(Default)]
pub(super) struct Widgets {
    popups: popups::Widgets,
}

/// How much room the row has for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// For all.
    All,
    /// For the big button's.
    Few,
    /// For none.
    None,
}

/// Shows the bar's inside.
pub(super) fn show(ui: &mut Ui, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let whole = ui.available_rect_before_wrap();
    let low = whole.height() < LOW;
    let height = if low { ROW_LOW } else { ROW };
    let row = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + height));
    let words = match whole.width() {
        width if low || width < 820.0 => Words::None,
        width if width < 1330.0 => Words::Few,
        _ => Words::All,
    };
    let controls = part(ui, row, "controls", Layout::left_to_right(Align::Center), |ui| {
        controls::show(ui, state, &mut widgets.popups, (words, height), commands);
    });
    let left = controls.right() + BETWEEN;
    let least = if words == Words::None { PROGRESS_LOW } else { PROGRESS };
    let networks = networks::place(state, row.with_min_x((left + least + BETWEEN).min(row.right())));
    let between = Rect::from_min_max(pos2(left, row.top()), pos2(networks.left() - BETWEEN, row.bottom()));
    if between.width() > 20.0 {
        part(ui, between, "progress", Layout::top_down(Align::Min), |ui| progress::show(ui, state, low));
    }
    networks::show(ui, state, networks, low);
    let line = Rect::from_min_max(pos2(whole.left(), row.bottom() + if low { 0.0 } else { 4.0 }), whole.max);
    part(ui, line, "time", Layout::left_to_right(Align::Center), |ui| timeline::show(ui, state, low, commands));
    ui.allocate_rect(whole, eframe::egui::Sense::hover());
}

fn part(ui: &mut Ui, place: Rect, name: &str, layout: Layout, inside: impl FnOnce(&mut Ui)) -> Rect {
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).layout(layout).id_salt(name));
    inside(&mut child);
    child.min_rect()
}
