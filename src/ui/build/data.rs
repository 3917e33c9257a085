//! What the networks see.

use eframe::egui::style::WidgetVisuals;
use eframe::egui::{ComboBox, Rect, RichText, Ui};

use super::rows::Rows;
use crate::config::{Field, Path, Value};
use crate::data::Description;
use crate::state::{Ask, Command};
use crate::text::Text;
use crate::text::number::grouped;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::{self, Icon};
use crate::ui::parts::words;

/// Where the images come from: one of the sources inside the program, or a folder.
pub(super) fn source(ui: &mut Ui, rows: &mut Rows<'_>, field: &'static Field, path: &Path) {
    let value = rows.value(field);
    let source = value.as_text().unwrap_or_default();
    let text = rows.text;
    let inside = path.words.iter().copied().find(|inside| *inside == source);
    let named = |word: &str| text.say(&format!("option.{}.{word}", field.name));
    let label = rows.name(field);
    let width = (ui.available_width() * 0.56).floor();
    let mut ask = false;
    let chosen = rows.row(
        ui,
        field,
        width,
        |ui| {
            let shown = named(inside.unwrap_or("folder"));
            let mut chosen = None;
            let combo =
                ComboBox::from_id_salt(field.name).selected_text(shown).width(width - 4.0).truncate().icon(arrow);
            let response = combo.show_ui(ui, |ui| {
                for &option in path.words {
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
        rows.set(field, value);
    }
    if ask {
        rows.commands.push(Command::Ask(Ask::Images));
    }
    if inside.is_none() {
        folder(ui, rows, source);
    }
    describe(ui, rows);
    let look = rows.text.say("action.images");
    if ui.add(Press::words(look).with_icon(Icon::Search).quiet()).clicked() {
        rows.commands.push(Command::ToggleImages);
    }
}

/// The arrow of what opens a list, as elsewhere.
fn arrow(ui: &Ui, place: Rect, visuals: &WidgetVisuals, _open: bool) {
    icon::paint(ui.painter(), place.center(), 10.0, Icon::Down, visuals.text_color());
}

/// The folder at hand, and a way to another.
fn folder(ui: &mut Ui, rows: &mut Rows<'_>, source: &str) {
    ui.horizontal(|ui| {
        let choose = rows.text.say("ui.build.choose_folder");
        if ui.add(Press::icon(Icon::Folder, choose)).clicked() {
            rows.commands.push(Command::Ask(Ask::Images));
        }
        ui.add(eframe::egui::Label::new(RichText::new(source).small()).truncate()).on_hover_text(source);
    });
}

/// What the source has: images, their size, and classes.
fn describe(ui: &mut Ui, rows: &Rows<'_>) {
    match rows.state.draft.data() {
        Some(Ok(data)) => drop(words::quiet(ui, has(rows.text, data))),
        Some(Err(_)) => {} // the problem stands beside the setting
        None => {
            ui.horizontal(|ui| {
                ui.add(eframe::egui::Spinner::new().size(12.0));
                words::quiet(ui, rows.text.say("ui.images.looking_short"));
            });
        }
    }
}

/// How many images of which size and kind, and classes.
pub(in crate::ui) fn has(text: &Text, data: &Description) -> String {
    let shape = data.shape;
    let channels = match shape.channels {
        1 => text.say("ui.build.grey").to_owned(),
        3 => text.say("ui.build.colour").to_owned(),
        channels => text.fill("ui.build.channels", &[("channels", &channels)]),
    };
    text.fill(
        "ui.build.data_has",
        &[
            ("width", &shape.width),
            ("height", &shape.height),
            ("channels", &channels),
            ("classes", &data.class_names.len()),
            ("train", &amount(data.train_available)),
            ("validation", &amount(data.validation_available)),
        ],
    )
}

/// A number of images; sources that draw as many as are asked for have no end.
fn amount(images: usize) -> String {
    if images >= 1_000_000_000 { "∞".to_owned() } else { grouped(images as u64) }
}
