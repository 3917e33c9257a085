//! The batch that `probe` reads: `batch.images` and `batch.labels` of a file of tensors.

use super::error::{WeightsError, WeightsProblem};
use super::file::TensorFile;
use super::tensor::Tensor;

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
    /// The batch `batch.images` and `batch.labels` for a network of that many classes.
    ///
    /// # Errors
    ///
    /// When one is missing, they do not fit together, an image is not finite, or a label is beyond the classes.
    pub fn batch(&self, classes: usize) -> Result<ImagesAndLabels, WeightsError> {
        let find = |name: &str| {
            let missing = || WeightsProblem::Missing { name: name.to_owned(), shape: Vec::new(), nearest: None };
            self.tensor(name).ok_or_else(|| self.problems(vec![missing()]))
        };
        let (images, labels) = (find(IMAGES)?, find(LABELS)?);
        let wrong_shape = |name: &str, found: &[usize], allowed: String| {
            self.problems(vec![WeightsProblem::Shape { name: name.to_owned(), found: found.to_vec(), allowed }])
        };
        let shape = match images.shape[..] {
            [batch, channels, height, width] if !images.shape.contains(&0) => [batch, channels, height, width],
            _ => {
                let allowed = "[batch, channels, height, width], none of them 0".to_owned();
                return Err(wrong_shape(IMAGES, &images.shape, allowed));
            }
        };
        if labels.shape != [shape[0]] {
            return Err(wrong_shape(LABELS, &labels.shape, format!("[{}], one label for each image", shape[0])));
        }
        let read = || {
            let images = images.numbers.finite_floats(IMAGES, &self.bytes(IMAGES, images)?)?;
            Ok(ImagesAndLabels { shape, images, labels: self.class_labels(labels, classes)? })
        };
        read().map_err(|problem| self.problems(vec![problem]))
    }

    fn class_labels(&self, tensor: &Tensor, classes: usize) -> Result<Vec<usize>, WeightsProblem> {
        let labels = tensor.numbers.integers(LABELS, &self.bytes(LABELS, tensor)?)?;
        labels
            .into_iter()
            .enumerate()
            .map(|(position, label)| match usize::try_from(label) {
                Ok(class) if class < classes => Ok(class),
                Ok(_) | Err(_) => Err(WeightsProblem::Number {
                    name: LABELS.to_owned(),
                    found: label.to_string(),
                    position,
                    allowed: format!("0 to {}, the network's classes", classes - 1),
                }),
            })
            .collect()
    }
}
