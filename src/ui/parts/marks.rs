//! Marks of a drawing as shapes and triangles of the toolkit.

use eframe::egui::{
    Align2, Color32, CornerRadius, Mesh, Painter, Rect, Shape, Stroke, StrokeKind, emath::TSTransform,
    epaint::TextShape,
};

use crate::drawing::paint::{Anchor, Mark, corners, point_on};
use crate::theme::Color;
use crate::ui::style::{bold_font, color, font};

/// Points over which an edge fades.
const FEATHER: f32 = 0.6;

/// How wide words are in the window. Their layout is kept by the toolkit, and painting them finds it again.
pub fn measure(painter: &Painter) -> impl Fn(&str, f32, bool) -> f32 + '_ {
    |words, size, bold| galley(painter, words, size, bold).size().x
}

fn galley(painter: &Painter, words: &str, size: f32, bold: bool) -> std::sync::Arc<eframe::egui::Galley> {
    let letters = if bold { bold_font(size) } else { font(size) };
    painter.layout_no_wrap(words.to_owned(), letters, Color32::PLACEHOLDER)
}

/// Paints marks, moved and made larger, their letters too.
pub fn put(painter: &Painter, marks: &[Mark], to: TSTransform) {
    for mark in marks {
        put_one(painter, mark, to);
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the radius of a corner, in points")]
fn put_one(painter: &Painter, mark: &Mark, to: TSTransform) {
    let scale = to.scaling;
    let stroke = |edge: Option<(f32, Color)>| {
        edge.map_or(Stroke::NONE, |(width, shade)| Stroke::new(width * scale, color(shade)))
    };
    match mark {
        Mark::Quad(corners) if corners.iter().all(|(_, shade)| *shade == corners[0].1) => {
            let mut places: Vec<_> = corners.iter().map(|(place, _)| to * *place).collect();
            if places.first() == places.last() {
                places.pop();
            }
            painter.add(Shape::convex_polygon(places, color(corners[0].1), Stroke::NONE));
        }
        Mark::Fill { rect, shade } => {
            painter.rect_filled(to * *rect, 0.0, color(*shade));
        }
        Mark::Stroke { curve, pieces: 1, width, shade } => {
            painter.line_segment([to * curve[0], to * curve[3]], Stroke::new(width * scale, color(*shade)));
        }
        Mark::Quad(_) | Mark::Marble { .. } | Mark::Stroke { .. } => {
            let mut shape = mesh(std::slice::from_ref(mark));
            shape.transform(to);
            painter.add(shape);
        }
        Mark::Box { rect, radius, fill, edge } => {
            let radius = CornerRadius::same((f32::from(*radius) * scale) as u8);
            painter.rect(to * *rect, radius, color(*fill), stroke(*edge), StrokeKind::Inside);
        }
        Mark::Disc { center, radius, fill, edge } => {
            painter.circle(to * *center, radius * scale, color(*fill), stroke(*edge));
        }
        Mark::Words { at, anchor, words, size, bold, shade } => {
            let galley = galley(painter, words, size * scale, *bold);
            let align = match anchor {
                Anchor::Left => Align2::LEFT_CENTER,
                Anchor::Middle => Align2::CENTER_CENTER,
            };
            let place = align.anchor_size(to * *at, galley.size());
            painter.add(TextShape::new(place.min, galley, color(*shade)));
        }
    }
}

/// Pieces and strokes as triangles in one mesh, which can be kept. Words, discs and round corners are none.
pub fn mesh(marks: &[Mark]) -> Mesh {
    let mut mesh = Mesh::default();
    for mark in marks {
        match mark {
            Mark::Quad(places) => quad(&mut mesh, places.map(|(place, shade)| (place, color(shade)))),
            Mark::Fill { rect, shade } => mesh.add_colored_rect(*rect, color(*shade)),
            Mark::Marble { rect, across, down, shades } => marble(&mut mesh, *rect, (*across, *down), shades),
            Mark::Stroke { curve, pieces, width, shade } => stroke(&mut mesh, curve, *pieces, *width, color(*shade)),
            Mark::Box { .. } | Mark::Disc { .. } | Mark::Words { .. } => {}
        }
    }
    mesh
}

fn next(mesh: &Mesh) -> u32 {
    u32::try_from(mesh.vertices.len()).expect("a drawing has far fewer corners than four billion")
}

fn quad(mesh: &mut Mesh, places: [(eframe::egui::Pos2, Color32); 4]) {
    let first = next(mesh);
    for (place, shade) in places {
        mesh.colored_vertex(place, shade);
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first, first + 2, first + 3);
}

fn marble(mesh: &mut Mesh, rect: Rect, grid: (usize, usize), shades: &[Color]) {
    for column in 0..grid.0 {
        for row in 0..grid.1 {
            quad(mesh, corners(rect, grid, (column, row)).map(|(place, corner)| (place, color(shades[corner]))));
        }
    }
}

/// A smooth stroke along a curve.
fn stroke(mesh: &mut Mesh, curve: &[eframe::egui::Pos2; 4], pieces: u16, width: f32, core: Color32) {
    // Thinner than a point is fainter instead.
    let (half, core) = if width < 1.0 { (0.5, core.gamma_multiply(width)) } else { (width / 2.0, core) };
    let first = next(mesh);
    for piece in 0..=pieces {
        let share = f32::from(piece) / f32::from(pieces);
        let place = point_on(curve, share);
        let ahead = point_on(curve, (share + 0.01).min(1.0)) - point_on(curve, (share - 0.01).max(0.0));
        let side = ahead.normalized().rot90();
        for (away, shade) in [
            (half + FEATHER, Color32::TRANSPARENT),
            ((half - FEATHER).max(0.0), core),
            (-(half - FEATHER).max(0.0), core),
            (-half - FEATHER, Color32::TRANSPARENT),
        ] {
            mesh.colored_vertex(place + side * away, shade);
        }
    }
    for piece in 0..u32::from(pieces) {
        for row in 0..3 {
            let corner = first + piece * 4 + row;
            mesh.add_triangle(corner, corner + 1, corner + 4);
            mesh.add_triangle(corner + 1, corner + 5, corner + 4);
        }
    }
}
