//! What is drawn, as data: axes, series, words, numbers. One file for each figure.
//!
//! A [`Chart`] says everything that a reader sees and nothing of how it is painted: the window and the files paint the same charts. A
//! [`Figure`] makes a chart from a [`Subject`] (a run, or an architecture that was never trained) in a language. Knows no toolkit and no file.

mod axis;
mod figure;
mod figures;
pub mod layout;
mod overlay;
mod series;
mod subject;
mod table;

pub use axis::{Axis, Format, Scale, Ticks};
pub use figure::{
    Along, Choice, Chooses, Extent, Figure, GradientMeasure, Group, NoData, Options, ReuseScale, Shows, TimeAxis,
};
pub use figures::FIGURES;
pub use overlay::{BEHIND, Laid, behind, mean_and_range, mean_of_those, overlay};
pub use series::{Bar, Cells, Marks, Meaning, Point, Series, Span, Weight};
pub use subject::Subject;
pub use table::Table;

/// A figure that can be painted: finished words and numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The figure's name in files and flags, such as `growth`.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// What it shows here and now: a formula with its numbers, the step.
    pub subtitle: Option<String>,
    /// One paragraph that says how to read it.
    pub about: String,
    /// One or more plots, side by side or in rows, that share the legend.
    pub panels: Vec<Panel>,
    /// The scale that the cells of all panels share.
    pub color_scale: Option<ColorScale>,
    /// What a reader must know: a caveat, or what the run has no data for.
    pub notes: Vec<String>,
    /// The setting that its x axes stand for, if they stand for one.
    pub chooses: Option<Box<Chooses>>,
}

/// One plot of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Which of them; nothing when the chart has only one.
    pub title: Option<String>,
    /// Left to right.
    pub x: Axis,
    /// Bottom to top.
    pub y: Axis,
    /// What is drawn, in order, the first behind.
    pub series: Vec<Series>,
}

/// Colours for magnitudes.
#[derive(Clone, Debug, PartialEq)]
pub struct ColorScale {
    /// What the colour says, with its unit.
    pub label: String,
    /// Linear, or powers of ten.
    pub scale: Scale,
    /// How values are written.
    pub format: Format,
    /// The value of the lowest colour.
    pub min: f64,
    /// The value of the highest colour.
    pub max: f64,
}

impl ColorScale {
    /// Where a value is on the scale: 0 for the lowest colour, 1 for the highest; nothing for what has no place, such as zero among powers of ten.
    pub fn share(&self, value: f64) -> Option<f64> {
        let (low, high, value) = (self.scale.place(self.min)?, self.scale.place(self.max)?, self.scale.place(value)?);
        Some(if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.5 })
    }
}
