//! Channels made together: their values, their statistics and the gradient their readers leave.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::buffer::Buffer;
use super::passes::Correction;
use super::planes::Planes;

/// Mean and biased variance of a channel over the batch.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ChannelStatistics {
    /// The mean.
    pub mean: f32,
    /// The variance, divided by n.
    pub variance: f32,
}

/// The channels one operation made. A channel's statistics are taken once, as it is made, and serve every reader.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) planes: Arc<Planes>,
    pub(super) channels: usize,
    /// `channels` planes, zero between pixels.
    pub(super) values: Buffer,
    /// Empty if nobody asked.
    pub(super) statistics: Vec<ChannelStatistics>,
    gradient: Mutex<Gradient>,
}

/// ∂L/∂x of a segment while its readers add to it: `sum` + `constant` + `slope` · (x − mean).
///
/// The batch norm of every reader takes from the gradient a constant and a multiple of x − mean, for each channel.
/// They are only numbers, so they are gathered here and applied once, when all readers have been.
#[derive(Debug)]
struct Gradient {
    sum: Sum,
    constant: Vec<f32>,
    slope: Vec<f32>,
}

/// Where the sum is.
#[derive(Debug)]
enum Sum {
    /// Nobody has added anything.
    Nothing,
    /// Here.
    Here(Buffer),
    /// With a backward pass that adds to it.
    Lent,
}

/// The total gradient of a segment's channels, its corrections still to be applied.
#[derive(Debug)]
pub(super) struct TotalGradient {
    /// `channels` planes, of any value between pixels.
    pub(super) sum: Buffer,
    /// Of each channel.
    pub(super) corrections: Vec<Correction>,
}

impl Segment {
    pub(super) fn new(
        planes: Arc<Planes>,
        channels: usize,
        values: Buffer,
        statistics: Vec<ChannelStatistics>,
    ) -> Self {
        let gradient = Gradient { sum: Sum::Nothing, constant: vec![0.0; channels], slope: vec![0.0; channels] };
        Self { planes, channels, values, statistics, gradient: Mutex::new(gradient) }
    }

    /// One channel's plane.
    pub(super) fn row(&self, channel: usize) -> &[f32] {
        let len = self.planes.len();
        &self.values[channel * len..(channel + 1) * len]
    }

    /// Hands the gradient's sum to a backward pass that adds to it, without a lock; none if nobody has added anything.
    ///
    /// # Panics
    ///
    /// If it is lent already: to another backward pass at the same time, or to this one, of which it would be two parts.
    pub(super) fn lend_gradient(&self) -> Option<Buffer> {
        match std::mem::replace(&mut self.gradient().sum, Sum::Lent) {
            Sum::Nothing => None,
            Sum::Here(sum) => Some(sum),
            Sum::Lent => panic!("two backward passes at once add to the gradient of the same maps"),
        }
    }

    /// Takes back what was lent.
    pub(super) fn return_gradient(&self, sum: Buffer) {
        assert_eq!(sum.len(), self.values.len(), "a gradient is as large as what it is the gradient of");
        self.gradient().sum = Sum::Here(sum);
    }

    /// Adds constant + slope · (x − mean) to the gradient of one channel.
    pub(super) fn correct_gradient(&self, channel: usize, constant: f32, slope: f32) {
        let mut gradient = self.gradient();
        gradient.constant[channel] += constant;
        gradient.slope[channel] += slope;
    }

    /// The gradient, for the operation that made the segment, after all its readers; zero if it had none.
    pub(super) fn take_gradient(&self) -> TotalGradient {
        let sum = self.lend_gradient().unwrap_or_else(|| Buffer::zeros(self.values.len()));
        let mut gradient = self.gradient();
        gradient.sum = Sum::Nothing;
        let nothing = || vec![0.0; self.channels];
        let constants = std::mem::replace(&mut gradient.constant, nothing());
        let slopes = std::mem::replace(&mut gradient.slope, nothing());
        let corrections = constants.into_iter().zip(slopes).enumerate();
        let corrections = corrections.map(|(channel, (constant, slope))| {
            let mean = self.statistics.get(channel).map_or(0.0, |statistics| statistics.mean);
            Correction { constant, slope, mean }
        });
        TotalGradient { sum, corrections: corrections.collect() }
    }

    fn gradient(&self) -> MutexGuard<'_, Gradient> {
        self.gradient.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
