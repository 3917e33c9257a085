//! One file for each kind of question.

pub(super) mod reads;
pub(super) mod carries;
pub(super) mod transition_reads;
pub(super) mod transition_makes;
pub(super) mod bottleneck;
pub(super) mod basic;
pub(super) mod residual;
