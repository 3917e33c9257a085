//! How a network does on images: the sums that its logits give.

use burn::tensor::Tensor;

use crate::telemetry::Evaluation;

/// Validation images in one forward pass; memory grows with it, results do not depend on it.
pub(super) const EVALUATION_BATCH: usize = 100;

/// What was seen of a network's answers so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    loss: f64,
    right: usize,
    /// The class that the network takes each image for; none where no logit can be compared.
    pub(super) classes: Vec<Option<usize>>,
}

impl Tally {
    /// Takes in the logits of a batch.
    pub(super) fn add(&mut self, logits: &[Vec<f32>], labels: &[usize]) {
        self.right += right(logits, labels);
        self.loss += logits.iter().zip(labels).map(|(row, &label)| cross_entropy_of(row, label)).sum::<f64>();
        self.classes.extend(logits.iter().map(|row| largest(row)));
    }

    /// Images that were classified right.
    pub(super) const fn right(&self) -> usize {
        self.right
    }

    /// Mean cross-entropy and the share of images that were classified right.
    pub(super) fn evaluation(&self) -> Evaluation {
        let count = self.classes.len() as f64;
        Evaluation { loss: self.loss / count, accuracy: self.right as f64 / count }
    }
}

/// `−log softmax(logits)[label]` of one image, in double precision.
fn cross_entropy_of(logits: &[f32], label: usize) -> f64 {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|&logit| f64::from(logit - largest).exp()).sum();
    sum.ln() - f64::from(logits[label] - largest)
}

/// `[batch, classes]` as rows.
pub(super) fn rows(logits: Tensor<2>) -> Vec<Vec<f32>> {
    let [_, classes] = logits.dims();
    let values: Vec<f32> = logits.into_data().try_into_vec().expect("networks compute in single precision");
    values.chunks_exact(classes).map(<[f32]>::to_vec).collect()
}

/// Images whose largest logit is that of their label.
pub(super) fn right(logits: &[Vec<f32>], labels: &[usize]) -> usize {
    logits.iter().zip(labels).filter(|(row, label)| largest(row) == Some(**label)).count()
}

/// Where the largest number stands, the first of several; nowhere if none can be compared.
fn largest(row: &[f32]) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (index, value) in row.iter().enumerate() {
        if !value.is_nan() && best.is_none_or(|best| *value > row[best]) {
            best = Some(index);
        }
    }
    best
}
