//! What a drawing is made of: shapes with colours and words with sizes, in points. Knows nobody who paints them.

use emath::{Pos2, Rect, Vec2, pos2};

use crate::theme::Color;

/// How wide words are: the words, the size of their letters, and whether they are bold.
pub type Measure<'a> = &'a dyn Fn(&str, f32, bool) -> f32;

/// Which end of words stands at their place; they are centred on it from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Their left end.
    Left,
    /// Their middle.
    Middle,
}

/// Something to be painted.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A four-sided piece; corners go around, each with its colour.
    Quad([(Pos2, Color); 4]),
    /// A rectangle with sharp corners.
    Fill {
        /// Where.
        rect: Rect,
        /// Its colour.
        shade: Color,
    },
    /// A rectangle in which colours run into each other, from corner to corner of a grid.
    Marble {
        /// Where.
        rect: Rect,
        /// Cells from left to right.
        across: usize,
        /// Cells from top to bottom.
        down: usize,
        /// The colours of the corners, column after column.
        shades: Vec<Color>,
    },
    /// A stroke along a cubic curve.
    Stroke {
        /// Both ends, and the control points between them.
        curve: [Pos2; 4],
        /// Straight pieces that are smooth enough.
        pieces: u16,
        /// Its width.
        width: f32,
        /// Its colour.
        shade: Color,
    },
    /// A rectangle with round corners.
    Box {
        /// Where, its edge included.
        rect: Rect,
        /// The radius of its corners.
        radius: u8,
        /// Its colour.
        fill: Color,
        /// Width and colour of its edge.
        edge: Option<(f32, Color)>,
    },
    /// A disc.
    Disc {
        /// Its centre.
        center: Pos2,
        /// Its radius.
        radius: f32,
        /// Its colour.
        fill: Color,
        /// Width and colour of its edge.
        edge: Option<(f32, Color)>,
    },
    /// Words in a line.
    Words {
        /// Where.
        at: Pos2,
        /// Which end stands there.
        anchor: Anchor,
        /// What they are.
        words: String,
        /// The size of the letters.
        size: f32,
        /// Whether they are bold.
        bold: bool,
        /// Their colour.
        shade: Color,
    },
}

/// Marks that are being made.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) marks: Vec<Mark>,
}

/// A place on a cubic curve.
pub fn point_on(curve: &[Pos2; 4], share: f32) -> Pos2 {
    let rest = 1.0 - share;
    let weights = [rest * rest * rest, 3.0 * rest * rest * share, 3.0 * rest * share * share, share * share * share];
    let sum = curve.iter().zip(weights).fold(Vec2::ZERO, |sum, (point, weight)| sum + point.to_vec2() * weight);
    sum.to_pos2()
}

/// The corners of a grid's cell, going around: their places and their numbers among the grid's corners.
pub fn corners(rect: Rect, (across, down): (usize, usize), (column, row): (usize, usize)) -> [(Pos2, usize); 4] {
    let corner = |right: usize, low: usize| {
        let (column, row) = (column + right, row + low);
        let x = rect.left() + rect.width() * column as f32 / across as f32;
        let y = rect.top() + rect.height() * row as f32 / down as f32;
        (pos2(x, y), column * (down + 1) + row)
    };
    [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]
}

impl Sheet {
    /// A rectangle of one colour.
    pub(super) fn fill(&mut self, rect: Rect, shade: Color) {
        if rect.width() > 0.0 && rect.height() > 0.0 {
            self.marks.push(Mark::Fill { rect, shade });
        }
    }

    /// From one upright edge to another; each has its colour.
    pub(super) fn funnel(&mut self, left: (f32, f32, f32), right: (f32, f32, f32), from: Color, to: Color) {
        let ((x, top, bottom), (far, far_top, far_bottom)) = (left, right);
        self.marks.push(Mark::Quad([
            (pos2(x, top), from),
            (pos2(far, far_top), to),
            (pos2(far, far_bottom), to),
            (pos2(x, bottom), from),
        ]));
    }

    /// A smooth stroke along a curve.
    pub(super) fn stroke(&mut self, curve: &[Pos2; 4], pieces: u16, width: f32, shade: Color) {
        self.marks.push(Mark::Stroke { curve: *curve, pieces, width, shade });
    }

    /// A straight smooth stroke.
    pub(super) fn line(&mut self, start: Pos2, end: Pos2, width: f32, shade: Color) {
        let along = end - start;
        self.stroke(&[start, start + along / 3.0, start + along * (2.0 / 3.0), end], 1, width, shade);
    }

    /// A rectangle with round corners.
    pub(super) fn rounded(&mut self, rect: Rect, radius: u8, fill: Color, edge: Option<(f32, Color)>) {
        self.marks.push(Mark::Box { rect, radius, fill, edge });
    }

    /// Words around a place.
    pub(super) fn words(&mut self, at: Pos2, words: impl Into<String>, size: f32, bold: bool, shade: Color) {
        self.marks.push(Mark::Words { at, anchor: Anchor::Middle, words: words.into(), size, bold, shade });
    }
}
