//! What a network needs to go on as if it had never stopped.
//!
//! Weights, running statistics and what the optimizer keeps. Everything random of a step, its batch and what dropout drops, follows from the seed and
//! the step's number, so the number is all there is to keep of it.

use super::optimizer::Optimizer;
use crate::arch::NetworkKind;
use crate::config::Plan;
use crate::model::weights::{NamedTensor, tensors_of};
use crate::model::{Network, device};
use crate::telemetry::Divergence;

/// A network after a step, with all that its next step depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// Which network.
    pub network: NetworkKind,
    /// The last step that it made.
    pub step: usize,
    /// Updates that it made: one for each step, unless the loss was not finite.
    pub updates: u32,
    /// The loss that ends its training, from its loss at the first step, once that was made.
    pub limit: Option<f64>,
    /// Why it makes no more steps, if it diverged.
    pub divergence: Option<Divergence>,
    /// Weights and running statistics under their names in files.
    pub weights: Vec<NamedTensor>,
    /// What the optimizer keeps of each parameter, under names such as `velocity.classifier.bias`.
    pub optimizer: Vec<NamedTensor>,
}

impl Checkpoint {
    /// Of a network that has made no step: its weights follow from the seed, so none are in it.
    pub const fn fresh(network: NetworkKind) -> Self {
        Self { network, step: 0, updates: 0, limit: None, divergence: None, weights: Vec::new(), optimizer: Vec::new() }
    }
}

/// Where the networks of a run begin: with fresh weights, or each at a checkpoint that fits it.
#[derive(Clone, Debug, Default)]
pub struct Start(Vec<Checkpoint>);

/// Why networks cannot go on from checkpoints.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MisfitError {
    /// A network has none, or none of its step.
    #[error("the {network} network: found {found}; allowed: one checkpoint of each network, all after the same step")]
    Networks {
        /// Which network.
        network: NetworkKind,
        /// What there is.
        found: String,
    },
    /// More steps were made than the run is to have.
    #[error("found a checkpoint after step {made}; allowed: at most {steps}, the steps of the run")]
    Steps {
        /// Steps made.
        made: usize,
        /// Steps of the plan.
        steps: usize,
    },
    /// A tensor is missing, left over or of another shape.
    #[error("the {network} network: found {found}; allowed: {allowed}")]
    Tensor {
        /// Which network.
        network: NetworkKind,
        /// The tensor of the checkpoint.
        found: String,
        /// The tensor of the network.
        allowed: String,
    },
}

impl Start {
    /// With fresh weights.
    pub const fn fresh() -> Self {
        Self(Vec::new())
    }

    /// Each network at its checkpoint.
    ///
    /// # Errors
    ///
    /// When a network has none, they are not all after the same step (but for networks that diverged), or one does not fit the plan.
    pub fn at(plan: &Plan, mut checkpoints: Vec<Checkpoint>) -> Result<Self, MisfitError> {
        let (steps, mut common) = (plan.config.training.steps, None);
        for architecture in &plan.networks {
            let network = architecture.kind;
            let found = checkpoints.iter_mut().filter(|checkpoint| checkpoint.network == network);
            let Ok([checkpoint]) = <[_; 1]>::try_from(found.collect::<Vec<_>>()) else {
                return Err(MisfitError::Networks { network, found: "none, or several".to_owned() });
            };
            if checkpoint.step > steps {
                return Err(MisfitError::Steps { made: checkpoint.step, steps });
            }
            if checkpoint.divergence.is_none() && *common.get_or_insert(checkpoint.step) != checkpoint.step {
                return Err(MisfitError::Networks { network, found: format!("one after step {}", checkpoint.step) });
            }
            if checkpoint.step == 0 {
                continue; // nothing of it is kept
            }
            let mut own = Network::new(architecture, plan.config.seed, &device(plan.config.training.backend));
            let (weights, optimizer) = (tensors_of(&mut own), Optimizer::new(&plan.config.training).places(&mut own));
            let lists = [(&weights, &mut checkpoint.weights), (&optimizer, &mut checkpoint.optimizer)];
            for (own, kept) in lists {
                *kept = arranged(own, std::mem::take(kept)).map_err(|(found, allowed)| MisfitError::Tensor {
                    network,
                    found,
                    allowed,
                })?;
            }
        }
        Ok(Self(checkpoints))
    }

    /// Where a network begins, unless with fresh weights.
    pub(super) fn of(&self, network: NetworkKind) -> Option<&Checkpoint> {
        self.0.iter().find(|checkpoint| checkpoint.network == network && checkpoint.step > 0)
    }

    /// Whether no network makes any more steps since all have diverged.
    pub fn has_diverged(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(|checkpoint| checkpoint.divergence.is_some())
    }

    /// The last step that was made by every network that makes any more; 0 with fresh weights.
    pub fn step(&self) -> usize {
        let going = self.0.iter().filter(|checkpoint| checkpoint.divergence.is_none());
        let made = |checkpoint: &Checkpoint| checkpoint.step;
        going.map(made).min().or_else(|| self.0.iter().map(made).max()).unwrap_or(0)
    }
}

/// Tensors in the order of a network's own; if they are not just those, the first that differs and what should stand there.
fn arranged(own: &[NamedTensor], mut kept: Vec<NamedTensor>) -> Result<Vec<NamedTensor>, (String, String)> {
    let words = |tensor: &NamedTensor| format!("{} {:?}", tensor.name, tensor.shape);
    let mut arranged = Vec::with_capacity(own.len());
    for tensor in own {
        let Some(index) = kept.iter().position(|kept| kept.name == tensor.name) else {
            return Err((format!("no {}", tensor.name), words(tensor)));
        };
        let kept = kept.swap_remove(index);
        if kept.shape != tensor.shape {
            return Err((words(&kept), words(tensor)));
        }
        arranged.push(kept);
    }
    match kept.first() {
        None => Ok(arranged),
        Some(left_over) => Err((words(left_over), "only the network's own".to_owned())),
    }
}
