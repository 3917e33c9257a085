//! How many numbers the forward pass must keep for the backward pass, with and without a shared buffer.
//!
//! Counted are the feature maps that a layer's convolutions and merges stand on: what it reads, the maps
//! between its two convolutions, and what a transition makes before it is pooled. Normalised and rectified
//! copies are left out of both counts, since either way they can be made again from these (Pleiss, Chen,
//! Huang, Li, van der Maaten, Weinberger, *Memory-Efficient Implementation of DenseNets*, 2017).

use super::architecture::Architecture;
use super::layer::{Layer, Part};
use super::merge::Merge;
use super::spec::Stem;

/// Activations of one image, in numbers (4 bytes each in single precision).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActivationMemory {
    /// Every layer keeps its own copy of the concatenation it reads: grows with L² in a dense block.
    pub naive: u64,
    /// One buffer per block, of which each layer reads the beginning: grows with L.
    pub shared: u64,
}

impl ActivationMemory {
    /// Bytes of one number in single precision.
    pub const BYTES: u64 = 4;
}

impl Architecture {
    /// The part of block `block` (from 1): its layers', and the concatenation that is read behind its last layer.
    pub fn block_activation_memory(&self, block: usize) -> ActivationMemory {
        let mut memory = ActivationMemory { naive: 0, shared: 0 };
        for layer in self.block(block) {
            let pixels = layer.height * layer.width;
            let inner = layer.inner().unwrap_or(0) * pixels;
            memory.naive += (layer.reads * pixels + inner) as u64;
            memory.shared += (kept_by(self.kind.merge(), layer) * pixels + inner) as u64;
        }
        let carried = self.block(block).last().map_or(0, |layer| layer.carries * layer.height * layer.width) as u64;
        ActivationMemory { naive: memory.naive + carried, shared: memory.shared + carried }
    }

    /// Numbers kept for the backward pass of one image.
    pub fn activation_memory(&self) -> ActivationMemory {
        let mut memory = ActivationMemory { naive: 0, shared: 0 };
        let mut pixels = 0; // of the block at hand
        for layer in &self.layers {
            let (naive, shared) = match layer.part {
                Part::Stem => {
                    pixels = layer.height * layer.width;
                    let before_pooling = match self.spec.stem {
                        Stem::ThreeByThree => 0, // its output is x_0, counted with the first layer
                        Stem::SevenBySeven => own_outputs(layer),
                    };
                    (before_pooling, before_pooling)
                }
                Part::Layer { .. } => {
                    let inner = layer.inner().unwrap_or(0) * pixels;
                    (layer.reads * pixels + inner, kept_by(self.kind.merge(), layer) * pixels + inner)
                }
                Part::Transition { .. } => {
                    let (reads, made) = (layer.reads * pixels, own_outputs(layer));
                    pixels = layer.height * layer.width;
                    (reads + made, reads + made)
                }
                Part::Classifier => {
                    let kept = layer.reads * pixels + layer.reads + layer.makes;
                    (kept, kept)
                }
            };
            memory.naive += naive as u64;
            memory.shared += shared as u64;
        }
        memory
    }
}

/// Channels a layer of a block must keep with a shared buffer: one that appends none of its own, since
/// the whole concatenation is counted once, with the transition or classifier that reads all of it.
const fn kept_by(merge: Merge, layer: &Layer) -> usize {
    match merge {
        Merge::Append => 0,
        Merge::Add | Merge::Replace => layer.reads,
    }
}

/// What the layer's convolution makes, before any pooling.
fn own_outputs(layer: &Layer) -> usize {
    layer.convolutions.iter().map(|convolution| convolution.makes * convolution.height * convolution.width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::{NetworkKind, PRESETS};

    #[test]
    fn what_blocks_keep_and_what_stands_between_them_is_what_the_network_keeps() {
        for preset in PRESETS {
            for kind in NetworkKind::ALL {
                let network = Architecture::new(kind, &preset.spec(), preset.input).unwrap();
                let between: usize = network
                    .layers
                    .iter()
                    .map(|layer| match layer.part {
                        Part::Stem if network.spec.stem == Stem::SevenBySeven => own_outputs(layer),
                        Part::Stem | Part::Layer { .. } => 0,
                        Part::Transition { .. } => own_outputs(layer),
                        Part::Classifier => layer.reads + layer.makes,
                    })
                    .sum();
                let blocks: Vec<_> =
                    (1..=network.spec.blocks.len()).map(|block| network.block_activation_memory(block)).collect();
                let whole = network.activation_memory();
                let naive: u64 = blocks.iter().map(|block| block.naive).sum();
                let shared: u64 = blocks.iter().map(|block| block.shared).sum();
                let between = between as u64;
                assert_eq!((naive + between, shared + between), (whole.naive, whole.shared), "{} {kind}", preset.name);
            }
        }
    }
}
