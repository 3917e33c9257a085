//! densescope builds a DenseNet beside a ResNet, trains both on the same real images, and shows what concatenation does
//! where addition would be: how channels grow, what they cost, and through which connections the gradient flows.
//!
//! Rooms in reading order; each uses only those above it.

pub mod arch;
pub mod cli;
pub mod config;
pub mod data;
pub mod export;
pub mod model;
pub mod telemetry;
pub mod training;
