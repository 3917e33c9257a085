//! What cutting connections of a network costs.

use super::record::Evaluation;
use crate::arch::{How, Link, NetworkKind};

/// What every single link of a network is worth: how the network does with it cut.
#[derive(Clone, Debug, PartialEq)]
pub struct CutMap {
    /// Which network.
    pub network: NetworkKind,
    /// What passed in place of what was cut.
    pub how: How,
    /// Updates that were made so far.
    pub step: usize,
    /// How the whole network does on the same images.
    pub whole: Evaluation,
    /// Every link, in the order of the architecture's.
    pub cuts: Vec<CutCost>,
}

/// How a network does with one link cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CutCost {
    /// The link.
    pub link: Link,
    /// How the network does without it.
    pub evaluation: Evaluation,
}
