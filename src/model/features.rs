//! Feature maps on their way through a network, on either way of computing them.
//!
//! [`Features::Maps`] are those of our own kernels, on `flex`: fast, since a block's maps share one layout and are
//! never copied. [`Features::Tensor`] is an ordinary tensor in burn's stock operations: for `ndarray`, and for dropout, which
//! the kernels do not know. Both compute the same, and both let [`Watch`] overhear the same gradients.

use std::sync::Arc;

use burn::tensor::module::avg_pool2d;
use burn::tensor::ops::AvgPoolOptions;
use burn::tensor::{Device, Tensor, TensorData};

use super::convolution::Convolution;
use super::cut::Replaced;
use super::norm::NormRelu;
use super::pass::Pass;
use super::tap::{Heard, Sink, tap};
use crate::kernels::{self, FeatureMaps, GradientHook};

/// Feature maps `[batch, channels, height, width]`.
#[derive(Clone, Debug)]
pub enum Features {
    /// Those of our kernels.
    Maps(FeatureMaps),
    /// Those of burn.
    Tensor(Tensor<4>),
}

/// Where the output of a layer goes: what [`arch::Merge`](crate::arch::Merge) says, with the features it is said of.
pub type Merged<'a> = kernels::Merge<'a, Features>;

/// Which gradients are overheard at an operation, and what of its input is cut.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// The total derivative by what is made.
    pub made: Option<Sink>,
    /// The derivative by what is read, through this operation alone.
    pub read: Option<Sink>,
    /// What stands in place of some of the channels read, after batch norm and ReLU.
    pub(super) cut: Option<Arc<Replaced>>,
}

impl Features {
    /// Features that start from a tensor.
    pub(super) fn new(x: Tensor<4>, made: Option<Sink>, pass: &Pass) -> Self {
        if pass.uses_kernels() {
            Self::Maps(FeatureMaps::from_tensor(x, listener(made)))
        } else {
            Self::Tensor(overheard(x, made))
        }
    }

    /// Convolution of what is read, after batch norm and ReLU if there are any, merged as the network does.
    pub(super) fn convolve(
        &self,
        before: Option<&NormRelu>,
        convolution: &Convolution,
        merge: Merged<'_>,
        watch: Watch,
        pass: &Pass,
    ) -> Self {
        let Watch { made, read, cut } = watch;
        match self {
            Self::Maps(maps) => Self::Maps(emptied(maps, cut.as_deref()).convolve(kernels::Convolve {
                norm: before.and_then(|before| before.normalization(maps, cut.as_deref(), pass)),
                relu: before.is_some(),
                weight: convolution.weight.val(),
                merge: merge.map(Self::maps),
                hooks: kernels::GradientHooks { made: listener(made), read: listener(read) },
            })),
            Self::Tensor(x) => {
                let x = overheard(x.clone(), read);
                let x = before.map_or(x.clone(), |before| before.forward(x, cut.as_deref(), pass));
                let x = convolution.forward(x, pass);
                Self::Tensor(match merge {
                    Merged::Replace => overheard(x, made),
                    Merged::Add(base) => overheard(x + base.tensor(), made),
                    Merged::Append(base) => Tensor::cat(vec![base.tensor(), overheard(x, made)], 1),
                })
            }
        }
    }

    /// A transition: BN-ReLU-Conv1×1-AvgPool2×2.
    ///
    /// Averaging and a 1×1 convolution commute, so the kernels average first and convolve a quarter of the pixels.
    pub(super) fn transition(&self, before: &NormRelu, convolution: &Convolution, watch: Watch, pass: &Pass) -> Self {
        let Watch { made, read, cut } = watch;
        match self {
            Self::Maps(maps) => {
                let norm = before.normalization(maps, cut.as_deref(), pass);
                let halved = Self::Maps(emptied(maps, cut.as_deref()).halve(norm, listener(read)));
                halved.convolve(None, convolution, Merged::Replace, Watch { made, ..Watch::default() }, pass)
            }
            Self::Tensor(x) => {
                let x = convolution.forward(before.forward(overheard(x.clone(), read), cut.as_deref(), pass), pass);
                Self::Tensor(overheard(avg_pool2d(x, AvgPoolOptions::new([2, 2])), made))
            }
        }
    }

