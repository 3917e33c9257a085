//! An identity whose backward pass notes how large the gradient is.
//!
//! A gradient that training never stores is overheard as it passes: the operation returns its input, and when
//! the gradient of its output arrives, the sums of squares of each channel go to a [`Recorder`] and the gradient goes on
//! unchanged. Sums by channel are all that the figures need: a norm is the root of their total, a slice
//! of a concatenation is a range of them.

#![expect(deprecated, reason = "burn-ndarray stays a second opinion for as long as burn ships it")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::ops::FloatTensorOps as _;
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Dispatch, Flex, TensorMetadata, backend_extension};
use burn::tensor::{Tensor, try_read_sync};

use super::device::NdArray;
use crate::arch::Part;

/// Where in a network a gradient was overheard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// At the output of a row of the architecture: the total derivative.
    Output(Part),
    /// At what a reader of a block reads: the part that comes through this reader alone.
    Read {
        /// The block, from 1.
        block: usize,
        /// The layer, from 1; one past the last is what follows the block.
        reader: usize,
    },
}

/// A gradient that passed, as far as figures need it.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// Its sides, those of the tensor it belongs to: `[batch, channels, …]`.
    pub shape: Vec<usize>,
    /// Sum of squares of each channel.
    pub channel_squares: Vec<f64>,
}

/// Channels of the tensors before and after a row of the architecture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Of what entered the row.
    pub entered: usize,
    /// Of what the next row is given.
    pub left: usize,
}

/// What one forward pass showed and its backward pass let overhear.
#[derive(Debug, Default)]
pub struct Recorder {
    heard: Mutex<BTreeMap<Place, Heard>>,
    passed: Mutex<BTreeMap<Part, Passed>>,
}

impl Recorder {
    /// A recorder that has heard nothing.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// The way to it for one place.
    pub fn sink(self: &Arc<Self>, place: Place) -> Sink {
        Sink { recorder: Arc::clone(self), place }
    }

    /// The gradient at a place; nothing if none passed there.
    pub fn heard(&self, place: Place) -> Option<Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).get(&place).cloned()
    }

    /// Notes what went through a row.
    pub(super) fn note(&self, part: Part, passed: Passed) {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner).insert(part, passed);
    }

    /// What went through a row; nothing if the pass did not read connections.
    pub fn passed(&self, part: Part) -> Option<Passed> {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner).get(&part).copied()
    }
}

/// A place in a recorder.
#[derive(Clone, Debug)]
pub struct Sink {
    recorder: Arc<Recorder>,
    place: Place,
}

impl Sink {
    /// Notes the gradient at this place.
    pub fn record(&self, heard: Heard) {
        self.recorder.heard.lock().unwrap_or_else(PoisonError::into_inner).insert(self.place, heard);
    }
}

/// `x` itself; the gradient by it goes to the sink. Channels are the second axis.
pub fn tap<const D: usize>(x: Tensor<D>, sink: Sink) -> Tensor<D> {
    Tensor::from_dispatch(<Dispatch as TapOps>::tap(x.into_dispatch(), sink))
}

/// The identity, with a backward pass that lets overhear it.
#[backend_extension(Flex, NdArray, Autodiff)]
pub trait TapOps: Backend {
    /// `x` itself; on a backend with gradients the one by `x` goes to the sink.
    fn tap(x: FloatTensor<Self>, sink: Sink) -> FloatTensor<Self>;
}

impl TapOps for Flex {
    fn tap(x: FloatTensor<Self>, _sink: Sink) -> FloatTensor<Self> {
        x
    }
}

impl TapOps for NdArray {
    fn tap(x: FloatTensor<Self>, _sink: Sink) -> FloatTensor<Self> {
        x
    }
}

/// The backward pass of the tap.
#[derive(Debug)]
struct TapBackward;

impl<B: Backend + ChannelSquares> Backward<B, 1> for TapBackward {
    type State = Sink;

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _checkpointer: &mut Checkpointer) {
        let [parent] = ops.parents;
        let gradient = gradients.consume::<B>(&ops.node);
        ops.state.record(Heard { shape: gradient.shape().to_vec(), channel_squares: B::channel_squares(&gradient) });
        if let Some(parent) = parent {
            gradients.register::<B>(parent.id, gradient);
        }
    }
}

