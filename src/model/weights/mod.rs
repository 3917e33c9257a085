//! Every number of a network by its name in files, how it starts, and how it is read from files of this program and of others.
//!
//! Names are those of torchvision's DenseNet, so that its weights load here and these load there:
//! `features.denseblock1.denselayer2.conv1.weight`; the other two networks say `residualblock1.residuallayer2`
//! and `plainblock1.plainlayer2`. `names` says how those of other projects are brought to these.

mod batch;
mod content;
mod entries;
mod error;
mod expected;
mod file;
mod initializer;
mod names;
mod note;
mod recognised;
mod save;
mod tensor;
mod words;

pub use batch::ImagesAndLabels;
pub use content::Foreign;
pub(super) use entries::Entries;
pub use error::{MOST_SHOWN, Unlike, WeightsError, WeightsProblem};
pub use expected::{Expected, expected};
pub use file::TensorFile;
pub use initializer::Initializer;
pub(super) use initializer::{ones, zeros};
pub use note::{MOST_LISTED, Note};
pub use recognised::Recognised;
pub use save::{NamedTensor, save, tensors_to_safetensors, to_safetensors};

use burn::optim::GradientsParams;

use std::collections::BTreeMap;

use super::network::Network;

impl Network {
    /// Takes every weight from a file: all of them, or none.
    ///
    /// # Errors
    ///
    /// Every weight that is missing, left over, of another shape or type, or not finite, by name.
    pub fn load(&mut self, file: &TensorFile) -> Result<(), WeightsError> {
        let mut entries = self.entries();
        let expected = |entry: &entries::Entry<'_>| Expected { name: entry.name.clone(), shape: entry.shape() };
        let expected: Vec<Expected> = entries.list().iter().map(expected).collect();
        let values = file.weights(&expected)?;
        for (entry, values) in entries.list_mut().iter_mut().zip(values) {
            entry.assign(values);
        }
        Ok(())
    }
}

/// Every number of a network by its name in files, in the order in which data flows.
pub fn tensors_of(network: &mut Network) -> Vec<NamedTensor> {
    let entries = network.entries();
    let tensor = |entry: &entries::Entry<'_>| NamedTensor {
        name: entry.name.clone(),
        shape: entry.shape(),
        values: entry.values(),
    };
    entries.list().iter().map(tensor).collect()
}

/// Gives a network its numbers back, which [`tensors_of`] a network of the same architecture gave.
///
/// # Panics
///
/// When they are of another architecture.
pub fn restore(network: &mut Network, tensors: &[NamedTensor]) {
    let mut entries = network.entries();
    assert_eq!(entries.list().len(), tensors.len(), "the tensors are of the network's architecture");
    for (entry, tensor) in entries.list_mut().iter_mut().zip(tensors) {
        assert_eq!(
            (&entry.name, entry.shape()),
            (&tensor.name, tensor.shape.clone()),
            "tensors of the same architecture"
        );
        entry.assign(tensor.values.clone());
    }
}

impl Network {
    /// Takes those of its weights that are given, by name.
    ///
    /// # Panics
    ///
    /// When one has not as many numbers as it should, which [`TensorFile::weights`] gives to none.
    pub fn take(&mut self, mut weights: BTreeMap<String, Vec<f32>>) {
        for entry in self.entries().list_mut() {
            if let Some(values) = weights.remove(&entry.name) {
                entry.assign(values);
            }
        }
    }
}

/// The names and shapes of a network's tensors, and whether training learns them; in the order of [`tensors_of`].
pub fn places(network: &mut Network) -> Vec<(String, Vec<usize>, bool)> {
    let entries = network.entries();
    entries.list().iter().map(|entry| (entry.name.clone(), entry.shape(), entry.is_parameter())).collect()
}

/// Moves every parameter by a rule that is given its name, its numbers and their gradient.
pub fn update(network: &mut Network, mut gradients: GradientsParams, mut rule: impl FnMut(&str, &mut [f32], &[f32])) {
    for entry in network.entries().list_mut() {
        let name = entry.name.clone();
        entry.update(&mut gradients, |values, gradient| rule(&name, values, gradient));
    }
}

/// Trainable numbers, counted on the tensors themselves.
pub fn parameter_count(network: &mut Network) -> u64 {
    let entries = network.entries();
    let parameters = entries.list().iter().filter(|entry| entry.is_parameter());
    parameters.map(|entry| entry.shape().iter().product::<usize>() as u64).sum()
}

/// Gives every number a new value, from its tensor's name and its old one.
pub fn map_weights(network: &mut Network, mut value: impl FnMut(&str, f32) -> f32) {
    for entry in network.entries().list_mut() {
        let values = entry.values().into_iter().map(|old| value(&entry.name, old)).collect();
        entry.assign(values);
    }
}
