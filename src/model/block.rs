//! A block of layers, and the one line in which the three networks differ.

use burn::module::Module;
use burn::tensor::{Device, Tensor};

use super::composite::Composite;
use super::pass::Pass;
use super::weights::{Entries, Initializer};
use crate::arch::{Architecture, NetworkKind, Part};

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
        let dropout = architecture.spec.dropout_percent;
        let layers =
            architecture.block(number).map(|layer| Composite::new(layer, dropout, initializer, device)).collect();
        Self { layers, kind: architecture.kind, number }
    }

    /// From x_0 `[batch, k0, height, width]` to what the block carries onward: `[batch, k0 + k·L, height, width]`
    /// for `dense`, `[batch, w, height, width]` for the others.
    pub fn forward(&self, x_0: Tensor<4>, pass: &Pass) -> Tensor<4> {
        match self.kind {
            NetworkKind::Dense => self.forward_dense(x_0, pass),
            NetworkKind::Residual | NetworkKind::Plain => self.forward_in_line(x_0, pass),
        }
    }

    /// x_l = H_l([x_0, x_1, …, x_{l−1}])
    fn forward_dense(&self, x_0: Tensor<4>, pass: &Pass) -> Tensor<4> {
        let mut features = vec![x_0];
        for (l, layer) in self.numbered_layers() {
            let read = pass.read(self.number, l, concatenate(&features)); // [batch, k0 + k·(l−1), height, width]
            let x_l = layer.forward(read, pass); // [batch, k, height, width]
            features.push(pass.output(self.part(l), x_l));
        }
        pass.read(self.number, self.layers.len() + 1, concatenate(&features))
    }

    /// x_l = H_l(x_{l−1}) + x_{l−1}, or without the sum
    fn forward_in_line(&self, x_0: Tensor<4>, pass: &Pass) -> Tensor<4> {
        let mut x = x_0;
        for (l, layer) in self.numbered_layers() {
            let read = pass.read(self.number, l, x.clone()); // [batch, w, height, width]
            let made = layer.forward(read, pass); // [batch, w, height, width]
            let x_l = if self.kind == NetworkKind::Residual { made + x } else { made };
            x = pass.output(self.part(l), x_l);
        }
        x
    }

    fn numbered_layers(&self) -> impl Iterator<Item = (usize, &Composite)> {
        (1..).zip(&self.layers)
    }

    const fn part(&self, layer: usize) -> Part {
        Part::Layer { block: self.number, layer }
    }

    pub(super) fn entries<'a>(&'a mut self, path: &str, entries: &mut Entries<'a>) {
        let kind = self.kind;
        for (l, layer) in (1..).zip(&mut self.layers) {
            layer.entries(&format!("{path}.{kind}layer{l}"), entries);
        }
    }
}

/// `[x_0, x_1, …]` along the channels.
fn concatenate(features: &[Tensor<4>]) -> Tensor<4> {
    match features {
        [only] => only.clone(),
        several => Tensor::cat(several.to_vec(), 1),
    }
}
