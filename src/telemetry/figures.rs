//! The figures read from a network at one step of training.

use serde::Serialize;

/// Everything read from one backward pass.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepFigures {
    /// One for each row of the architecture, in its order.
    pub layers: Vec<LayerFigures>,
    /// Gradient by connection; empty at the steps that do not read it.
    pub edges: Vec<Edge>,
    /// Weight laid on each source; empty at the steps that do not read it, and for networks that add or do neither.
    pub reuse: Vec<Reuse>,
    /// Channels found on the tensors, one for each row of the architecture; empty at the steps that do not read connections.
    pub measured: Vec<MeasuredChannels>,
}

impl StepFigures {
    /// L2 norm of ∂L/∂W over the convolution and linear weights of all rows together: the root of the sum of their squares.
    pub fn weight_grad_norm(&self) -> f64 {
        self.layers.iter().map(|layer| layer.weight_grad_norm.powi(2)).sum::<f64>().sqrt()
    }

    /// Whether no weight before the classifier has any gradient.
    pub fn learns_nothing(&self) -> bool {
        self.layers.split_last().is_some_and(|(_, before)| before.iter().all(|layer| layer.weight_grad_norm == 0.0))
    }
}

/// Channels of one row of a network, counted on the tensors of a training step: what the architecture says, seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasuredChannels {
    /// Of what entered the row.
    pub reads: usize,
    /// Of what the row made itself.
    pub makes: usize,
    /// Of what the next row is given.
    pub carries: usize,
}

/// Norms of one row of the architecture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerFigures {
    /// L2 norm of ∂L/∂W over the row's convolution or linear weights; no batch norm, no bias.
    pub weight_grad_norm: f64,
    /// L2 norm of the same weights.
    pub weight_norm: f64,
    /// L2 norm of ∂L/∂x_l, the total derivative by the row's output.
    pub activation_grad_norm: f64,
}

/// Gradient that flows back through one connection of a block. Blocks and layers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Edge {
    /// The part of ∂L/∂x_source that comes through one reader.
    Dense {
        /// The block.
        block: usize,
        /// The reader; one past the last layer is the transition or the classifier.
        layer: usize,
        /// The source: x_0 is what entered the block.
        source: usize,
        /// L2 norm.
        grad_norm: f64,
    },
    /// The two parts of ∂L/∂x_{layer−1} in a network that adds, or does neither.
    Baseline {
        /// The block.
        block: usize,
        /// The layer.
        layer: usize,
        /// L2 norm of what comes through the identity; 0 without one.
        identity_grad_norm: f64,
        /// L2 norm of what comes through H.
        branch_grad_norm: f64,
    },
}

/// Mean absolute weight that a reader lays on a source (paper, Figure 5).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reuse {
    /// The block, from 1.
    pub block: usize,
    /// The reader, from 1; one past the last layer is the transition or the classifier.
    pub layer: usize,
    /// The source: x_0 is what entered the block.
    pub source: usize,
    /// Mean absolute weight.
    pub mean_abs_weight: f64,
}
