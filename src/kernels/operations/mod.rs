//! The room's operations as burn knows them.
//!
//! The maps themselves stay in [`segment`](super::segment)s, laid out as the inner loops want them. What burn sees of them is a *token*,
//! a tensor of one number that stands for "these maps" in its graph: it puts the backward passes in order and keeps what they
//! need alive. Weights and their gradients are ordinary tensors.

mod convert;
mod convolve;
mod pool;

use std::sync::Arc;

use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Flex, backend_extension};
use burn::tensor::TensorData;
use burn_flex::FlexTensor;

pub(super) use convert::{Export, Import};
pub(super) use convolve::ConvolveCall;
pub(super) use pool::{Averaged, Halves, Images};

/// What burn's backends are extended by. The last argument of each carries what is no tensor, and takes the maps made.
#[backend_extension(Flex, Autodiff)]
pub(super) trait Kernels: Backend {
    /// Images to maps: their token.
    fn maps_import(images: FloatTensor<Self>, call: Arc<Import>) -> FloatTensor<Self>;
    /// FeatureMaps to images.
    fn maps_export(token: FloatTensor<Self>, call: Arc<Export>) -> FloatTensor<Self>;
    /// BN-ReLU-convolution. Where there is no batch norm, or no base, any tensor stands in.
    fn maps_convolve(
        read: FloatTensor<Self>,
        base: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        call: Arc<ConvolveCall>,
    ) -> FloatTensor<Self>;
    /// BN-ReLU-average over 2×2 pixels.
    fn maps_halve(
        read: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        call: Arc<Halves>,
    ) -> FloatTensor<Self>;
    /// BN-ReLU-average over images, [batch, channels].
    fn maps_average(
        read: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        call: Arc<Images>,
    ) -> FloatTensor<Self>;
}

impl Kernels for Flex {
    fn maps_import(images: FlexTensor, call: Arc<Import>) -> FlexTensor {
        call.forward(&images)
    }

    fn maps_export(_token: FlexTensor, call: Arc<Export>) -> FlexTensor {
        call.forward()
    }

    fn maps_convolve(
        _read: FlexTensor,
        _base: FlexTensor,
        gamma: FlexTensor,
        beta: FlexTensor,
        weight: FlexTensor,
        call: Arc<ConvolveCall>,
    ) -> FlexTensor {
        call.forward(&gamma, &beta, &weight)
    }

    fn maps_halve(_read: FlexTensor, gamma: FlexTensor, beta: FlexTensor, call: Arc<Halves>) -> FlexTensor {
        call.forward(&gamma, &beta)
    }

    fn maps_average(_read: FlexTensor, gamma: FlexTensor, beta: FlexTensor, call: Arc<Images>) -> FlexTensor {
        call.forward(&gamma, &beta)
    }
}

/// Puts an operation into burn's graph: its backward step, its parents in order, its state and its output.
macro_rules! track {
    ($step:expr, $strategy:ty, [$($parent:ident),+], $call:ident, $output:expr) => {{
        use burn::backend::autodiff::ops::{Backward, OpsKind};
        match $step.prepare::<$strategy>([$($parent.node()),+]).compute_bound().stateful() {
            OpsKind::Tracked(prepared) => {
                let output = $output;
                prepared.finish($call, output)
            }
            OpsKind::UnTracked(prepared) => prepared.finish($output),
        }
    }};
}

impl<C: CheckpointStrategy> Kernels for Autodiff<Flex, C> {
    fn maps_import(images: FloatTensor<Self>, call: Arc<Import>) -> FloatTensor<Self> {
        track!(convert::ImportBackward, C, [images], call, call.forward(&images.into_primitive()))
    }

    fn maps_export(token: FloatTensor<Self>, call: Arc<Export>) -> FloatTensor<Self> {
        track!(convert::ExportBackward, C, [token], call, call.forward())
    }

    fn maps_convolve(
        read: FloatTensor<Self>,
        base: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        call: Arc<ConvolveCall>,
    ) -> FloatTensor<Self> {
        track!(
            convolve::ConvolveBackward,
            C,
            [read, base, gamma, beta, weight],
            call,
            call.forward(&gamma.into_primitive(), &beta.into_primitive(), &weight.into_primitive())
        )
    }

    fn maps_halve(
        read: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        call: Arc<Halves>,
    ) -> FloatTensor<Self> {
        track!(
            pool::HalvesBackward,
            C,
            [read, gamma, beta],
            call,
            call.forward(&gamma.into_primitive(), &beta.into_primitive())
        )
    }

    fn maps_average(
        read: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        call: Arc<Images>,
    ) -> FloatTensor<Self> {
        track!(
            pool::ImagesBackward,
            C,
            [read, gamma, beta],
            call,
            call.forward(&gamma.into_primitive(), &beta.into_primitive())
        )
    }
}

/// A tensor of these numbers.
fn tensor(numbers: Vec<f32>, shape: &[usize]) -> FlexTensor {
    FlexTensor::from_data(TensorData::new(numbers, shape.to_vec()))
}

/// The numbers of a tensor, in order.
fn numbers(tensor: &FlexTensor) -> Vec<f32> {
    let tensor = tensor.to_contiguous();
    tensor.storage::<f32>().to_vec()
}

/// What stands for maps in burn's graph, and for their gradient.
fn token() -> FlexTensor {
    tensor(vec![0.0], &[1])
}
