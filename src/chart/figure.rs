//! What a figure is, and how it is asked for.

use serde::{Deserialize, Serialize};

use super::Chart;
use super::subject::Subject;
use crate::config::{Field, Value};
use crate::text::Text;

/// A figure: everything about it but its words. It stands in a file of its own in `figures`.
pub struct Figure {
    /// Its name in files and flags. Texts: `figure.ID.title`, `figure.ID.about`.
    pub id: &'static str,
    /// Makes its chart.
    pub build: fn(&Subject, &Options, &Text) -> Result<Chart, NoData>,
    /// With which others it stands.
    pub group: Group,
    /// Which networks it is about.
    pub shows: Shows,
    /// What a person may choose about it, in the order in which it is offered.
    pub choices: &'static [Choice],
    /// Whether its numbers are those that questions of the exercise ask for.
    pub tells_answers: bool,
}

impl Figure {
    /// Whether it shows one moment of a run: what has a time axis shows all of it.
    pub fn shows_a_moment(&self) -> bool {
        self.shows == Shows::Run && !self.choices.iter().any(|choice| matches!(choice, Choice::Time | Choice::Against))
    }
}

/// Figures that stand together where there is no room for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What follows from the architecture.
    Structure,
    /// Gradients at one moment.
    Gradients,
    /// Maps of what training does, which want room.
    Maps,
    /// How well it learns.
    Learning,
}

/// Which networks something shows while others are built than those that were trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Those that are built: it follows every slider.
    Built,
    /// Those of the run; before there is one, those that are built.
    Run,
}

/// Something about a figure that a person may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// [`Options::gradient`].
    Gradient,
    /// [`Options::time`].
    Time,
    /// [`Options::time`], or the parameters in its place.
    Against,
    /// [`Options::reuse`].
    Reuse,
    /// [`Options::along`].
    Along,
    /// [`Options::extent`].
    Extent,
}

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
    /// Whether loss and accuracy stand against the networks' parameters in place of time.
    pub by_parameters: bool,
    /// What the cells of feature reuse say.
    pub reuse: ReuseScale,
    /// Over which setting costs are shown.
    pub along: Along,
    /// Of what costs are shown.
    pub extent: Extent,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            gradient: GradientMeasure::WeightNorm,
            time: TimeAxis::Step,
            by_parameters: false,
            reuse: ReuseScale::MeanWeight,
            along: Along::Layers,
            extent: Extent::Block(1),
        }
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
    /// Multiply-adds of the forward passes, of each network by itself.
    MultiplyAdds,
}

impl TimeAxis {
    /// Every axis in the order in which it is offered.
    pub const ALL: [Self; 4] = [Self::Step, Self::Epoch, Self::Seconds, Self::MultiplyAdds];
}

/// What the cells of feature reuse say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ReuseScale {
    /// The mean absolute weight.
    MeanWeight,
    /// The same over the largest of its reader: within each column the strongest source is 1, so that readers with small weights are
    /// read as easily as others.
    ByReader,
}

impl ReuseScale {
    /// Every scale in the order in which it is offered.
    pub const ALL: [Self; 2] = [Self::MeanWeight, Self::ByReader];
}

/// The setting over which costs are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Along {
    /// Layers of a block, L, or of all blocks in their proportions.
    Layers,
    /// The growth rate k.
    Growth,
    /// The compression θ.
    Compression,
}

impl Along {
    /// Every setting in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Layers, Self::Growth, Self::Compression];
}

/// Of what costs are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Extent {
    /// The layers of one block, counted from 1; the last one where there are fewer.
    Block(usize),
    /// The whole network.
    Network,
}

/// A setting that the x axis of every panel stands for, so that dragging along it chooses.
#[derive(Clone, Debug, PartialEq)]
pub struct Chooses {
    /// Which setting.
    pub field: &'static Field,
    /// Every value that can be chosen with its place along the axis, rising.
    pub places: Vec<(f64, Value)>,
    /// The one that is set now, from 0.
    pub now: usize,
}

impl Chooses {
    /// The value nearest to a place.
    pub fn nearest(&self, place: f64) -> usize {
        let far = |index: &usize| (self.places[*index].0 - place).abs();
        (0..self.places.len()).min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(self.now)
    }
}
