//! Weights written as safetensors, which PyTorch, torchvision and everything else can read.

use safetensors::tensor::{Dtype, TensorView};

use super::error::WeightsError;
use super::expected::Expected;
use super::file::TensorFile;
use crate::model::network::Network;

/// The network's weights as a safetensors file that torchvision can load: with `num_batches_tracked` beside the running
/// statistics, which is the number of training steps.
///
/// # Panics
///
/// When a tensor does not have the numbers of its shape, which would be a fault of burn's.
pub fn to_safetensors(network: &mut Network, steps: u32) -> Vec<u8> {
    let entries = network.entries();
    serialized(entries.list().iter().map(|entry| (entry.name.clone(), entry.shape(), entry.values())), steps)
}

/// A tensor under its name.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedTensor {
    /// Its name in files.
    pub name: String,
    /// Its sides.
    pub shape: Vec<usize>,
    /// Its numbers, the last side fastest.
    pub values: Vec<f32>,
}

/// The same of weights that were taken out of a network.
///
/// # Panics
///
/// When a tensor does not have the numbers of its shape.
pub fn tensors_to_safetensors(weights: &[NamedTensor], steps: u32) -> Vec<u8> {
    serialized(weights.iter().map(|tensor| (tensor.name.clone(), tensor.shape.clone(), tensor.values.clone())), steps)
}

/// A file's weights as a safetensors file under the names that they have here, in single precision.
///
/// # Errors
///
/// When they are not exactly those that are expected.
pub fn save(file: &TensorFile, expected: &[Expected]) -> Result<Vec<u8>, WeightsError> {
    let values = file.weights(expected)?;
    let tensors =
        expected.iter().zip(values).map(|(tensor, values)| (tensor.name.clone(), tensor.shape.clone(), values));
    Ok(serialized(tensors, 0))
}

fn serialized(weights: impl Iterator<Item = (String, Vec<usize>, Vec<f32>)>, steps: u32) -> Vec<u8> {
    let tracked = i64::from(steps).to_le_bytes().to_vec();
    let mut tensors: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
    for (name, shape, values) in weights {
        let path = name.strip_suffix(".running_var").map(str::to_owned);
        tensors.push((name, Dtype::F32, shape, values.iter().flat_map(|value| value.to_le_bytes()).collect()));
        if let Some(path) = path {
            tensors.push((format!("{path}.num_batches_tracked"), Dtype::I64, Vec::new(), tracked.clone()));
        }
    }
    let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
        let view = TensorView::new(*dtype, shape.clone(), bytes).expect("the bytes are those of the shape");
        (name.as_str(), view)
    });
    safetensors::serialize(views, None).expect("every tensor has its bytes")
}
