//! A picture drawn with the mouse, in the size of the data; what the networks make of it is seen beside the validation images while it is drawn.

use eframe::egui::{
    Color32, CornerRadius, CursorIcon, Image, Pos2, Rect, Sense, Slider, Stroke, StrokeKind, TextureHandle,
    TextureOptions, Ui, Vec2, Window, pos2, vec2,
};

use super::images::picture;
use crate::data::{DataSet, ImageShape};
use crate::state::{Command, State};
use crate::ui::parts::button::Press;
use crate::ui::parts::words;
use crate::ui::style::{color, palette};

/// The longer side of the sheet.
const SIDE: f32 = 252.0;
/// Seconds between two looks of the networks while a line is drawn.
const LOOK: f64 = 0.15;
/// What colours there are to draw with.
const INKS: [[u8; 3]; 8] = [
    [0, 0, 0],
    [255, 255, 255],
    [220, 40, 40],
    [40, 160, 60],
    [40, 90, 220],
    [250, 210, 40],
    [240, 140, 40],
    [120, 80, 50],
];

/// The sheet, from frame to frame.
#[derive(Default)]
pub(super) struct Widget {
    sheet: Option<Sheet>,
    texture: Option<TextureHandle>,
}

struct Sheet {
    shape: ImageShape,
    /// `[channel, height, width]`
    pixels: Vec<u8>,
    ground: u8,
    ink: [u8; 3],
    /// Radius of the brush, in pixels of the image.
    brush: f32,
    /// Where the pointer was, in pixels of the image.
    last: Option<Pos2>,
    changed: bool,
    /// When the networks were last shown it, in seconds of the window.
    shown: f64,
}

/// Shows the sheet over the window, where it can be moved.
pub(super) fn show(ui: &mut Ui, state: &State, widget: &mut Widget, commands: &mut Vec<Command>) {
    let Some(images) = state.run.as_ref().and_then(|run| run.images.as_ref()) else { return };
    let text = state.text();
    if widget.sheet.as_ref().is_none_or(|sheet| sheet.shape != images.shape) {
        *widget = Widget { sheet: Some(Sheet::blank(images)), texture: None };
    }
    let Widget { sheet: Some(sheet), texture } = widget else { return };
    let mut open = true;
    let place = ui.ctx().content_rect().left_bottom() + vec2(8.0, -548.0);
    let card = Window::new(text.say("ui.draw.title")).id(eframe::egui::Id::unique("draw")).default_pos(place);
    card.open(&mut open).collapsible(false).resizable(false).show(ui.ctx(), |ui| {
        ui.set_width(SIDE);
        canvas(ui, sheet, texture, commands);
        ui.horizontal(|ui| {
            ui.label(text.say("ui.draw.brush"));
            let largest = sheet.shape.height.max(sheet.shape.width) as f32 / 6.0;
            ui.add(Slider::new(&mut sheet.brush, 0.5..=largest.max(1.0)).show_value(false));
            if ui.add(Press::words(text.say("ui.draw.clear"))).clicked() {
                sheet.clear();
            }
        });
        inks(ui, sheet, images.shape.channels);
        words::quiet(ui, text.say("ui.draw.about"));
    });
    if !open {
        commands.push(Command::ToggleDrawing);
    }
}

/// What is drawn with; grey images have black and white alone.
fn inks(ui: &mut Ui, sheet: &mut Sheet, channels: usize) {
    let count = if channels == 3 { INKS.len() } else { 2 };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for ink in INKS.into_iter().take(count) {
            let (place, response) = ui.allocate_exact_size(Vec2::splat(22.0), Sense::click());
            let [red, green, blue] = ink;
            ui.painter().rect_filled(place, CornerRadius::same(4), Color32::from_rgb(red, green, blue));
            let chosen = sheet.ink == ink;
            let shade = if chosen { palette(ui).accent } else { palette(ui).line };
            let line = Stroke::new(if chosen { 2.5 } else { 1.0 }, color(shade));
            ui.painter().rect_stroke(place, CornerRadius::same(4), line, StrokeKind::Inside);
            if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
                sheet.ink = ink;
            }
        }
    });
}

