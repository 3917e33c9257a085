//! Every colour by its meaning, and the line styles and marks that say the same without colour.
//!
//! Knows no toolkit. A [`Palette`] is one theme; networks keep one colour, one dash and one mark in every figure and theme.
//! Network colours are chosen to stay apart for the common colour-vision deficiencies, which a test simulates (Machado, Oliveira,
//! Fernandes, *A Physiologically-based Model for Simulation of Color Vision Deficiency*, 2009).

mod color;
mod palette;
mod scale;
mod sign;

pub use color::Color;
pub use palette::{Palette, ThemeKind};
pub use scale::heat;
pub use sign::{Dash, Shape, Sign};
