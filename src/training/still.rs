//! A network as it stands after a step: it can be looked at and cut, and learns no more.

use std::sync::Arc;

use burn::tensor::{Device, Tensor, TensorData};

use super::threads::Threads;
use crate::arch::{Architecture, Part};
use crate::config::{Backend, RunConfig};
use crate::data::{Batch, DataSet};
use crate::model::cut::Cutter;
use crate::model::weights::{TensorFile, WeightsError};
use crate::model::{Network, device, glance};
use crate::telemetry::{Glance, Inside, RowMaps};

/// A network without gradients and without what an optimizer keeps of it.
pub struct Still {
    pub(super) network: Network,
    pub(super) backend: Backend,
    pub(super) device: Device,
    pub(super) threads: Threads,
    /// Updates made.
    pub(super) step: usize,
}

impl Still {
    /// What the network was built from.
    pub fn architecture(&self) -> &Architecture {
        self.network.architecture()
    }

    /// A network with the weights of a file, or, without one, those that follow from the seed; after that step.
    ///
    /// # Errors
    ///
    /// When the weights are not exactly the network's.
    pub fn load(
        architecture: &Architecture,
        config: &RunConfig,
        threads: &Threads,
        weights: Option<&TensorFile>,
        step: usize,
    ) -> Result<Self, WeightsError> {
        let (backend, device) = (config.training.backend, device(config.training.backend));
        let mut network = Network::new(architecture, config.seed, &device);
        if let Some(weights) = weights {
            network.load(weights)?;
        }
        Ok(Self { network, backend, device, threads: threads.clone(), step })
    }

    /// What the network makes of a validation image, and what is inside a layer, if one is named; nothing if there is no such image.
    pub fn glance(&self, data: &DataSet, image: usize, inside: Option<Part>) -> Option<Glance> {
        let batch = data.validation_image(image)?;
        let (rows, inside) = self.rows(&batch, inside, None);
        let probabilities = probabilities(&rows);
        Some(Glance { step: self.step, image, rows, probabilities, inside, cut: None })
    }

    /// What every row makes of the only image of a batch, and what is inside a layer, with links cut or without.
    pub(super) fn rows(
        &self,
        batch: &Batch,
        inside: Option<Part>,
        cutter: Option<Arc<Cutter>>,
    ) -> (Vec<RowMaps>, Option<Inside>) {
        let image = images(batch, &self.device);
        self.threads.work(|| glance::rows(&self.network, image, inside, self.backend, cutter))
    }
}

/// `[batch, channels, height, width]`
pub(super) fn images(batch: &Batch, device: &Device) -> Tensor<4> {
    let shape = [batch.labels.len(), batch.shape.channels, batch.shape.height, batch.shape.width];
    Tensor::from_data(TensorData::new(batch.images.clone(), shape), device)
}

/// Softmax of the logits, which the last row makes.
pub(super) fn probabilities(rows: &[RowMaps]) -> Vec<f32> {
    softmax(rows.last().map_or(&[], |row| &row.made.values))
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
