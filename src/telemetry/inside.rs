//! What is inside H for one layer and one image: how each pixel of each channel comes about.
//!
//! Every stage is BN-ReLU-Conv, and with running statistics batch norm is one factor and one summand for each channel. So a pixel is a sum
//! of one term from each channel that is read: the kernel laid over what is left of it after batch norm and ReLU. Plain numbers, in double
//! precision; knows no network.

use super::maps::FeatureMaps;
use crate::arch::Part;

/// What one layer computes of one image.
#[derive(Clone, Debug, PartialEq)]
pub struct Inside {
    /// The layer.
    pub part: Part,
    /// BN-ReLU-Conv, once or twice, in the order in which they are computed.
    pub stages: Vec<Stage>,
}

/// BN-ReLU-Conv with its numbers; zeros stand around the maps.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// What it reads, before batch norm.
    pub read: FeatureMaps,
    /// Batch norm with running statistics, by channel that is read; nothing where there is none.
    pub norm: Option<Vec<Affine>>,
    /// Channels it makes.
    pub makes: usize,
    /// Side of its kernels, 1 or 3.
    pub kernel: usize,
    /// `[makes][reads][kernel][kernel]`
    pub weights: Vec<f32>,
}

/// γ·(x − mean)/√(variance + ε) + β as `scale·x + shift`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Affine {
    /// γ/√(variance + ε)
    pub scale: f64,
    /// β − mean·scale
    pub shift: f64,
}

/// A place of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pixel {
    /// From the top, from 0.
    pub row: usize,
    /// From the left, from 0.
    pub column: usize,
}

/// What a place of the kernel lies on, and what comes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tap {
    /// What was made; nothing around the map.
    pub before: Option<f64>,
    /// After batch norm.
    pub normalised: f64,
    /// After ReLU; 0 around the map.
    pub after: f64,
    /// The kernel's weight.
    pub weight: f64,
}

impl Stage {
    /// What is left of a channel's value after batch norm, and after ReLU.
    fn activated(&self, channel: usize, value: f64) -> (f64, f64) {
        let normalised = match &self.norm {
            Some(norm) => norm[channel].scale * value + norm[channel].shift,
            None => value,
        };
        (normalised, normalised.max(0.0))
    }

    /// The kernel that leads from a channel that is read to one that is made, row by row.
    ///
    /// # Panics
    ///
    /// When there is no such channel; so do the others.
    pub fn kernel_of(&self, made: usize, read: usize) -> &[f32] {
        let size = self.kernel * self.kernel;
        let first = (made * self.read.channels + read) * size;
        &self.weights[first..first + size]
    }

    /// The kernel over a channel that is read, at a pixel of one that is made, row by row.
    pub fn taps(&self, made: usize, read: usize, at: Pixel) -> Vec<Tap> {
        let FeatureMaps { height, width, .. } = self.read;
        let (map, reach) = (self.read.channel(read), self.kernel / 2);
        let tap = |(index, weight): (usize, &f32)| {
            let row = (at.row + index / self.kernel).checked_sub(reach).filter(|row| *row < height);
            let column = (at.column + index % self.kernel).checked_sub(reach).filter(|column| *column < width);
            let before = row.zip(column).map(|(row, column)| f64::from(map[row * width + column]));
            let (normalised, after) = before.map_or((0.0, 0.0), |value| self.activated(read, value));
            Tap { before, normalised, after, weight: f64::from(*weight) }
        };
        self.kernel_of(made, read).iter().enumerate().map(tap).collect()
    }

    /// What each channel that is read adds to a pixel.
    pub fn terms(&self, made: usize, at: Pixel) -> Vec<f64> {
        let term = |read| self.taps(made, read, at).iter().map(|tap| tap.after * tap.weight).sum();
        (0..self.read.channels).map(term).collect()
    }

    /// What is read, after batch norm and ReLU.
    pub fn activated_maps(&self) -> FeatureMaps {
        let pixels = (self.read.height * self.read.width).max(1);
        #[expect(clippy::cast_possible_truncation, reason = "maps are shown in single precision")]
        let after = |(index, value): (usize, &f32)| self.activated(index / pixels, f64::from(*value)).1 as f32;
        FeatureMaps { values: self.read.values.iter().enumerate().map(after).collect(), ..self.read.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two channels of 2×2 pixels, a 3×3 kernel for each that sees its own place and the one to the left.
    fn stage() -> Stage {
        let read =
            FeatureMaps { channels: 2, height: 2, width: 2, values: vec![1.0, 2.0, 3.0, 4.0, -1.0, 1.0, 0.0, 2.0] };
        let mut weights = vec![0.0; 18];
        (weights[3], weights[4], weights[9 + 4]) = (10.0, 1.0, 1.0);
        let norm = vec![Affine { scale: 1.0, shift: 0.0 }, Affine { scale: 2.0, shift: -1.0 }];
        Stage { read, norm: Some(norm), makes: 1, kernel: 3, weights }
    }

    #[test]
    fn a_term_is_the_kernel_over_what_batch_norm_and_relu_leave_with_zeros_around() {
        let stage = stage();
        assert_eq!(stage.terms(0, Pixel { row: 0, column: 1 }), [2.0 + 10.0, 1.0]);
        assert_eq!(
            stage.terms(0, Pixel { row: 0, column: 0 }),
            [1.0, 0.0],
            "nothing is to the left; 2·(−1) − 1 is cut"
        );
        assert_eq!(stage.activated_maps().values, [1.0, 2.0, 3.0, 4.0, 0.0, 1.0, 0.0, 3.0]);
        let corner = stage.taps(0, 1, Pixel { row: 1, column: 1 });
        assert_eq!((corner[4].before, corner[4].normalised, corner[8].before), (Some(2.0), 3.0, None));
    }
}
