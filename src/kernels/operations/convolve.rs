//! BN-ReLU-convolution in burn's graph.

use std::sync::{Arc, OnceLock};

use burn::backend::Flex;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops};
use burn_flex::FlexTensor;

use super::{numbers, tensor, token};
use crate::convolution::Convolution;
use crate::hook::GradientHook;
use crate::instructions::Instructions;
use crate::plan::Kernel;
use crate::reading::{Norm, NormSettings, Reading};
use crate::segment::Segment;

/// One BN-ReLU-convolution of a step.
#[derive(Debug)]
pub(crate) struct ConvolveCall {
    pub(crate) instructions: Instructions,
    pub(crate) segments: Vec<Arc<Segment>>,
    pub(crate) norm: Option<NormSettings>,
    pub(crate) relu: bool,
    pub(crate) measure: bool,
    /// What the result is added to.
    pub(crate) base: Option<Arc<Segment>>,
    /// Takes the squares of the total gradient of the channels made.
    pub(crate) made_hook: Option<GradientHook>,
    /// Takes the squares of the gradient of the channels read that comes through this operation.
    pub(crate) read_hook: Option<GradientHook>,
    pub(crate) done: OnceLock<Done>,
}

/// What the forward pass leaves for the backward pass.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) made: Arc<Segment>,
    reading: Reading,
    weights: Vec<f32>,
    shape: [usize; 4],
    kernel: Kernel,
}

impl ConvolveCall {
    pub(crate) fn forward(&self, gamma: &FlexTensor, beta: &FlexTensor, weight: &FlexTensor) -> FlexTensor {
        let shape = weight.layout().shape();
        let shape = [shape[0], shape[1], shape[2], shape[3]];
        let kernel = Kernel::of_size(shape[2]).expect("kernels are 1×1 or 3×3");
        let norm = self.norm.as_ref().map(|settings| Norm {
            gamma: numbers(gamma),
            beta: numbers(beta),
            settings: settings.clone(),
        });
        let reading = Reading::new(self.segments.clone(), norm, self.relu);
        assert_eq!((reading.channels(), shape[3]), (shape[1], shape[2]), "weights are [makes, reads, k, k]");
        let weights = numbers(weight);
        let made = Arc::new(self.convolution(&reading, &weights, shape, kernel).forward(self.measure));
        self.done.get_or_init(|| Done { made, reading, weights, shape, kernel });
        token()
    }

    fn convolution<'a>(
        &'a self,
        reading: &'a Reading,
        weights: &'a [f32],
        shape: [usize; 4],
        kernel: Kernel,
    ) -> Convolution<'a> {
        let instructions = self.instructions;
        Convolution { instructions, reading, weights, makes: shape[0], kernel, base: self.base.as_ref() }
    }
}

#[derive(Debug)]
pub(super) struct ConvolveBackward;

impl Backward<Flex, 5> for ConvolveBackward {
    type State = Arc<ConvolveCall>;

    fn backward(self, ops: Ops<Self::State, 5>, grads: &mut Gradients, _: &mut Checkpointer) {
        grads.consume::<Flex>(&ops.node);
        let [read, base, gamma, beta, weight] = ops.parents;
        let call = ops.state;
        let Some(Done { made, reading, weights, shape, kernel }) = call.done.get() else { return };
        let normed = call.norm.is_some() && (gamma.is_some() || beta.is_some());
        let told = call.convolution(reading, weights, *shape, *kernel).backward(made, read.is_some() || normed);
        if let Some(hook) = &call.made_hook {
            hook.call(&made.planes, told.squares);
        }
        if let Some(weight) = weight {
            grads.register::<Flex>(weight.id, tensor(told.weights, shape));
        }
        if let Some(through) = told.reading {
            if call.norm.is_some() {
                let weights = [(gamma, through.gamma), (beta, through.beta)];
                for (node, gradient) in weights {
                    if let Some(node) = node {
                        let channels = gradient.len();
                        grads.register::<Flex>(node.id, tensor(gradient, &[channels]));
                    }
                }
            }
            if let Some(hook) = &call.read_hook {
                hook.call(reading.planes(), through.squares);
            }
        }
        let maps = [read, base];
        for node in maps.into_iter().flatten() {
            grads.register::<Flex>(node.id, token());
        }
    }
}
