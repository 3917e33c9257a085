//! What training reports, as plain data: the figures of one step, and a history of bounded memory.
//!
//! Knows no tensor and no file. The meaning of every figure is that of the mathematics page: norms are
//! L2 norms of gradients of the batch's mean cross-entropy, weight decay left out.

mod figures;
mod history;
mod record;

pub use figures::{Edge, LayerFigures, Reuse, StepFigures};
pub use history::{History, NetworkHistory};
pub use record::{Divergence, Evaluation, StepRecord};
