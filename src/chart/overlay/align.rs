//! Axes of several runs as one: rows and names that only some of them have, ends, and bars beside each other.

use crate::arch::Part;
use crate::chart::{Axis, Bar, Marks, Panel, Point, Span, Ticks};

/// What stands along x for all runs.
pub(super) struct Alignment {
    ticks: Ticks,
}

impl Alignment {
    /// Every row or name that any of the panels has, in an order that is each panel's own.
    pub(super) fn of<'a>(panels: impl Iterator<Item = &'a Panel>) -> Self {
        let mut all: Option<Ticks> = None;
        for panel in panels {
            all = Some(match (all, &panel.x.ticks) {
                (None, ticks) => ticks.clone(),
                (Some(Ticks::Parts(mut parts)), Ticks::Parts(more)) => {
                    let missing = more.iter().filter(|(part, _)| !parts.iter().any(|(known, _)| known == part));
                    let missing: Vec<(Part, String)> = missing.cloned().collect();
                    parts.extend(missing);
                    parts.sort_by_key(|(part, _)| order(*part));
                    Ticks::Parts(parts)
                }
                (Some(Ticks::Names(mut names)), Ticks::Names(more)) => {
                    let missing: Vec<String> = more.iter().filter(|name| !names.contains(name)).cloned().collect();
                    names.extend(missing);
                    Ticks::Names(names)
                }
                (Some(ticks), Ticks::Numbers(_) | Ticks::Parts(_) | Ticks::Names(_)) => ticks,
            });
        }
        Self { ticks: all.expect("there is a panel") }
    }

    pub(super) fn ticks(&self) -> &Ticks {
        &self.ticks
    }

    /// Marks whose places were along `own`, placed along all.
    pub(super) fn place(&self, marks: &Marks, own: &Ticks) -> Marks {
        let x = |x: f64| self.place_of(x, own);
        let point = |point: &Point| Point { x: x(point.x), ..*point };
        match marks {
            Marks::Line(points) => Marks::Line(points.iter().map(point).collect()),
            Marks::Steps(points) => Marks::Steps(points.iter().map(point).collect()),
            Marks::Points(points) => Marks::Points(points.iter().map(point).collect()),
            Marks::Band(spans) => Marks::Band(spans.iter().map(|span| Span { x: x(span.x), ..*span }).collect()),
            Marks::Bars(bars) => Marks::Bars(bars.iter().map(|bar| Bar { x: x(bar.x), ..*bar }).collect()),
            Marks::Rule { upright: true, at } => Marks::Rule { upright: true, at: x(*at) },
            Marks::Rule { .. } | Marks::Cells(_) => marks.clone(),
        }
    }

    /// A place beside a row or name keeps its distance from it.
    fn place_of(&self, x: f64, own: &Ticks) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a negative place becomes 0, the first name"
        )]
        let index = x.round() as usize;
        let place = match (own, &self.ticks) {
            (Ticks::Parts(own), Ticks::Parts(all)) => {
                own.get(index).and_then(|(part, _)| all.iter().position(|(known, _)| known == part))
            }
            (Ticks::Names(own), Ticks::Names(all)) => {
                own.get(index).and_then(|name| all.iter().position(|known| known == name))
            }
            (Ticks::Numbers(_) | Ticks::Parts(_) | Ticks::Names(_), _) => None,
        };
        place.map_or(x, |place| x + (place as f64 - index as f64))
    }
}

/// Where a row stands in any network.
fn order(part: Part) -> (usize, usize) {
    match part {
        Part::Stem => (0, 0),
        Part::Layer { block, layer } => (block, layer),
        Part::Transition { block } => (block, usize::MAX),
        Part::Classifier => (usize::MAX, 0),
    }
}

/// The bars of one run among those of others at the same places.
pub(super) fn beside(bars: &[Bar], run: usize, runs: usize) -> Vec<Bar> {
    let (share, shift) = (1.0 / runs as f64, (run as f64 + 0.5) / runs as f64 - 0.5);
    let narrow = |bar: &Bar| {
        let place = bar.x.round();
        Bar { x: place + (bar.x - place) * share + shift * 0.9, width: bar.width * share, ..*bar }
    };
    bars.iter().map(narrow).collect()
}

/// Which ends are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    X,
    Y,
}

/// Ends that hold what each panel's own hold; nothing if none has any.
pub(super) fn range<'a>(
    panels: impl Iterator<Item = &'a Panel> + Clone,
    axis: impl Fn(&'a Panel) -> &'a Axis,
    direction: Direction,
) -> Option<[f64; 2]> {
    panels.clone().find_map(|panel| axis(panel).range)?;
    let own = |panel: &'a Panel| axis(panel).range.or_else(|| extent(panel, direction));
    panels.filter_map(own).reduce(|[low, high], [other_low, other_high]| [low.min(other_low), high.max(other_high)])
}

/// From the lowest to the highest thing that is drawn.
fn extent(panel: &Panel, direction: Direction) -> Option<[f64; 2]> {
    let values = |marks: &Marks| -> Vec<f64> {
        match (marks, direction) {
            (Marks::Line(points) | Marks::Steps(points) | Marks::Points(points), Direction::X) => {
                points.iter().map(|point| point.x).collect()
            }
            (Marks::Line(points) | Marks::Steps(points) | Marks::Points(points), Direction::Y) => {
                points.iter().map(|point| point.y).collect()
            }
            (Marks::Band(spans), Direction::X) => spans.iter().map(|span| span.x).collect(),
            (Marks::Band(spans), Direction::Y) => spans.iter().flat_map(|span| [span.low, span.high]).collect(),
            (Marks::Bars(bars), Direction::X) => {
                bars.iter().flat_map(|bar| [bar.x - bar.width / 2.0, bar.x + bar.width / 2.0]).collect()
            }
            (Marks::Bars(bars), Direction::Y) => bars.iter().flat_map(|bar| [bar.from, bar.to]).collect(),
            (Marks::Cells(cells), Direction::X) => cells.columns.clone(),
            (Marks::Cells(cells), Direction::Y) => cells.rows.clone(),
            (Marks::Rule { upright, at }, _) if *upright == (direction == Direction::X) => vec![*at],
            (Marks::Rule { .. }, _) => Vec::new(),
        }
    };
    let all = panel.series.iter().flat_map(|series| values(&series.marks));
    all.map(|value| [value, value]).reduce(|[low, high], [value, _]| [low.min(value), high.max(value)])
}
