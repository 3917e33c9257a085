//! A convolution without bias.

use burn::module::{Module, Param};
use burn::tensor::module::conv2d;
use burn::tensor::ops::ConvOptions;
use burn::tensor::{Device, Tensor};

use super::weights::{Entries, Initializer};
use crate::arch;

/// "Same" padded convolution with a square kernel.
#[derive(Module, Debug)]
pub struct Convolution {
    /// `[makes, reads, kernel, kernel]`
    pub weight: Param<Tensor<4>>,
    stride: usize,
}

impl Convolution {
    /// He normal weights, fan-in (He et al. 2015).
    pub(super) fn new(shape: &arch::Convolution, initializer: &mut Initializer, device: &Device) -> Self {
        let arch::Convolution { reads, makes, kernel, stride, .. } = *shape;
        Self { weight: initializer.he_normal([makes, reads, kernel, kernel], device), stride }
    }

    /// `[batch, reads, height, width]` to `[batch, makes, height/stride, width/stride]`.
    pub fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let [_, _, kernel, _] = self.weight.dims();
        let (stride, padding) = ([self.stride; 2], [kernel / 2; 2]);
        conv2d(x, self.weight.val(), None, ConvOptions::new(stride, padding, [1, 1], 1))
    }

    pub(super) fn entries<'a>(&'a mut self, path: &str, entries: &mut Entries<'a>) {
        entries.kernel(format!("{path}.weight"), &mut self.weight);
    }
}
