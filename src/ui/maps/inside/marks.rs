//! The marks of the view: which pixels are meant, and kernels as greys.

use eframe::egui::{Color32, CornerRadius, Pos2, Rect, Stroke, StrokeKind, Ui, vec2};

use super::super::sheet::grey;
use crate::telemetry::{FeatureMaps, Pixel, Stage};
use crate::text::number::significant;
use crate::ui::style::{color, palette};

/// Three digits with a true minus.
pub(super) fn signed(value: f64) -> String {
    significant(value, 3).replace('-', "−")
}

/// A line around the pixels that a kernel of that side covers.
pub(super) fn pixel_mark(ui: &Ui, rect: Rect, maps: &FeatureMaps, at: Pixel, side: usize, ink: Color32) {
    let step = rect.size() / vec2(maps.width.max(1) as f32, maps.height.max(1) as f32);
    let reach = (side / 2) as f32;
    let corner = rect.min + step * vec2(at.column as f32 - reach, at.row as f32 - reach);
    let mark = Rect::from_min_size(corner, step * side as f32).expand(0.75);
    let stroke = Stroke::new(1.5, ink);
    ui.painter().with_clip_rect(rect.expand(2.0).intersect(ui.clip_rect())).rect_stroke(
        mark,
        CornerRadius::ZERO,
        stroke,
        StrokeKind::Middle,
    );
}

/// A kernel as greys: black and white are minus and plus the largest weight of those shown.
pub(super) fn kernel(ui: &Ui, stage: &Stage, (made, read): (usize, usize), corner: Pos2, side: f32, strongest: f32) {
    let each = if stage.kernel == 1 { side * 0.5 } else { side / stage.kernel as f32 };
    let strongest = if strongest > 0.0 { strongest } else { 1.0 };
    for (index, weight) in stage.kernel_of(made, read).iter().enumerate() {
        let (row, column) = (index / stage.kernel, index % stage.kernel);
        let rect = Rect::from_min_size(corner + vec2(column as f32, row as f32) * each, vec2(each, each));
        ui.painter().rect_filled(rect, CornerRadius::ZERO, grey(*weight, strongest));
    }
    let whole = Rect::from_min_size(corner, vec2(each, each) * stage.kernel as f32);
    let line = Stroke::new(1.0, color(palette(ui).line));
    ui.painter().rect_stroke(whole, CornerRadius::ZERO, line, StrokeKind::Outside);
}
