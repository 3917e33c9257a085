//! The row above the maps: back to the drawing, which image and which step it is, and what the greys mean.

use eframe::egui::{
    Align, CornerRadius, Layout as Direction, Mesh, Rect, Role, Sense, Shape, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::Looked;
use super::sheet::grey;
use super::switch;
use super::thumbs::Thumbs;
use crate::state::{Command, State};
use crate::text::number::grouped;
use crate::ui::parts::Icon;
use crate::ui::parts::button::Press;
use crate::ui::parts::segmented::fit;
use crate::ui::style::{bold_font, color, font, palette};

/// Height of the row.
pub(super) const HEIGHT: f32 = 28.0;

/// Shows the row; the answer is how many images further the person wants to go.
pub(super) fn show(
    ui: &mut Ui,
    place: Rect,
    state: &State,
    looked: Option<&Looked<'_>>,
    thumbs: &mut Thumbs,
    commands: &mut Vec<Command>,
) -> isize {
    let text = state.text();
    let mut ui = ui.new_child(UiBuilder::new().max_rect(place).layout(Direction::left_to_right(Align::Center)));
    let ui = &mut ui;
    // Before a class the line at the lower edge has it.
    if !state.view.presenting {
        switch::show(ui, state, place.width(), commands);
    }
    let Some(looked) = looked else { return 0 };
    let mut further = 0;
    ui.spacing_mut().item_spacing.x = 2.0;
    ui.add_space(4.0);
    for (icon, name, by) in [(Icon::Left, "maps.previous", -1), (Icon::Right, "maps.next", 1)] {
        let key = if by > 0 { "I" } else { "Shift+I" };
        if ui.add(Press::icon(icon, text.say(name)).quiet().key(key)).clicked() {
            further += by;
        }
    }
    if ui.add(Press::icon(Icon::Pencil, text.say("action.draw")).quiet().key("D")).clicked() {
        commands.push(Command::ToggleDrawing);
    }
    ui.add_space(4.0);
    let (texture, on) = thumbs.picture(ui.ctx(), looked.images, looked.image);
    let shape = looked.images.shape;
    let (height, ratio) = (26.0, shape.width.max(1) as f32 / shape.height.max(1) as f32);
    let (rect, response) = ui.allocate_exact_size(vec2((height * ratio).clamp(8.0, 80.0), height), Sense::hover());
    let picture = |rect: Rect| {
        let mut mesh = Mesh::with_texture(texture);
        mesh.add_rect_with_uv(rect, on, eframe::egui::Color32::WHITE);
        Shape::mesh(mesh)
    };
    ui.painter().add(picture(rect));
    response.on_hover_ui(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(168.0 * ratio.min(1.0), 168.0 / ratio.max(1.0)), Sense::hover());
        ui.painter().add(picture(rect));
    });
    ui.add_space(6.0);
    ui.with_layout(Direction::right_to_left(Align::Center), |ui| {
        // Maps are of the newest weights, whatever step is looked at.
        let back = looked.run.at.is_some();
        let words = looked.step().map(|step| {
            let step = grouped(step as u64);
            if back {
                text.fill("maps.step_newest", &[("step", &step)])
            } else {
                text.fill("maps.step", &[("step", &step)])
            }
        });
        let quiet = color(palette(ui).quiet);
        let step = words.map(|words| ui.painter().layout_no_wrap(words, font(12.0), quiet));
        let (number, count) = (grouped(looked.image as u64 + 1), grouped(looked.images.validation.len() as u64));
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("number", &number), ("count", &count), ("class", &looked.class())];
        let ink = color(palette(ui).ink);
        let own = looked.truth().is_none();
        let said = |key: &str, values: &[(&str, &dyn std::fmt::Display)]| {
            if own { text.say("maps.own").to_owned() } else { text.fill(key, values) }
        };
        let long = ui.painter().layout_no_wrap(said("maps.image", &values), bold_font(13.0), ink);
        let short = said("maps.image_short", &[values[0], values[2]]);
        let beside = step.as_ref().map_or(0.0, |step| step.size().x + 12.0);
        let words = if long.size().x + beside <= ui.available_width() {
            long
        } else {
            fit(ui, &short, bold_font(13.0), ui.available_width() - 4.0, ink)
        };
        let left = ui.max_rect().left();
        ui.painter().galley(pos2(left, place.center().y - words.size().y / 2.0), std::sync::Arc::clone(&words), ink);
        let mut room = ui.available_width() - words.size().x - 8.0;
        if let Some(step) = step.filter(|step| step.size().x + 8.0 <= room) {
            room -= step.size().x + 14.0;
            let (rect, _) = ui.allocate_exact_size(step.size(), Sense::hover());
            ui.painter().galley(rect.min, step, quiet);
            ui.add_space(14.0);
        }
        scale(ui, text, room);
    });
    further
}

/// What the greys mean, if there is room for it.
fn scale(ui: &mut Ui, text: &crate::text::Text, room: f32) {
    const BAR: f32 = 44.0;
    if room < BAR + 26.0 {
        return;
    }
    let quiet = color(palette(ui).quiet);
    let (place, response) = ui.allocate_exact_size(vec2(BAR + 26.0, HEIGHT), Sense::hover());
    let about = text.say("maps.scale");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, about));
    let bar = Rect::from_center_size(place.center() - vec2(0.0, 3.0), vec2(BAR, 8.0));
    let painter = ui.painter();
    for piece in 0..32_u8 {
        let left = bar.left() + BAR * f32::from(piece) / 32.0;
        let cell = Rect::from_min_max(pos2(left, bar.top()), pos2(left + BAR / 32.0 + 0.5, bar.bottom()));
        painter.rect_filled(cell, CornerRadius::ZERO, grey(f32::from(piece) / 15.5 - 1.0, 1.0));
    }
    painter.rect_stroke(
        bar,
        CornerRadius::ZERO,
        eframe::egui::Stroke::new(1.0, color(palette(ui).line)),
        eframe::egui::StrokeKind::Outside,
    );
    for (x, words) in [(bar.left(), "−s"), (bar.center().x, "0"), (bar.right(), "+s")] {
        painter.text(pos2(x, bar.bottom() + 1.0), eframe::egui::Align2::CENTER_TOP, words, font(12.0), quiet);
    }
    response.on_hover_text(about);
}
