//! How far the drawing is zoomed in, and which piece of it is seen.
//!
//! Zooming stretches columns first: all lanes stay in sight, and words keep their size. Only when columns are wide does it grow in height.

use eframe::egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, Rect, Response, Ui, Vec2, vec2};

use crate::drawing::layout::unit;
use crate::drawing::model::Column;

/// Columns are stretched to this width before the drawing grows in height.
const WIDE: f32 = 104.0;
/// The widest that a layer's column gets.
const WIDEST: f32 = 480.0;
/// What one press of a key zooms by.
const STEP: f32 = 1.25;
/// Points of scrolling that zoom by e.
const WHEEL: f32 = 260.0;

/// How far it is zoomed in, and what is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Camera {
    /// 1 shows all.
    pub(super) zoom: f32,
    /// Where the drawing's corner is, from that of the room.
    pub(super) offset: Vec2,
    /// Whether the last scrolling came from a wheel, which zooms, rather than from a touchpad, which moves.
    wheel: bool,
}

impl Default for Camera {
    fn default() -> Self {
        Self { zoom: 1.0, offset: Vec2::ZERO, wheel: false }
    }
}

impl Camera {
    /// How large the drawing is.
    pub(super) fn size(&self, room: Vec2, columns: &[Column]) -> Vec2 {
        let wide = unit(columns, room.x) * self.zoom;
        let tall = if wide > WIDE { (wide / WIDE.max(unit(columns, room.x))).clamp(1.0, 4.0) } else { 1.0 };
        vec2(room.x * self.zoom, room.y * tall)
    }

    /// Shows all of it.
    pub(super) fn fit(&mut self) {
        (self.zoom, self.offset) = (1.0, Vec2::ZERO);
    }

    /// Zooms by a factor, keeping the place under `still` where it is.
    pub(super) fn zoom_by(&mut self, factor: f32, still: Pos2, room: Rect, columns: &[Column]) {
        let before = self.size(room.size(), columns);
        let most = (WIDEST / unit(columns, room.width())).max(1.0);
        self.zoom = (self.zoom * factor).clamp(1.0, most);
        let after = self.size(room.size(), columns);
        let place = still - room.min;
        self.offset = place - (place - self.offset) * (after / before);
        self.stay(room.size(), columns);
    }

    /// Keeps the room full of the drawing.
    pub(super) fn stay(&mut self, room: Vec2, columns: &[Column]) {
        let least = (room - self.size(room, columns)).min(Vec2::ZERO);
        self.offset = self.offset.max(least).min(Vec2::ZERO);
    }

    /// Moves so that a place is seen.
    pub(super) fn reveal(&mut self, place: Rect, room: Vec2, columns: &[Column]) {
        let margin = vec2(40.0, 20.0);
        let (low, high) = (place.min.to_vec2() + self.offset, place.max.to_vec2() + self.offset);
        self.offset += (margin - low).max(Vec2::ZERO);
        self.offset -= (high - (room - margin)).max(Vec2::ZERO);
        self.stay(room, columns);
    }

    /// Follows mouse, touchpad and keys.
    pub(super) fn follow(&mut self, ui: &Ui, canvas: &Response, room: Rect, columns: &[Column], focused: bool) {
        if canvas.dragged() {
            self.offset += canvas.drag_delta();
        }
        if canvas.double_clicked() {
            self.fit();
        }
        let pointer = ui
            .input(|input| input.pointer.hover_pos())
            .filter(|place| canvas.contains_pointer() && room.contains(*place));
        if let Some(pointer) = pointer {
            let (scroll, zoom) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
            self.note_wheel(ui);
            if zoom != 1.0 {
                self.zoom_by(zoom, pointer, room, columns);
            } else if scroll.x == 0.0 && scroll.y != 0.0 && self.wheel {
                self.zoom_by((scroll.y / WHEEL).exp(), pointer, room, columns);
            } else {
                self.offset += scroll;
            }
        }
        if focused || pointer.is_some() {
            let still = pointer.unwrap_or_else(|| room.center());
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            if pressed(Key::Plus) || pressed(Key::Equals) {
                self.zoom_by(STEP, still, room, columns);
            }
            if pressed(Key::Minus) {
                self.zoom_by(STEP.recip(), still, room, columns);
            }
            if pressed(Key::Num0) {
                self.fit();
            }
        }
        if canvas.has_focus() {
            for (key, way) in [
                (Key::ArrowLeft, vec2(1.0, 0.0)),
                (Key::ArrowRight, vec2(-1.0, 0.0)),
                (Key::ArrowUp, vec2(0.0, 1.0)),
                (Key::ArrowDown, vec2(0.0, -1.0)),
            ] {
                if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                    self.offset += way * 60.0;
                }
            }
        }
        self.stay(room.size(), columns);
    }

    fn note_wheel(&mut self, ui: &Ui) {
        let turned = ui.input(|input| {
            input.events.iter().rev().find_map(|event| match event {
                Event::MouseWheel { unit, delta, source, .. } => Some((*unit, *delta, *source)),
                _ => None,
            })
        });
        if let Some((unit, delta, source)) = turned {
            self.wheel = match source {
                MouseWheelSource::Wheel => true,
                MouseWheelSource::Trackpad | MouseWheelSource::Momentum => false,
                // A touchpad may speak in lines too, but hardly in whole ones.
                MouseWheelSource::Unknown => unit != MouseWheelUnit::Point && delta.y.fract() == 0.0,
            };
        }
    }
}
