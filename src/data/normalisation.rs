//! Mean and standard deviation of each channel, and the table that applies them.
//!
//! x ↦ (x/255 − mean) / deviation. A byte has 256 values, so the division is done 256 times for each channel and
//! never again; filling a batch only looks the results up.

use super::image::{ImageShape, Split};

/// Mean and standard deviation of each channel over the training images in use, on the scale 0 to 1.
///
/// Both come from exact integer sums, so they do not depend on the order of the images. The deviation is that of the
/// whole population (divided by n). A channel that never varies has the deviation 1, which leaves it at 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Normalisation {
    /// One mean for each channel.
    pub mean: Vec<f32>,
    /// One divisor for each channel, never 0.
    pub deviation: Vec<f32>,
}

impl Normalisation {
    /// Measures a split that holds at least one image.
    pub(super) fn of(split: &Split, shape: ImageShape) -> Self {
        let mut counts = vec![[0_u64; 256]; shape.channels];
        for index in 0..split.len() {
            let channels = split.image(index).chunks_exact(shape.pixels());
            for (count, channel) in counts.iter_mut().zip(channels) {
                for &byte in channel {
                    count[usize::from(byte)] += 1;
                }
            }
        }
        let (mean, deviation) = counts.iter().map(mean_and_deviation).unzip();
        Self { mean, deviation }
    }

    /// The 256 normalised values of each channel.
    pub(super) fn table(&self) -> Table {
        let Self { mean, deviation } = self;
        let channels = mean.iter().zip(deviation);
        Table(
            channels
                .map(|(mean, deviation)| std::array::from_fn(|byte| (byte as f32 / 255.0 - mean) / deviation))
                .collect(),
        )
    }
}

/// With S = Σx and Q = Σx² the variance is (nQ − S²)/n², and its numerator is exact in integers.
fn mean_and_deviation(counts: &[u64; 256]) -> (f32, f32) {
    let (mut number, mut sum, mut squares) = (0_u128, 0_u128, 0_u128);
    for (byte, &count) in (0_u128..).zip(counts) {
        let count = u128::from(count);
        number += count;
        sum += count * byte;
        squares += count * byte * byte;
    }
    let scale = number as f64 * 255.0;
    let mean = sum as f64 / scale;
    let spread = number * squares - sum * sum;
    let deviation = if spread == 0 { 1.0 } else { (spread as f64).sqrt() / scale };
    #[expect(clippy::cast_possible_truncation, reason = "networks compute in single precision")]
    let single = (mean as f32, deviation as f32);
    single
}

/// The normalised value of every byte, for each channel.
#[derive(Debug, Clone)]
pub(super) struct Table(Vec<[f32; 256]>);

impl Table {
    /// Appends one image, normalised, to a batch.
    pub(super) fn append(&self, image: &[u8], batch: &mut Vec<f32>) {
        let pixels = image.len() / self.0.len();
        for (values, channel) in self.0.iter().zip(image.chunks_exact(pixels)) {
            batch.extend(channel.iter().map(|&byte| values[usize::from(byte)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn measured(channels: usize, pixels: Vec<u8>) -> (Normalisation, Split) {
        let shape = ImageShape { channels, height: 1, width: 2 };
        let labels = vec![0; pixels.len() / shape.values()];
        let split = Split::new(shape, pixels, labels);
        (Normalisation::of(&split, shape), split)
    }

    #[test]
    fn each_channel_has_its_own_mean_and_deviation() {
        let (normalisation, _) = measured(2, vec![0, 255, 51, 51, 0, 255, 153, 153]);
        assert_eq!(normalisation.mean, [0.5, 0.4]);
        assert_eq!(normalisation.deviation, [0.5, 0.2]);
    }

    #[test]
    fn a_channel_that_never_varies_becomes_zero_and_not_infinite() {
        let (normalisation, split) = measured(1, vec![200, 200, 200, 200]);
        assert_eq!(normalisation.deviation, [1.0]);
        let mut batch = Vec::new();
        normalisation.table().append(split.image(0), &mut batch);
        assert_eq!(batch, [0.0, 0.0]);
    }

    proptest! {
        #[test]
        fn normalised_images_have_mean_zero_and_deviation_one(
            pixels in prop::collection::vec(any::<u8>(), 4..200).prop_map(|mut pixels| {
                pixels.truncate(pixels.len() / 2 * 2);
                pixels[0] = 0;
                pixels[1] = 255;
                pixels
            })
        ) {
            let (normalisation, split) = measured(1, pixels);
            let mut batch = Vec::new();
            for index in 0..split.len() {
                normalisation.table().append(split.image(index), &mut batch);
            }
            let count = batch.len() as f64;
            let mean = batch.iter().map(|&value| f64::from(value)).sum::<f64>() / count;
            let variance = batch.iter().map(|&value| (f64::from(value) - mean).powi(2)).sum::<f64>() / count;
            prop_assert!(mean.abs() < 1e-5, "mean {mean}");
            prop_assert!((variance - 1.0).abs() < 1e-4, "variance {variance}");
        }
    }
}
