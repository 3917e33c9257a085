//! The kinds of question there are, the easiest first: each is one file, with its place in both lists here.

mod reads;
mod makes;
mod carries;
mod transition_reads;
mod transition_makes;
mod residual;
mod sources;
mod across;
mod last;
mod pooling;
mod compression;
mod stem;
mod depth;
mod basic;
mod bottleneck;

use super::kind::Kind;

/// Every kind of question, in the order in which the first round asks them.
pub const KINDS: &[Kind] = &[
    reads::KIND,
    makes::KIND,
    carries::KIND,
    transition_reads::KIND,
    transition_makes::KIND,
    residual::KIND,
    sources::KIND,
    across::KIND,
    last::KIND,
    pooling::KIND,
    compression::KIND,
    stem::KIND,
    depth::KIND,
    basic::KIND,
    bottleneck::KIND,
];
