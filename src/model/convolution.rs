//! A convolution without bias.

use burn::module::{Module, Param};
use burn::tensor::module::conv2d;
use burn::tensor::ops::ConvOptions;
use burn::tensor::{Device, Tensor};

use super::pass::Pass;
use super::weights::{Entries, Initializer};
use crate::arch;

/// "Same" padded convolution with a square kernel.
#[derive(Module, Debug)]
pub struct Convolution {
    /// `[makes, reads, kernel, kernel]`
    pub weight: Param<Tensor<4>>,
    stride: usize,
    drops: bool,
}

impl Convolution {
    /// He normal weights, fan-in (He et al. 2015); dropout follows it, if the pass has any.
    pub(super) fn new(shape: &arch::Convolution, initializer: &mut Initializer, device: &Device) -> Self {
        let arch::Convolution { reads, makes, kernel, stride, .. } = *shape;
        Self { weight: initializer.he_normal([makes, reads, kernel, kernel], device), stride, drops: true }
    }

    /// The first convolution of a network: the only one that no dropout follows (paper, section 4.2).
    pub(super) fn first(shape: &arch::Convolution, initializer: &mut Initializer, device: &Device) -> Self {
        Self { drops: false, ..Self::new(shape, initializer, device) }
    }

    /// A convolution whose weights start at zero; the initializer goes on as if they had been drawn, so that all others are the same.
    pub(super) fn zero(shape: &arch::Convolution, initializer: &mut Initializer, device: &Device) -> Self {
        let drawn = Self::new(shape, initializer, device);
        let weight = Param::from_tensor(drawn.weight.val().zeros_like());
        Self { weight, ..drawn }
    }

    /// `[batch, reads, height, width]` to `[batch, makes, height/stride, width/stride]`, with what the pass drops of it.
    pub(super) fn forward(&self, x: Tensor<4>, pass: &Pass) -> Tensor<4> {
        let [_, _, kernel, _] = self.weight.dims();
        let (stride, padding) = ([self.stride; 2], [kernel / 2; 2]);
        let x = conv2d(x, self.weight.val(), None, ConvOptions::new(stride, padding, [1, 1], 1));
        if self.drops { pass.drop_out(x) } else { x }
    }

    pub(super) fn entries<'a>(&'a mut self, path: &str, entries: &mut Entries<'a>) {
        entries.kernel(format!("{path}.weight"), &mut self.weight);
    }
}
