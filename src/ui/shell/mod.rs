//! Where everything stands: a bar at the top, building at the left, explaining at the right (or asking, in the exercise), playing at the
//! bottom, and between them the drawing of the networks, which leads, above a figure. Cards lie on top.
//!
//! [`show`] draws the whole window from the [`State`] and tells what the person wants as [`Command`]s.

mod places;
mod split;
mod small;
mod present;

use eframe::egui::{Margin, Rect, Ui, UiBuilder, vec2};

pub use places::LEAST;
use places::{Aside, Front, Open, Places};
pub use present::{CAPITAL, SHARE, SMALLEST};

use super::style::{color, follow_theme, palette};
use super::{
    about, build, draw, exercise, explain, figures, images, kept, keys, maps, menu, network, notices,
    palette as commands_palette, path_field, playback, welcome,
};
use crate::chart::Figure;
use crate::state::{Command, Phase, State};
use crate::theme::Color;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;

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
    images: images::Widget,
    draw: draw::Widget,
    edge: present::Edge,
    kept: kept::Widgets,
}

/// The size of everything in a window that high in points: what a person chose, and before a class what is read from the last row.
pub fn zoom(state: &State, height: f32) -> f32 {
    if state.view.presenting { present::zoom(height) } else { state.settings.zoom }
}

/// Shows the whole window.
pub fn show(ui: &mut Ui, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    follow_theme(ui.ctx(), state.settings.theme);
    let window = ui.available_rect_before_wrap();
    let colors = palette(ui);
    ui.painter().rect_filled(window, 0.0, color(colors.panel));
    if state.view.blank {
        present::blank(ui, window, state, commands);
        return;
    }
    let open = open(state);
    if state.view.presenting {
        let places = Places::presented(window, open);
        fits(state, &places, commands);
        centre(ui, &places, state, widgets, commands);
        aside(ui, &places, open, state, widgets, commands);
        present::edge(ui, window, state, widgets, commands);
        notices::over(ui.ctx(), state, commands);
    } else if window.width() < LEAST.x || window.height() < LEAST.y {
        small::show(ui, window, state, commands);
    } else {
        // The runs of this sitting, once there are several, stand above the bar at the bottom.
        let runs = if kept::is_shown(state) { kept::HEIGHT } else { 0.0 };
        let mut places = Places::new(window.with_max_y(window.bottom() - runs), open);
        let row = places.bottom.with_max_y(places.bottom.top() + runs);
        places.bottom = places.bottom.translate(vec2(0.0, runs));
        fits(state, &places, commands);
        // In the order in which it is read: what begins the work, the work, what is said of it, and what steers it.
        let bar = colors.panel;
        let inner = Margin::symmetric(12, 4);
        part(ui, places.top, "top", (bar, inner), |ui| menu::show(ui, state, commands));
        if let Some(place) = places.build {
            part(ui, place, "build", (bar, Margin::ZERO), |ui| build::show(ui, state, &mut widgets.build, commands));
        }
        centre(ui, &places, state, widgets, commands);
        aside(ui, &places, open, state, widgets, commands);
        if runs > 0.0 {
            part(ui, row, "runs", (bar, Margin::symmetric(14, 4)), |ui| {
                kept::show(ui, state, &mut widgets.kept, commands);
            });
        }
        let inner = Margin::symmetric(14, 6);
        part(ui, places.bottom, "bottom", (bar, inner), |ui| {
            playback::show(ui, state, &mut widgets.playback, commands);
        });
        split::show(ui, window, &places, state, commands);
    }
    on_top(ui, state, widgets, commands);
    ui.advance_cursor_after_rect(window);
}

/// What is open.
fn open(state: &State) -> Open {
    let view = &state.view;
    let alone = view.maximised.and_then(Figure::named).is_some();
    let front = match (alone || !view.networks, state.motion()) {
        (true, _) => Front::Figures,
        (false, Some(_)) => Front::Alone,
        (false, None) => Front::Hero,
    };
    let explains = if view.presenting { view.explain } else { view.explains() };
    let aside = match (&state.exercise, explains) {
        (Some(_), _) => Some(Aside::Question),
        (None, true) => Some(Aside::Explanation),
        (None, false) => None,
    };
    Open {
        builds: view.builds(),
        aside,
        front,
        card: state.run.is_none(),
        folded: !view.figures,
        figures: state.seated().iter().any(|figure| !state.hides_figure(figure.id)),
        seats: state.settings.places,
        shares: state.settings.shares,
    }
}

