//! What the networks see.

use eframe::egui::{ComboBox, RichText, Ui};

use super::rows::Rows;
use crate::config::Value;
use crate::state::Command;
use crate::text::number::grouped;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::stepper::Step;
use crate::ui::parts::words;
use crate::ui::style::{color, palette};

const NAME: &str = "data.source";
/// The sources that are inside the program; anything else is a folder.
const INSIDE: [&str; 2] = ["fashion-mnist", "shapes"];

pub(super) fn show(ui: &mut Ui, rows: &mut Rows<'_>) {
    let source = match rows.value(NAME) {
        Value::Text(source) => source,
        Value::Integer(_) | Value::Number(_) | Value::Switch(_) | Value::Integers(_) | Value::Words(_) => String::new(),
    };
    let text = rows.text;
    let named = |source: &str| text.say(&format!("option.data.source.{source}"));
    let inside = INSIDE.into_iter().find(|inside| *inside == source);
    let label = rows.name(NAME);
    let width = (ui.available_width() * 0.56).floor();
    let mut ask = false;
    let chosen = rows.row(
        ui,
        NAME,
        width,
        |ui| {
            let shown = inside.map_or_else(|| named("folder"), named);
            let mut chosen = None;
            let combo = ComboBox::from_id_salt(NAME).selected_text(shown).width(width).truncate();
            let response = combo.show_ui(ui, |ui| {
                for option in INSIDE {
                    if ui.selectable_label(inside == Some(option), named(option)).clicked() {
                        chosen = Some(Value::Text(option.to_owned()));
                    }
                }
                ask = ui.selectable_label(inside.is_none(), text.say("ui.build.choose_folder")).clicked();
            });
            response.response.accessible_name(label);
            chosen
        },
        |_, _| None,
    );
    if let Some(value) = chosen {
        rows.set(NAME, value);
    }
    if ask {
        rows.commands.push(Command::AskData);
    }
    if inside.is_none() {
        folder(ui, rows, &source);
    }
    describe(ui, rows);
    rows.integer(ui, "data.train", Step::OneTwoFive, None);
    rows.integer(ui, "data.validation", Step::OneTwoFive, None);
}

/// The folder at hand, and a way to another.
fn folder(ui: &mut Ui, rows: &mut Rows<'_>, source: &str) {
    ui.horizontal(|ui| {
        let choose = rows.text.say("ui.build.choose_folder");
        if ui.add(Press::icon(Icon::Folder, choose)).clicked() {
            rows.commands.push(Command::AskData);
        }
        ui.add(eframe::egui::Label::new(RichText::new(source).small()).truncate()).on_hover_text(source);
    });
}

/// What the source has: images, their size, and classes.
fn describe(ui: &mut Ui, rows: &Rows<'_>) {
    let Ok(data) = rows.state.draft.data() else { return };
    let words_ = rows.text.fill(
        "ui.build.data_has",
        &[
            ("image", &data.shape),
            ("classes", &data.class_names.len()),
            ("train", &amount(data.train_available)),
            ("validation", &amount(data.validation_available)),
        ],
    );
    words::quiet(ui, words_);
    let _ = (color, palette);
}

/// A number of images; sources that draw as many as are asked for have no end.
fn amount(images: usize) -> String {
    if images >= 1_000_000_000 { "∞".to_owned() } else { grouped(images as u64) }
}
