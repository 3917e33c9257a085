//! How the pixels of one channel lie in memory.
//!
//! A plane holds one channel of every image of a batch, one after the other. Each image row is followed by one zero
//! and each image by one row of zeros:
//!
//! ```text
//! a b c 0      a 3×3 convolution then is nine shifts of one long row, with no edges:
//! d e f 0      left and right neighbours of a border pixel are the zero that ends a row,
//! 0 0 0 0      upper and lower ones the row of zeros that ends an image
//! ```
//!
//! Channels come outermost, so that channels made later stand after those made before and nothing is ever copied
//! to concatenate. The zeros cost (1 + 1/h)(1 + 1/w) − 1 of memory and work: 7 % at 28×28, 31 % at 7×7.

use super::buffer::Aligned;
use super::lanes::{Mask, STEP};

/// Pieces of work are multiples of this many positions, but for the last: the widest tile of the widest instruction set.
pub(super) const GRAIN: usize = 192;

/// The shape of a plane, and where its pixels are.
#[derive(Debug)]
pub(super) struct Planes {
    pub(super) batch: usize,
    pub(super) height: usize,
    pub(super) width: usize,
    /// Where pixels are; between them and after the last image are zeros.
    pub(super) mask: Aligned<Mask>,
}

impl Planes {
    pub(super) fn new(batch: usize, height: usize, width: usize) -> Self {
        let image = (height + 1) * (width + 1);
        let mut mask = Aligned::filled(Mask::GAP, (batch * image).next_multiple_of(STEP));
        for image in mask.chunks_exact_mut(image).take(batch) {
            for row in image.chunks_exact_mut(width + 1).take(height) {
                row[..width].fill(Mask::PIXEL);
            }
        }
        Self { batch, height, width, mask }
    }

    /// The length of a plane: all pixels and zeros, a multiple of [`STEP`].
    pub(super) fn len(&self) -> usize {
        self.mask.len()
    }

    /// From a pixel to the one below it.
    pub(super) fn pitch(&self) -> usize {
        self.width + 1
    }

    /// From an image's first pixel to the next image's.
    pub(super) fn image(&self) -> usize {
        (self.height + 1) * (self.width + 1)
    }

    /// Pixels of one channel in all images, the count behind its mean and variance.
    pub(super) fn pixels(&self) -> usize {
        self.batch * self.height * self.width
    }

    /// The pixels among positions `from..to`.
    pub(super) fn pixels_between(&self, from: usize, to: usize) -> usize {
        self.pixels_before(to) - self.pixels_before(from)
    }

    fn pixels_before(&self, position: usize) -> usize {
        let (image, rest) = (position / self.image(), position % self.image());
        if image >= self.batch {
            return self.pixels();
        }
        let (row, column) = (rest / self.pitch(), rest % self.pitch());
        let in_image = (row.min(self.height) * self.width) + if row < self.height { column.min(self.width) } else { 0 };
        image * self.height * self.width + in_image
    }

    /// Where image `n`'s row `y` starts.
    pub(super) fn row(&self, n: usize, y: usize) -> usize {
        n * self.image() + y * self.pitch()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mask_has_a_bit_for_every_pixel_and_counts_agree_with_it() {
        for (batch, height, width) in [(1, 1, 1), (2, 3, 5), (7, 7, 7), (3, 33, 2)] {
            let planes = Planes::new(batch, height, width);
            let set = |to: usize| planes.mask[..to].iter().filter(|mask| **mask == Mask::PIXEL).count();
            assert_eq!(set(planes.len()), planes.pixels());
            assert_eq!(planes.len() % STEP, 0);
            for to in 0..planes.len() {
                assert_eq!(planes.pixels_between(0, to), set(to), "{batch}×{height}×{width} up to {to}");
            }
        }
    }
}
