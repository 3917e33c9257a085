//! The bar at the top: what the program is called, its menus, and how it looks.

mod items;

use eframe::egui::{Align, Layout, MenuBar, Popup, RichText, Sense, Stroke, Ui, pos2, vec2};

use self::items::{item, separator};
use crate::arch::PRESETS;
use crate::chart::FIGURES;
use crate::state::{Command, State, ThemeChoice};
use crate::text::Language;
use crate::ui::notices;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::key;
use crate::ui::style::{bold_font, color, list_style, palette};

/// Shows the bar's inside.
pub(super) fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    MenuBar::new().style(flat).ui(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = ui.available_width();
        let narrow = width < 1180.0;
        name(ui, narrow);
        if width < 720.0 {
            ui.spacing_mut().button_padding.x = 5.0;
            ui.spacing_mut().item_spacing.x = 0.0;
        }
        ui.add_space(if narrow { 0.0 } else { 12.0 });
        menu(ui, text.say("ui.menu.file"), |ui| {
            item(ui, state, "open", commands);
            item(ui, state, "open-run", commands);
            item(ui, state, "save", commands);
            item(ui, state, "copy-line", commands);
            separator(ui);
            item(ui, state, "data", commands);
            item(ui, state, "images", commands);
            item(ui, state, "draw", commands);
            separator(ui);
            item(ui, state, "export", commands);
            item(ui, state, "export-networks", commands);
            item(ui, state, "export-all", commands);
            item(ui, state, "screenshot", commands);
            separator(ui);
            for id in ["copy-networks", "copy-csv", "copy-markdown", "copy-latex"] {
                item(ui, state, id, commands);
            }
            separator(ui);
            item(ui, state, "quit", commands);
        });
        menu(ui, text.say("ui.menu.presets"), |ui| presets(ui, state, commands));
        menu(ui, text.say("ui.menu.runs"), |ui| runs(ui, state, commands));
        menu(ui, text.say("ui.menu.view"), |ui| {
            for id in [
                "toggle-build",
                "toggle-networks",
                "toggle-maps",
                "toggle-figures",
                "toggle-explain",
                "toggle-runs",
                "reset-layout",
            ] {
                item(ui, state, id, commands);
            }
            separator(ui);
            item(ui, state, "presentation", commands);
            item(ui, state, "language", commands);
            item(ui, state, "theme", commands);
            separator(ui);
            ui.menu_button(text.say("ui.menu.figures"), |ui| {
                for figure in FIGURES {
                    if ui.button(text.say(&format!("figure.{}.title", figure.id))).clicked() {
                        commands.push(Command::ShowFigure(figure.id));
                    }
                }
            });
            for id in ["add-figure", "maximise", "table", "copy-picture", "copy-values"] {
                item(ui, state, id, commands);
            }
            separator(ui);
            for id in ["zoom-in", "zoom-out", "zoom-reset"] {
                item(ui, state, id, commands);
            }
        });
        menu(ui, text.say("ui.menu.learn"), |ui| {
            for id in ["run", "one-step", "play-step", "slow-motion", "restart", "new-seed"] {
                item(ui, state, id, commands);
            }
            separator(ui);
            for id in ["first", "back", "forward", "latest"] {
                item(ui, state, id, commands);
            }
            separator(ui);
            for id in ["exercise", "next-question", "reveal-answer", "reset-score", "teams"] {
                item(ui, state, id, commands);
            }
        });
        menu(ui, text.say("ui.menu.help"), |ui| {
            item(ui, state, "keys", commands);
            item(ui, state, "palette", commands);
            separator(ui);
            item(ui, state, "about", commands);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = if width < 720.0 { 0.0 } else { 4.0 };
            presentation(ui, state, commands);
            panels(ui, state, commands);
            theme(ui, state, commands);
            language(ui, state, commands);
            ui.add_space(4.0);
            find(ui, state, narrow, commands);
            ui.add_space(4.0);
            let room = ui.available_rect_before_wrap();
            notices::show(ui, state, room, commands);
        });
    });
}

/// Menus have no ground until they are pointed at or open.
fn flat(style: &mut eframe::egui::Style) {
    style.visuals.widgets.inactive.weak_bg_fill = eframe::egui::Color32::TRANSPARENT;
    style.visuals.widgets.hovered.bg_stroke = Stroke::NONE;
    style.visuals.widgets.open.bg_stroke = Stroke::NONE;
}