impl<B: TapOps + ChannelSquares, C: CheckpointStrategy> TapOps for Autodiff<B, C> {
    fn tap(x: FloatTensor<Self>, sink: Sink) -> FloatTensor<Self> {
        match Backward::<B, 1>::prepare::<C>(TapBackward, [x.node()]).compute_bound().stateful() {
            OpsKind::Tracked(operation) => operation.finish(sink, x.into_primitive()),
            OpsKind::UnTracked(operation) => operation.finish(x.into_primitive()),
        }
    }
}

/// Reads a gradient where it lies.
pub trait ChannelSquares: Backend {
    /// Sum of squares of every channel of `[batch, channels, …]`, each taken in a fixed order.
    fn channel_squares(gradient: &FloatTensor<Self>) -> Vec<f64>;
}

impl ChannelSquares for Flex {
    fn channel_squares(gradient: &FloatTensor<Self>) -> Vec<f64> {
        let contiguous = gradient.to_contiguous();
        channel_squares(contiguous.storage::<f32>(), &contiguous.layout().shape().to_vec())
    }
}

impl ChannelSquares for NdArray {
    fn channel_squares(gradient: &FloatTensor<Self>) -> Vec<f64> {
        let shape = gradient.shape().to_vec();
        let data = try_read_sync(Self::float_into_data(gradient.clone()))
            .expect("ndarray computes in this thread")
            .expect("a gradient can be read");
        channel_squares(data.as_slice().expect("gradients are in single precision"), &shape)
    }
}

/// Sum of squares of every channel of `[batch, channels, …]`.
pub(super) fn channel_squares(values: &[f32], shape: &[usize]) -> Vec<f64> {
    let channels = shape[1];
    let pixels: usize = shape[2..].iter().product();
    let mut sums = vec![0.0; channels];
    for (index, plane) in values.chunks_exact(pixels).enumerate() {
        sums[index % channels] += sum_of_squares(plane);
    }
    sums
}

/// Sum of squares in double precision, in sixteen interleaved strands that the compiler can vectorise.
pub(super) fn sum_of_squares(values: &[f32]) -> f64 {
    const STRANDS: usize = 16;
    let mut strands = [0.0_f64; STRANDS];
    let (chunks, rest) = values.as_chunks::<STRANDS>();
    for chunk in chunks {
        for (strand, &value) in strands.iter_mut().zip(chunk) {
            *strand += f64::from(value) * f64::from(value);
        }
    }
    let tail: f64 = rest.iter().map(|&value| f64::from(value) * f64::from(value)).sum();
    strands.iter().sum::<f64>() + tail
}

#[cfg(test)]
mod tests {
    use burn::tensor::{Device, TensorData};

    use super::*;
    use crate::config::Backend;
    use crate::model::device;

    /// Σ (c·x_c²)/2 over channels c = 1, 2, 3 has the gradient c·x_c.
    fn gradient_squares(device: &Device) -> (Heard, Vec<f32>) {
        let recorder = Recorder::new();
        let place = Place::Output(Part::Stem);
        let values = (0..12).map(|value| value as f32).collect::<Vec<_>>();
        let x = Tensor::<3>::from_data(TensorData::new(values, [2, 3, 2]), device).require_grad();
        let weight = Tensor::<3>::from_data(TensorData::new(vec![1.0_f32, 2.0, 3.0], [1, 3, 1]), device);
        let tapped = tap(x.clone(), recorder.sink(place));
        let gradients = ((tapped.clone() * tapped) * weight).sum().mul_scalar(0.5).backward();
        let gradient = x.grad(&gradients).expect("x requires a gradient").into_data();
        (recorder.heard(place).expect("a gradient passed"), gradient.try_to_vec().unwrap())
    }

    #[test]
    fn the_gradient_passes_unchanged_and_every_channel_is_summed_on_both_backends() {
        for backend in [Backend::Flex, Backend::Ndarray] {
            let (heard, gradient) = gradient_squares(&device(backend).autodiff());
            assert_eq!(gradient, [0.0, 1.0, 4.0, 6.0, 12.0, 15.0, 6.0, 7.0, 16.0, 18.0, 30.0, 33.0]);
            assert_eq!(heard.channel_squares, [86.0, 632.0, 2358.0], "{backend:?}");
            assert_eq!(heard.shape, [2, 3, 2], "{backend:?}");
        }
    }

    #[test]
    fn a_place_that_no_gradient_passed_has_none() {
        assert_eq!(Recorder::new().heard(Place::Read { block: 1, reader: 1 }), None);
    }
}