fn canvas(ui: &mut Ui, sheet: &mut Sheet, texture: &mut Option<TextureHandle>, commands: &mut Vec<Command>) {
    let (width, height) = (sheet.shape.width as f32, sheet.shape.height as f32);
    let scale = SIDE / width.max(height);
    let (place, response) = ui.allocate_exact_size(vec2(width, height) * scale, Sense::click_and_drag());
    let held = response.is_pointer_button_down_on();
    match response.interact_pointer_pos().filter(|_| held) {
        Some(pointer) => {
            let at = ((pointer - place.min) / scale).to_pos2();
            sheet.stroke(sheet.last.unwrap_or(at), at);
            sheet.last = Some(at);
        }
        None => sheet.last = None,
    }
    let now = ui.input(|input| input.time);
    if sheet.changed && (!held || now - sheet.shown > LOOK) {
        (sheet.changed, sheet.shown) = (false, now);
        commands.push(Command::ShowDrawing(sheet.pixels.clone()));
    }
    let drawn = picture(&sheet.pixels, sheet.shape);
    let texture = match texture {
        Some(texture) => {
            if held || sheet.changed {
                texture.set(drawn, TextureOptions::NEAREST);
            }
            texture
        }
        None => texture.insert(ui.ctx().load_texture("drawing", drawn, TextureOptions::NEAREST)),
    };
    Image::new(&*texture).paint_at(ui, place);
    let line = Stroke::new(1.0, color(palette(ui).line));
    ui.painter().rect_stroke(place, CornerRadius::ZERO, line, StrokeKind::Outside);
    if let Some(pointer) = response.on_hover_cursor(CursorIcon::Crosshair).hover_pos() {
        ring(ui, place, pointer, sheet.brush * scale);
    }
}

/// How large the brush is.
fn ring(ui: &Ui, place: Rect, pointer: Pos2, radius: f32) {
    let line = Stroke::new(1.0, color(palette(ui).accent));
    ui.painter().with_clip_rect(place).circle_stroke(pointer, radius.max(2.0), line);
}

impl Sheet {
    /// Empty, in the brightness that these images mostly have around what they show.
    fn blank(images: &DataSet) -> Self {
        let bright =
            images.normalisation.mean.iter().sum::<f32>() / images.normalisation.mean.len().max(1) as f32 > 0.5;
        let ground = if bright { 255 } else { 0 };
        let shape = images.shape;
        Self {
            shape,
            pixels: vec![ground; shape.values()],
            ground,
            ink: [255 - ground; 3],
            brush: (shape.height.max(shape.width) as f32 / 22.0).max(0.6),
            last: None,
            changed: false,
            shown: 0.0,
        }
    }

    fn clear(&mut self) {
        self.pixels.fill(self.ground);
        self.changed = true;
    }

    /// A line of the brush, with soft edges.
    fn stroke(&mut self, from: Pos2, to: Pos2) {
        let ImageShape { channels, height, width } = self.shape;
        for y in 0..height {
            for x in 0..width {
                let cover =
                    (self.brush + 0.5 - distance(pos2(x as f32 + 0.5, y as f32 + 0.5), from, to)).clamp(0.0, 1.0);
                if cover > 0.0 {
                    for channel in 0..channels {
                        let ink = f32::from(self.ink[channel % 3]);
                        let value = &mut self.pixels[(channel * height + y) * width + x];
                        let there = f32::from(*value);
                        let mixed = there + (ink - there) * cover;
                        #[expect(
                            clippy::cast_possible_truncation,
                            clippy::cast_sign_loss,
                            reason = "between two bytes"
                        )]
                        let mixed = mixed.round() as u8;
                        self.changed |= mixed != *value;
                        *value = mixed;
                    }
                }
            }
        }
    }
}

/// From a point to a line between two.
fn distance(point: Pos2, from: Pos2, to: Pos2) -> f32 {
    let line = to - from;
    let along = if line == Vec2::ZERO { 0.0 } else { ((point - from).dot(line) / line.length_sq()).clamp(0.0, 1.0) };
    point.distance(from + line * along)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let shape = ImageShape { channels: 1, height: 28, width: 28 };
        let (pixels, ink) = (vec![0; 784], [255; 3]);
        Sheet { shape, pixels, ground: 0, ink, brush: 1.2, last: None, changed: false, shown: 0.0 }
    }

    #[test]
    fn a_line_is_drawn_where_the_brush_went_and_nowhere_else() {
        let mut sheet = sheet();
        sheet.stroke(pos2(4.5, 14.5), pos2(24.5, 14.5));
        assert!((5..24).all(|x| sheet.pixels[14 * 28 + x] == 255));
        assert!((0..28).all(|x| sheet.pixels[5 * 28 + x] == 0));
        assert!(sheet.changed);
        sheet.clear();
        assert!(sheet.pixels.iter().all(|value| *value == 0));
    }

    #[test]
    fn drawing_the_same_again_changes_nothing() {
        let mut sheet = sheet();
        sheet.brush = 3.0;
        sheet.stroke(pos2(9.5, 9.5), pos2(9.5, 9.5));
        let before = sheet.pixels[9 * 28 + 9];
        sheet.stroke(pos2(9.5, 9.5), pos2(9.5, 9.5));
        assert_eq!((before, sheet.pixels[9 * 28 + 9]), (255, 255));
    }
}
