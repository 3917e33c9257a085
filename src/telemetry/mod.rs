//! What training reports, as plain data: the figures of one step, a history of bounded memory, and what a network makes of one image.
//!
//! Knows no tensor and no file. The meaning of every figure is that of the mathematics page: norms are
//! L2 norms of gradients of the batch's mean cross-entropy, weight decay left out.

mod events;
mod figures;
mod maps;
mod inside;
mod history;
mod record;
mod glance;
mod cuts;
mod sequence;

pub use cuts::{CutCost, CutMap};
pub use events::{Event, Events, Happening};
pub use figures::{Edge, LayerFigures, MeasuredChannels, Reuse, StepFigures};
pub use glance::{CutSeen, Glance, RowMaps};
pub use history::{Connections, History, NetworkHistory, Validation};
pub use inside::{Affine, Inside, Pixel, Stage, Tap};
pub use maps::FeatureMaps;
pub use record::{Divergence, Evaluation, StepRecord};
