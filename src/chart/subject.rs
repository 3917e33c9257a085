//! What a figure is made from.

use crate::arch::{Architecture, NetworkKind};
use crate::config::RunConfig;
use crate::telemetry::{CutMap, History, NetworkHistory};

/// A run, or networks that were not trained yet.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// How it was set up.
    pub config: &'a RunConfig,
    /// Its networks in the configuration's order.
    pub networks: &'a [Architecture],
    /// What training reported; nothing before it.
    pub history: Option<&'a History>,
    /// The step that is looked at; nothing for the latest.
    pub at: Option<usize>,
    /// What cutting every single link costs, of those networks of which it was found out.
    pub cuts: &'a [CutMap],
}

impl<'a> Subject<'a> {
    /// The network of that kind, if the run has it.
    pub fn network(&self, kind: NetworkKind) -> Option<&'a Architecture> {
        self.networks.iter().find(|network| network.kind == kind)
    }

    /// What training reported of the network.
    pub fn history_of(&self, kind: NetworkKind) -> Option<&'a NetworkHistory> {
        self.history?.networks().iter().find(|network| network.kind == kind)
    }
}
