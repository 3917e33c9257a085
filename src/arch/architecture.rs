//! A whole network as rows of integers.

use std::ops::Range;

use super::kind::NetworkKind;
use super::layer::{Layer, Part};
use super::shape::Input;
use super::spec::NetworkSpec;
use super::width::Width;

/// A whole network: what every layer reads, makes, carries and costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Architecture {
    /// How its layers merge.
    pub kind: NetworkKind,
    /// The description it follows from.
    pub spec: NetworkSpec,
    /// What enters and how many classes leave.
    pub input: Input,
    /// w of `residual` and `plain`; `dense` has none.
    pub width: Option<Width>,
    /// Stem, layers and transitions in order, and the classifier last.
    pub layers: Vec<Layer>,
}

impl Architecture {
    /// Trainable numbers.
    pub fn parameters(&self) -> u64 {
        self.layers.iter().map(|layer| layer.parameters).sum()
    }

    /// Means and variances that batch norms observe for evaluation. They are learnt by no gradient and are no parameters.
    pub fn running_statistics(&self) -> u64 {
        2 * self.layers.iter().flat_map(|layer| &layer.norms).sum::<usize>() as u64
    }

    /// Multiply-adds of convolutions and the linear layer, for one image.
    pub fn multiply_adds(&self) -> u64 {
        self.layers.iter().map(|layer| layer.multiply_adds).sum()
    }

    /// The row of that part, if the network has it.
    pub fn layer(&self, part: Part) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.part == part)
    }

    /// The rows of block `block` alone (from 1), in order, without its transition.
    pub fn block(&self, block: usize) -> impl Iterator<Item = &Layer> {
        self.layers.iter().filter(move |layer| matches!(layer.part, Part::Layer { block: of, .. } if of == block))
    }

    /// The block whose features a row reads, and its number among their readers, both from 1: behind a block's last layer stands
    /// a transition or the classifier. Nothing for the stem, which reads the image.
    pub fn reader(&self, part: Part) -> Option<(usize, usize)> {
        let blocks = &self.spec.blocks;
        match part {
            Part::Stem => None,
            Part::Layer { block, layer } => Some((block, layer)),
            Part::Transition { block } => Some((block, blocks.get(block.checked_sub(1)?)? + 1)),
            Part::Classifier => Some((blocks.len(), blocks.last()? + 1)),
        }
    }

    /// The rows whose output row `row` reads, in the order in which they are concatenated. None for the stem, which reads the image, and
    /// for a row that is not there.
    pub fn read_by(&self, row: usize) -> Range<usize> {
        let Some((_, reader)) = self.layers.get(row).and_then(|layer| self.reader(layer.part)) else { return 0..0 };
        // Source s stands `reader - s` rows before its reader.
        row - (reader - self.kind.merge().sources(reader).start)..row
    }

    /// The block (from 1) whose batch norms would see one number per channel in a training batch of that many images, if there is one.
    ///
    /// One number is its own mean: every normalised map is β there, whatever was read, and no layer before it can learn.
    pub fn block_of_single_numbers(&self, batch: usize) -> Option<usize> {
        self.block_of_few_numbers(batch, 1)
    }

    /// The block (from 1) whose batch norms would see so many numbers per channel in a training batch of that many images, if there is one.
    pub fn block_of_few_numbers(&self, batch: usize, numbers: usize) -> Option<usize> {
        self.layers.iter().find_map(|layer| match layer.part {
            Part::Layer { block, .. } => {
                (!layer.norms.is_empty() && batch * layer.height * layer.width == numbers).then_some(block)
            }
            // The others have as many pixels as a block, or more.
            Part::Stem | Part::Transition { .. } | Part::Classifier => None,
        })
    }

    /// Where the channels of source s of a dense block (from 1) lie in a concatenation: k0 of x_0, then k of every layer.
    ///
    /// # Panics
    ///
    /// When there is no such block.
    pub fn slice(&self, block: usize, source: usize) -> Range<usize> {
        let (k0, k) = (self.entering(block), self.spec.growth);
        match source {
            0 => 0..k0,
            layer => k0 + k * (layer - 1)..k0 + k * layer,
        }
    }

    /// Channels of x_0 of block `block` (from 1): its k0.
    ///
    /// # Panics
    ///
    /// When there is no such block.
    pub fn entering(&self, block: usize) -> usize {
        self.block(block).next().expect("every block has a layer").reads
    }
}
