//! Between two blocks: BN-ReLU-Conv1×1-AvgPool2×2 (paper, section 3, *Pooling layers*).

use burn::module::Module;
use burn::tensor::Device;

use super::convolution::Convolution;
use super::features::{Features, Watch};
use super::norm::NormRelu;
use super::pass::Pass;
use super::weights::{Entries, Initializer};
use crate::arch::Layer;

/// m channels become ⌊θ·m⌋, or the next block's width; height and width are halved, odd ones floored.
#[derive(Module, Debug)]
pub struct Transition {
    pub(super) norm: NormRelu,
    /// The 1×1 convolution.
    pub convolution: Convolution,
}

impl Transition {
    pub(super) fn new(layer: &Layer, initializer: &mut Initializer, device: &Device) -> Self {
        let convolution = Convolution::new(&layer.convolutions[0], initializer, device);
        Self { norm: NormRelu::new(layer.norms.first(), device), convolution }
    }

    /// `[batch, m, height, width]` to `[batch, makes, ⌊height/2⌋, ⌊width/2⌋]`.
    pub fn forward(&self, x: &Features, watch: Watch, pass: &Pass) -> Features {
        x.transition(&self.norm, &self.convolution, watch, pass)
    }

    pub(super) fn entries<'a>(&'a mut self, path: &str, entries: &mut Entries<'a>) {
        self.norm.entries(&format!("{path}.norm"), entries);
        self.convolution.entries(&format!("{path}.conv"), entries);
    }
}
