//! The figures side by side: which there are, how they are arranged, and what stands around each.

mod arrangement;
mod charts;
mod icon;
mod header;
mod table;
mod body;
mod tiles;

use eframe::egui::Ui;

use crate::chart::Figure;
use crate::state::{Command, Focus, State};
use crate::ui::pointing::Pointing;
use arrangement::Arrangement;
use body::Stage;
use charts::Charts;
use tiles::{Stalls, alone};

/// What the figures keep from frame to frame: their arrangement and their charts.
#[derive(Default)]
pub struct Figures {
    arrangement: Arrangement,
    charts: Charts,
    pointing: Pointing,
    /// Whether the arrangement that was kept between starts has been read.
    read: bool,
}

/// Shows the figures in all the room there is.
pub fn show(ui: &mut Ui, state: &State, figures: &mut Figures, commands: &mut Vec<Command>) {
    let room = ui.available_size();
    if room.x < 24.0 || room.y < 24.0 {
        return;
    }
    let Figures { arrangement, charts, pointing, read } = figures;
    if !std::mem::replace(read, true) {
        *arrangement = Arrangement::read(state.settings.arrangement.as_ref(), state.view.layouts);
    }
    if arrangement.resets != state.view.layouts {
        arrangement.reset(room);
        arrangement.resets = state.view.layouts;
    }
    arrangement.follow(room);
    if arrangement.asked != state.view.asked {
        arrangement.asked = state.view.asked;
        if let Some(figure) = state.view.figure {
            arrangement.bring_to_front(figure);
        }
    }
    let mut stage = Stage { state, charts, commands, meant: None };
    if let Some(figure) = state.view.maximised.and_then(Figure::named) {
        alone(ui, &mut stage, figure);
    } else {
        let mut stalls = Stalls { stage: &mut stage, changed: false };
        arrangement.tree.ui(&mut stalls, ui);
        if stalls.changed {
            arrangement.take();
            stage.commands.extend(arrangement.keep().map(Command::Arranged));
        }
    }
    let meant = stage.meant;
    let part = meant.and_then(|(_, meant)| meant.part);
    pointing.at(state, part.map(|(kind, part)| Focus::Part(kind, part)), commands);
    if let Some((figure, meant)) = meant.filter(|(_, meant)| meant.clicked) {
        let focus = meant.part.map_or(Focus::Figure(figure), |(kind, part)| Focus::Part(kind, part));
        let again = state.view.selected == Some(focus);
        commands.push(Command::Select((!again).then_some(focus)));
    }
}
