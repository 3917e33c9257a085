//! How an operation reads channels, through batch norm and ReLU, and how gradient flows back to them.
//!
//! Batch norm of channel x with the batch's mean m and variance v (Ioffe and Szegedy 2015):
//!
//! ```text
//! x̂ = (x − m)/√(v + ε)      y = γ x̂ + β      dβ = Σ dy      dγ = Σ dy x̂
//! dx = γ/√(v + ε) · (dy − dβ/n − x̂ dγ/n)
//! ```
//!
//! The first term of dx is all that differs from pixel to pixel apart from x itself. So the pass that meets dy adds
//! γ/√(v + ε) · dy to the channel's gradient and takes the two sums; the rest is a constant and a multiple of x − m,
//! left as two numbers in a `Gradient`. A channel read by many layers is thus passed over once
//! for each reader and once at the end, and no reader has to wait for its own sums.

use std::sync::Arc;

use super::buffer::Buffer;
use super::passes::{Affine, GradientSums};
use super::planes::Planes;
use super::segment::{ChannelStatistics, Segment};

/// What is known of a batch norm apart from its weights.
#[derive(Clone, Debug)]
pub(super) struct NormSettings {
    pub(super) epsilon: f32,
    /// The statistics it works with; the batch's own where this is missing.
    pub(super) fixed: Option<Vec<ChannelStatistics>>,
}

/// Batch norm's weights and the statistics it works with.
#[derive(Clone, Debug)]
pub(super) struct Norm {
    pub(super) gamma: Vec<f32>,
    pub(super) beta: Vec<f32>,
    pub(super) settings: NormSettings,
}

/// The channels of some segments, seen through batch norm and ReLU.
#[derive(Debug)]
pub(super) struct Reading {
    segments: Vec<Arc<Segment>>,
    /// (segment, channel in it) of each channel.
    places: Vec<(usize, usize)>,
    affines: Vec<Affine>,
    norm: Option<BatchNorm>,
}

#[derive(Debug)]
struct BatchNorm {
    /// 1/√(v + ε) of each channel.
    inverse: Vec<f32>,
    /// The batch's variances, where the statistics are the batch's and so depend on x.
    variances: Option<Vec<f32>>,
}

/// Channels of at most this many pixels have their sums taken in double precision.
const EXACT_UP_TO: usize = 4096;

/// Whether the sums of a channel of that many pixels are taken in double precision.
///
/// Batch norm takes two directions out of a gradient. Of a gradient over a handful of pixels hardly anything may be left, and its sum of
/// squares, which is what the sums leave when they cancel, needs their every digit. Over many pixels two directions are
/// next to nothing, and single precision is enough.
pub(super) const fn sums_are_exact(pixels: usize) -> bool {
    pixels <= EXACT_UP_TO
}

/// What a reading's backward pass has to tell.
#[derive(Debug, Default)]
pub(super) struct ReadingGradient {
    /// dγ and dβ; empty without batch norm.
    pub(super) gamma: Vec<f32>,
    pub(super) beta: Vec<f32>,
    /// For each channel the sum of squares of ∂L/∂x through this reading alone.
    pub(super) squares: Vec<f64>,
}

impl Reading {
    pub(super) fn new(segments: Vec<Arc<Segment>>, norm: Option<Norm>, relu: bool) -> Self {
        debug_assert!(
            segments.iter().enumerate().all(|(at, one)| segments[..at].iter().all(|other| !Arc::ptr_eq(one, other))),
            "a segment stands once in a reading: its gradient cannot be lent twice"
        );
        let places: Vec<_> =
            segments.iter().enumerate().flat_map(|(at, segment)| (0..segment.channels).map(move |c| (at, c))).collect();
        let Some(Norm { gamma, beta, settings: NormSettings { epsilon, fixed } }) = norm else {
            let plain = Affine { mean: 0.0, scale: 1.0, shift: 0.0, relu };
            return Self { affines: vec![plain; places.len()], segments, places, norm: None };
        };
        assert_eq!((gamma.len(), beta.len()), (places.len(), places.len()), "one γ and one β for each channel");
        let (mut affines, mut inverse, mut variances) = (Vec::new(), Vec::new(), Vec::new());
        for (at, &(segment, channel)) in places.iter().enumerate() {
            let own = || segments[segment].statistics[channel];
            let statistics = fixed.as_ref().map_or_else(own, |fixed| fixed[at]);
            let scale_to_one = (f64::from(statistics.variance) + f64::from(epsilon)).sqrt().recip();
            let scale = f64::from(gamma[at]) * scale_to_one;
            affines.push(Affine { mean: statistics.mean, scale: scale as f32, shift: beta[at], relu });
            inverse.push(scale_to_one as f32);
            variances.push(statistics.variance);
        }
        let norm = BatchNorm { inverse, variances: fixed.is_none().then_some(variances) };
        Self { segments, places, affines, norm: Some(norm) }
    }

