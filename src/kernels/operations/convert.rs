//! Images to maps and back, in burn's graph.

use std::sync::{Arc, OnceLock};

use burn::backend::Flex;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops};
use burn_flex::FlexTensor;

use super::{numbers, tensor, token};
use crate::buffer::Buffer;
use crate::hook::GradientHook;
use crate::instructions::Instructions;
use crate::layout::{images_of, planes_of};
use crate::passes::FinishGradient;
use crate::segment::{Segment, TotalGradient};

/// Images to maps.
#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) instructions: Instructions,
    pub(crate) measure: bool,
    /// Takes the squares of the maps' total gradient.
    pub(crate) hook: Option<GradientHook>,
    pub(crate) made: OnceLock<Arc<Segment>>,
}

impl Import {
    pub(crate) fn forward(&self, images: &FlexTensor) -> FlexTensor {
        let shape = images.layout().shape();
        let made = planes_of(&numbers(images), [shape[0], shape[1], shape[2], shape[3]], self.measure);
        self.made.get_or_init(|| Arc::new(made));
        token()
    }
}

#[derive(Debug)]
pub(super) struct ImportBackward;

impl Backward<Flex, 1> for ImportBackward {
    type State = Arc<Import>;

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        grads.consume::<Flex>(&ops.node);
        let ([Some(images)], Some(made)) = (ops.parents, ops.state.made.get()) else { return };
        let TotalGradient { mut sum, corrections } = made.take_gradient();
        let planes = &made.planes;
        let rows = sum.chunks_exact_mut(planes.len()).zip(corrections).enumerate();
        let squares = rows.map(|(channel, (output, correction))| {
            let (values, mask) = (made.row(channel), &planes.mask);
            ops.state.instructions.execute(FinishGradient { gradient: None, values, mask, correction, output })
        });
        let squares = squares.collect();
        if let Some(hook) = &ops.state.hook {
            hook.call(planes, squares);
        }
        let row = |channel: usize| &sum[channel * planes.len()..(channel + 1) * planes.len()];
        let numbers = images_of(planes, made.channels, row);
        let shape = [planes.batch, made.channels, planes.height, planes.width];
        grads.register::<Flex>(images.id, tensor(numbers, &shape));
    }
}

/// FeatureMaps to images.
#[derive(Debug)]
pub(crate) struct Export {
    pub(crate) segments: Vec<Arc<Segment>>,
}

impl Export {
    fn channels(&self) -> usize {
        self.segments.iter().map(|segment| segment.channels).sum()
    }

    pub(crate) fn forward(&self) -> FlexTensor {
        let planes = &self.segments[0].planes;
        let rows: Vec<&[f32]> =
            self.segments.iter().flat_map(|segment| (0..segment.channels).map(|c| segment.row(c))).collect();
        let numbers = images_of(planes, rows.len(), |channel| rows[channel]);
        tensor(numbers, &[planes.batch, rows.len(), planes.height, planes.width])
    }
}

#[derive(Debug)]
pub(super) struct ExportBackward;

impl Backward<Flex, 1> for ExportBackward {
    type State = Arc<Export>;

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = numbers(&grads.consume::<Flex>(&ops.node));
        let [Some(maps)] = ops.parents else { return };
        let channels = ops.state.channels();
        let planes = &ops.state.segments[0].planes;
        let mut channel = 0;
        for segment in &ops.state.segments {
            let mut sum = segment.lend_gradient().unwrap_or_else(|| Buffer::zeros(segment.values.len()));
            for plane in sum.chunks_exact_mut(planes.len()) {
                for n in 0..planes.batch {
                    let image = &gradient[(n * channels + channel) * planes.height * planes.width..];
                    for (y, row) in image.chunks_exact(planes.width).take(planes.height).enumerate() {
                        let to = &mut plane[planes.row(n, y)..][..planes.width];
                        to.iter_mut().zip(row).for_each(|(to, from)| *to += from);
                    }
                }
                channel += 1;
            }
            segment.return_gradient(sum);
        }
        grads.register::<Flex>(maps.id, token());
    }
}
