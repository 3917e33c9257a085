//! The room against plain arithmetic in f64.

mod convolution;
mod maps;
mod pooling;
mod reference;
