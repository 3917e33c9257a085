//! The room against plain arithmetic in f64.

mod convolution;
mod feature_maps;
mod pooling;
mod reference;
