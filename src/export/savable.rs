//! What can be saved as a picture and as values: every figure, and the drawing of the networks, which is no chart.

use super::light::lightened;
use super::picture::{Look, drawing_to_csv, drawing_to_svg, to_csv, to_svg};
use crate::chart::{Chart, FIGURES, Figure, NoData, Options, Shows, Subject, Table};
use crate::drawing::{Drawing, ID, Wires};
use crate::text::Text;

/// Something that can be saved.
#[derive(Clone, Copy)]
pub enum Savable {
    /// A figure that is a chart.
    Chart(&'static Figure),
    /// The drawing of the networks.
    Drawing,
}

/// What is saved: finished but for its size and its colours.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved {
    /// A chart.
    Chart(Chart),
    /// The networks.
    Drawing(Box<Drawing>),
}

impl Savable {
    /// How many there are.
    pub const COUNT: usize = FIGURES.len() + 1;

    /// Everything that can be saved, in the order in which it is shown.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Drawing).chain(FIGURES.iter().map(Self::Chart))
    }

    /// What has that name in files and flags.
    pub fn named(id: &str) -> Option<Self> {
        Self::all().find(|savable| savable.id() == id)
    }

    /// Its name in files and flags.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Chart(figure) => figure.id,
            Self::Drawing => ID,
        }
    }

    /// Which networks it is about.
    pub const fn shows(self) -> Shows {
        match self {
            Self::Chart(figure) => figure.shows,
            Self::Drawing => Shows::Built,
        }
    }

    /// Makes it. A chart has no connections to draw.
    ///
    /// # Errors
    ///
    /// When the subject has no data for it.
    pub fn make(self, subject: &Subject, options: &Options, wires: Wires, text: &Text) -> Result<Saved, NoData> {
        match self {
            Self::Chart(figure) => (figure.build)(subject, options, text).map(Saved::Chart),
            Self::Drawing => {
                Drawing::of(subject, options.gradient, wires, text).map(|drawing| Saved::Drawing(Box::new(drawing)))
            }
        }
    }
}

/// Points of a curve in a picture: more than it has pixels from left to right.
const MOST_POINTS: usize = 3000;

impl Saved {
    /// Its name in files and flags.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Chart(chart) => chart.id,
            Self::Drawing(_) => ID,
        }
    }

    /// What it shows.
    pub fn title(&self) -> &str {
        match self {
            Self::Chart(chart) => &chart.title,
            Self::Drawing(drawing) => &drawing.title,
        }
    }

    /// It as an SVG.
    pub fn to_svg(&self, look: &Look) -> String {
        match self {
            Self::Chart(chart) => to_svg(&lightened(chart, MOST_POINTS), look),
            Self::Drawing(drawing) => drawing_to_svg(drawing, look),
        }
    }

    /// Its values as CSV.
    pub fn to_csv(&self) -> String {
        match self {
            Self::Chart(chart) => to_csv(chart),
            Self::Drawing(drawing) => drawing_to_csv(drawing),
        }
    }

    /// Its values as tables, with their titles.
    pub fn tables(&self) -> Vec<(Option<&str>, Table)> {
        match self {
            Self::Chart(chart) => chart.tables(),
            Self::Drawing(drawing) => vec![(None, drawing.table())],
        }
    }
}
