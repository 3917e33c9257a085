//! Channels made together: their values, their statistics and the gradient their readers leave.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::buffer::Buffer;
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
pub(super) struct Gradient {
    pub(super) sum: Option<Buffer>,
    pub(super) constant: Vec<f32>,
    pub(super) slope: Vec<f32>,
}

impl Segment {
    pub(super) fn new(
        planes: Arc<Planes>,
        channels: usize,
        values: Buffer,
        statistics: Vec<ChannelStatistics>,
    ) -> Self {
        let gradient = Mutex::new(Gradient { sum: None, constant: vec![0.0; channels], slope: vec![0.0; channels] });
        Self { planes, channels, values, statistics, gradient }
    }

    /// One channel's plane.
    pub(super) fn row(&self, channel: usize) -> &[f32] {
        let len = self.planes.len();
        &self.values[channel * len..(channel + 1) * len]
    }

    pub(super) fn gradient(&self) -> MutexGuard<'_, Gradient> {
        self.gradient.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The gradient, for the operation that made the segment, after all its readers; zero if it had none.
    pub(super) fn take_gradient(&self) -> (Buffer, Vec<f32>, Vec<f32>) {
        let mut gradient = self.gradient();
        let sum = gradient.sum.take().unwrap_or_else(|| Buffer::zeros(self.values.len()));
        let nothing = || vec![0.0; self.channels];
        (sum, std::mem::replace(&mut gradient.constant, nothing()), std::mem::replace(&mut gradient.slope, nothing()))
    }

    /// What a channel is counted from in its gradient.
    pub(super) fn mean(&self, channel: usize) -> f32 {
        self.statistics.get(channel).map_or(0.0, |statistics| statistics.mean)
    }
}
