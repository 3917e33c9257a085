//! Feature maps on their way through a network: what the networks are written in.

use std::sync::{Arc, OnceLock};

use burn::backend::Dispatch;
use burn::tensor::{Device, Tensor};

use super::buffer::Buffer;
use super::hook::GradientHook;
use super::instructions::{InstructionSet, Instructions};
use super::operations::{Averaged, ConvolveCall, Export, Halves, Images, Import, Kernels};
use super::reading::NormSettings;
use super::segment::{ChannelStatistics, Segment};

/// Feature maps of a batch, [batch, channels, height, width], on burn's flex backend.
///
/// Cloning copies nothing, and neither does appending channels. Gradients of weights, and of tensors that became
/// maps, are burn's as usual; that of the maps themselves is read through a [`GradientHook`].
///
/// Every backward pass over the same maps gathers their gradient in one place, so a graph can be gone back through only once,
/// and only by one thread at a time; two at once panic.
#[derive(Clone, Debug)]
pub struct FeatureMaps {
    token: Tensor<1>,
    segments: Vec<Arc<Segment>>,
    instructions: Instructions,
}

/// Batch norm before a ReLU.
#[derive(Clone, Debug)]
pub struct Normalization {
    /// γ, one for each channel.
    pub gamma: Tensor<1>,
    /// β, one for each channel.
    pub beta: Tensor<1>,
    /// ε, added to the variance.
    pub epsilon: f64,
    /// Running statistics, for inference. Without them the batch's own are used.
    pub fixed: Option<Vec<ChannelStatistics>>,
}

/// What becomes of the output of a layer. `F` are feature maps, whoever computes them.
#[derive(Debug)]
pub enum Merge<'a, F = FeatureMaps> {
    /// `x_l = H_l(x_{l−1})`, the plain network.
    Replace,
    /// `x_l = H_l(x_{l−1}) + x_{l−1}`, the residual network.
    Add(&'a F),
    /// `[x_0, …, x_{l−1}, x_l]`, the dense network.
    Append(&'a F),
}

impl<'a, F> Merge<'a, F> {
    /// The same with other feature maps.
    pub fn map<G>(self, of: impl FnOnce(&'a F) -> &'a G) -> Merge<'a, G> {
        match self {
            Self::Replace => Merge::Replace,
            Self::Add(base) => Merge::Add(of(base)),
            Self::Append(base) => Merge::Append(of(base)),
        }
    }
}

/// Which gradients a backward pass records, as per-channel sums of squares.
#[derive(Clone, Debug, Default)]
pub struct GradientHooks {
    /// Of the channels made: the total derivative, over all that read them.
    pub made: Option<GradientHook>,
    /// Of the channels read: the part that comes through this operation alone.
    pub read: Option<GradientHook>,
}

/// BN-ReLU-convolution.
#[derive(Debug)]
pub struct Convolve<'a> {
    /// Missing where the configuration leaves batch norm out.
    pub norm: Option<Normalization>,
    /// Off only for a convolution that reads images.
    pub relu: bool,
    /// [makes, reads, k, k] with k 1 or 3; stride 1, zeros around as many as keep the size.
    pub weight: Tensor<4>,
    /// Where the output goes.
    pub merge: Merge<'a>,
    /// Which gradients are recorded.
    pub hooks: GradientHooks,
}

impl FeatureMaps {
    /// Images or another network's output as maps. Their gradient, if the tensor wants one, is recorded in `made`.
    ///
    /// # Panics
    ///
    /// If the tensor is on another backend than flex.
    pub fn from_tensor(images: Tensor<4>, made: Option<GradientHook>) -> Self {
        Self::with_instructions(images, made, InstructionSet::current())
    }

    /// As [`from_tensor`](Self::from_tensor), computed with given instructions from here on.
    ///
    /// # Panics
    ///
    /// If the tensor is on another backend than flex, or the machine has not got the instructions.
    pub fn with_instructions(images: Tensor<4>, hook: Option<GradientHook>, instructions: InstructionSet) -> Self {
        let instructions = Instructions::of(instructions).expect("instructions that this machine has");
        // Images are rarely normalised, but whoever reads what is not an image will ask.
        let call = Arc::new(Import { instructions, measure: true, hook, made: OnceLock::new() });
        let token = <Dispatch as Kernels>::maps_import(images.into_dispatch(), call.clone());
        let segments = call.made.get().cloned().into_iter().collect();
        Self { token: Tensor::from_dispatch(token), segments, instructions }
    }

    /// The maps as a tensor, [batch, channels, height, width].
    pub fn into_tensor(self) -> Tensor<4> {
        let call = Arc::new(Export { segments: self.segments });
        Tensor::from_dispatch(<Dispatch as Kernels>::maps_export(self.token.into_dispatch(), call))
    }

    /// The channels that were made last, without those that they were appended to.
    #[must_use]
    pub fn newest(&self) -> Self {
        let segments = self.segments.last().cloned().into_iter().collect();
        Self { token: self.token.clone(), segments, instructions: self.instructions }
    }

    /// Where they are computed.
    pub fn device(&self) -> Device {
        self.token.device()
    }

