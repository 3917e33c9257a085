//! Small pictures in rows with frames of their source's colour, and the one under the pointer, large.

use eframe::egui::{
    Color32, CornerRadius, Mesh, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::sheet::Sheet;
use crate::telemetry::FeatureMaps;
use crate::text::Text;
use crate::text::number::significant;
use crate::theme::Color;
use crate::ui::parts::words::strong;
use crate::ui::style::{color, palette};

/// Pictures are no smaller than that, in points.
pub(super) const SMALLEST: f32 = 13.0;

/// How thick frames are around pictures of a size, and so how far apart pictures are.
pub(super) fn frame(side: f32) -> f32 {
    if side >= 22.0 { 2.0 } else { 1.0 }
}

/// The size of a picture whose longer side is that.
pub(super) fn cell(maps: &FeatureMaps, side: f32) -> Vec2 {
    let (width, height) = (maps.width.max(1) as f32, maps.height.max(1) as f32);
    let ratio = (height / width).clamp(0.25, 4.0);
    if ratio <= 1.0 { vec2(side, (side * ratio).round()) } else { vec2((side / ratio).round(), side) }
}

/// Where pictures stand that fill rows of so many from that corner, with room for frames.
pub(super) fn grid(corner: Pos2, cell: Vec2, across: usize, count: usize) -> impl Iterator<Item = Rect> {
    let gap = frame(cell.max_elem());
    (0..count).map(move |index| {
        let (column, row) = ((index % across.max(1)) as f32, (index / across.max(1)) as f32);
        let place = pos2(corner.x + gap + column * (cell.x + gap), corner.y + gap + row * (cell.y + gap));
        Rect::from_min_size(place, cell)
    })
}

/// A picture that was shown.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) rect: Rect,
    pub(super) group: usize,
    pub(super) channel: usize,
}

/// Pictures of one sheet that are painted together.
pub(super) struct Pictures<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) shown: Vec<Shown>,
    frames: Mesh,
    maps: Mesh,
}

impl<'a> Pictures<'a> {
    pub(super) fn of(sheet: &'a Sheet) -> Self {
        let maps = sheet.texture().map_or_else(Mesh::default, Mesh::with_texture);
        Self { sheet, shown: Vec::new(), frames: Mesh::default(), maps }
    }

    /// Adds the first channels of a group, framed.
    pub(super) fn add(&mut self, group: usize, places: impl Iterator<Item = Rect>, shade: Color) {
        for (channel, rect) in places.enumerate() {
            self.one(group, channel, rect, shade);
        }
    }

    /// Adds one channel's picture, framed.
    pub(super) fn one(&mut self, group: usize, channel: usize, rect: Rect, shade: Color) {
        self.frames.add_colored_rect(rect.expand(frame(rect.size().max_elem())), color(shade));
        if let Some(place) = self.sheet.place(group, channel) {
            self.maps.add_rect_with_uv(rect, place, Color32::WHITE);
        }
        self.shown.push(Shown { rect, group, channel });
    }

    /// Paints them all; gives back which stands where.
    pub(super) fn paint(self, painter: &Painter) -> Vec<Shown> {
        painter.add(Shape::mesh(self.frames));
        painter.add(Shape::mesh(self.maps));
        self.shown
    }
}

/// The picture under the pointer.
pub(super) fn under_pointer(ui: &Ui, shown: &[Shown]) -> Option<Shown> {
    let pointer = ui.input(|input| input.pointer.hover_pos())?;
    let within = |shown: &&Shown| shown.rect.expand(1.0).contains(pointer);
    shown.iter().find(within).copied()
}

/// Says what a picture is: large, with what it is called and its least and greatest value.
pub(super) fn enlarge(
    response: Response,
    sheet: &Sheet,
    shown: Shown,
    maps: &FeatureMaps,
    text: &Text,
    lines: &[String],
) {
    response.on_hover_ui_at_pointer(|ui| {
        let size = cell(maps, 168.0);
        if let (Some(texture), Some(place)) = (sheet.texture(), sheet.place(shown.group, shown.channel)) {
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let mut mesh = Mesh::with_texture(texture);
            mesh.add_rect_with_uv(rect, place, Color32::WHITE);
            ui.painter().add(Shape::mesh(mesh));
            let line = Stroke::new(1.0, color(palette(ui).line));
            ui.painter().rect_stroke(rect, CornerRadius::ZERO, line, StrokeKind::Outside);
        }
        for (index, line) in lines.iter().enumerate() {
            if index == 0 {
                strong(ui, line.clone());
            } else {
                ui.label(line);
            }
        }
        let values = maps.channel(shown.channel);
        let least = values.iter().copied().fold(f32::INFINITY, f32::min);
        let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let number = |value: f32| significant(f64::from(value), 3).replace('-', "−");
        ui.label(text.fill("maps.range", &[("least", &number(least)), ("most", &number(most))]));
        if let Some(scale) = sheet.scale(shown.group) {
            ui.label(text.fill("maps.white", &[("scale", &number(scale))]));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_of_a_grid_stand_apart_by_their_frames() {
        let cell = vec2(24.0, 12.0);
        let places: Vec<Rect> = grid(pos2(10.0, 20.0), cell, 2, 3).collect();
        assert_eq!(
            places.iter().map(|place| place.min).collect::<Vec<_>>(),
            [pos2(12.0, 22.0), pos2(38.0, 22.0), pos2(12.0, 36.0)]
        );
        assert!(places.iter().all(|place| place.size() == cell));
    }

    #[test]
    fn a_picture_keeps_the_shape_of_its_map() {
        let maps = |height, width| FeatureMaps { channels: 1, height, width, values: Vec::new() };
        assert_eq!(cell(&maps(28, 28), 20.0), vec2(20.0, 20.0));
        assert_eq!(cell(&maps(10, 20), 20.0), vec2(20.0, 10.0));
        assert_eq!(cell(&maps(20, 10), 20.0), vec2(10.0, 20.0));
        assert_eq!(cell(&maps(0, 0), 20.0), vec2(20.0, 20.0));
    }
}