/// Says what there is room for, when that changes.
fn fits(state: &State, places: &Places, commands: &mut Vec<Command>) {
    if state.view.room != places.room {
        commands.push(Command::Fits(places.room));
    }
}

/// A part of the window with its ground and the space inside its edges.
fn part(ui: &mut Ui, place: Rect, name: &str, (fill, margin): (Color, Margin), inside: impl FnOnce(&mut Ui)) {
    ui.painter().rect_filled(place, 0.0, color(fill));
    let mut child = ui.new_child(UiBuilder::new().max_rect(place - margin).id_salt(name));
    child.set_clip_rect(place.intersect(ui.clip_rect()));
    inside(&mut child);
}

/// The networks, or what they make of an image, above the figures, or what the person wants to see alone.
fn centre(ui: &mut Ui, places: &Places, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let Some(centre) = places.centre else { return };
    if state.view.presenting {
        // The smallest words in a chart are a tenth smaller than small letters.
        let small = eframe::egui::FontId::proportional(SMALLEST / 0.9);
        ui.style_mut().text_styles.insert(eframe::egui::TextStyle::Small, small);
    }
    let ground = (palette(ui).ground, Margin::ZERO);
    ui.painter().rect_filled(centre, 0.0, color(ground.0));
    if let Some(place) = places.hero {
        part(ui, place, "hero", ground, |ui| {
            if state.view.watched().is_some() {
                maps::show(ui, state, &mut widgets.maps, commands);
            } else {
                network::show(ui, state, &mut widgets.network, commands);
            }
        });
    }
    if let Some(place) = places.card {
        part(ui, place, "card", ground, |ui| welcome::show(ui, state, commands));
    }
    if let Some(place) = places.figures {
        part(ui, place, "figures", ground, |ui| {
            figures::show(ui, state, &mut widgets.figures, places.more, commands);
        });
    }
    if let Some(place) = places.folded {
        part(ui, place, "folded", ground, |ui| {
            let Some(figure) = state.seated().into_iter().next() else { return };
            let title = state.text().say(&format!("figure.{}.title", figure.id));
            let tip = state.text().say("figures.unfold");
            if ui.add(Press::words(title).with_icon(Icon::Right).quiet().tip(tip)).clicked() {
                commands.push(Command::ToggleFigures);
            }
        });
    }
}

/// What is asked, or what is explained.
fn aside(ui: &mut Ui, places: &Places, open: Open, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let (Some(place), Some(aside)) = (places.aside, open.aside) else { return };
    let panel = palette(ui).panel;
    match (aside, &state.exercise) {
        (Aside::Question, Some(asked)) => {
            let inner = Margin { left: 16, right: 16, top: 8, bottom: 10 };
            part(ui, place, "exercise", (panel, inner), |ui| {
                exercise::show(ui, state, asked, &mut widgets.exercise, commands);
            });
        }
        (Aside::Explanation, _) | (Aside::Question, None) => {
            let inner = Margin { left: 16, right: 16, top: 10, bottom: 8 };
            part(ui, place, "explain", (panel, inner), |ui| explain::show(ui, state, commands));
        }
    }
}

/// Cards that wait for an answer.
fn on_top(ui: &mut Ui, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    if state.view.keys {
        keys::show(ui, state, commands);
    }
    if state.view.drawing {
        draw::show(ui, state, &mut widgets.draw, commands);
    }
    if state.view.images {
        images::show(ui, state, &mut widgets.images, commands);
    }
    if state.run.as_ref().is_some_and(|run| run.phase == Phase::Loading) {
        ui.ctx().request_repaint_after(images::LOOK); // what is read is counted without further news
    }
    if state.view.about {
        about::show(ui, state, commands);
    }
    if let Some(question) = &state.view.path_field {
        path_field::show(ui, state, question, commands);
    }
    commands_palette::show(ui, state, &mut widgets.palette, commands);
}
