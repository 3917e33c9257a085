//! The small painted buttons round a figure. Painted, since fonts have no such signs; named, so that they can be read and found.

use eframe::egui::{
    Color32, Painter, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::ui::figure::palette;
use crate::ui::style;

/// What a button is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Icon {
    /// How to read it.
    About,
    /// Its values.
    Table,
    /// Save it.
    Save,
    /// Copy its picture.
    Picture,
    /// Copy its values.
    Copy,
    /// Let it fill the centre.
    Maximise,
    /// Bring all back.
    Restore,
    /// What there was no room for.
    More,
}

/// Sides of a button, in points.
pub(super) const SIDE: f32 = 24.0;

/// A button of that name.
pub(super) fn button(ui: &mut Ui, icon: Icon, name: &str, on: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(SIDE, SIDE), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), on, name));
    let palette = palette(ui.visuals());
    if ui.is_rect_visible(rect) {
        let lit = response.hovered() || response.has_focus();
        if on || lit {
            let fill = style::color(palette.control);
            ui.painter().rect_filled(rect.shrink(1.0), 5.0, fill);
        }
        if response.has_focus() {
            let ring = Stroke::new(1.5, style::color(palette.accent));
            ui.painter().rect_stroke(rect.shrink(1.0), 5.0, ring, StrokeKind::Inside);
        }
        let color = match (on, lit) {
            (true, _) => palette.accent,
            (false, true) => palette.ink,
            (false, false) => palette.quiet,
        };
        paint(ui.painter(), rect.shrink(6.0), icon, style::color(color));
    }
    response.on_hover_text(name)
}

fn paint(painter: &Painter, place: Rect, icon: Icon, color: Color32) {
    let stroke = Stroke::new(1.4, color);
    let at = |x: f32, y: f32| place.min + vec2(x, y) * place.size() / 12.0;
    let line = |points: &[(f32, f32)]| {
        painter.add(Shape::line(points.iter().map(|(x, y)| at(*x, *y)).collect(), stroke));
    };
    let frame = |a: (f32, f32), b: (f32, f32)| {
        painter.rect_stroke(Rect::from_min_max(at(a.0, a.1), at(b.0, b.1)), 1.5, stroke, StrokeKind::Middle);
    };
    match icon {
        Icon::About => {
            painter.circle_stroke(at(6.0, 6.0), 6.0, stroke);
            painter.circle_filled(at(6.0, 3.2), 0.9, color);
            line(&[(6.0, 5.4), (6.0, 9.2)]);
        }
        Icon::Table => {
            frame((0.5, 1.0), (11.5, 11.0));
            line(&[(0.5, 4.4), (11.5, 4.4)]);
            line(&[(0.5, 7.7), (11.5, 7.7)]);
            line(&[(4.4, 1.0), (4.4, 11.0)]);
        }
        Icon::Save => {
            line(&[(6.0, 0.5), (6.0, 8.0)]);
            line(&[(3.0, 5.2), (6.0, 8.2), (9.0, 5.2)]);
            line(&[(0.8, 8.5), (0.8, 11.4), (11.2, 11.4), (11.2, 8.5)]);
        }
        Icon::Picture => {
            frame((0.5, 1.0), (11.5, 11.0));
            line(&[(0.8, 9.4), (4.2, 5.4), (6.8, 8.2), (8.6, 6.4), (11.2, 9.2)]);
            painter.circle_filled(at(8.4, 3.8), 1.1, color);
        }
        Icon::Copy => {
            frame((3.6, 3.6), (11.5, 11.5));
            line(&[(8.4, 0.8), (0.8, 0.8), (0.8, 8.4)]);
        }
        Icon::Maximise => {
            for (corner, x, y) in
                [((0.8, 0.8), 1.0, 1.0), ((11.2, 0.8), -1.0, 1.0), ((0.8, 11.2), 1.0, -1.0), ((11.2, 11.2), -1.0, -1.0)]
            {
                line(&[(corner.0 + 3.2 * x, corner.1), corner, (corner.0, corner.1 + 3.2 * y)]);
            }
        }
        Icon::Restore => {
            for (corner, x, y) in
                [((4.2, 4.2), -1.0, -1.0), ((7.8, 4.2), 1.0, -1.0), ((4.2, 7.8), -1.0, 1.0), ((7.8, 7.8), 1.0, 1.0)]
            {
                line(&[(corner.0 + 3.4 * x, corner.1), corner, (corner.0, corner.1 + 3.4 * y)]);
            }
        }
        Icon::More => {
            for x in [1.5, 6.0, 10.5] {
                painter.circle_filled(pos2(at(x, 0.0).x, place.center().y), 1.3, color);
            }
        }
    }
}
