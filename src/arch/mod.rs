//! What the networks are: layers, channels, parameters, multiply-adds, wiring and presets, as plain integers.
//!
//! Everything here follows from a [`NetworkSpec`] and an input by arithmetic: no tensor, no float in a
//! channel count, nothing to train. Other rooms build, draw and price networks from what this one says.
//!
//! Source of the dense networks: Huang, Liu, van der Maaten, Weinberger, *Densely Connected Convolutional
//! Networks*, CVPR 2017, sections 3 and 4. Source of the residual layer: He, Zhang, Ren, Sun, *Identity
//! Mappings in Deep Residual Networks*, ECCV 2016.

mod words;
mod architecture;
mod build;
mod depth;
mod kind;
mod layer;
mod link;
mod matching;
mod memory;
mod merge;
mod presets;
mod shape;
mod spec;
mod width;

pub use architecture::Architecture;
pub use build::ArchitectureError;
pub use depth::Depth;
pub use kind::{NetworkKind, UnknownKind};
pub use layer::{Convolution, Layer, Part};
pub use link::{Cuts, How, Link, UnknownLink};
pub use memory::ActivationMemory;
pub use merge::Merge;
pub use presets::{PRESETS, Preset};
pub use shape::{ImageShape, Input, InvalidImageShape};
pub use spec::{Compression, NetworkSpec, Normalization, ResidualStart, Stem, WidthRule};
pub use width::{InvalidWidth, Width};
pub(crate) use words::words;
