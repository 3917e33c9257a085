//! The figures in their tiles.
