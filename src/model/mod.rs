//! What the networks compute: dense, residual and plain, built from their architecture and read while they learn.
//!
//! Read [`block`] first: what `arch::Merge` says of the kinds is computed there, on [`features`]. Everything else is shared:
//! [`composite`] is H, [`network`] puts stem, blocks, transitions and head in a row, [`weights`] gives every
//! number its name in files, and [`probe`] reads the figures of the mathematics page from one backward pass,
//! which the identity operation of [`tap`] overhears. [`cut`] says what passes in place of connections that are cut. [`glance`] takes every feature map of one image out of a pass.
//!
//! Shapes at line ends are `[batch, channels, height, width]`.

pub mod block;
pub mod composite;
mod convolution;
pub mod cut;
mod device;
pub mod features;
pub mod glance;
mod head;
pub mod network;
mod norm;
mod pass;
pub mod probe;
mod stem;
pub mod tap;
mod transition;
pub mod weights;
pub mod whole;

pub use device::device;
pub use network::Network;
pub use pass::{Mode, Pass};
