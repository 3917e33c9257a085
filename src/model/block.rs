//! A block of layers: where `arch::Merge`, in which the networks differ, is computed.

use burn::module::Module;
use burn::tensor::Device;

use super::composite::Composite;
use super::features::{Features, Merged, Watch};
use super::pass::Pass;
use super::weights::{Entries, Initializer};
use crate::arch::{Architecture, Link, Merge, NetworkKind, Part, ResidualStart};

/// Layers of one spatial size, joined as the network's kind says.
#[derive(Module, Debug)]
pub struct Block {
    /// H_1, H_2, …
    pub layers: Vec<Composite>,
    #[module(skip)]
    kind: NetworkKind,
    number: usize,
}

impl Block {
    /// Block `number` (from 1) of the architecture.
    pub(super) fn new(
        architecture: &Architecture,
        number: usize,
        initializer: &mut Initializer,
        device: &Device,
    ) -> Self {
        let (has_identity, start) = (architecture.kind.merge().has_identity(), architecture.spec.residual_start);
        let zero = has_identity && start == ResidualStart::Zero;
        let layers = architecture.block(number).map(|layer| Composite::new(layer, zero, initializer, device)).collect();
        Self { layers, kind: architecture.kind, number }
    }

    /// From x_0 `[batch, k0, height, width]` to what the block carries onward: `[batch, k0 + k·L, height, width]`
    /// for `dense`, `[batch, w, height, width]` for the others. Begins with layer `first` and what that reads; 1 is the whole block.
    pub fn forward(&self, x: Features, first: usize, pass: &Pass) -> Features {
        let (block, mut x) = (self.number, x);
        for (l, layer) in (1..).zip(&self.layers).skip(first - 1) {
            let merge = match self.kind.merge() {
                Merge::Append => Merged::Append(&x), // [x_0, …, x_{l−1}, x_l]
                Merge::Add => Merged::Add(&x),       // x_l = H_l(x_{l−1}) + x_{l−1}
                Merge::Replace => Merged::Replace,   // x_l = H_l(x_{l−1})
            };
            let part = Part::Layer { block, layer: l };
            let watch = Watch { made: pass.made(part), read: pass.read(block, l), cut: pass.cut_reading(block, l) };
            let after = match self.cut(l, &x, pass) {
                Some(cut) => cut,
                None => layer.forward(&x, merge, watch, pass),
            };
            pass.passed(part, x.channels(), after.channels());
            pass.keep(&after);
            x = after;
        }
        x
    }

    /// What is there after layer l of a network that adds, or does neither, if a term at the layer's end is cut.
    fn cut(&self, l: usize, x: &Features, pass: &Pass) -> Option<Features> {
        let block = self.number;
        let branch = pass.cut_term(Link::Branch { block, layer: l });
        let identity = pass.cut_term(Link::Identity { block, layer: l });
        let h = || self.layers[l - 1].forward(x, Merged::Replace, Watch::default(), pass);
        match (self.kind.merge(), branch, identity) {
            (Merge::Append, _, _) | (Merge::Add | Merge::Replace, None, None) => None,
            (Merge::Add, Some(branch), None) => Some(x.clone().plus(branch, pass)),
            (Merge::Add | Merge::Replace, None, Some(identity)) => Some(h().plus(identity, pass)),
            (Merge::Add, Some(branch), Some(identity)) => {
                let sum: Vec<f32> = branch.iter().zip(identity).map(|(branch, identity)| branch + identity).collect();
                Some(x.constant(&sum, pass))
            }
            (Merge::Replace, Some(branch), _) => Some(x.constant(branch, pass)),
        }
    }

    pub(super) fn entries<'a>(&'a mut self, path: &str, entries: &mut Entries<'a>) {
        let kind = self.kind;
        for (l, layer) in (1..).zip(&mut self.layers) {
            layer.entries(&format!("{path}.{kind}layer{l}"), entries);
        }
    }
}
