//! BN-ReLU-average in burn's graph.

use std::sync::{Arc, OnceLock};

use burn::backend::Flex;
use burn::backend::autodiff::NodeId;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops};
use burn_flex::FlexTensor;

use super::{numbers, tensor, token};
use crate::hook::GradientHook;
use crate::instructions::Instructions;
use crate::planes::Planes;
use crate::pooling::Average;
use crate::reading::{Norm, NormSettings, Reading, ReadingGradient};
use crate::segment::Segment;

/// The channels an average reads, and how.
#[derive(Debug)]
pub(crate) struct Averaged {
    pub(crate) instructions: Instructions,
    pub(crate) segments: Vec<Arc<Segment>>,
    pub(crate) norm: Option<NormSettings>,
    /// Takes the squares of the gradient of the channels read that comes through this operation.
    pub(crate) read_hook: Option<GradientHook>,
    pub(crate) reading: OnceLock<Reading>,
}

impl Averaged {
    fn read(&self, gamma: &FlexTensor, beta: &FlexTensor) -> Average<'_> {
        let norm = self.norm.as_ref().map(|settings| Norm {
            gamma: numbers(gamma),
            beta: numbers(beta),
            settings: settings.clone(),
        });
        let reading = self.reading.get_or_init(|| Reading::new(self.segments.clone(), norm, true));
        Average { instructions: self.instructions, reading }
    }

    fn again(&self) -> Option<Average<'_>> {
        self.reading.get().map(|reading| Average { instructions: self.instructions, reading })
    }

    fn register(
        &self,
        planes: &Planes,
        told: ReadingGradient,
        [read, gamma, beta]: [Option<NodeId>; 3],
        grads: &mut Gradients,
    ) {
        if self.norm.is_some() {
            for (node, gradient) in [(gamma, told.gamma), (beta, told.beta)] {
                if let Some(node) = node {
                    let channels = gradient.len();
                    grads.register::<Flex>(node, tensor(gradient, &[channels]));
                }
            }
        }
        if let Some(hook) = &self.read_hook {
            hook.call(planes, told.squares);
        }
        if let Some(node) = read {
            grads.register::<Flex>(node, token());
        }
    }
}

/// An average over 2×2 pixels.
#[derive(Debug)]
pub(crate) struct Halves {
    pub(crate) averaged: Averaged,
    pub(crate) made: OnceLock<Arc<Segment>>,
}

impl Halves {
    pub(crate) fn forward(&self, gamma: &FlexTensor, beta: &FlexTensor) -> FlexTensor {
        let made = self.averaged.read(gamma, beta).halves();
        self.made.get_or_init(|| Arc::new(made));
        token()
    }
}

#[derive(Debug)]
pub(super) struct HalvesBackward;

impl Backward<Flex, 3> for HalvesBackward {
    type State = Arc<Halves>;

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        grads.consume::<Flex>(&ops.node);
        let Halves { averaged, made } = &*ops.state;
        let (Some(average), Some(made)) = (averaged.again(), made.get()) else { return };
        averaged.register(
            average.reading.planes(),
            average.halves_backward(made),
            ops.parents.map(|node| node.map(|node| node.id)),
            grads,
        );
    }
}

/// An average over whole images.
#[derive(Debug)]
pub(crate) struct Images(pub(crate) Averaged);

impl Images {
    pub(crate) fn forward(&self, gamma: &FlexTensor, beta: &FlexTensor) -> FlexTensor {
        let average = self.0.read(gamma, beta);
        let shape = [average.reading.planes().batch, average.reading.channels()];
        tensor(average.images(), &shape)
    }
}

#[derive(Debug)]
pub(super) struct ImagesBackward;

impl Backward<Flex, 3> for ImagesBackward {
    type State = Arc<Images>;

    fn backward(self, ops: Ops<Self::State, 3>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = numbers(&grads.consume::<Flex>(&ops.node));
        let Images(averaged) = &*ops.state;
        let Some(average) = averaged.again() else { return };
        averaged.register(
            average.reading.planes(),
            average.images_backward(&gradient),
            ops.parents.map(|node| node.map(|node| node.id)),
            grads,
        );
    }
}
