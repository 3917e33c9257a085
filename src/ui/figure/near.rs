//! The mark nearest the pointer, in exact values.

use eframe::egui::{Pos2, Rect, pos2};

use crate::chart::{Axis, Marks, Panel, Point};

/// A mark that the pointer means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Near {
    /// Which series of the panel.
    pub(super) series: usize,
    /// Which mark of it.
    pub(super) mark: usize,
    /// Where it is on the screen.
    pub(super) at: Pos2,
    /// How far from the pointer, in points.
    distance: f32,
}

/// Farther marks are not meant, in points.
const REACH: f32 = 36.0;

/// The screen positions of values.
pub(super) struct Screen<'a> {
    /// The panel's axes.
    pub(super) x: &'a Axis,
    /// As above.
    pub(super) y: &'a Axis,
    /// From places to the screen.
    pub(super) at: &'a dyn Fn(f64, f64) -> Pos2,
    /// What is seen.
    pub(super) frame: Rect,
}

impl Screen<'_> {
    /// Where a value is; what lies below everything is at the lower edge.
    fn position(&self, x: f64, y: f64) -> Option<Pos2> {
        let x = self.x.scale.place(x)?;
        let Some(y) = self.y.scale.place(y) else {
            let at = (self.at)(x, 0.0);
            return at.x.is_finite().then(|| pos2(at.x, self.frame.bottom()));
        };
        let at = (self.at)(x, y);
        at.is_finite().then_some(at)
    }
}

/// The nearest mark of those series that are not hidden.
pub(super) fn nearest(panel: &Panel, hidden: impl Fn(&str) -> bool, pointer: Pos2, screen: &Screen) -> Option<Near> {
    let mut best: Option<Near> = None;
    for (index, series) in panel.series.iter().enumerate().filter(|(_, series)| !hidden(series.entry())) {
        let mut offer = |mark: usize, at: Pos2, distance: f32| {
            if distance <= REACH && best.is_none_or(|best| distance <= best.distance) {
                best = Some(Near { series: index, mark, at, distance });
            }
        };
        match &series.marks {
            Marks::Line(points) | Marks::Points(points) => {
                for mark in around(points, pointer, screen) {
                    if let Some(at) = screen.position(points[mark].x, points[mark].y)
                        && screen.y.scale.place(points[mark].y).is_some()
                    {
                        offer(mark, at, at.distance(pointer));
                    }
                }
            }
            Marks::Steps(points) => {
                let after = points
                    .partition_point(|point| screen.position(point.x, point.y).is_some_and(|at| at.x <= pointer.x));
                if let Some(mark) = after.checked_sub(1)
                    && let Some(at) = screen.position(points[mark].x, points[mark].y)
                {
                    let level = pos2(pointer.x.min(screen.frame.right()), at.y);
                    offer(mark, level, (at.y - pointer.y).abs());
                }
            }
            Marks::Band(spans) => {
                let x = |mark: usize| screen.position(spans[mark].x, spans[mark].high).map(|at| at.x);
                let mark = (0..spans.len()).min_by(|a, b| {
                    let far = |mark| x(mark).map_or(f32::INFINITY, |x| (x - pointer.x).abs());
                    far(*a).total_cmp(&far(*b))
                });
                if let Some(mark) = mark
                    && let (Some(low), Some(high)) = (
                        screen.position(spans[mark].x, spans[mark].low),
                        screen.position(spans[mark].x, spans[mark].high),
                    )
                {
                    let inside = pointer.y.clamp(high.y.min(low.y), low.y.max(high.y));
                    let at = pos2(high.x, inside);
                    offer(mark, at, at.distance(pointer) + 12.0); // a line within the band is meant first
                }
            }
            Marks::Bars(bars) => {
                for (mark, bar) in bars.iter().enumerate() {
                    let (half, to, from) = (bar.width / 2.0, bar.to, bar.from);
                    if let (Some(a), Some(b)) = (screen.position(bar.x - half, from), screen.position(bar.x + half, to))
                    {
                        let rect = Rect::from_two_pos(a, b);
                        let across = rect.expand2(eframe::egui::vec2(0.0, 4.0)).distance_to_pos(pointer);
                        offer(mark, pos2(rect.center().x, b.y), across);
                    }
                }
            }
            Marks::Cells(cells) => {
                if let Some(mark) = cell(&cells.columns, &cells.rows, pointer, screen)
                    && cells.values[mark].is_some()
                {
                    offer(mark, pointer, 0.0);
                }
            }
            Marks::Rule { upright, at } => {
                let at = if *upright { screen.position(*at, 1.0) } else { screen.position(1.0, *at) };
                if let Some(at) = at.filter(|_| !series.name.is_empty()) {
                    let (at, distance) = if *upright {
                        (pos2(at.x, pointer.y), (at.x - pointer.x).abs())
                    } else {
                        (pos2(pointer.x, at.y), (at.y - pointer.y).abs())
                    };
                    if distance < 5.0 {
                        offer(0, at, distance + 4.0);
                    }
                }
            }
        }
    }
    best
}

/// The points around the pointer's column; in a curve of many only those of its pixels.
fn around(points: &[Point], pointer: Pos2, screen: &Screen) -> std::ops::Range<usize> {
    if points.len() <= 256 {
        return 0..points.len();
    }
    let x = |point: &Point| screen.x.scale.place(point.x).map_or(f32::NEG_INFINITY, |x| (screen.at)(x, 0.0).x);
    let first = points.partition_point(|point| x(point) < pointer.x - 3.0);
    let last = points.partition_point(|point| x(point) <= pointer.x + 3.0);
    let (first, last) = (first.saturating_sub(1), (last + 1).min(points.len()));
    first..last.min(first + 4096)
}

/// The cell under the pointer, row by row.
fn cell(columns: &[f64], rows: &[f64], pointer: Pos2, screen: &Screen) -> Option<usize> {
    let column = columns.partition_point(|edge| screen.position(*edge, rows[0]).is_some_and(|at| at.x <= pointer.x));
    let row = rows.partition_point(|edge| screen.position(columns[0], *edge).is_some_and(|at| at.y >= pointer.y));
    let inside = (1..columns.len()).contains(&column) && (1..rows.len()).contains(&row);
    inside.then(|| (row - 1) * (columns.len() - 1) + column - 1)
}
