//! The names of the networks beside their lanes.

use eframe::egui::emath::TSTransform;
use eframe::egui::{Rect, Ui, pos2};

use super::Widget;
use crate::drawing::paint;
use crate::state::State;
use crate::ui::parts::marks;
use crate::ui::style::palette;

/// The networks' names at the left, which stay when the drawing moves.
pub(super) fn show(ui: &Ui, state: &State, widget: &Widget, room: Rect) {
    let Some(drawn) = &widget.drawn else { return };
    let colors = palette(ui);
    let scale = TSTransform::from_scaling(widget.letters);
    let wide = paint::GUTTER * widget.letters;
    let place = Rect::from_min_max(pos2(room.left() - wide, room.top()), pos2(room.left(), room.bottom()));
    for (lane, network) in drawn.layout.lanes.iter().zip(&drawn.networks) {
        let high = (TSTransform::from_scaling(widget.scale) * lane.rect).y_range();
        let by = room.top() + widget.camera.offset.y;
        let seen = Rect::from_x_y_ranges(place.x_range(), high.min + by..=high.max + by).intersect(place);
        if seen.height() > 20.0 * widget.letters {
            let painter = ui.painter().with_clip_rect(seen.intersect(ui.clip_rect()));
            let inside = scale.inverse() * seen;
            let names = paint::gutter(inside, network, state.text(), colors, &marks::measure(&painter));
            marks::put(&painter, &names, scale);
        }
    }
}
