//! What makes x_0 of the first block.

use burn::module::Module;
use burn::tensor::module::max_pool2d;
use burn::tensor::ops::MaxPoolOptions;
use burn::tensor::{Device, Tensor};

use super::convolution::Convolution;
use super::features::{Features, Merged, Watch};
use super::norm::NormRelu;
use super::pass::Pass;
use super::tap::Sink;
use super::weights::{Entries, Initializer};
use crate::arch::{Layer, Stem as StemKind};

/// One 3×3 convolution; or 7×7 with stride 2, batch norm, ReLU and 3×3 max pooling with stride 2.
#[derive(Module, Debug)]
pub struct Stem {
    /// The convolution.
    pub convolution: Convolution,
    /// Batch norm and ReLU before the pooling of the 7×7 stem; the 3×3 stem has neither.
    norm_before_pooling: Option<NormRelu>,
}

impl Stem {
    pub(super) fn new(kind: StemKind, layer: &Layer, initializer: &mut Initializer, device: &Device) -> Self {
        let convolution = Convolution::first(&layer.convolutions[0], initializer, device);
        let norm_before_pooling = match kind {
            StemKind::ThreeByThree => None,
            StemKind::SevenBySeven => Some(NormRelu::new(layer.norms.first(), device)),
        };
        Self { convolution, norm_before_pooling }
    }

    /// Images `[batch, channels, height, width]` to `[batch, makes, height, width]`, each side quartered by the 7×7 stem.
    ///
    /// The 7×7 stem is computed by burn's stock operations; its output is where the kernels begin.
    pub fn forward(&self, images: Tensor<4>, made: Option<Sink>, pass: &Pass) -> Features {
        match &self.norm_before_pooling {
            None => {
                let images = Features::new(images, None, pass);
                images.convolve(None, &self.convolution, Merged::Replace, Watch { made, ..Watch::default() }, pass)
            }
            Some(norm) => {
                let x = norm.forward(self.convolution.forward(images, pass), None, pass);
                let pooling = MaxPoolOptions::new([3, 3]).with_stride([2, 2]).with_padding([1, 1]);
                Features::new(max_pool2d(x, pooling), made, pass)
            }
        }
    }

    pub(super) fn entries<'a>(&'a mut self, entries: &mut Entries<'a>) {
        self.convolution.entries("features.conv0", entries);
        if let Some(norm) = &mut self.norm_before_pooling {
            norm.entries("features.norm0", entries);
        }
    }
}
