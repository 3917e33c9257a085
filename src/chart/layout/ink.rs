//! The look of each meaning: colour, dash, mark, and a pattern where colour must not be needed.

use super::sketch::{Fill, Pattern, Sketch, Stroke};
use crate::chart::{Meaning, Series, Weight};
use crate::theme::{Color, Dash, Palette, Sign, ThemeKind};

/// The shape of a mark at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Disc,
    Square,
    Triangle,
    Diamond,
    Cross,
    Saltire,
}

const MARKS: [Mark; 6] = [Mark::Disc, Mark::Square, Mark::Triangle, Mark::Diamond, Mark::Saltire, Mark::Cross];

/// How a series looks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ink {
    /// Of lines and marks.
    pub(super) color: Color,
    /// Of bars.
    pub(super) area: Color,
    /// The number of the pattern of bars and bands on paper.
    pub(super) pattern: Option<usize>,
    pub(super) mark: Mark,
    dash: Dash,
    weight: Weight,
}

impl Ink {
    pub(super) fn of(series: &Series, palette: &Palette) -> Self {
        let paper = palette.kind == ThemeKind::Print;
        let rank = rank(series.meaning);
        let (color, area) = colors(series.meaning, palette);
        let own_dash = match (series.meaning, paper) {
            (Meaning::Guide, _) => Dash::Dashed,
            (Meaning::Network(kind), false) => Sign::of(kind).dash,
            (_, false) => Dash::Solid,
            (_, true) if series.weight == Weight::Faint => Dash::Solid,
            (_, true) => [Dash::Solid, Dash::Dashed, Dash::Dotted][(rank + rank / 3) % 3],
        };
        let pattern = if paper { pattern(series.meaning) } else { None };
        Self {
            color,
            area,
            pattern,
            mark: MARKS[rank % MARKS.len()],
            dash: series.dash.unwrap_or(own_dash),
            weight: series.weight,
        }
    }

    /// The line, for letters of that size.
    pub(super) fn stroke(&self, unit: f64) -> Stroke {
        let width = unit
            * match self.weight {
                Weight::Main => 0.165,
                Weight::Second => 0.105,
                Weight::Faint => 0.07,
            };
        let dash = match self.dash {
            Dash::Solid => Vec::new(),
            Dash::Dashed => vec![unit * 0.5, unit * 0.3],
            Dash::Dotted => vec![unit * 0.14, unit * 0.22],
        };
        Stroke { color: self.faded(), width, dash }
    }

    /// The colour, thinned where it stands behind.
    pub(super) fn faded(&self) -> Color {
        match self.weight {
            Weight::Main | Weight::Second => self.color,
            Weight::Faint => self.color.with_opacity(0.45),
        }
    }

    /// How bars are filled.
    pub(super) fn fill(&self, palette: &Palette, unit: f64) -> Fill {
        let opacity = match self.weight {
            Weight::Main => 1.0,
            Weight::Second => 0.75,
            Weight::Faint => 0.4,
        };
        let side = (unit * 0.45).max(3.0);
        let pattern =
            self.pattern.map(|number| Pattern::Hatch { number, ink: self.area, ground: palette.ground, side });
        Fill { color: self.area.with_opacity(opacity), pattern }
    }

    /// How a range is filled, so that lines in front of it are seen.
    pub(super) fn band(&self, palette: &Palette) -> Fill {
        let tint = if palette.kind == ThemeKind::Print { 0.16 } else { 0.23 };
        Fill::plain(self.color.with_opacity(tint))
    }
}

/// A number that tells meanings apart where colour does not.
fn rank(meaning: Meaning) -> usize {
    match meaning {
        Meaning::Network(kind) => kind.rank(),
        Meaning::Source(index) | Meaning::Run(index) => index,
        Meaning::Portion(kind, index) => kind.rank() + 3 * index,
        Meaning::Guide => 0,
    }
}

/// The colour of a meaning, for what stands beside charts.
pub(crate) fn color_of(meaning: Meaning, palette: &Palette) -> Color {
    colors(meaning, palette).0
}

fn colors(meaning: Meaning, palette: &Palette) -> (Color, Color) {
    let same = |color| (color, color);
    match meaning {
        Meaning::Network(kind) => same(palette.network(kind)),
        Meaning::Source(index) => same(palette.source(index)),
        Meaning::Portion(kind, index) => {
            let share = [0.0, 0.5, 0.7][index.min(2)];
            same(palette.network(kind).mix(palette.ground, share))
        }
        Meaning::Guide => same(palette.quiet),
        Meaning::Run(index) => match palette.kind {
            ThemeKind::Light | ThemeKind::Dark => same(palette.source(1 + index % 7)),
            ThemeKind::Print => same(palette.ink.mix(palette.ground, [0.0, 0.35, 0.5][index % 3])),
        },
    }
}

/// Which pattern, so that neighbours differ by more than their grey.
fn pattern(meaning: Meaning) -> Option<usize> {
    match meaning {
        Meaning::Network(kind) => Sign::of(kind).pattern,
        Meaning::Guide | Meaning::Portion(_, 0) => None,
        Meaning::Portion(_, 1) => Some(0),
        Meaning::Portion(_, _) => Some(2),
        Meaning::Source(index) | Meaning::Run(index) => match index % 8 {
            2 => Some(0),
            4 => Some(1),
            6 => Some(2),
            _ => None,
        },
    }
}

/// Paints a mark, with an edge that sets it off from what is behind.
pub(super) fn mark(paper: &Sketch, shape: Mark, (x, y): (f64, f64), radius: f64, fill: &Fill, edge: Option<&Stroke>) {
    let polygon = |corners: &[(f64, f64)]| {
        let corners: Vec<_> = corners.iter().map(|(dx, dy)| (x + dx * radius, y + dy * radius)).collect();
        paper.polygon(&corners, fill, edge);
    };
    match shape {
        Mark::Disc => paper.disc((x, y), radius, fill, edge),
        Mark::Square => polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        Mark::Triangle => polygon(&[(0.0, -1.15), (1.1, 0.8), (-1.1, 0.8)]),
        Mark::Diamond => polygon(&[(0.0, -1.25), (1.15, 0.0), (0.0, 1.25), (-1.15, 0.0)]),
        Mark::Cross => polygon(&CROSS),
        Mark::Saltire => polygon(&CROSS.map(|(x, y)| ((x - y) * 0.75, (x + y) * 0.75))),
    }
}

const CROSS: [(f64, f64); 12] = [
    (-0.35, -1.2),
    (0.35, -1.2),
    (0.35, -0.35),
    (1.2, -0.35),
    (1.2, 0.35),
    (0.35, 0.35),
    (0.35, 1.2),
    (-0.35, 1.2),
    (-0.35, 0.35),
    (-1.2, 0.35),
    (-1.2, -0.35),
    (-0.35, -0.35),
];
