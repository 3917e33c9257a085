//! The row above the drawing: what connections show, what tints mean, and how far it is zoomed in.

use eframe::egui::{Align, Align2, Layout as Direction, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::words::measure_key;
use crate::drawing::ID;
use crate::drawing::alive::{Alive, LogScale};
use crate::drawing::paint::lit;
use crate::state::{Ask, Command, State, Wires};
use crate::text::number::significant;
use crate::theme::heat;
use crate::ui::parts::Icon;
use crate::ui::parts::button::Press;
use crate::ui::parts::segmented::segmented;
use crate::ui::style::{color, font, palette};

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    /// Closer.
    In,
    /// Farther.
    Out,
    /// All of it.
    Fit,
}

/// Height of the row.
pub(super) const HEIGHT: f32 = 28.0;

/// Shows the row in that place.
pub(super) fn show(
    ui: &mut Ui,
    place: Rect,
    state: &State,
    alive: &Alive,
    zoomed: bool,
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
    if place.width() > 980.0 {
        ui.label(
            eframe::egui::RichText::new(text.say("network_view.wires.name"))
                .font(font(12.0))
                .color(color(palette(ui).quiet)),
        );
    }
    let width = (place.width() * 0.42).clamp(200.0, 340.0);
    let (_, choice) = segmented(ui, text.say("network_view.wires.name"), &names, chosen, width);
    if let Some(wires) = choice.and_then(|choice| Wires::ALL.get(choice)) {
        commands.push(Command::SetWires(*wires));
    }
    ui.with_layout(Direction::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        if ui.add(Press::icon(Icon::Plus, text.say("network_view.zoom_in")).quiet().key("+")).clicked() {
            pressed = Some(Pressed::In);
        }
        let fit = Press::words(text.say("network_view.fit")).quiet().key("0").tip(text.say("network_view.fit_about"));
        if ui.add(fit).clicked() {
            pressed = Some(Pressed::Fit);
        }
        if ui
            .add_enabled(zoomed, Press::icon(Icon::Minus, text.say("network_view.zoom_out")).quiet().key("-"))
            .clicked()
        {
            pressed = Some(Pressed::Out);
        }
        // In a narrow place the menu and the palette save it.
        let save = Press::words(text.say("figure.network.save")).quiet().tip(text.say("figure.network.save_about"));
        if place.width() > 620.0 && ui.add(save).clicked() {
            commands.push(Command::Ask(Ask::SaveFigure(Some(ID))));
        }
        ui.add_space(8.0);
        legends(ui, state, alive);
    });
    pressed
}

/// From the right: the scale of tints, and that of connections where there is room; before training, what colours mean.
fn legends(ui: &mut Ui, state: &State, alive: &Alive) {
    let text = state.text();
    if state.view.wires == Wires::Unrolled {
        let words = text.say("network_view.wires.unrolled_about");
        let ink = color(palette(ui).quiet);
        let label = eframe::egui::Label::new(eframe::egui::RichText::new(words).font(font(12.0)).color(ink));
        ui.add(label.truncate()).on_hover_text(words);
        return;
    }
    let Some(rows) = alive.rows else {
        let words = text.say("network_view.colors");
        let galley = ui.painter().layout_no_wrap(words.to_owned(), font(12.0), color(palette(ui).quiet));
        if galley.size().x <= ui.available_width() - 8.0 {
            let (place, _) = ui.allocate_exact_size(vec2(galley.size().x, HEIGHT), Sense::hover());
            ui.painter().galley(
                place.left_center() - vec2(0.0, galley.size().y / 2.0),
                galley,
                color(palette(ui).quiet),
            );
        }
        return;
    };
    let measure = text.say(measure_key(state.view.options.gradient));
    let label = text.fill("network_view.heat", &[("measure", &measure)]);
    scale(ui, &label, rows, text.say("network_view.heat_about"), |painter, bar, kind| {
        for piece in 0..32_u8 {
            let share = f32::from(piece) / 32.0;
            let left = bar.left() + bar.width() * share;
            let cell = Rect::from_min_max(pos2(left, bar.top()), pos2(left + bar.width() / 32.0 + 0.5, bar.bottom()));
            painter.rect_filled(cell, 0.0, color(heat(kind, f64::from(share))));
        }
    });
    if let Some(wires) = alive.wire_scale(state.view.wires) {
        let label = match state.view.wires {
            Wires::Gradient => text.say("network_view.wires.gradient_scale"),
            Wires::Reuse | Wires::Wiring | Wires::Unrolled => text.say("network_view.wires.reuse_scale"),
        };
        ui.add_space(14.0);
        scale(ui, label, wires, text.say("network_view.wires.about"), |painter, bar, kind| {
            let ink = crate::theme::Palette::of(kind).quiet;
            for piece in 0..24_u8 {
                let share = f32::from(piece) / 23.0;
                let look = lit(Some(share));
                let left = bar.left() + bar.width() * f32::from(piece) / 24.0;
                let cell = Rect::from_center_size(
                    pos2(left + bar.width() / 48.0, bar.center().y),
                    vec2(bar.width() / 24.0 + 0.5, look.width * 1.3),
                );
                painter.rect_filled(cell, 0.0, color(ink.with_opacity(look.opacity)));
            }
        });
    }
}

/// A scale with its label and both ends, if there is room for it.
fn scale(
    ui: &mut Ui,
    label: &str,
    scale: LogScale,
    about: &str,
    paint: impl Fn(&eframe::egui::Painter, Rect, crate::theme::ThemeKind),
) {
    const BAR: f32 = 56.0;
    let colors = palette(ui);
    let words = |words: String| ui.painter().layout_no_wrap(words, font(11.0), color(colors.quiet));
    let (low, high) = (words(significant(scale.low, 2)), words(significant(scale.high, 2)));
    let label = words(label.to_owned());
    let bare = low.size().x + high.size().x + BAR + 8.0;
    let full = bare + label.size().x + 8.0;
    let room = ui.available_width() - 6.0;
    let (width, labelled) = if full <= room { (full, true) } else { (bare, false) };
    if width > room {
        return;
    }
    let said = format!("{}: {} – {}", label.text(), low.text(), high.text());
    let (place, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Label, true, &said));
    let painter = ui.painter();
    let mut x = place.left();
    let mut put = |galley: std::sync::Arc<eframe::egui::Galley>| {
        let size = galley.size();
        painter.galley(pos2(x, place.center().y - size.y / 2.0), galley, color(colors.quiet));
        x += size.x + 4.0;
        x
    };
    if labelled {
        put(label);
    }
    let left = put(low) + if labelled { 4.0 } else { 0.0 };
    let left = left.min(place.right() - BAR - 4.0 - high.size().x);
    let bar = Rect::from_min_size(pos2(left, place.center().y - 4.0), vec2(BAR, 8.0));
    paint(painter, bar, colors.kind);
    painter.text(
        pos2(bar.right() + 4.0, place.center().y),
        Align2::LEFT_CENTER,
        high.text(),
        font(11.0),
        color(colors.quiet),
    );
    response.on_hover_text(format!("{said}\n{about}"));
}
