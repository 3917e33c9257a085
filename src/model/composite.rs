//! H, the composite function of a layer (paper, section 3): the same code for all three networks.

use burn::module::Module;
use burn::tensor::Device;

use super::convolution::Convolution;
use super::features::{Features, Merged, Watch};
use super::norm::NormRelu;
use super::pass::Pass;
use super::weights::{Entries, Initializer};
use crate::arch::Layer;
use crate::telemetry::Affine;

/// BN-ReLU-Conv, once or twice.
///
/// Basic: BN-ReLU-Conv3×3. With bottleneck a dense layer is BN-ReLU-Conv1×1(4k)-BN-ReLU-Conv3×3(k), and a residual or plain one
/// BN-ReLU-Conv3×3(w)-BN-ReLU-Conv3×3(w), the pre-activation basic block of He et al. 2016.
#[derive(Module, Debug)]
pub struct Composite {
    stages: Vec<Stage>,
}

/// BN-ReLU-Conv.
#[derive(Module, Debug)]
struct Stage {
    norm: NormRelu,
    convolution: Convolution,
}

impl Composite {
    /// With new weights; the last convolution may start at zero.
    pub(super) fn new(layer: &Layer, last_is_zero: bool, initializer: &mut Initializer, device: &Device) -> Self {
        let last = layer.convolutions.len() - 1;
        let stage = |(index, shape)| Stage {
            norm: NormRelu::new(layer.norms.get(index), device),
            convolution: if last_is_zero && index == last {
                Convolution::zero(shape, initializer, device)
            } else {
                Convolution::new(shape, initializer, device)
            },
        };
        Self { stages: layer.convolutions.iter().enumerate().map(stage).collect() }
    }

    /// From what the layer reads `[batch, reads, height, width]` to what is there after its output was merged.
    pub fn forward(&self, x: &Features, merge: Merged<'_>, watch: Watch, pass: &Pass) -> Features {
        let Watch { made, read, cut } = watch;
        let convolve = |stage: &Stage, x: &Features, merge, watch| {
            x.convolve(Some(&stage.norm), &stage.convolution, merge, watch, pass)
        };
        match &self.stages[..] {
            [only] => convolve(only, x, merge, Watch { made, read, cut }),
            [first, second] => {
                let inner = convolve(first, x, Merged::Replace, Watch { made: None, read, cut });
                convolve(second, &inner, merge, Watch { made, ..Watch::default() })
            }
            other => unreachable!("H has one convolution or two, not {}", other.len()),
        }
    }

    /// What stands before the first convolution, and so before all that the layer reads.
    pub(super) fn first_norm(&self) -> &NormRelu {
        &self.stages.first().expect("H has a convolution").norm
    }

    /// What each of its stages reads, with the numbers that it computes with: batch norm by channel and the convolution.
    pub(super) fn inside(&self, x: &Features, pass: &Pass) -> Vec<(Features, Option<Vec<Affine>>, &Convolution)> {
        let mut read = x.clone();
        let mut stages = Vec::with_capacity(self.stages.len());
        for stage in &self.stages {
            let made = read.convolve(Some(&stage.norm), &stage.convolution, Merged::Replace, Watch::default(), pass);
            stages.push((read, stage.norm.affine(), &stage.convolution));
            read = made;
        }
        stages
    }

    /// The convolutions in order of use; the first reads what the layer reads.
    pub fn convolutions(&self) -> impl Iterator<Item = &Convolution> {
        self.stages.iter().map(|stage| &stage.convolution)
    }

    pub(super) fn entries<'a>(&'a mut self, path: &str, entries: &mut Entries<'a>) {
        for (number, Stage { norm, convolution }) in (1..).zip(&mut self.stages) {
            norm.entries(&format!("{path}.norm{number}"), entries);
            convolution.entries(&format!("{path}.conv{number}"), entries);
        }
    }
}
