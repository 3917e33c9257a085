//! A block of layers: where `arch::Merge`, in which the networks differ, is computed.

use burn::module::Module;
use burn::tensor::Device;

use super::composite::Composite;
use super::features::{Features, Merged, Watch};
use super::pass::Pass;
use super::weights::{Entries, Initializer};
use crate::arch::{Architecture, Merge, NetworkKind, Part};

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
        let layers = architecture.block(number).map(|layer| Composite::new(layer, initializer, device)).collect();
        Self { layers, kind: architecture.kind, number }
    }

    /// From x_0 `[batch, k0, height, width]` to what the block carries onward: `[batch, k0 + k·L, height, width]`
    /// for `dense`, `[batch, w, height, width]` for the others.
    pub fn forward(&self, x_0: Features, pass: &Pass) -> Features {
        let (block, mut x) = (self.number, x_0);
        for (l, layer) in (1..).zip(&self.layers) {
            let merge = match self.kind.merge() {
                Merge::Append => Merged::Append(&x), // [x_0, …, x_{l−1}, x_l]
                Merge::Add => Merged::Add(&x),       // x_l = H_l(x_{l−1}) + x_{l−1}
                Merge::Replace => Merged::Replace,   // x_l = H_l(x_{l−1})
            };
            let part = Part::Layer { block, layer: l };
            let watch = Watch { made: pass.made(part), read: pass.read(block, l) };
            let after = layer.forward(&x, merge, watch, pass);
            pass.passed(part, x.channels(), after.channels());
            pass.keep(&after);
            x = after;
        }
        x
    }

    pub(super) fn entries<'a>(&'a mut self, path: &str, entries: &mut Entries<'a>) {
        let kind = self.kind;
        for (l, layer) in (1..).zip(&mut self.layers) {
            layer.entries(&format!("{path}.{kind}layer{l}"), entries);
        }
    }
}
