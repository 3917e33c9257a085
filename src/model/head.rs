//! From the last features to the classes: BN-ReLU-global average pooling-linear.

use burn::module::{Module, Param};
use burn::tensor::{Device, Tensor};

use super::features::{Features, Watch};
use super::norm::NormRelu;
use super::pass::Pass;
use super::weights::{Entries, Initializer, zeros};
use crate::arch::Layer;

/// The classifier, with the batch norm before it.
#[derive(Module, Debug)]
pub struct Head {
    pub(super) norm: NormRelu,
    /// `[classes, channels]`
    pub weight: Param<Tensor<2>>,
    /// `[classes]`
    bias: Param<Tensor<1>>,
}

impl Head {
    pub(super) fn new(layer: &Layer, initializer: &mut Initializer, device: &Device) -> Self {
        Self {
            norm: NormRelu::new(layer.norms.first(), device),
            weight: initializer.he_normal([layer.makes, layer.reads], device),
            bias: zeros(layer.makes, device),
        }
    }

    /// `[batch, channels, height, width]` to logits `[batch, classes]`.
    pub fn forward(&self, x: &Features, watch: Watch, pass: &Pass) -> Tensor<2> {
        let pooled = x.average(&self.norm, watch, pass); // [batch, channels]
        pooled.matmul(self.weight.val().transpose()) + self.bias.val().unsqueeze() // [batch, classes]
    }

    pub(super) fn entries<'a>(&'a mut self, entries: &mut Entries<'a>) {
        self.norm.entries("features.norm5", entries);
        entries.matrix("classifier.weight".to_owned(), &mut self.weight);
        entries.vector("classifier.bias".to_owned(), &mut self.bias);
    }
}
