//! What was found in the source of images: classes, counts, a few images of each, what was left out and why. Before anything trains.

use std::time::Duration;

use eframe::egui::{
    Align, ColorImage, Image, Label, Layout, ProgressBar, RichText, ScrollArea, TextureHandle, TextureOptions, Ui, vec2,
};

use crate::config::{Value, fields};
use crate::data::{DataError, Description, ImageShape, Samples};
use crate::state::{Ask, Command, State};
use crate::text::number::grouped;
use crate::text::{Localized as _, Text};
use crate::ui::parts::button::Press;
use crate::ui::parts::dialog;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::words;
use crate::ui::style::{bold_font, color, palette};

/// The side of a small picture.
const SIDE: f32 = 40.0;
/// Height of a class's row.
const ROW: f32 = 46.0;
/// Width of a class's name and counts.
const NAME: f32 = 190.0;
/// Files that are listed of those that were left out.
const LISTED: usize = 200;
/// Between two looks at how far it is.
pub(super) const LOOK: Duration = Duration::from_millis(120);

/// What the card keeps from frame to frame: the pictures it has drawn.
#[derive(Default)]
pub(super) struct Widget {
    /// Of which samples they are, by their place in memory.
    of: usize,
    drawn: std::collections::BTreeMap<(usize, usize), TextureHandle>,
}

/// Shows the card.
pub(super) fn show(ui: &mut Ui, state: &State, widget: &mut Widget, commands: &mut Vec<Command>) {
    let text = state.text();
    let closed = dialog::show(ui, "images", text.say("ui.images.title"), text.say("ui.close"), 640.0, |ui| {
        source(ui, state, commands);
        ui.add_space(6.0);
        if let Some((read, of)) = state.looking() {
            let share = if of == 0 { 0.0 } else { read as f32 / of as f32 };
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("read", &grouped(read as u64)), ("of", &grouped(of as u64))];
            ui.add(ProgressBar::new(share).desired_height(8.0));
            words::quiet(ui, text.fill("ui.images.looking", &values));
            ui.ctx().request_repaint_after(LOOK);
            return;
        }
        match state.draft.data() {
            None => {}
            Some(Err(error)) => wrong(ui, text, error, commands),
            Some(Ok(description)) => {
                let samples = state.found().map(|found| &found.samples);
                let room = (ui.ctx().content_rect().height() - 300.0).max(120.0);
                told(ui, text, description);
                ui.add_space(4.0);
                classes(ui, text, description, samples, room, widget);
                left_out(ui, text, description);
            }
        }
    });
    if closed {
        commands.push(Command::ToggleImages);
    }
}

/// Where the images come from, and ways to others.
fn source(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    ui.horizontal(|ui| {
        let choose = text.say("ui.build.choose_folder");
        if ui.add(Press::words(choose).with_icon(Icon::Folder)).clicked() {
            commands.push(Command::Ask(Ask::Images));
        }
        let path = state.draft.config().data.source.to_string();
        ui.add(Label::new(RichText::new(&path).small()).truncate()).on_hover_text(path);
    });
    words::quiet(ui, text.say("ui.images.drop"));
}

/// Why there are none; several data sets are offered to choose from.
fn wrong(ui: &mut Ui, text: &Text, error: &DataError, commands: &mut Vec<Command>) {
    let ink = color(palette(ui).error);
    ui.add(Label::new(RichText::new(error.in_words(text)).color(ink)).wrap());
    if let DataError::Ambiguous { path: _, found } = error {
        for name in &found.names {
            if ui.add(Press::words(name)).clicked() {
                commands.push(Command::Set(&fields::SOURCE, Value::Text(name.clone())));
            }
        }
    }
}

/// What there is, in a line, and what is to be known of it.
fn told(ui: &mut Ui, text: &Text, description: &Description) {
    let form = description.form.in_words(text);
    ui.label(RichText::new(text.fill("ui.images.form", &[("form", &form)])).font(bold_font(14.0)));
    words::quiet(ui, super::build::data::has(text, description));
    for note in &description.notes {
        let ink = if note.is_warning() { palette(ui).warning } else { palette(ui).quiet };
        ui.add(Label::new(RichText::new(note.in_words(text)).small().color(color(ink))).wrap());
    }
}

