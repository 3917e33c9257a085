//! How the training of a network ends, and what is left of it.

use std::sync::Arc;

use super::checkpoint::Checkpoint;
use super::still::Still;
use crate::arch::NetworkKind;
use crate::telemetry::Divergence;

/// How a network's training ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// All steps were made.
    Finished,
    /// It was asked to stop.
    Stopped,
    /// Its loss was no longer usable.
    Diverged(Divergence),
    /// It failed; at which step and what went wrong, in words.
    Failed(String),
}

/// What a network has at the end.
pub struct NetworkResult {
    /// Which network.
    pub kind: NetworkKind,
    /// How its training ended.
    pub ending: Ending,
    /// The weights reached, as a safetensors file; none after a failure.
    pub weights: Option<Vec<u8>>,
    /// What it needs to go on, until that is reported; none after a failure, or if it made no step.
    pub(super) checkpoint: Option<Checkpoint>,
    /// The network itself, to be looked at; none after a failure.
    pub(super) still: Option<Arc<Still>>,
}