/// The program's name and its sign: lines that join.
fn name(ui: &mut Ui, narrow: bool) {
    let colors = palette(ui);
    let (place, _) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::hover());
    let painter = ui.painter();
    let (dense, residual) = (
        color(colors.network(crate::arch::NetworkKind::Dense)),
        color(colors.network(crate::arch::NetworkKind::Residual)),
    );
    let at = |x: f32, y: f32| pos2(place.left() + x * 26.0, place.top() + y * 26.0);
    for (from, to) in [(0.12, 0.5), (0.12, 0.88), (0.5, 0.88)] {
        let middle = at(f32::midpoint(from, to), 0.5 - (to - from) * 0.8);
        let curve = eframe::egui::epaint::QuadraticBezierShape::from_points_stroke(
            [at(from, 0.62), middle, at(to, 0.62)],
            false,
            eframe::egui::Color32::TRANSPARENT,
            Stroke::new(2.0, dense),
        );
        painter.add(curve);
    }
    for (x, shade) in [(0.12, dense), (0.5, residual), (0.88, dense)] {
        painter.circle_filled(at(x, 0.62), 3.4, shade);
    }
    if !narrow {
        ui.label(RichText::new("densescope").font(bold_font(17.0)));
    }
}

fn menu(ui: &mut Ui, title: &str, inside: impl FnOnce(&mut Ui)) {
    ui.menu_button(title, |ui| {
        list_style(ui);
        ui.set_min_width(230.0);
        inside(ui);
    });
}

fn runs(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    for id in ["go-on", "undo", "pin"] {
        item(ui, state, id, commands);
    }
    separator(ui);
    for id in ["train-seeds-3", "train-seeds-5", "train-seeds-10"] {
        item(ui, state, id, commands);
    }
}

fn presets(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    ui.set_max_width(460.0);
    let room = ui.ctx().content_rect().height() - 80.0;
    eframe::egui::ScrollArea::vertical().max_height(room.max(60.0)).min_scrolled_height(room.max(60.0)).show(
        ui,
        |ui| {
            for preset in PRESETS {
                let about = text.say(&format!("preset.{}", preset.name));
                let response = items::two_lines(ui, preset.name, about, 440.0);
                if response.clicked() {
                    commands.push(Command::Preset(preset.name));
                    ui.close();
                }
            }
        },
    );
}

/// The way to every command.
fn find(ui: &mut Ui, state: &State, narrow: bool, commands: &mut Vec<Command>) {
    let text = state.text();
    let key = key::words("Ctrl+K", text, ui.ctx().os());
    let name = text.say("action.palette");
    let button = Press::icon(Icon::Search, name).key(&key);
    let button = if narrow { button } else { button.says(name).shows_key() };
    if ui.add(button).clicked() {
        commands.push(Command::TogglePalette);
    }
}

fn language(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    let button = Press::words(text.say("ui.menu.language")).says(state.settings.language.own_name()).quiet().opens();
    let response = ui.add(button);
    Popup::menu(&response).id(response.id.with("list")).show(|ui| {
        list_style(ui);
        for language in Language::ALL {
            if ui.selectable_label(language == state.settings.language, language.own_name()).clicked() {
                commands.push(Command::SetLanguage(language));
            }
        }
    });
}

fn theme(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    let look = |choice| match choice {
        ThemeChoice::System => (Icon::Half, "ui.theme.system"),
        ThemeChoice::Light => (Icon::Sun, "ui.theme.light"),
        ThemeChoice::Dark => (Icon::Moon, "ui.theme.dark"),
    };
    let (icon, key) = look(state.settings.theme);
    let response = ui.add(Press::icon(icon, text.say("ui.theme.title")).quiet().tip(text.say(key)));
    Popup::menu(&response).id(response.id.with("list")).show(|ui| {
        list_style(ui);
        for choice in ThemeChoice::ALL {
            if ui.selectable_label(choice == state.settings.theme, text.say(look(choice).1)).clicked() {
                commands.push(Command::SetTheme(choice));
            }
        }
    });
}

/// The way to what a class can read.
fn presentation(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let action = items::action("presentation");
    let words = action.words(state.text());
    let key = key::words("F11", state.text(), ui.ctx().os());
    if ui.add(Press::icon(Icon::Screen, &words).quiet().key(&key)).clicked() {
        commands.push((action.command)(state));
    }
}

/// The switches of the panels at both sides.
fn panels(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let sides = [
        (Icon::PanelRight, "toggle-explain", state.view.explains()),
        (Icon::PanelLeft, "toggle-build", state.view.builds()),
    ];
    for (icon, id, open) in sides {
        let action = items::action(id);
        let words = action.words(state.text());
        let key = action.key.map(|key| key::words(key, state.text(), ui.ctx().os()));
        let mut button = Press::icon(icon, &words).quiet().selected(open);
        if let Some(key) = &key {
            button = button.key(key);
        }
        if ui.add(button).clicked() {
            commands.push((action.command)(state));
        }
    }
}
