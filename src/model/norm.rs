//! What stands before every convolution of a layer: batch norm and ReLU, or ReLU alone.

use std::sync::{Arc, Mutex, PoisonError};

use burn::module::{Module, Param};
use burn::tensor::activation::relu;
use burn::tensor::module::{batch_norm, batch_norm_train};
use burn::tensor::{Device, Tensor, TensorData};

use super::cut::Replaced;
use super::pass::{Mode, Pass};
use super::weights::{Entries, ones, zeros};
use crate::kernels::{ChannelStatistics, FeatureMaps, Normalization};
use crate::telemetry::Affine;

/// Batch norm (Ioffe and Szegedy 2015) and ReLU.
///
/// Training normalises with the batch's mean and biased variance, and moves the running statistics towards the batch's mean and *unbiased*
/// variance by [`BatchNorm::MOMENTUM`], as PyTorch does; evaluation normalises with those.
#[derive(Module, Debug)]
pub(super) struct BatchNorm {
    /// γ `[channels]`
    gamma: Param<Tensor<1>>,
    /// β `[channels]`
    beta: Param<Tensor<1>>,
    #[module(skip)]
    running: Running,
}

/// Running statistics. Shared by a network and the copy of it that validates.
#[derive(Clone, Debug)]
pub(super) struct Running(Arc<Mutex<RunningStatistics>>);

/// Mean and variance of each channel, as evaluation uses them.
#[derive(Clone, Debug)]
pub(super) struct RunningStatistics {
    pub(super) mean: Vec<f32>,
    pub(super) variance: Vec<f32>,
}

impl Running {
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut RunningStatistics) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl BatchNorm {
    /// Added to the variance before its root.
    const EPSILON: f64 = 1e-5;
    /// Share of the batch's statistics in the new running ones.
    const MOMENTUM: f32 = 0.1;

    fn new(channels: usize, device: &Device) -> Self {
        let statistics = RunningStatistics { mean: vec![0.0; channels], variance: vec![1.0; channels] };
        Self {
            gamma: ones(channels, device),
            beta: zeros(channels, device),
            running: Running(Arc::new(Mutex::new(statistics))),
        }
    }

    /// What our kernels need of it to normalise these maps; in training this moves the running statistics.
    fn normalization(&self, maps: &FeatureMaps, mode: Mode) -> Normalization {
        let fixed = match mode {
            Mode::Training => {
                let statistics = maps.statistics();
                let (mean, variance) = statistics.iter().map(|channel| (channel.mean, channel.variance)).unzip();
                self.observe(mean, variance, maps.pixels());
                None
            }
            Mode::Evaluation => Some(self.running.with(|running| {
                let channels = running.mean.iter().zip(&running.variance);
                channels.map(|(&mean, &variance)| ChannelStatistics { mean, variance }).collect()
            })),
        };
        Normalization { gamma: self.gamma.val(), beta: self.beta.val(), epsilon: Self::EPSILON, fixed }
    }

    /// With running statistics, by channel.
    fn affine(&self) -> Vec<Affine> {
        let read = |parameter: &Param<Tensor<1>>| {
            parameter.val().into_data().try_into_vec::<f32>().expect("weights are in single precision")
        };
        let (gamma, beta) = (read(&self.gamma), read(&self.beta));
        self.running.with(|running| {
            let of = |((gamma, beta), (mean, variance)): ((&f32, &f32), (&f32, &f32))| {
                let scale = f64::from(*gamma) / (f64::from(*variance) + Self::EPSILON).sqrt();
                Affine { scale, shift: f64::from(*beta) - f64::from(*mean) * scale }
            };
            gamma.iter().zip(&beta).zip(running.mean.iter().zip(&running.variance)).map(of).collect()
        })
    }

    fn forward(&self, x: Tensor<4>, mode: Mode) -> Tensor<4> {
        let (gamma, beta) = (self.gamma.val(), self.beta.val());
        match mode {
            Mode::Training => {
                let [batch, _, height, width] = x.dims();
                let result = batch_norm_train(x, gamma, beta, Self::EPSILON);
                let read = |tensor: Tensor<1>| {
                    tensor.into_data().try_into_vec::<f32>().expect("statistics are in single precision")
                };
                self.observe(read(result.mean), read(result.variance), batch * height * width);
                relu(result.output)
            }
            Mode::Evaluation => {
                let device = x.device();
                let statistics = self.running.with(|running| running.clone());
                let [mean, variance] = [statistics.mean, statistics.variance]
                    .map(|values| Tensor::from_data(TensorData::new(values.clone(), [values.len()]), &device));
                relu(batch_norm(x, gamma, beta, mean, variance, Self::EPSILON))
            }
        }
    }

    /// Moves the running statistics towards those of a batch of `count` numbers a channel.
    fn observe(&self, mean: Vec<f32>, biased_variance: Vec<f32>, count: usize) {
        let unbiased = if count > 1 { count as f32 / (count - 1) as f32 } else { 1.0 };
        self.running.with(|running| {
            for (old, new) in running.mean.iter_mut().zip(mean) {
                *old += Self::MOMENTUM * (new - *old);
            }
            for (old, new) in running.variance.iter_mut().zip(biased_variance) {
                *old += Self::MOMENTUM * (new * unbiased - *old);
            }
        });
    }
}

