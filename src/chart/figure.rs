//! The figures there are, and how each is asked for.

use serde::{Deserialize, Serialize};

use super::Chart;
use super::figures;
use super::subject::Subject;
use crate::text::Text;

/// A figure: how its chart is made.
pub struct Figure {
    /// Its name in files and flags. Texts: `figure.ID.title`, `figure.ID.about`.
    pub id: &'static str,
    /// Makes its chart.
    pub build: fn(&Subject, &Options, &Text) -> Result<Chart, NoData>,
}

impl Figure {
    /// The figure of that name.
    pub fn named(id: &str) -> Option<&'static Self> {
        FIGURES.iter().find(|figure| figure.id == id)
    }
}

/// Every figure in the order in which it is shown.
pub const FIGURES: &[Figure] = &[
    Figure { id: "growth", build: figures::growth::build },
    Figure { id: "compression", build: figures::compression::build },
    Figure { id: "gradients", build: figures::gradients::build },
    Figure { id: "gradients-over-time", build: figures::gradients_over_time::build },
    Figure { id: "loss", build: figures::loss::build },
    Figure { id: "costs", build: figures::costs::build },
    Figure { id: "reuse", build: figures::reuse::build },
    Figure { id: "edges", build: figures::edges::build },
];

/// Why a figure has nothing to show, and what would give it something, in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoData(pub String);

/// What a person may choose about figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Which gradient norm.
    pub gradient: GradientMeasure,
    /// What runs along time axes.
    pub time: TimeAxis,
}

impl Default for Options {
    fn default() -> Self {
        Self { gradient: GradientMeasure::WeightNorm, time: TimeAxis::Step }
    }
}

/// Which gradient norm of a layer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum GradientMeasure {
    /// L2 norm of ∂L/∂W.
    WeightNorm,
    /// The same over the root of the number of weights.
    WeightRms,
    /// The same over the norm of the weights.
    Relative,
    /// L2 norm of ∂L/∂x, the total derivative by the layer's output.
    Activation,
}

impl GradientMeasure {
    /// Every measure in the order in which it is offered.
    pub const ALL: [Self; 4] = [Self::WeightNorm, Self::WeightRms, Self::Relative, Self::Activation];
}

/// What runs along a time axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TimeAxis {
    /// Steps of training.
    Step,
    /// Passes over the training images.
    Epoch,
    /// Seconds of training, validation left out, of each network by itself.
    Seconds,
}

impl TimeAxis {
    /// Every axis in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Step, Self::Epoch, Self::Seconds];
}