    /// BN-ReLU-global average pooling: `[batch, channels]`.
    pub(super) fn average(&self, before: &NormRelu, watch: Watch, pass: &Pass) -> Tensor<2> {
        let Watch { made: _, read, cut } = watch;
        match self {
            Self::Maps(maps) => {
                let norm = before.normalization(maps, cut.as_deref(), pass);
                emptied(maps, cut.as_deref()).average(norm, listener(read))
            }
            Self::Tensor(x) => {
                let x = before.forward(overheard(x.clone(), read), cut.as_deref(), pass);
                let [batch, channels, height, width] = x.dims();
                x.reshape([batch, channels, height * width]).mean_dim(2).reshape([batch, channels])
            }
        }
    }

    /// The same with a number added to each channel.
    pub(super) fn plus(self, terms: &[f32], pass: &Pass) -> Self {
        let x = self.into_tensor();
        let terms = by_channel(terms, &x.device());
        Self::new(x + terms, None, pass)
    }

    /// Features of that shape and these numbers, one for each channel.
    pub(super) fn constant(&self, terms: &[f32], pass: &Pass) -> Self {
        let x = self.clone().into_tensor();
        let terms = by_channel(terms, &x.device());
        Self::new(terms.expand(x.dims()), None, pass)
    }

    /// The mean of every channel over images and positions.
    pub(super) fn channel_means(&self) -> Vec<f64> {
        match self {
            Self::Maps(maps) => maps.statistics().iter().map(|channel| f64::from(channel.mean)).collect(),
            Self::Tensor(x) => {
                let [batch, channels, height, width] = x.dims();
                let images = x.clone().reshape([batch, channels, height * width]).mean_dim(2);
                means(images.reshape([batch, channels]))
            }
        }
    }

    /// Channels there are, counted on the tensors.
    pub(super) fn channels(&self) -> usize {
        match self {
            Self::Maps(maps) => maps.channels(),
            Self::Tensor(x) => x.dims()[1],
        }
    }

    /// The channels that a dense layer made last, of a concatenation to which it appended so many.
    pub(super) fn newest(&self, count: usize) -> Self {
        match self {
            Self::Maps(maps) => Self::Maps(maps.newest()),
            Self::Tensor(x) => Self::Tensor(x.clone().narrow(1, x.dims()[1] - count, count)),
        }
    }

    /// `[batch, channels, height, width]`
    pub(super) fn into_tensor(self) -> Tensor<4> {
        match self {
            Self::Maps(maps) => maps.into_tensor(),
            Self::Tensor(x) => x,
        }
    }

    fn maps(&self) -> &FeatureMaps {
        match self {
            Self::Maps(maps) => maps,
            Self::Tensor(_) => unreachable!("a pass computes all of a network in one way"),
        }
    }

    fn tensor(&self) -> Tensor<4> {
        match self {
            Self::Tensor(x) => x.clone(),
            Self::Maps(_) => unreachable!("a pass computes all of a network in one way"),
        }
    }
}

/// The maps without what of them is cut.
fn emptied(maps: &FeatureMaps, cut: Option<&Replaced>) -> FeatureMaps {
    cut.map_or_else(|| maps.clone(), |cut| cut.emptied(maps))
}

/// The mean of every column of `[rows, columns]`, in double precision.
pub(super) fn means(x: Tensor<2>) -> Vec<f64> {
    let [rows, columns] = x.dims();
    let values: Vec<f32> = x.into_data().try_into_vec().expect("networks compute in single precision");
    let mut sums = vec![0.0; columns];
    for row in values.chunks_exact(columns) {
        sums.iter_mut().zip(row).for_each(|(sum, &value)| *sum += f64::from(value));
    }
    sums.iter().map(|sum| sum / rows as f64).collect()
}

/// Numbers for channels `[1, channels, 1, 1]`.
fn by_channel(values: &[f32], device: &Device) -> Tensor<4> {
    Tensor::from_data(TensorData::new(values.to_vec(), [1, values.len(), 1, 1]), device)
}

fn overheard(x: Tensor<4>, sink: Option<Sink>) -> Tensor<4> {
    match sink {
        Some(sink) => tap(x, sink),
        None => x,
    }
}

fn listener(sink: Option<Sink>) -> Option<GradientHook> {
    sink.map(|sink| {
        GradientHook::new(move |shape, channel_squares| sink.record(Heard { shape: shape.to_vec(), channel_squares }))
    })
}