    pub(super) fn channels(&self) -> usize {
        self.places.len()
    }

    pub(super) fn planes(&self) -> &Arc<Planes> {
        &self.segments[0].planes
    }

    /// One channel's plane.
    pub(super) fn row(&self, channel: usize) -> &[f32] {
        let (segment, channel) = self.places[channel];
        self.segments[segment].row(channel)
    }

    pub(super) fn affine(&self, channel: usize) -> Affine {
        self.affines[channel]
    }

    /// Lets `pass` add to the gradients of the channels read, then draws the conclusions from the sums it returns, one
    /// for each channel. No lock is held while it runs: the gradients are lent, and no other pass may ask for them.
    pub(super) fn backward(&self, pass: impl FnOnce(Vec<GradientTarget<'_>>) -> Vec<GradientSums>) -> ReadingGradient {
        let mut lent = Vec::with_capacity(self.segments.len());
        for segment in &self.segments {
            let sum = segment.lend_gradient();
            let first = sum.is_none();
            lent.push((sum.unwrap_or_else(|| Buffer::new(segment.values.len())), first));
        }
        let len = self.planes().len();
        let rows = lent.iter_mut().flat_map(|(sum, first)| sum.chunks_exact_mut(len).zip(std::iter::repeat(*first)));
        let sums = pass(rows.map(|(row, first)| GradientTarget { row, first }).collect());
        for (segment, (sum, _)) in self.segments.iter().zip(lent) {
            segment.return_gradient(sum);
        }
        self.conclude(&sums)
    }

    /// What follows from the sums of every channel: the gradients of γ and β, and what batch norm takes from that of the channel.
    fn conclude(&self, sums: &[GradientSums]) -> ReadingGradient {
        let exact = sums_are_exact(self.planes().pixels());
        let pixels = self.planes().pixels() as f64;
        let mut told = ReadingGradient::default();
        for (at, (sums, &(segment, channel))) in sums.iter().zip(&self.places).enumerate() {
            let GradientSums { sum, along, squares, .. } = *sums;
            let Some(BatchNorm { inverse, variances }) = &self.norm else {
                told.squares.push(squares);
                continue;
            };
            let (scale, inverse) = (f64::from(self.affines[at].scale), f64::from(inverse[at]));
            told.beta.push(sum as f32);
            told.gamma.push((along * inverse) as f32);
            let Some(variances) = variances else {
                told.squares.push(squares * scale * scale);
                continue;
            };
            let constant = sum / pixels;
            let slope = along * inverse * inverse / pixels;
            self.segments[segment].correct_gradient(channel, -(scale * constant) as f32, -(scale * slope) as f32);
            // Σ (d − constant − slope (x − m))², multiplied out; Σ (x − m) is zero but for the rounding of m, Σ (x − m)² is n v.
            let (away, away_squares) =
                if exact { (sums.away, sums.away_squares) } else { (0.0, pixels * f64::from(variances[at])) };
            let square = squares - sum * constant - 2.0 * slope * along
                + 2.0 * constant * slope * away
                + slope * slope * away_squares;
            told.squares.push(square.max(0.0) * scale * scale);
        }
        told
    }
}

/// Where the gradient of a channel read is gathered, or of some of its positions.
pub(super) struct GradientTarget<'a> {
    pub(super) row: &'a mut [f32],
    /// Whether nothing has been stored there before: it is of any value then.
    pub(super) first: bool,
}