/// A row for each class: its name, how many there are, and a few of them.
fn classes(
    ui: &mut Ui,
    text: &Text,
    description: &Description,
    samples: Option<&Samples>,
    room: f32,
    widget: &mut Widget,
) {
    if let Some(samples) = samples {
        widget.belong_to(samples);
    }
    let count = description.class_names.len();
    ScrollArea::vertical().max_height(room.min(ROW * count as f32 + 8.0)).auto_shrink([false, true]).show_rows(
        ui,
        ROW,
        count,
        |ui, seen| {
            for class in seen {
                ui.horizontal(|ui| {
                    ui.set_height(ROW - ui.spacing().item_spacing.y);
                    let name = &description.class_names[class];
                    ui.allocate_ui_with_layout(vec2(NAME, ROW), Layout::top_down(Align::Min), |ui| {
                        ui.set_width(NAME);
                        ui.add(Label::new(RichText::new(name).font(bold_font(13.0))).truncate());
                        if let Some([train, validation]) = description.class_counts.get(class) {
                            let values: [(&str, &dyn std::fmt::Display); 2] =
                                [("train", &grouped(*train as u64)), ("validation", &grouped(*validation as u64))];
                            words::quiet(ui, text.fill("ui.images.counts", &values));
                        }
                    });
                    if let Some(samples) = samples {
                        row(ui, samples, class, widget);
                    }
                });
            }
        },
    );
}

fn row(ui: &mut Ui, samples: &Samples, class: usize, widget: &mut Widget) {
    ui.spacing_mut().item_spacing.x = 4.0;
    let shape = samples.shape;
    let ratio = (shape.width as f32 / shape.height as f32).clamp(0.3, 3.0);
    for (place, bytes) in samples.images.get(class).into_iter().flatten().enumerate() {
        let size = vec2(SIDE * ratio, SIDE);
        if ui.available_width() < size.x {
            break;
        }
        let texture = widget
            .drawn
            .entry((class, place))
            .or_insert_with(|| ui.ctx().load_texture("sample", picture(bytes, shape), TextureOptions::NEAREST));
        ui.add(Image::new(&*texture).fit_to_exact_size(size));
    }
}

impl Widget {
    /// Forgets the pictures of other samples.
    fn belong_to(&mut self, samples: &Samples) {
        let of = std::ptr::from_ref(samples) as usize;
        if self.of != of {
            *self = Self { of, ..Self::default() };
        }
    }
}

/// An image as the toolkit has it: three channels are red, green and blue; of any other number the first is shown.
pub(super) fn picture(bytes: &[u8], shape: ImageShape) -> ColorImage {
    let size = [shape.width, shape.height];
    let pixels = shape.pixels();
    match shape.channels {
        3 => {
            let rgb: Vec<u8> =
                (0..pixels).flat_map(|at| [bytes[at], bytes[pixels + at], bytes[2 * pixels + at]]).collect();
            ColorImage::from_rgb(size, &rgb)
        }
        _ => ColorImage::from_gray(size, &bytes[..pixels]),
    }
}

/// What was left out and why.
fn left_out(ui: &mut Ui, text: &Text, description: &Description) {
    let left = &description.left_out;
    if left.is_empty() {
        return;
    }
    ui.add_space(4.0);
    let title = text.fill("ui.images.left_out", &[("count", &grouped(left.len() as u64))]);
    ui.label(RichText::new(title).font(bold_font(13.0)).color(color(palette(ui).warning)));
    ScrollArea::vertical().id_salt("left-out").max_height(110.0).auto_shrink([false, true]).show(ui, |ui| {
        for file in left.iter().take(LISTED) {
            let name = file.file.display().to_string();
            words::quiet(ui, text.fill("ui.images.left", &[("file", &name), ("why", &file.why.in_words(text))]));
        }
        if left.len() > LISTED {
            words::quiet(ui, text.fill("ui.images.more", &[("count", &grouped((left.len() - LISTED) as u64))]));
        }
    });
}
