//! Zooming: the wheel round the pointer, a box by dragging, all of it by a double click.

use eframe::egui::{
    CornerRadius, Id, Painter, PointerButton, Pos2, Rect, Response, RichText, Stroke, StrokeKind, Ui, UiBuilder, vec2,
};

use super::place::Place;
use crate::chart::layout::Ends;
use crate::text::Text;
use crate::theme::Palette;
use crate::ui::style;

/// A box that is being drawn.
#[derive(Clone, Copy)]
struct Drawn {
    from: Pos2,
    to: Pos2,
}

/// How much of the view one notch of a wheel takes away, as points of scrolling for a factor of e.
const POINTS_OF_WHEEL: f32 = 220.0;
/// Sides of a box that is meant, in points.
const LEAST_BOX: f32 = 6.0;
/// A view shows at least this share of the whole.
const LEAST_SHARE: f64 = 1e-6;

/// What the pointer may do to a view.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    /// Whether the wheel zooms.
    pub(super) wheel: bool,
    /// Whether dragging draws a box or moves what is seen; where it chooses instead, the other button still draws.
    pub(super) drags: bool,
}

/// The view after what the pointer asks for; nothing for all of it.
pub(super) fn steer(response: &Response, at: &Place, whole: Ends, view: Option<Ends>, hands: Hands) -> Option<Ends> {
    if response.double_clicked() {
        return None;
    }
    let place = |spot: Pos2| at.places(spot);
    let mut seen = view;
    let context = &response.ctx;
    if let Some(pointer) = response.hover_pos().filter(|_| hands.wheel && response.contains_pointer()) {
        let turned = context.input(|input| input.smooth_scroll_delta.y);
        if turned != 0.0 {
            let factor = f64::from((turned / POINTS_OF_WHEEL).exp());
            seen = scaled(at.plotted.ends, place(pointer), factor, whole);
        }
    }
    // While all is seen there is nothing to move, so that dragging draws a box; later the other button still does.
    let draws = response.dragged_by(PointerButton::Secondary)
        || (hands.drags && view.is_none() && response.dragged_by(PointerButton::Primary));
    let id = response.id.with("box");
    let drawn: Option<Drawn> = context.data(|data| data.get_temp(id));
    if let Some(to) = response.interact_pointer_pos().filter(|_| draws) {
        let from = drawn.map_or(to - response.drag_delta(), |drawn| drawn.from);
        context.data_mut(|data| data.insert_temp(id, Drawn { from, to }));
    } else if let Some(Drawn { from, to }) = drawn {
        context.data_mut(|data| data.remove::<Drawn>(id));
        let meant = Rect::from_two_pos(from, to).intersect(response.rect);
        if meant.width() >= LEAST_BOX && meant.height() >= LEAST_BOX {
            let (low, high) = (place(meant.left_bottom()), place(meant.right_top()));
            seen = Some([[low[0], high[0]], [low[1], high[1]]]);
        }
    } else if let Some(ends) = view.filter(|_| hands.drags && response.dragged_by(PointerButton::Primary)) {
        let (from, to) = (place(Pos2::ZERO), place(Pos2::ZERO + response.drag_delta()));
        let moved = |axis: usize| ends[axis].map(|end| end - (to[axis] - from[axis]));
        seen = Some([moved(0), moved(1)]);
    }
    seen
}

/// The view with both axes so many times as large about a place; nothing once it would show all.
fn scaled(ends: Ends, about: [f64; 2], factor: f64, whole: Ends) -> Option<Ends> {
    let length = |[low, high]: [f64; 2]| high - low;
    let axis = |axis: usize| ends[axis].map(|end| about[axis] + (end - about[axis]) / factor);
    let next = [axis(0), axis(1)];
    let shares = [0, 1].map(|axis| length(next[axis]) / length(whole[axis]));
    if factor < 1.0 && shares.iter().all(|share| *share >= 1.0) {
        None
    } else if shares.iter().any(|share| *share < LEAST_SHARE) {
        Some(ends)
    } else {
        Some(next)
    }
}

/// The box that is being drawn.
pub(super) fn paint_box(response: &Response, painter: &Painter, palette: &Palette) {
    if let Some(Drawn { from, to }) = response.ctx.data(|data| data.get_temp(response.id.with("box"))) {
        let (fill, line) = (style::color(palette.accent.with_opacity(0.12)), style::color(palette.accent));
        let rect = Rect::from_two_pos(from, to);
        painter.rect(rect, CornerRadius::same(2), fill, Stroke::new(1.0, line), StrokeKind::Inside);
    }
}

/// A button that shows all of it again; whether it was clicked.
pub(super) fn show_all(ui: &mut Ui, id: Id, frame: Rect, text: &Text, palette: &Palette) -> bool {
    let room = Rect::from_min_max(frame.left_top() + vec2(4.0, 4.0), frame.right_top() + vec2(-4.0, 26.0));
    let layout = eframe::egui::Layout::right_to_left(eframe::egui::Align::Center);
    let mut corner = ui.new_child(UiBuilder::new().max_rect(room).id_salt((id, "all")).layout(layout));
    let words = RichText::new(text.say("figures.show_all")).small().color(style::color(palette.ink));
    corner.small_button(words).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Ends = [[0.0, 100.0], [-1.0, 1.0]];

    #[test]
    fn the_place_under_the_pointer_stays_there() {
        let half = scaled(WHOLE, [25.0, 0.5], 2.0, WHOLE);
        assert_eq!(half, Some([[12.5, 62.5], [-0.25, 0.75]]));
    }

    #[test]
    fn zooming_out_ends_with_all_of_it_and_zooming_in_ends_somewhere() {
        assert_eq!(scaled([[10.0, 90.0], [-0.9, 0.9]], [50.0, 0.0], 0.5, WHOLE), None);
        let mut seen = WHOLE;
        for _ in 0..200 {
            seen = scaled(seen, [25.0, 0.5], 2.0, WHOLE).expect("it is not all of it");
        }
        assert!(seen.iter().all(|[low, high]| high > low), "{seen:?}");
    }
}