    /// The same with zeros for what was made in one go and whose channels are all among those named; for evaluation, without a gradient.
    #[must_use]
    pub fn emptied(&self, is_cut: impl Fn(usize) -> bool) -> Self {
        let mut before = 0;
        let emptied = |segment: &Arc<Segment>| {
            let mut channels = before..before + segment.channels;
            before = channels.end;
            if !channels.all(&is_cut) {
                return segment.clone();
            }
            let (planes, values) = (segment.planes.clone(), Buffer::zeros(segment.values.len()));
            let nothing = vec![ChannelStatistics::default(); segment.channels];
            Arc::new(Segment::new(planes, segment.channels, values, nothing))
        };
        let segments = self.segments.iter().map(emptied).collect();
        Self { token: self.token.clone(), segments, instructions: self.instructions }
    }

    /// How many channels there are.
    pub fn channels(&self) -> usize {
        self.segments.iter().map(|segment| segment.channels).sum()
    }

    /// Pixels of one channel in all images: the n of its mean and variance.
    pub fn pixels(&self) -> usize {
        self.segments.first().map_or(0, |segment| segment.planes.pixels())
    }

    /// Mean and biased variance of each channel over the batch: what the batch norm of every layer that reads these
    /// maps uses, and what its running statistics follow.
    pub fn statistics(&self) -> Vec<ChannelStatistics> {
        self.segments.iter().flat_map(|segment| segment.statistics.iter().copied()).collect()
    }

    /// BN-ReLU-convolution of these maps, merged with others or not.
    ///
    /// # Panics
    ///
    /// If the weights do not fit the channels read, the kernel is neither 1×1 nor 3×3, or [`Merge::Add`] is given maps
    /// that were appended to.
    #[must_use]
    pub fn convolve(&self, convolve: Convolve<'_>) -> Self {
        let Convolve { norm, relu, weight, merge, hooks } = convolve;
        let (gamma, beta, norm) = self.weights_of(norm);
        let (base, base_token) = match merge {
            Merge::Replace => (None, self.token.clone()),
            Merge::Append(maps) => (None, maps.token.clone()),
            Merge::Add(maps) => {
                let [segment] = maps.segments.as_slice() else { panic!("only maps made at once can be added to") };
                (Some(segment.clone()), maps.token.clone())
            }
        };
        let call = Arc::new(ConvolveCall {
            instructions: self.instructions,
            segments: self.segments.clone(),
            norm,
            relu,
            measure: true,
            base,
            made_hook: hooks.made,
            read_hook: hooks.read,
            done: OnceLock::new(),
        });
        let token = <Dispatch as Kernels>::maps_convolve(
            self.token.clone().into_dispatch(),
            base_token.into_dispatch(),
            gamma.into_dispatch(),
            beta.into_dispatch(),
            weight.into_dispatch(),
            call.clone(),
        );
        let made = call.done.get().map(|done| done.made.clone());
        let before = match merge {
            Merge::Append(maps) => maps.segments.clone(),
            Merge::Replace | Merge::Add(_) => Vec::new(),
        };
        let segments = before.into_iter().chain(made).collect();
        Self { token: Tensor::from_dispatch(token), segments, instructions: self.instructions }
    }

    /// BN-ReLU and the average over every 2×2 pixels, the first half of a transition; an odd size is floored. `read`
    /// records the gradient of these maps that comes through the transition.
    #[must_use]
    pub fn halve(&self, norm: Option<Normalization>, read: Option<GradientHook>) -> Self {
        let (gamma, beta, norm) = self.weights_of(norm);
        let call = Arc::new(Halves { averaged: self.averaged(norm, read), made: OnceLock::new() });
        let token = <Dispatch as Kernels>::maps_halve(
            self.token.clone().into_dispatch(),
            gamma.into_dispatch(),
            beta.into_dispatch(),
            call.clone(),
        );
        let segments = call.made.get().cloned().into_iter().collect();
        Self { token: Tensor::from_dispatch(token), segments, instructions: self.instructions }
    }

    /// BN-ReLU and the average over every image, [batch, channels]: the head before its linear layer. `read` records the
    /// gradient of these maps that comes through the head.
    pub fn average(&self, norm: Option<Normalization>, read: Option<GradientHook>) -> Tensor<2> {
        let (gamma, beta, norm) = self.weights_of(norm);
        let averages = <Dispatch as Kernels>::maps_average(
            self.token.clone().into_dispatch(),
            gamma.into_dispatch(),
            beta.into_dispatch(),
            Arc::new(Images(self.averaged(norm, read))),
        );
        Tensor::from_dispatch(averages)
    }

    fn averaged(&self, norm: Option<NormSettings>, read_hook: Option<GradientHook>) -> Averaged {
        let (instructions, segments) = (self.instructions, self.segments.clone());
        Averaged { instructions, segments, norm, read_hook, reading: OnceLock::new() }
    }

    /// γ and β, where there are any, and the rest.
    fn weights_of(&self, norm: Option<Normalization>) -> (Tensor<1>, Tensor<1>, Option<NormSettings>) {
        match norm {
            Some(Normalization { gamma, beta, epsilon, fixed }) => {
                (gamma, beta, Some(NormSettings { epsilon: epsilon as f32, fixed }))
            }
            None => (self.token.clone(), self.token.clone(), None),
        }
    }
}
