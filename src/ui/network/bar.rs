//! The row above the drawing: what stands in the centre, what connections show, how far it is zoomed in, and where one is.

use eframe::egui::{
    Align, CursorIcon, Layout as Direction, Popup, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, vec2,
};

use crate::drawing::ID;
use crate::drawing::layout::Layout;
use crate::state::{Ask, Command, State, Wires};
use crate::ui::parts::Icon;
use crate::ui::parts::button::Press;
use crate::ui::parts::segmented::segmented;
use crate::ui::style::{color, list_style, palette};

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Pressed {
    /// Closer.
    In,
    /// Farther.
    Out,
    /// All of it.
    Fit,
    /// The place of the small map, as shares of the drawing, that is to be in the middle.
    To(Vec2),
}

/// What is seen of the drawing, as shares of it; nothing while all is seen.
pub(super) struct Seen<'a> {
    pub(super) layout: &'a Layout,
    pub(super) part: Rect,
}

/// Height of the row.
pub(super) const HEIGHT: f32 = 28.0;
/// What the choices of connections need side by side.
const SIDE_BY_SIDE: f32 = 248.0;
/// Width of the small map.
const MAP: f32 = 132.0;

/// Shows the row in that place.
pub(super) fn show(
    ui: &mut Ui,
    place: Rect,
    state: &State,
    seen: Option<&Seen<'_>>,
    commands: &mut Vec<Command>,
) -> Option<Pressed> {
    let text = state.text();
    let mut pressed = None;
    let mut ui = ui.new_child(UiBuilder::new().max_rect(place).layout(Direction::left_to_right(Align::Center)));
    let ui = &mut ui;
    crate::ui::maps::switch::show(ui, state, place.width(), commands);
    let names = [
        text.say("network_view.wires.gradient"),
        text.say("network_view.wires.reuse"),
        text.say("network_view.wires.wiring"),
        text.say("network_view.wires.unrolled"),
    ];
    let chosen = Wires::ALL.iter().position(|wires| *wires == state.view.wires);
    let name = text.say("network_view.wires.name");
    let choice = if ui.available_width() < SIDE_BY_SIDE {
        listed(ui, name, &names, chosen)
    } else {
        let width = (place.width() * 0.36).clamp(SIDE_BY_SIDE, 340.0).min(ui.available_width());
        segmented(ui, name, &names, chosen, width).1
    };
    if let Some(wires) = choice.and_then(|choice| Wires::ALL.get(choice)) {
        commands.push(Command::SetWires(*wires));
    }
    // In a narrow place the key and the palette do it.
    if ui.available_width() > 190.0 {
        let active = state.view.cutting.active;
        let cut =
            Press::words(text.say("cuts.mode")).quiet().selected(active).key("X").tip(text.say("cuts.mode_about"));
        if ui.add(cut).clicked() {
            commands.push(Command::ToggleCutting);
        }
    }
    ui.with_layout(Direction::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        // Wheel and keys do the same where there is no room for buttons.
        if ui.available_width() < 108.0 {
            return;
        }
        if ui.add(Press::icon(Icon::Plus, text.say("network_view.zoom_in")).quiet().key("+")).clicked() {
            pressed = Some(Pressed::In);
        }
        let fit = Press::words(text.say("network_view.fit")).quiet().key("0").tip(text.say("network_view.fit_about"));
        if ui.add(fit).clicked() {
            pressed = Some(Pressed::Fit);
        }
        let out = Press::icon(Icon::Minus, text.say("network_view.zoom_out")).quiet().key("-");
        if ui.add_enabled(seen.is_some(), out).clicked() {
            pressed = Some(Pressed::Out);
        }
        if let Some(seen) = seen.filter(|_| ui.available_width() > MAP + 8.0) {
            ui.add_space(6.0);
            pressed = map(ui, seen).map(Pressed::To).or(pressed);
        } else if ui.available_width() > 120.0 {
            let save = Press::words(text.say("figure.network.save")).quiet().tip(text.say("figure.network.save_about"));
            if ui.add(save).clicked() {
                commands.push(Command::Ask(Ask::SaveFigure(Some(ID))));
            }
        }
    });
    pressed
}

/// The choices as a list, where they find no room side by side.
fn listed(ui: &mut Ui, name: &str, choices: &[&str], chosen: Option<usize>) -> Option<usize> {
    let now = chosen.and_then(|chosen| choices.get(chosen)).copied().unwrap_or_default();
    let said = format!("{name}: {now}");
    let response = ui.add(Press::words(&said).says(now).opens());
    let mut pressed = None;
    Popup::menu(&response).id(response.id.with("wires")).show(|ui| {
        list_style(ui);
        for (index, choice) in choices.iter().enumerate() {
            if ui.selectable_label(chosen == Some(index), *choice).clicked() {
                pressed = Some(index);
            }
        }
    });
    pressed
}

/// A small map of the drawing with a frame around what is seen; a press or a drag moves there.
fn map(ui: &mut Ui, seen: &Seen<'_>) -> Option<Vec2> {
    let (place, response) = ui.allocate_exact_size(vec2(MAP, HEIGHT - 4.0), Sense::CLICK | Sense::DRAG);
    let colors = palette(ui);
    let painter = ui.painter();
    painter.rect_filled(place, 3.0, color(colors.panel));
    let all = Rect::from_min_size(eframe::egui::Pos2::ZERO, seen.layout.size);
    let on_map = |rect: Rect| {
        let share = |at: eframe::egui::Pos2| (at - all.min) / all.size();
        let to = |at: eframe::egui::Pos2| place.min + share(at) * place.size();
        Rect::from_two_pos(to(rect.min), to(rect.max))
    };
    for card in &seen.layout.cards {
        painter.rect_filled(on_map(card.rect).shrink(0.5), 2.0, color(colors.control));
    }
    for lane in &seen.layout.lanes {
        let ink = color(colors.network(lane.kind));
        for stack in &lane.stacks {
            painter.rect_filled(on_map(stack.rect).expand(0.5), 0.0, ink);
        }
    }
    let part = Rect::from_min_max(
        place.min + seen.part.min.to_vec2() * place.size(),
        place.min + seen.part.max.to_vec2() * place.size(),
    );
    painter.rect_stroke(part, 2.0, Stroke::new(2.0, color(colors.accent)), StrokeKind::Inside);
    let to = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged());
    response.on_hover_cursor(CursorIcon::Move);
    to.map(|to| (to - place.min) / place.size())
}
