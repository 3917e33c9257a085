//! What a network makes of one image: the feature maps of every row, and the classes it leans to.
//!
//! Plain data, like everything here; knows neither the image nor how maps are coloured. What a row *made* is kept once, and what
//! a row *read* is put together from what others made, as the mathematics page says of the three networks.

use super::inside::Inside;
use super::maps::FeatureMaps;
use super::record::Evaluation;
use crate::arch::{Architecture, Cuts, Part};

/// What a network makes of one validation image, with its running statistics.
#[derive(Clone, Debug, PartialEq)]
pub struct Glance {
    /// Updates that were made so far; 0 with fresh weights.
    pub step: usize,
    /// The image, counted from 0 in the validation set.
    pub image: usize,
    /// What each row of [`Architecture::layers`] makes, in its order.
    pub rows: Vec<RowMaps>,
    /// Softmax of the logits, by class.
    pub probabilities: Vec<f32>,
    /// The layer that was to be looked into.
    pub inside: Option<Inside>,
    /// What connections are cut, if any are: then the maps and the probabilities are those without them.
    pub cut: Option<CutSeen>,
}

/// What cutting connections does, beside what the whole network does at the same step.
#[derive(Clone, Debug, PartialEq)]
pub struct CutSeen {
    /// Which are cut, and how.
    pub cuts: Cuts,
    /// How the whole network does on the validation images.
    pub whole: Evaluation,
    /// How it does with the links cut.
    pub evaluation: Evaluation,
    /// Softmax of the whole network's logits for the image, by class.
    pub whole_probabilities: Vec<f32>,
}

/// What one row makes of the image.
#[derive(Clone, Debug, PartialEq)]
pub struct RowMaps {
    /// What the row made itself: the stem's output, a dense layer's k new maps, H(x) of the other layers, a transition's output
    /// after pooling, and the logits of the classifier as maps of one pixel.
    pub made: FeatureMaps,
    /// `H(x) + x` of a residual layer; no other row adds.
    pub sum: Option<FeatureMaps>,
}

impl RowMaps {
    /// What the row hands on by itself: its sum where it adds, else what it made.
    pub fn handed_on(&self) -> &FeatureMaps {
        self.sum.as_ref().unwrap_or(&self.made)
    }
}

impl Glance {
    /// What a row of the network read, each source with its maps, in the order in which they are concatenated. Nothing for the
    /// stem, which reads the image, and for a row that is not there.
    ///
    /// In a dense network that is what entered the block and what each earlier layer of it made; in the others
    /// the one row before.
    pub fn read_by(&self, architecture: &Architecture, row: usize) -> Vec<(Part, &FeatureMaps)> {
        let sources = architecture.read_by(row);
        let maps = self.rows.get(sources.clone()).unwrap_or_default();
        architecture.layers[sources].iter().zip(maps).map(|(layer, maps)| (layer.part, maps.handed_on())).collect()
    }
}
