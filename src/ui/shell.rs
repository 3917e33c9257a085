//! Where everything stands: a bar at the top, building at the left, explaining at the right (or asking, in the exercise), playing at the bottom, and between them the
//! networks above the figures. Cards and notices lie on top.
//!
//! [`show`] draws the whole window from the [`State`] and tells what the person wants as [`Command`]s.

use eframe::egui::{CentralPanel, Frame, Margin, Panel, Response, Ui};

use super::style::{color, follow_theme, palette};
use super::{
    about, build, exercise, explain, figures, kept, keys, maps, menu, network, notices, palette as commands_palette,
    path_field, playback, welcome,
};
use crate::state::{Command, State};

/// What only the views keep from frame to frame.
#[derive(Default)]
pub struct Widgets {
    build: build::Widgets,
    playback: playback::Widgets,
    palette: commands_palette::Widgets,
    figures: figures::Figures,
    network: network::Widget,
    exercise: exercise::Widgets,
    maps: maps::Widget,
    kept: kept::Widgets,
}

/// Shows the whole window.
pub fn show(ui: &mut Ui, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    follow_theme(ui.ctx(), state.settings.theme);
    let size = ui.available_size();
    let colors = palette(ui);
    let bar = Frame::new().fill(color(colors.panel));

    let top = Panel::top("top").exact_size(menu::HEIGHT + 12.0).frame(bar.inner_margin(Margin::symmetric(12, 6)));
    top.show(ui, |ui| menu::show(ui, state, commands));

    let bottom =
        Panel::bottom("bottom").exact_size(playback::HEIGHT + 20.0).frame(bar.inner_margin(Margin::symmetric(16, 10)));
    bottom.show(ui, |ui| playback::show(ui, state, &mut widgets.playback, commands));

    kept::show(ui, state, &mut widgets.kept, commands);

    // The reset of the layout gives new names to what remembers its size.
    let layout = state.view.layouts;
    let mut open = state.view.build;
    let left =
        Panel::left(("build", layout)).default_size(324.0).size_range(292.0..=(size.x * 0.4).clamp(292.0, 460.0));
    left.frame(bar).show_collapsible(ui, &mut open, |ui| build::show(ui, state, &mut widgets.build, commands));
    if open != state.view.build {
        commands.push(Command::ToggleBuild);
    }

    let explaining = if let Some(asked) = &state.exercise {
        let most = (size.x * 0.45).clamp(220.0, 640.0);
        let right = Panel::right(("exercise", layout)).default_size(exercise::width(size.x)).size_range(220.0..=most);
        let shown = right.frame(bar.inner_margin(Margin { left: 16, right: 16, top: 8, bottom: 10 }));
        Some(shown.show(ui, |ui| exercise::show(ui, state, asked, &mut widgets.exercise, commands)).response)
    } else {
        explanations(ui, state, bar, size.x, commands)
    };
    // Notices cover what explains rather than a figure.
    let notices = explaining.map_or(320.0, |panel| (panel.rect.width() - 24.0).clamp(216.0, 320.0));

    CentralPanel::default().frame(Frame::new().fill(color(colors.ground))).show(ui, |ui| {
        centre(ui, state, widgets, commands);
    });

    on_top(ui, state, widgets, notices, commands);
}

/// What is pointed at, in words; nothing while it is put away.
fn explanations(ui: &mut Ui, state: &State, bar: Frame, window: f32, commands: &mut Vec<Command>) -> Option<Response> {
    let layout = state.view.layouts;
    let mut open = state.view.explain;
    let width = if window < 1200.0 { 240.0 } else { 300.0 };
    let right =
        Panel::right(("explain", layout)).default_size(width).size_range(220.0..=(window * 0.4).clamp(220.0, 520.0));
    let explaining = right.frame(bar).show_collapsible(ui, &mut open, |ui| {
        Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| explain::show(ui, state, commands));
    });
    if open != state.view.explain {
        commands.push(Command::ToggleExplain);
    }
    explaining.map(|panel| panel.response)
}

/// Height in which both lanes of the networks are seen whole, with the space around them.
const LANES: f32 = 168.0;

/// The networks, or what they make of an image, above the figures, or what the person wants to see alone.
fn centre(ui: &mut Ui, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let room = ui.available_height();
    let margin = Frame::new().inner_margin(Margin::same(12));
    if state.run.is_none() && state.view.maximised.is_none() {
        let card = Frame::new().inner_margin(Margin { left: 12, right: 12, top: 12, bottom: 0 });
        Panel::top("welcome")
            .frame(card)
            .show_separator_line(false)
            .show(ui, |ui| welcome::show(ui, state, room, commands));
    }
    let networks = state.view.networks && state.view.maximised.is_none();
    if networks && state.motion().is_some() {
        // A step that is played has all the room, so that its words and numbers are read from afar.
        CentralPanel::default().frame(margin).show(ui, |ui| {
            network::show(ui, state, &mut widgets.network, commands);
        });
    } else if networks {
        let height = ui.available_height();
        // Before the first run the card above takes room, and what was given to the figures then says nothing about later.
        // Maps need more of the room than the drawing does.
        let maps = state.view.watched().is_some();
        let share = if maps { 0.42 } else { 0.55 };
        let figures = Panel::bottom(("figures", state.view.layouts, state.run.is_some(), maps))
            .resizable(true)
            .default_size((height * share).min(height - LANES).max(120.0));
        let figures = figures.size_range(120.0..=(height - 100.0).max(120.0));
        figures.frame(margin).show(ui, |ui| figures::show(ui, state, &mut widgets.figures, commands));
        CentralPanel::default().frame(margin).show(ui, |ui| {
            if maps {
                maps::show(ui, state, &mut widgets.maps, commands);
            } else {
                network::show(ui, state, &mut widgets.network, commands);
            }
        });
    } else {
        CentralPanel::default().frame(margin).show(ui, |ui| figures::show(ui, state, &mut widgets.figures, commands));
    }
}

/// Cards that wait for an answer, and notices that do not.
fn on_top(ui: &mut Ui, state: &State, widgets: &mut Widgets, notices_width: f32, commands: &mut Vec<Command>) {
    notices::show(ui.ctx(), state, notices_width, playback::HEIGHT + 20.0, commands);
    if state.view.keys {
        keys::show(ui, state, commands);
    }
    if state.view.about {
        about::show(ui, state, commands);
    }
    if let Some(question) = &state.view.path_field {
        path_field::show(ui, state, question, commands);
    }
    commands_palette::show(ui, state, &mut widgets.palette, commands);
}
