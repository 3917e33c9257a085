//! A whole network: stem, blocks with transitions between them, head.

use burn::module::Module;
use burn::tensor::{Device, Tensor};

use super::block::Block;
use super::features::{Features, Watch};
use super::head::Head;
use super::pass::Pass;
use super::stem::Stem;
use super::tap::tap;
use super::transition::Transition;
use super::weights::{Entries, Initializer};
use crate::arch::{Architecture, Part};

/// A network with its weights.
#[derive(Module, Debug)]
pub struct Network {
    /// Makes x_0 of the first block.
    pub stem: Stem,
    /// Every block.
    pub blocks: Vec<Block>,
    /// After every block but the last.
    pub transitions: Vec<Transition>,
    /// From the last features to the classes.
    pub head: Head,
    #[module(skip)]
    architecture: Architecture,
}

impl Network {
    /// The architecture with fresh weights, which follow from the seed: He normal by fan-in, γ = 1, β = 0, biases 0.
    ///
    /// # Panics
    ///
    /// When the architecture lacks a part, which none does that [`Architecture::new`] made.
    pub fn new(architecture: &Architecture, seed: u64, device: &Device) -> Self {
        let initializer = &mut Initializer::new(seed);
        let layer_of = |part| architecture.layer(part).expect("the architecture has every part of the network");
        let stem = Stem::new(architecture.spec.stem, layer_of(Part::Stem), initializer, device);
        let (mut blocks, mut transitions) = (Vec::new(), Vec::new());
        let count = architecture.spec.blocks.len();
        for block in 1..=count {
            blocks.push(Block::new(architecture, block, initializer, device));
            if block < count {
                transitions.push(Transition::new(layer_of(Part::Transition { block }), initializer, device));
            }
        }
        let head = Head::new(layer_of(Part::Classifier), initializer, device);
        Self { stem, blocks, transitions, head, architecture: architecture.clone() }
    }

    /// What the network was built from.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Images `[batch, channels, height, width]` to logits `[batch, classes]`.
    pub fn forward(&self, images: Tensor<4>, pass: &Pass) -> Tensor<2> {
        let [_, colours, _, _] = images.dims();
        let x = self.stem.forward(images, pass.made(Part::Stem), pass);
        pass.passed(Part::Stem, colours, x.channels());
        pass.keep(&x);
        self.forward_from((1, 1), x, pass)
    }

    /// From what a reader of a block reads `[batch, reads, height, width]` to logits `[batch, classes]`. Blocks and readers count from 1; one past
    /// the last layer is what follows the block.
    pub(super) fn forward_from(&self, (first, reader): (usize, usize), x: Features, pass: &Pass) -> Tensor<2> {
        let keeps = self.architecture.kind.merge().keeps_sources();
        // What follows a block reads its concatenation; after a block that keeps no sources there is no such connection to tell apart.
        let watch_after = |block: usize, made| {
            let reader = self.blocks[block - 1].layers.len() + 1;
            let read = if keeps { pass.read(block, reader) } else { None };
            Watch { made, read, cut: pass.cut_reading(block, reader) }
        };
        let (mut x, last) = (x, self.blocks.len());
        for (number, block) in (1..).zip(&self.blocks).skip(first - 1) {
            x = block.forward(x, if number == first { reader } else { 1 }, pass);
            if number < last {
                let part = Part::Transition { block: number };
                let watch = watch_after(number, pass.made(part));
                let after = self.transitions[number - 1].forward(&x, watch, pass);
                pass.passed(part, x.channels(), after.channels());
                pass.keep(&after);
                x = after;
            }
        }
        let logits = self.head.forward(&x, watch_after(last, None), pass);
        let [_, classes] = logits.dims();
        pass.passed(Part::Classifier, x.channels(), classes);
        match pass.made(Part::Classifier) {
            Some(sink) => tap(logits, sink),
            None => logits,
        }
    }

    /// Every number of the network by its name in files.
    pub(super) fn entries(&mut self) -> Entries<'_> {
        let mut entries = Entries::new();
        let kind = self.architecture.kind;
        self.stem.entries(&mut entries);
        for (number, block) in (1..).zip(&mut self.blocks) {
            block.entries(&format!("features.{kind}block{number}"), &mut entries);
        }
        for (number, transition) in (1..).zip(&mut self.transitions) {
            transition.entries(&format!("features.transition{number}"), &mut entries);
        }
        self.head.entries(&mut entries);
        entries
    }
}
