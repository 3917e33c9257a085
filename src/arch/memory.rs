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
