//! Triangles: quads whose corners have colours of their own, and smooth strokes along curves.

use eframe::egui::{Color32, Mesh, Pos2, Rect, Vec2, pos2};

use crate::theme::Color;
use crate::ui::style::color;

/// Points over which an edge fades.
const FEATHER: f32 = 0.6;

/// A mesh that is being made.
#[derive(Default)]
pub(in crate::ui::network) struct Sheet {
    pub(in crate::ui::network) mesh: Mesh,
}

/// A place on a cubic curve.
pub(in crate::ui::network) fn point_on(curve: &[Pos2; 4], share: f32) -> Pos2 {
    let rest = 1.0 - share;
    let weights = [rest * rest * rest, 3.0 * rest * rest * share, 3.0 * rest * share * share, share * share * share];
    let sum = curve.iter().zip(weights).fold(Vec2::ZERO, |sum, (point, weight)| sum + point.to_vec2() * weight);
    sum.to_pos2()
}

impl Sheet {
    fn next(&self) -> u32 {
        u32::try_from(self.mesh.vertices.len()).expect("a drawing has far fewer corners than four billion")
    }

    /// A four-sided piece; corners go around, each with its colour.
    pub(super) fn quad(&mut self, corners: [(Pos2, Color); 4]) {
        let first = self.next();
        for (place, shade) in corners {
            self.mesh.colored_vertex(place, color(shade));
        }
        self.mesh.add_triangle(first, first + 1, first + 2);
        self.mesh.add_triangle(first, first + 2, first + 3);
    }

    /// A rectangle of one colour.
    pub(super) fn fill(&mut self, rect: Rect, shade: Color) {
        if rect.width() > 0.0 && rect.height() > 0.0 {
            self.mesh.add_colored_rect(rect, color(shade));
        }
    }

    /// From one upright edge to another; each has its colour.
    pub(super) fn funnel(&mut self, left: (f32, f32, f32), right: (f32, f32, f32), from: Color, to: Color) {
        let ((x, top, bottom), (far, far_top, far_bottom)) = (left, right);
        self.quad([
            (pos2(x, top), from),
            (pos2(far, far_top), to),
            (pos2(far, far_bottom), to),
            (pos2(x, bottom), from),
        ]);
    }

    /// A smooth stroke along a curve.
    pub(super) fn stroke(&mut self, curve: &[Pos2; 4], pieces: u16, width: f32, shade: Color) {
        let core = color(shade);
        // Thinner than a point is fainter instead.
        let (half, core) = if width < 1.0 { (0.5, core.gamma_multiply(width)) } else { (width / 2.0, core) };
        let first = self.next();
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
                self.mesh.colored_vertex(place + side * away, shade);
            }
        }
        for piece in 0..u32::from(pieces) {
            for row in 0..3 {
                let corner = first + piece * 4 + row;
                self.mesh.add_triangle(corner, corner + 1, corner + 4);
                self.mesh.add_triangle(corner + 1, corner + 5, corner + 4);
            }
        }
    }

    /// A straight smooth stroke.
    pub(super) fn line(&mut self, start: Pos2, end: Pos2, width: f32, shade: Color) {
        let along = end - start;
        self.stroke(&[start, start + along / 3.0, start + along * (2.0 / 3.0), end], 1, width, shade);
    }
}
