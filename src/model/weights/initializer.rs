//! How weights start: He normal by fan-in, from a seed.

use burn::module::Param;
use burn::tensor::{Device, Tensor, TensorData};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// Draws fresh weights; the same seed draws the same ones on every machine and backend.
pub struct Initializer {
    random: ChaCha8Rng,
}

impl Initializer {
    /// The draws of that seed.
    pub fn new(seed: u64) -> Self {
        Self { random: ChaCha8Rng::seed_from_u64(seed) }
    }

    /// Normal with mean 0 and variance 2/fan-in, where fan-in is the product of all sides of the shape but the first
    /// (He, Zhang, Ren, Sun, *Delving Deep into Rectifiers*, 2015).
    pub(in crate::model) fn he_normal<const D: usize>(
        &mut self,
        shape: [usize; D],
        device: &Device,
    ) -> Param<Tensor<D>> {
        let fan_in: usize = shape[1..].iter().product();
        let deviation = (2.0 / fan_in as f64).sqrt();
        let count = shape.iter().product();
        #[expect(clippy::cast_possible_truncation, reason = "weights are in single precision")]
        let values: Vec<f32> = (0..count).map(|_| (self.standard_normal() * deviation) as f32).collect();
        Param::from_data(TensorData::new(values, shape), device)
    }

    /// Box and Muller's transform of two uniform numbers; the second normal number is not used.
    fn standard_normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.random.random::<f64>()).ln()).sqrt();
        let angle = std::f64::consts::TAU * self.random.random::<f64>();
        radius * angle.cos()
    }
}

/// A vector of zeros.
pub(in crate::model) fn zeros(length: usize, device: &Device) -> Param<Tensor<1>> {
    Param::from_data(TensorData::new(vec![0.0_f32; length], [length]), device)
}

/// A vector of ones.
pub(in crate::model) fn ones(length: usize, device: &Device) -> Param<Tensor<1>> {
    Param::from_data(TensorData::new(vec![1.0_f32; length], [length]), device)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Backend;
    use crate::model::device;

    #[test]
    fn weights_have_mean_zero_and_variance_two_over_fan_in() {
        let weights = Initializer::new(3).he_normal([64, 32, 3, 3], &device(Backend::Flex));
        let values: Vec<f32> = weights.val().into_data().try_to_vec().unwrap();
        let count = values.len() as f64;
        let mean = values.iter().copied().map(f64::from).sum::<f64>() / count;
        let variance = values.iter().map(|&value| (f64::from(value) - mean).powi(2)).sum::<f64>() / count;
        let expected = 2.0 / (32.0 * 9.0);
        assert!(mean.abs() < 4.0 * (expected / count).sqrt(), "mean {mean}");
        assert!((variance / expected - 1.0).abs() < 0.05, "variance {variance} for {expected}");
    }
}
