//! The numbers of a dense block from which people reckon: what enters it, how much each layer makes, and how many there are.

use super::words::Words;
use crate::arch::{Architecture, Layer, Part};

/// A block of a dense network.
#[derive(Clone, Copy)]
pub(super) struct Block {
    /// Its number, from 1.
    pub(super) number: usize,
    /// Channels that enter.
    pub(super) k0: u64,
    /// Channels that each layer makes.
    pub(super) k: u64,
    /// Layers.
    pub(super) layers: u64,
}

impl Block {
    /// That block of a dense network.
    pub(super) fn of(network: &Architecture, number: usize) -> Self {
        let k = network.spec.growth as u64;
        Self { number, k0: network.entering(number) as u64, k, layers: network.spec.blocks[number - 1] as u64 }
    }

    /// k0 + k·`layers`, for a number of layers that may be the wrong one.
    pub(super) const fn after(self, layers: u64) -> u64 {
        self.k0 + self.k * layers
    }

    /// Words with its symbols.
    pub(super) fn words(self, key: &'static str) -> Words {
        Words::new(key).with("k0", self.k0).with("k", self.k)
    }

    /// Words with its symbols and its layers.
    pub(super) fn whole(self, key: &'static str) -> Words {
        self.words(key).with("layers", self.layers)
    }
}

/// The layers of every block of a dense network, as (block, layers).
pub(super) fn blocks(network: &Architecture) -> impl Iterator<Item = (usize, usize)> {
    let blocks: &[usize] = if network.kind.merge().keeps_sources() { &network.spec.blocks } else { &[] };
    (1..).zip(blocks.iter().copied())
}

/// Every transition of a dense network.
pub(super) fn transitions(network: &Architecture) -> Vec<Part> {
    let blocks = blocks(network).map(|(block, _)| Part::Transition { block });
    blocks.filter(|part| network.layer(*part).is_some()).collect()
}

/// Every layer of a dense network, without the first of each block unless it is the only one: what enters says it all.
pub(super) fn later_layers(network: &Architecture) -> Vec<Part> {
    let of = |(block, layers): (usize, usize)| (layers.min(2)..=layers).map(move |layer| Part::Layer { block, layer });
    blocks(network).flat_map(of).collect()
}

/// The row, with its block and layer if it is a layer.
pub(super) fn layer(network: &Architecture, part: Part) -> Option<(&Layer, usize, usize)> {
    match part {
        Part::Layer { block, layer } => Some((network.layer(part)?, block, layer)),
        Part::Stem | Part::Transition { .. } | Part::Classifier => None,
    }
}
