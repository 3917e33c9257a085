//! Marks of a drawing as shapes of an SVG. Colours that run into each other are gradients: from left to right in a piece, and
//! from top to bottom in narrow strips where a grid of colours is stirred together.

use emath::{Pos2, Rect};

use crate::chart::layout::{Area, Face, Fill, Letters, Pattern, Side, Stroke};
use crate::drawing::paint::{Anchor, Mark};
use crate::export::picture::paper::Paper;
use crate::theme::Color;

/// Strips of a stirred stack for each cell of its grid.
const STRIPS: usize = 3;
/// From the middle of capitals and digits to the baseline, as a share of the letters' size.
const TO_BASELINE: f64 = 0.36;

/// Paints marks on a paper.
pub(super) struct Painter<'a> {
    paper: &'a Paper,
    corner: (f64, f64),
    scale: f64,
    /// The gradients there are, by their direction and stops; their place is their name.
    gradients: Vec<(bool, Vec<Color>)>,
}

pub(super) const fn face(bold: bool) -> Face {
    if bold { Face::Bold } else { Face::Regular }
}

impl<'a> Painter<'a> {
    pub(super) fn new(paper: &'a Paper, corner: (f64, f64), scale: f64) -> Self {
        Self { paper, corner, scale, gradients: Vec::new() }
    }

    pub(super) fn put(&mut self, marks: &[Mark]) {
        for mark in marks {
            self.put_one(mark);
        }
    }

    fn at(&self, place: Pos2) -> (f64, f64) {
        (self.corner.0 + f64::from(place.x) * self.scale, self.corner.1 + f64::from(place.y) * self.scale)
    }

    fn area(&self, rect: Rect) -> Area {
        let ((left, top), (right, bottom)) = (self.at(rect.min), self.at(rect.max));
        Area { left, top, right, bottom }
    }

    fn length(&self, length: f32) -> f64 {
        f64::from(length) * self.scale
    }

    fn edge(&self, edge: Option<(f32, Color)>) -> Option<Stroke> {
        edge.map(|(width, shade)| Stroke::whole(shade, self.length(width)))
    }

    fn put_one(&mut self, mark: &Mark) {
        match mark {
            Mark::Quad(corners) => {
                let points = corners.map(|(place, _)| self.at(place));
                let (from, to) = (corners[0].1, corners[1].1);
                let fill = if from == to { Fill::plain(from) } else { self.gradient(false, vec![from, to]) };
                self.paper.polygon(&points, &fill, None);
            }
            Mark::Fill { rect, shade } => self.paper.rectangle(self.area(*rect), &Fill::plain(*shade), None),
            Mark::Marble { rect, across, down, shades } => self.marble(*rect, (*across, *down), shades),
            Mark::Stroke { curve, pieces, width, shade } => {
                let stroke = Stroke::whole(*shade, self.length(*width));
                let curve = curve.map(|place| self.at(place));
                if *pieces == 1 {
                    self.paper.line(&[curve[0], curve[3]], &stroke);
                } else {
                    self.paper.curve(curve, &stroke);
                }
            }
            Mark::Box { rect, radius, fill, edge } => {
                let radius = f64::from(*radius) * self.scale;
                self.paper.rounded(self.area(*rect), radius, &Fill::plain(*fill), self.edge(*edge).as_ref());
            }
            Mark::Disc { center, radius, fill, edge } => {
                let (center, radius) = (self.at(*center), self.length(*radius));
                self.paper.disc(center, radius, &Fill::plain(*fill), self.edge(*edge).as_ref());
            }
            Mark::Words { at, anchor, words, size, bold, shade } => {
                let letters = Letters { size: self.length(*size), face: face(*bold), color: *shade };
                let (x, y) = self.at(*at);
                let side = match anchor {
                    Anchor::Left => Side::Left,
                    Anchor::Middle => Side::Middle,
                };
                self.paper.text(words, (x, y + letters.size * TO_BASELINE), side, &letters);
            }
        }
    }

    fn marble(&mut self, rect: Rect, (across, down): (usize, usize), shades: &[Color]) {
        let strips = across * STRIPS;
        let area = self.area(rect);
        let wide = area.width() / strips as f64;
        for strip in 0..strips {
            let (column, share) = (strip / STRIPS, ((strip % STRIPS) as f32 + 0.5) / STRIPS as f32);
            let shade = |row: usize| {
                let corner = |column: usize| shades[column * (down + 1) + row];
                corner(column).mix(corner(column + 1), share)
            };
            let fill = self.gradient(true, (0..=down).map(shade).collect());
            let left = area.left + wide * strip as f64;
            // Each strip reaches to the end, under the next ones, so that no ground shines through between them.
            self.paper.rectangle(Area { left, ..area }, &fill, None);
        }
    }

    /// A fill that goes evenly from the first colour to the last. Its name is a number, the same in every theme.
    fn gradient(&mut self, down: bool, stops: Vec<Color>) -> Fill {
        let wanted = (down, stops);
        let known = self.gradients.iter().position(|known| *known == wanted);
        let number = known.unwrap_or_else(|| {
            self.gradients.push(wanted);
            self.gradients.len() - 1
        });
        let (_, stops) = &self.gradients[number];
        let pattern = Pattern::Blend { number, down, stops: stops.clone() };
        Fill { color: Color { a: 255, ..stops[0] }, pattern: Some(pattern) }
    }
}
