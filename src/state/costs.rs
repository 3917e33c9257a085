//! What the draft costs beside what is training.

use super::State;
use crate::arch::{ActivationMemory, Architecture, NetworkKind, Width};
use crate::config::Plan;

/// What a network costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    /// Trainable numbers.
    pub parameters: u64,
    /// Multiply-adds of one image.
    pub multiply_adds: u64,
    /// Bytes of activations that one batch keeps for the backward pass when every layer keeps its own copy of what it reads.
    pub activation_bytes_naive: u64,
    /// The same with one buffer for each block.
    pub activation_bytes_shared: u64,
    /// w of a network that has one.
    pub width: Option<Width>,
}

impl Costs {
    /// What a network costs with batches of so many images.
    pub fn of(network: &Architecture, batch: usize) -> Self {
        let memory = network.activation_memory();
        let bytes = |numbers: u64| numbers * ActivationMemory::BYTES * batch as u64;
        Self {
            parameters: network.parameters(),
            multiply_adds: network.multiply_adds(),
            activation_bytes_naive: bytes(memory.naive),
            activation_bytes_shared: bytes(memory.shared),
            width: network.width,
        }
    }
}

/// One network in the draft and in the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Which network.
    pub kind: NetworkKind,
    /// In the draft, if it has this network and can be.
    pub draft: Option<Costs>,
    /// In the run, if there is one and it has this network.
    pub run: Option<Costs>,
}

impl State {
    /// What every network of the draft or the run costs, in the order in which kinds are shown.
    pub fn costs(&self) -> Vec<Comparison> {
        let of = |plan: Option<&Plan>, kind| {
            let plan = plan?;
            let network = plan.networks.iter().find(|network| network.kind == kind)?;
            Some(Costs::of(network, plan.config.training.batch))
        };
        let (draft, run) = (self.draft.plan.as_ref().ok(), self.run.as_ref().map(|run| &run.plan));
        let all = NetworkKind::ALL.map(|kind| Comparison { kind, draft: of(draft, kind), run: of(run, kind) });
        all.into_iter().filter(|both| both.draft.is_some() || both.run.is_some()).collect()
    }
}