/// Batch norm and ReLU, or ReLU alone where normalization is `none`.
#[derive(Module, Debug)]
pub(super) struct NormRelu {
    norm: Option<BatchNorm>,
}

impl NormRelu {
    /// With batch norm if the architecture gives it channels.
    pub(super) fn new(channels: Option<&usize>, device: &Device) -> Self {
        Self { norm: channels.map(|&channels| BatchNorm::new(channels, device)) }
    }

    /// The batch norm, if there is one, for our kernels to normalise these maps with.
    pub(super) fn normalization(
        &self,
        maps: &FeatureMaps,
        cut: Option<&Replaced>,
        pass: &Pass,
    ) -> Option<Normalization> {
        let norm = self.norm.as_ref().map(|norm| norm.normalization(maps, pass.mode()));
        match cut {
            None => norm,
            Some(cut) => Some(cut.normalization(norm, &maps.device())),
        }
    }

    /// `[batch, channels, height, width]` to the same.
    pub(super) fn forward(&self, x: Tensor<4>, cut: Option<&Replaced>, pass: &Pass) -> Tensor<4> {
        let x = match &self.norm {
            Some(norm) => norm.forward(x, pass.mode()),
            None => relu(x),
        };
        match cut {
            None => x,
            Some(cut) => cut.replace(&x),
        }
    }

    /// Batch norm with running statistics, by channel, if there is one.
    pub(super) fn affine(&self) -> Option<Vec<Affine>> {
        self.norm.as_ref().map(BatchNorm::affine)
    }

    pub(super) fn entries<'a>(&'a mut self, path: &str, entries: &mut Entries<'a>) {
        if let Some(BatchNorm { gamma, beta, running }) = &mut self.norm {
            entries.vector(format!("{path}.weight"), gamma);
            entries.vector(format!("{path}.bias"), beta);
            entries.running(path, running);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Backend;
    use crate::model::device;

    #[test]
    fn running_statistics_move_a_tenth_of_the_way_towards_the_unbiased_ones() {
        for backend in [Backend::Flex, Backend::Ndarray] {
            let device = device(backend).autodiff();
            let norm = BatchNorm::new(1, &device);
            let x = Tensor::<4>::from_data(TensorData::new(vec![1.0_f32, 3.0, 5.0, 7.0], [4, 1, 1, 1]), &device);
            NormRelu { norm: Some(norm.clone()) }.forward(x, None, &Pass::training(backend));
            // mean 4, unbiased variance 20/3
            let RunningStatistics { mean, variance } = norm.running.with(|running| running.clone());
            assert!((mean[0] - 0.4).abs() < 1e-6, "{mean:?}");
            assert!((variance[0] - (0.9 + 2.0 / 3.0)).abs() < 1e-5, "{variance:?}");
        }
    }
}
