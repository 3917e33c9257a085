//! Before a class: letters that are read from the last row, nothing beside what is shown, and one thin line that comes when the pointer is
//! at the lower edge.

use eframe::egui::{Align, Color32, CursorIcon, Frame, Id, Layout, Order, Popup, Rect, Sense, Ui, pos2, vec2};

use super::Widgets;
use crate::chart::FIGURES;
use crate::state::{Command, State};
use crate::text::number::grouped;
use crate::theme::Color;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::key;
use crate::ui::style::{color, font, list_style, palette};

/// The smallest letters of the window, in points.
pub const SMALLEST: f32 = 12.0;
/// How high a digit or capital of the fonts inside the program is, as a share of the size of the letters.
pub const CAPITAL: f32 = 0.733;
/// What the smallest letters take of the window's height: a reader six times as far away as the picture is high can read them (AVIXA DISCAS).
pub const SHARE: f32 = 0.03;

/// Height of the line.
const LINE: f32 = 44.0;
/// As near as this to the lower edge, in points, the pointer brings the line.
const NEAR: f32 = 14.0;

/// Whether the line is there.
#[derive(Default)]
pub(super) struct Edge {
    shown: bool,
}

/// The size of everything in a window that high, in points of the system.
pub(super) fn zoom(height: f32) -> f32 {
    (height * SHARE / (SMALLEST * CAPITAL)).max(0.2)
}

/// A dark screen, which a press lights again.
pub(super) fn blank(ui: &mut Ui, window: Rect, state: &State, commands: &mut Vec<Command>) {
    ui.painter().rect_filled(window, 0.0, Color32::BLACK);
    let response = ui.interact(window, ui.scope_id().with("blank"), Sense::CLICK);
    let words = state.text().say("action.blank");
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Button, true, words));
    if response.on_hover_cursor(CursorIcon::None).clicked() {
        commands.push(Command::ToggleBlank);
    }
}

/// The line at the lower edge, and the large pointer.
pub(super) fn edge(ui: &mut Ui, window: Rect, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let pointer = ui.input(|input| input.pointer.hover_pos());
    let reach = if widgets.edge.shown { LINE + 6.0 } else { NEAR };
    let at_the_edge = pointer.is_some_and(|pointer| pointer.y >= window.bottom() - reach);
    widgets.edge.shown = at_the_edge || widgets.edge.shown && Popup::is_any_open(ui.ctx());
    if widgets.edge.shown {
        let place = Rect::from_min_max(pos2(window.left(), window.bottom() - LINE), window.max);
        let area = eframe::egui::Area::new(Id::unique("presentation line")).order(Order::Middle).fixed_pos(place.min);
        area.show(ui.ctx(), |ui| {
            Frame::new().fill(color(palette(ui).panel)).inner_margin(8).show(ui, |ui| {
                ui.set_width(place.width() - 16.0);
                ui.set_height(LINE - 16.0);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| line(ui, state, commands));
            });
        });
    }
    if state.view.pointer
        && let Some(pointer) = pointer
    {
        large_pointer(ui, pointer, palette(ui).accent);
    }
}

/// What steers a class: the run, what is shown, and the way back.
fn line(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    ui.spacing_mut().item_spacing.x = 4.0;
    let running = state.run.as_ref().is_some_and(crate::state::Run::is_running);
    let run = if running { Icon::Pause } else { Icon::Play };
    let press = |ui: &mut Ui, icon, id: &str, on: Option<bool>, commands: &mut Vec<Command>| {
        let action = crate::ui::playback::action(id);
        let words = action.words(text);
        let key = action.key.map(|key| key::words(key, text, ui.ctx().os()));
        let mut button = Press::icon(icon, &words);
        if let Some(key) = &key {
            button = button.key(key);
        }
        if let Some(on) = on {
            button = button.selected(on);
        }
        if ui.add_enabled((action.enabled)(state), button).clicked() {
            commands.push((action.command)(state));
        }
    };
    press(ui, run, "run", None, commands);
    press(ui, Icon::Step, "one-step", None, commands);
    press(ui, Icon::Motion, "play-step", None, commands);
    if let Some(run) = &state.run {
        let words = text.fill("ui.present.step", &[("step", &grouped(run.shown_step() as u64))]);
        ui.label(eframe::egui::RichText::new(words).font(font(SMALLEST)));
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        press(ui, Icon::Restore, "presentation", None, commands);
        press(ui, Icon::Moon, "blank", None, commands);
        press(ui, Icon::Pointer, "pointer", Some(state.view.pointer), commands);
        press(ui, Icon::Question, "exercise", Some(state.exercise.is_some()), commands);
        shown(ui, state, commands);
    });
}

/// What fills the room.
fn shown(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    let title = |id: &str| text.say(&format!("figure.{id}.title"));
    let maps = state.view.watched().is_some();
    let (drawing, of_maps) = (text.say("maps.drawing"), text.say("maps.maps"));
    let now = match state.view.maximised {
        Some(id) => title(id),
        None if maps => of_maps,
        None => drawing,
    };
    let room = ui.available_width() - 30.0;
    let galley = crate::ui::parts::segmented::fit(ui, now, font(14.0), room, color(palette(ui).ink));
    let button = Press::words(text.say("ui.present.shows")).says(galley.text()).quiet().opens();
    let response = ui.add(button);
    Popup::menu(&response).id(response.id.with("shows")).show(|ui| {
        list_style(ui);
        let most = (ui.ctx().content_rect().height() - 70.0).max(60.0);
        eframe::egui::ScrollArea::vertical().max_height(most).show(ui, |ui| {
            for (words, on, wants_maps) in [(drawing, !maps, false), (of_maps, maps, true)] {
                let on = on && state.view.maximised.is_none();
                if ui.selectable_label(on, words).clicked() {
                    commands.push(Command::Maximise(None));
                    if wants_maps != maps {
                        commands.push(Command::ToggleMaps);
                    }
                }
            }
            ui.separator();
            for figure in FIGURES {
                let on = state.view.maximised == Some(figure.id);
                if ui.selectable_label(on, title(figure.id)).clicked() {
                    commands.push(Command::Maximise(Some(figure.id)));
                }
            }
        });
    });
}

/// A ring that is seen from the last row, around where the pointer is.
fn large_pointer(ui: &Ui, place: eframe::egui::Pos2, shade: Color) {
    let layer = eframe::egui::LayerId::new(Order::Tooltip, Id::unique("large pointer"));
    let painter = ui.ctx().layer_painter(layer);
    painter.circle_filled(place, 13.0, color(shade.with_opacity(0.28)));
    painter.circle_stroke(place, 13.0, eframe::egui::Stroke::new(2.0, color(shade)));
    let tip = [place, place + vec2(0.0, 13.0), place + vec2(9.0, 9.0)];
    painter.add(eframe::egui::Shape::convex_polygon(tip.to_vec(), color(shade), eframe::egui::Stroke::NONE));
}
