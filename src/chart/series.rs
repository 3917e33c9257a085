//! What is drawn in a panel: marks at exact values, with their meaning.

use crate::arch::NetworkKind;
use crate::theme::Dash;

/// One set of marks that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name for programs, unique in its panel: `dense.train_loss`. Column of the CSV, id in the SVG.
    pub key: String,
    /// Its name for people; series of one name are one entry of the legend, unless they have an `entry`. Empty: not in the legend.
    pub name: String,
    /// Its name in the legend, where several series with names of their own are one entry; empty: not in the legend.
    pub entry: Option<String>,
    /// What it is of every network alike, such as what is read; where legends have no room for each network, they say this once.
    pub role: Option<String>,
    /// What its colour says.
    pub meaning: Meaning,
    /// How much it is meant to be looked at.
    pub weight: Weight,
    /// A dash of its own; otherwise that of its meaning.
    pub dash: Option<Dash>,
    /// The marks.
    pub marks: Marks,
    /// For each mark what hovering it says beside its values, such as a formula with its numbers; empty, or one for each mark.
    pub notes: Vec<String>,
}

impl Series {
    /// A series without a dash of its own and without notes.
    pub fn new(
        key: impl Into<String>,
        name: impl Into<String>,
        meaning: Meaning,
        weight: Weight,
        marks: Marks,
    ) -> Self {
        let (key, name) = (key.into(), name.into());
        Self { key, name, entry: None, role: None, meaning, weight, dash: None, marks, notes: Vec::new() }
    }

    /// Its name in the legend; empty if it is not there.
    pub fn entry(&self) -> &str {
        self.entry.as_deref().unwrap_or(&self.name)
    }

    /// The same series with what it is of every network alike.
    pub fn with_role(self, role: &str) -> Self {
        Self { role: Some(role.to_owned()), ..self }
    }

    /// The same series with what hovering each mark says.
    pub fn with_notes(self, notes: Vec<String>) -> Self {
        debug_assert_eq!(notes.len(), self.marks.len(), "{}: one note for each mark", self.key);
        Self { notes, ..self }
    }
}

/// What a colour (and dash, and mark) says. Themes give each its look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// A network.
    Network(NetworkKind),
    /// What made a channel: 0 for what entered the block, l for layer l.
    Source(usize),
    /// What is measured of one network in several parts, such as identity and branch: 0, 1, …, by tints of the network's colour.
    Portion(NetworkKind, usize),
    /// Neither: a guide, a limit, the moment.
    Guide,
    /// A run among several, in the order given.
    Run(usize),
}

/// How much a series is meant to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// What the figure is about.
    Main,
    /// What the main thing is compared with.
    Second,
    /// What stands behind: a range, single noisy values.
    Faint,
}

/// The marks of a series. On a logarithmic axis a value without a place is left out by the painter and stays in the table.
#[derive(Clone, Debug, PartialEq)]
pub enum Marks {
    /// Points joined by straight lines, in order of x.
    Line(Vec<Point>),
    /// Points joined by a line that stays level until the next: exact for what changes at once.
    Steps(Vec<Point>),
    /// Points by themselves, with the mark of the meaning.
    Points(Vec<Point>),
    /// From low to high at each x, in order of x.
    Band(Vec<Span>),
    /// Bars, each from one value to another; bars at the same x stand on each other only if their values say so.
    Bars(Vec<Bar>),
    /// A grid of coloured cells.
    Cells(Cells),
    /// One level or upright line through the whole panel.
    Rule {
        /// Upright (at an x) or level (at a y).
        upright: bool,
        /// Where.
        at: f64,
    },
}

impl Marks {
    /// How many marks there are; a cell that is left empty is one, too.
    pub fn len(&self) -> usize {
        match self {
            Self::Line(points) | Self::Steps(points) | Self::Points(points) => points.len(),
            Self::Band(spans) => spans.len(),
            Self::Bars(bars) => bars.len(),
            Self::Cells(cells) => cells.values.len(),
            Self::Rule { .. } => 1,
        }
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A value at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Place.
    pub x: f64,
    /// Value.
    pub y: f64,
}

/// A range at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Place.
    pub x: f64,
    /// Lower value.
    pub low: f64,
    /// Higher value.
    pub high: f64,
}

/// A bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Its middle.
    pub x: f64,
    /// Its width in units of x.
    pub width: f64,
    /// Where it starts.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// A grid of cells; an edge list is one longer than the cells it bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// Edges of the columns, rising, in units of x.
    pub columns: Vec<f64>,
    /// Edges of the rows, rising, in units of y.
    pub rows: Vec<f64>,
    /// Values row by row, the lowest row first; nothing where there is no cell.
    pub values: Vec<Option<f64>>,
}

impl Cells {
    /// The value of a cell, column and row counted from 0.
    pub fn value(&self, column: usize, row: usize) -> Option<f64> {
        *self.values.get(row * (self.columns.len() - 1) + column)?
    }
}
