//! A function that is called with the size of a gradient.

use std::fmt;
use std::sync::Arc;

use super::planes::Planes;

/// Is called, during a backward pass, with the sum of squares of each channel of one gradient.
///
/// That is all the figures need: an L2 norm is the root of their total, and that of a slice of a concatenation the
/// root of a part's. It costs nothing measurable: the sums are taken where the gradient is in registers anyway.
#[derive(Clone)]
pub struct GradientHook(Arc<dyn Fn([usize; 4], Vec<f64>) + Send + Sync>);

impl GradientHook {
    /// Calls `hook` with the shape of the maps, [batch, channels, height, width], and the sums, one for each channel.
    pub fn new(hook: impl Fn([usize; 4], Vec<f64>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(hook))
    }

    pub(super) fn call(&self, planes: &Planes, squares: Vec<f64>) {
        (self.0)([planes.batch, squares.len(), planes.height, planes.width], squares);
    }
}

impl fmt::Debug for GradientHook {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("GradientHook")
    }
}
