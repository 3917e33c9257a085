//! Zooming: the wheel round the pointer, a box by dragging, all of it by a double click.

use eframe::egui::{
    CornerRadius, Id, Painter, PointerButton, Pos2, Rect, RichText, Stroke, StrokeKind, Ui, UiBuilder, Vec2, vec2,
};
use egui_plot::{PlotBounds, PlotMemory, PlotUi};

use super::placed::Bounds;
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

/// Does what the pointer asks for, within a plot.
pub(super) fn steer(plot: &mut PlotUi, id: Id, whole: Bounds, zoomed: bool, wheel: bool) {
    let context = plot.ctx().clone();
    let response = plot.response().clone();
    if wheel && response.contains_pointer() {
        let turned = context.input(|input| input.smooth_scroll_delta.y);
        if turned != 0.0 {
            let factor = (turned / POINTS_OF_WHEEL).exp();
            let seen = plot.plot_bounds();
            let all_of_it = |axis: usize, seen: f64| seen / f64::from(factor) >= whole[axis][1] - whole[axis][0];
            if factor < 1.0 && all_of_it(0, seen.width()) && all_of_it(1, seen.height()) {
                plot.set_auto_bounds(true);
            } else {
                plot.zoom_bounds_around_hovered(Vec2::splat(factor));
            }
        }
    }
    // While all is seen there is nothing to move, so that dragging draws a box; later the other button still does.
    let draws = |response: &eframe::egui::Response| {
        response.dragged_by(PointerButton::Secondary) || (!zoomed && response.dragged_by(PointerButton::Primary))
    };
    let drawn: Option<Drawn> = context.data(|data| data.get_temp(id.with("box")));
    if let Some(to) = response.interact_pointer_pos().filter(|_| draws(&response)) {
        let from = drawn.map_or(to - response.drag_delta(), |drawn| drawn.from);
        context.data_mut(|data| data.insert_temp(id.with("box"), Drawn { from, to }));
    } else if let Some(Drawn { from, to }) = drawn {
        context.data_mut(|data| data.remove::<Drawn>(id.with("box")));
        let meant = Rect::from_two_pos(from, to).intersect(response.rect);
        if meant.width() >= LEAST_BOX && meant.height() >= LEAST_BOX {
            let (a, b) = (plot.plot_from_screen(meant.left_bottom()), plot.plot_from_screen(meant.right_top()));
            plot.set_plot_bounds(PlotBounds::from_min_max([a.x, a.y], [b.x, b.y]));
        }
    }
}

/// The box that is being drawn.
pub(super) fn paint_box(ui: &Ui, id: Id, painter: &Painter, palette: &Palette) {
    if let Some(Drawn { from, to }) = ui.data(|data| data.get_temp(id.with("box"))) {
        let (fill, line) = (style::color(palette.accent.with_opacity(0.12)), style::color(palette.accent));
        let rect = Rect::from_two_pos(from, to);
        painter.rect(rect, CornerRadius::same(2), fill, Stroke::new(1.0, line), StrokeKind::Inside);
    }
}

/// A button that shows all of it again.
pub(super) fn show_all(ui: &mut Ui, id: Id, frame: Rect, text: &Text, palette: &Palette) {
    let room = Rect::from_min_max(frame.left_top() + vec2(4.0, 4.0), frame.right_top() + vec2(-4.0, 26.0));
    let layout = eframe::egui::Layout::right_to_left(eframe::egui::Align::Center);
    let mut corner = ui.new_child(UiBuilder::new().max_rect(room).id_salt((id, "all")).layout(layout));
    let words = RichText::new(text.say("figures.show_all")).small().color(style::color(palette.ink));
    if corner.small_button(words).clicked()
        && let Some(mut memory) = PlotMemory::load(ui.ctx(), id)
    {
        memory.auto_bounds = true.into();
        memory.store(ui.ctx(), id);
        ui.ctx().request_repaint();
    }
}
