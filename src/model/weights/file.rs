//! Files of named tensors: weights to and from safetensors, and the batch that `probe` reads.

use std::fs;
use std::path::{Path, PathBuf};

use safetensors::tensor::{Dtype, SafeTensors, TensorView};

use super::error::{Expected, WeightsError, WeightsProblem};
use crate::model::network::Network;

/// A safetensors file in memory.
pub struct TensorFile {
    path: PathBuf,
    bytes: Vec<u8>,
}

/// What is needed of a file that gives a batch.
pub struct ImagesAndLabels {
    /// `[batch, channels, height, width]`
    pub shape: [usize; 4],
    /// The images, the last side fastest.
    pub images: Vec<f32>,
    /// One for each image.
    pub labels: Vec<usize>,
}

const IMAGES: &str = "batch.images";
const LABELS: &str = "batch.labels";

impl TensorFile {
    /// Reads a file whole.
    ///
    /// # Errors
    ///
    /// When it cannot be read or is no safetensors file.
    pub fn read(path: &Path) -> Result<Self, WeightsError> {
        let bytes = fs::read(path).map_err(|error| WeightsError::Unreadable { file: path.to_owned(), error })?;
        let file = Self { path: path.to_owned(), bytes };
        file.tensors()?;
        Ok(file)
    }

    fn tensors(&self) -> Result<SafeTensors<'_>, WeightsError> {
        SafeTensors::deserialize(&self.bytes).map_err(|error| WeightsError::NotSafetensors {
            file: self.path.clone(),
            message: error.to_string(),
            length: self.bytes.len(),
        })
    }

    fn problems(&self, problems: Vec<WeightsProblem>) -> WeightsError {
        WeightsError::Problems { file: self.path.clone(), problems }
    }

    /// The classes of the network whose weights these are: the rows of the classifier.
    ///
    /// # Errors
    ///
    /// When the file has no classifier.
    pub fn classes(&self) -> Result<usize, WeightsError> {
        let name = "classifier.weight".to_owned();
        let tensors = self.tensors()?;
        let Ok(classifier) = tensors.tensor(&name) else {
            return Err(self.problems(vec![WeightsProblem::Missing { name, shape: Vec::new() }]));
        };
        match classifier.shape() {
            &[classes, _] if classes > 0 => Ok(classes),
            other => {
                let allowed = "[classes, channels]".to_owned();
                Err(self.problems(vec![WeightsProblem::Shape { name, found: other.to_vec(), allowed }]))
            }
        }
    }

    /// The numbers of every expected weight, in the given order.
    pub(super) fn weights(&self, expected: &[Expected]) -> Result<Vec<Vec<f32>>, WeightsError> {
        let tensors = self.tensors()?;
        let (mut values, mut problems) = (Vec::new(), Vec::new());
        for Expected { name, shape } in expected {
            let read = match tensors.tensor(name) {
                Err(_) => Err(WeightsProblem::Missing { name: name.clone(), shape: shape.clone() }),
                Ok(tensor) if tensor.shape() != shape => Err(WeightsProblem::Shape {
                    name: name.clone(),
                    found: tensor.shape().to_vec(),
                    allowed: format!("{shape:?}"),
                }),
                Ok(tensor) => finite_floats(name, &tensor),
            };
            match read {
                Ok(floats) => values.push(floats),
                Err(problem) => problems.push(problem),
            }
        }
        let mut left_over: Vec<_> = tensors
            .iter()
            .filter(|(name, _)| !is_no_weight(name) && expected.iter().all(|expected| expected.name != *name))
            .map(|(name, tensor)| WeightsProblem::LeftOver { name: name.to_owned(), shape: tensor.shape().to_vec() })
            .collect();
        left_over.sort_by_key(ToString::to_string);
        problems.extend(left_over);
        if problems.is_empty() { Ok(values) } else { Err(self.problems(problems)) }
    }

    /// The batch `batch.images` and `batch.labels` for a network of that many classes.
    ///
    /// # Errors
    ///
    /// When one is missing, they do not fit together, an image is not finite, or a label is beyond the classes.
    pub fn batch(&self, classes: usize) -> Result<ImagesAndLabels, WeightsError> {
        let tensors = self.tensors()?;
        let find = |name: &str| {
            let missing = || WeightsProblem::Missing { name: name.to_owned(), shape: Vec::new() };
            tensors.tensor(name).map_err(|_| self.problems(vec![missing()]))
        };
        let (images, labels) = (find(IMAGES)?, find(LABELS)?);
        let wrong_shape = |name: &str, found: &[usize], allowed: String| {
            self.problems(vec![WeightsProblem::Shape { name: name.to_owned(), found: found.to_vec(), allowed }])
        };
        let shape = match images.shape() {
            &[batch, channels, height, width] if batch * channels * height * width > 0 => {
                [batch, channels, height, width]
            }
            other => {
                return Err(wrong_shape(IMAGES, other, "[batch, channels, height, width], none of them 0".to_owned()));
            }
        };
        if labels.shape() != [shape[0]] {
            return Err(wrong_shape(LABELS, labels.shape(), format!("[{}], one label for each image", shape[0])));
        }
        let images = finite_floats(IMAGES, &images).map_err(|problem| self.problems(vec![problem]))?;
        let labels = class_labels(&labels, classes).map_err(|problem| self.problems(vec![problem]))?;
        Ok(ImagesAndLabels { shape, images, labels })
    }
}

