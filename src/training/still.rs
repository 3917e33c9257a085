//! A network as it stands after a step: it can be looked at, and learns no more.

use burn::tensor::Device;

use super::session::images;
use super::threads::Threads;
use crate::config::Backend;
use crate::data::DataSet;
use crate::model::{Network, glance};
use crate::telemetry::Glance;

/// A network without gradients and without what an optimizer keeps of it.
pub(super) struct Still {
    pub(super) network: Network,
    pub(super) backend: Backend,
    pub(super) device: Device,
    pub(super) threads: Threads,
    /// Updates made.
    pub(super) step: usize,
}

impl Still {
    /// What the network makes of a validation image; nothing if there is no such image.
    pub(super) fn glance(&self, data: &DataSet, image: usize) -> Option<Glance> {
        let batch = data.validation_image(image)?;
        let rows = self.threads.work(|| glance::rows(&self.network, images(&batch, &self.device), self.backend));
        let probabilities = softmax(rows.last().map_or(&[], |row| &row.made.values));
        Some(Glance { step: self.step, image, rows, probabilities })
    }
}

/// Softmax, in double precision; not numbers where the logits are not finite.
#[expect(clippy::cast_possible_truncation, reason = "a probability to be shown")]
fn softmax(logits: &[f32]) -> Vec<f32> {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f64> = logits.iter().map(|&logit| f64::from(logit - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| (power / sum) as f32).collect()
}

#[cfg(test)]
mod tests;
