//! densescope builds a DenseNet beside a ResNet, trains both on the same real images, and shows what concatenation does
//! where addition would be: how channels grow, what they cost, and through which connections the gradient flows.
//!
//! Rooms in reading order; each uses only those above it.

#![forbid(unsafe_code)]

pub mod text;
pub mod arch;
pub mod data;
pub mod config;
pub mod telemetry;
pub use densescope_kernels as kernels;
pub mod model;
pub mod training;
pub mod theme;
pub mod exercise;
pub mod chart;
pub mod drawing;
pub mod export;
pub mod experiment;
pub mod state;
pub mod ui;
pub mod app;
pub mod cli;
