//! A run and how far it is.

use std::sync::Arc;

use crate::arch::NetworkKind;
use crate::chart::Subject;
use crate::config::Plan;
use crate::data::DataSet;
use crate::telemetry::History;
use crate::training::{Ending, Live};

/// What was applied: a plan that trains, is paused or has ended, with everything it reported.
pub struct Run {
    /// What is trained.
    pub plan: Plan,
    /// What training reported.
    pub history: History,
    /// How far it is.
    pub phase: Phase,
    /// How each network's training ended, of those that have.
    pub endings: Vec<(NetworkKind, Ending)>,
    /// The images, once they are there.
    pub images: Option<Arc<DataSet>>,
    /// The step that is looked at; nothing follows the latest.
    pub at: Option<usize>,
    /// Counts what was reported: whatever was made from an older number may be out of date.
    pub revision: u64,
    pub(super) live: Option<Live>,
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Images are being loaded.
    Loading,
    /// It trains.
    Running,
    /// It waits after a step.
    Paused,
    /// All its networks have ended.
    Finished,
    /// It could not go on; why, in words. What was reported stays.
    Failed(String),
}

impl Run {
    /// What figures are made from.
    pub fn subject(&self) -> Subject<'_> {
        Subject { config: &self.plan.config, networks: &self.plan.networks, history: Some(&self.history), at: self.at }
    }

    /// Whether another plan would need new weights, batches or data.
    pub fn differs_from(&self, plan: &Plan) -> bool {
        let mut config = plan.config.clone();
        config.training.learning_rate = self.plan.config.training.learning_rate; // acts at once
        config != self.plan.config || plan.input != self.plan.input
    }

    /// The last step that every network still in training has made.
    pub fn step(&self) -> usize {
        self.history.last_common_step()
    }
}