/// Whether a key of a file is none of the network's numbers.
fn is_no_weight(name: &str) -> bool {
    name.starts_with("batch.") || name.ends_with("num_batches_tracked")
}

fn finite_floats(name: &str, tensor: &TensorView<'_>) -> Result<Vec<f32>, WeightsProblem> {
    let name = name.to_owned();
    if tensor.dtype() != Dtype::F32 {
        return Err(WeightsProblem::Type { name, found: format!("{:?}", tensor.dtype()), allowed: "F32" });
    }
    let floats: Vec<f32> = tensor.data().as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
    match floats.iter().position(|float| !float.is_finite()) {
        None => Ok(floats),
        Some(position) => Err(WeightsProblem::Number {
            name,
            found: floats[position].to_string(),
            position,
            allowed: "finite numbers".to_owned(),
        }),
    }
}

fn class_labels(tensor: &TensorView<'_>, classes: usize) -> Result<Vec<usize>, WeightsProblem> {
    let name = LABELS.to_owned();
    if tensor.dtype() != Dtype::I64 {
        return Err(WeightsProblem::Type { name, found: format!("{:?}", tensor.dtype()), allowed: "I64" });
    }
    let labels = tensor.data().as_chunks().0.iter().map(|&bytes| i64::from_le_bytes(bytes));
    labels
        .enumerate()
        .map(|(position, label)| match usize::try_from(label) {
            Ok(class) if class < classes => Ok(class),
            Ok(_) | Err(_) => Err(WeightsProblem::Number {
                name: name.clone(),
                found: label.to_string(),
                position,
                allowed: format!("0 to {}, the network's classes", classes - 1),
            }),
        })
        .collect()
}

/// The network's weights as a safetensors file that torchvision can load: with `num_batches_tracked` beside the running
/// statistics, which is the number of training steps.
///
/// # Panics
///
/// When a tensor does not have the numbers of its shape, which would be a fault of burn's.
pub fn to_safetensors(network: &mut Network, steps: u32) -> Vec<u8> {
    let entries = network.entries();
    let tracked = i64::from(steps).to_le_bytes().to_vec();
    let mut tensors: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
    for entry in entries.list() {
        let bytes = entry.values().iter().flat_map(|value| value.to_le_bytes()).collect();
        tensors.push((entry.name.clone(), Dtype::F32, entry.shape(), bytes));
        if let Some(path) = entry.name.strip_suffix(".running_var") {
            tensors.push((format!("{path}.num_batches_tracked"), Dtype::I64, Vec::new(), tracked.clone()));
        }
    }
    let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
        let view = TensorView::new(*dtype, shape.clone(), bytes).expect("the bytes are those of the shape");
        (name.as_str(), view)
    });
    safetensors::serialize(views, None).expect("every tensor has its bytes")
}
