//! What one network reports of one step.

use std::fmt;

use super::figures::StepFigures;
use crate::arch::NetworkKind;

/// One step of one network.
#[derive(Clone, Debug, PartialEq)]
pub struct StepRecord {
    /// The step, from 1.
    pub step: usize,
    /// η of this step.
    pub learning_rate: f64,
    /// Mean cross-entropy of the batch before this step's update.
    pub train_loss: f64,
    /// Share of the batch that was classified right before this step's update, 0 to 1.
    pub train_accuracy: f64,
    /// On the whole validation set after this step's update, at the steps that validate.
    pub validation: Option<Evaluation>,
    /// Time of the training step in seconds, without validation.
    pub seconds: f64,
    /// What was read from the backward pass.
    pub figures: StepFigures,
}

/// How a network does on a whole set of images, with its running statistics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evaluation {
    /// Mean cross-entropy.
    pub loss: f64,
    /// Share classified right, 0 to 1.
    pub accuracy: f64,
}

/// Why a network's training came to an early end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Divergence {
    /// The network.
    pub network: NetworkKind,
    /// The step whose loss was no longer usable, from 1.
    pub step: usize,
    /// That loss.
    pub loss: f64,
    /// The loss that ends a training, from the loss at the start.
    pub limit: f64,
}

impl fmt::Display for Divergence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { network, step, loss, limit } = self;
        if loss.is_finite() {
            write!(
                formatter,
                "the {network} network diverged at step {step}: its loss is {loss:.4}, above {limit:.1}, "
            )?;
            write!(formatter, "a hundred times the loss at the start; a smaller learning rate may help")
        } else {
            write!(formatter, "the {network} network diverged at step {step}: its loss is {loss}; ")?;
            write!(formatter, "a smaller learning rate may help")
        }
    }
}
