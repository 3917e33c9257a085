//! The drawing of the networks, layer under layer from their architectures, alive with what training reports.
//!
//! `model` says what stands from left to right, `layout` where in points, `paint` in which colours, as a list of marks; `alive` brings
//! what training says. All are pure functions: the window and files paint the same marks, and neither has a geometry of its own. Places are
//! those of `emath`, egui's plain points and rectangles, which know no toolkit: so the window takes them as they are, and no second kind of
//! point has to be carried over. After the five-layer drawing of the paper (Huang, Liu, van der Maaten, Weinberger 2017, Figure 1).

pub mod model;
pub mod layout;
pub mod alive;
pub mod paint;
mod figure;

pub use alive::Wires;
pub use figure::{Drawing, ID};
