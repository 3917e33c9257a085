//! The marks of a panel as shapes on the screen.

use eframe::egui::epaint::{Mesh, RectShape};
use eframe::egui::{Color32, Pos2, Rect, Shape, Stroke, TextureHandle, lerp, pos2};

use super::heat;
use super::look::Look;
use super::placed::Placed;
use super::thin::thin;
use crate::chart::{Marks, Series, Weight};

/// From places to the screen.
pub(super) struct Canvas<'a> {
    /// What is seen.
    pub(super) frame: Rect,
    /// The places at the frame's left and right.
    pub(super) x: [f64; 2],
    /// The places at the frame's bottom and top.
    pub(super) y: [f64; 2],
    /// Pixels of the screen in one point.
    pub(super) pixels_per_point: f32,
    /// Behind the marks.
    pub(super) ground: Color32,
    /// The picture of the cells, if it is made.
    pub(super) texture: Option<&'a TextureHandle>,
}

impl Canvas<'_> {
    /// Where a place is. What lies far outside is brought near, so that no number grows too large for a screen.
    pub(super) fn at(&self, x: f64, y: f64) -> Pos2 {
        pos2(
            position(x, self.x, [self.frame.left(), self.frame.right()]),
            position(y, self.y, [self.frame.bottom(), self.frame.top()]),
        )
    }

    /// The shapes of a series.
    pub(super) fn paint(&self, series: &Series, placed: &Placed, look: &Look, shapes: &mut Vec<Shape>) {
        match placed {
            Placed::Lines(runs) => runs.iter().for_each(|run| self.line(series, run, look, shapes)),
            Placed::Points(points) => {
                let radius = if series.weight == Weight::Faint { 1.6 } else { 3.2 };
                let points = if points.len() > 2000 { thin(points, |x| self.column(x)) } else { points.clone() };
                shapes.extend(points.iter().map(|[x, y]| look.mark(self.at(*x, *y), radius, self.ground)));
            }
            Placed::Band(spans) => self.band(spans, look, shapes),
            Placed::Bars(bars) => self.bars(bars, look, shapes),
            Placed::Cells(columns, rows) => {
                if let Some(texture) = self.texture {
                    shapes.push(Shape::mesh(heat::mesh(texture, columns, rows, |x, y| self.at(x, y))));
                    self.joints(columns, rows, shapes);
                }
            }
            Placed::Rule(upright, at) => {
                let ends = if *upright {
                    let x = self.at(*at, self.y[0]).x;
                    vec![pos2(x, self.frame.top()), pos2(x, self.frame.bottom())]
                } else {
                    let y = self.at(self.x[0], *at).y;
                    vec![pos2(self.frame.left(), y), pos2(self.frame.right(), y)]
                };
                look.line(ends, shapes);
            }
            Placed::Nothing => {}
        }
    }

    /// A hair of the ground between cells that are large.
    fn joints(&self, columns: &[f64], rows: &[f64], shapes: &mut Vec<Shape>) {
        let hair = Stroke::new(1.0, self.ground);
        let (first, last) = (self.at(columns[0], rows[0]), self.at(columns[columns.len() - 1], rows[rows.len() - 1]));
        let width = (last.x - first.x) / (columns.len() - 1) as f32;
        let height = (first.y - last.y) / (rows.len() - 1) as f32;
        if width < 12.0 || height < 7.0 {
            return;
        }
        shapes.extend(columns.iter().map(|edge| Shape::vline(self.at(*edge, rows[0]).x, self.frame.y_range(), hair)));
        shapes.extend(rows.iter().map(|edge| Shape::hline(self.frame.x_range(), self.at(columns[0], *edge).y, hair)));
    }

    fn line(&self, series: &Series, run: &[[f64; 2]], look: &Look, shapes: &mut Vec<Shape>) {
        let first = run.partition_point(|point| point[0] < self.x[0]).saturating_sub(1);
        let last = (run.partition_point(|point| point[0] <= self.x[1]) + 1).min(run.len());
        let seen = run.get(first..last).unwrap_or_default();
        let points: Vec<Pos2> = thin(seen, |x| self.column(x)).into_iter().map(|[x, y]| self.at(x, y)).collect();
        if let [only] = points[..] {
            shapes.push(look.mark(only, 3.2, self.ground));
            return;
        }
        // Few points are seen as points, too: what is between them was not measured.
        let room = self.frame.width() / points.len().max(1) as f32;
        let marks = series.weight != Weight::Faint && matches!(series.marks, Marks::Line(_)) && room >= 12.0;
        let spots = if marks { points.clone() } else { Vec::new() };
        let length: f32 = points.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
        if length > 12.0 * self.frame.width() {
            shapes.push(Shape::line(points, look.stroke())); // dashes of a curve that is all over the place are noise
        } else {
            look.line(points, shapes);
        }
        shapes.extend(spots.into_iter().map(|at| look.mark(at, 3.2, self.ground)));
    }

    fn band(&self, spans: &[[f64; 3]], look: &Look, shapes: &mut Vec<Shape>) {
        let fill = look.color.gamma_multiply(0.55);
        let low: Vec<[f64; 2]> = spans.iter().map(|[x, low, _]| [*x, *low]).collect();
        let high: Vec<[f64; 2]> = spans.iter().map(|[x, _, high]| [*x, *high]).collect();
        // Thinned by columns of their own, both edges keep their extremes; they are joined where either has a point.
        let (low, high) = (self.edge(&low, f64::min), self.edge(&high, f64::max));
        let mut mesh = Mesh::default();
        for ([x, low], [_, high]) in low.iter().zip(&high) {
            mesh.colored_vertex(self.at(*x, *low), fill);
            mesh.colored_vertex(self.at(*x, *high), fill);
        }
        let corners = u32::try_from(mesh.vertices.len()).unwrap_or(0);
        for corner in (0..corners.saturating_sub(2)).step_by(2) {
            mesh.add_triangle(corner, corner + 1, corner + 2);
            mesh.add_triangle(corner + 1, corner + 2, corner + 3);
        }
        if let ([[x, low]], [[_, high]]) = (&low[..], &high[..]) {
            shapes.push(Shape::line_segment([self.at(*x, *low), self.at(*x, *high)], Stroke::new(4.0, fill)));
        }
        shapes.push(Shape::mesh(mesh));
    }

    /// One point for each column of pixels: its extreme.
    fn edge(&self, points: &[[f64; 2]], extreme: fn(f64, f64) -> f64) -> Vec<[f64; 2]> {
        let mut kept: Vec<[f64; 2]> = Vec::new();
        let mut column = None;
        for &[x, y] in points {
            let here = self.column(x);
            match kept.last_mut() {
                Some(last) if column == Some(here) => last[1] = extreme(last[1], y),
                _ => kept.push([x, y]),
            }
            column = Some(here);
        }
        kept
    }

    fn bars(&self, bars: &[[f64; 4]], look: &Look, shapes: &mut Vec<Shape>) {
        for [left, right, from, to] in bars {
            let rect = Rect::from_two_pos(self.at(*left, *from), self.at(*right, *to));
            if rect.right() < self.frame.left() || rect.left() > self.frame.right() {
                continue;
            }
            // Bars on each other are told apart by a hair of the ground between them.
            let hair = if rect.height() > 5.0 { 0.5 } else { 0.0 };
            let rect = Rect::from_min_max(rect.min + eframe::egui::vec2(0.0, hair), rect.max);
            shapes.push(RectShape::filled(rect, 0.0, look.color).into());
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen, brought near it")]
    fn column(&self, x: f64) -> i64 {
        (position(x, self.x, [self.frame.left(), self.frame.right()]) * self.pixels_per_point).floor() as i64
    }
}

#[expect(clippy::cast_possible_truncation, reason = "clamped before")]
fn position(place: f64, [low, high]: [f64; 2], [start, end]: [f32; 2]) -> f32 {
    let share = (place - low) / (high - low);
    let share = if share.is_nan() { 0.0 } else { share.clamp(-20.0, 21.0) };
    lerp(start..=end, share as f32)
}
