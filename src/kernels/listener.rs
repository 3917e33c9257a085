//! Who wants to know how large a gradient is.

use std::fmt;
use std::sync::Arc;

use super::planes::Planes;

/// Is told, during a backward pass, the sum of squares of each channel of one gradient.
///
/// That is all the figures need: an L2 norm is the root of their total, and that of a slice of a concatenation the
/// root of a part's. It costs nothing measurable: the sums are taken where the gradient is in registers anyway.
#[derive(Clone)]
pub struct Listener(Arc<dyn Fn([usize; 4], Vec<f64>) + Send + Sync>);

impl Listener {
    /// Calls `tell` with the shape of the maps, [batch, channels, height, width], and the sums, one for each channel.
    pub fn new(tell: impl Fn([usize; 4], Vec<f64>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(super) fn tell(&self, planes: &Planes, squares: Vec<f64>) {
        (self.0)([planes.batch, squares.len(), planes.height, planes.width], squares);
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Listener")
    }
}
