//! A product over a piece of positions, block by block, and what a convolution does with each block while it is in the
//! cache: forwards it stores the channels made and takes their sums, backwards it hands gradient to the channels read.

use std::ops::Range;
use std::sync::Arc;

use super::lanes::{Lanes, Mask, Task};
use super::moments::Moments;
use super::passes::{ActivateBackward, GradientSums, StoreMade};
use super::planes::Planes;
use super::product::{PackedWeights, Product};
use super::reading::{GradientTarget, Reading, sums_are_exact};
use super::segment::Segment;

/// The product of a piece, with the one who uses it.
pub(super) struct Blocks<'a, U> {
    pub(super) weights: &'a PackedWeights,
    /// Scratch memory with a piece and its margins.
    pub(super) source: &'a [f32],
    /// Where each term's row starts in `source`, shifts included.
    pub(super) starts: &'a [usize],
    /// The piece.
    pub(super) positions: Range<usize>,
    /// Memory for one block of every row.
    pub(super) products: &'a mut [f32],
    pub(super) user: U,
}

/// Uses the product of a block.
pub(super) trait BlockUser {
    /// `products` holds the positions `here` of every row, one row after the other.
    fn take<L: Lanes>(&mut self, lanes: L, here: Range<usize>, products: &[f32]);
}

impl<U: BlockUser> Task for Blocks<'_, U> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(mut self, lanes: L) {
        let block = Product::positions::<L>();
        let Self { weights, source, starts, .. } = self;
        let Range { start, end } = self.positions;
        for from in (start..end).step_by(block) {
            let here = from..end.min(from + block);
            let products = &mut self.products[..weights.rows() * here.len()];
            Product { weights, source, starts, at: from - start }.run(lanes, products);
            self.user.take(lanes, here, products);
        }
    }
}

/// Makes channels.
pub(super) struct Make<'a, 'b> {
    pub(super) planes: &'a Planes,
    /// What is added to them.
    pub(super) base: Option<&'a Arc<Segment>>,
    /// Where a part of each channel is stored, and at which position that part starts.
    pub(super) rows: &'a mut [&'b mut [f32]],
    pub(super) start: usize,
    /// Of each channel.
    pub(super) moments: &'a mut [Moments],
}

impl BlockUser for Make<'_, '_> {
    #[inline(always)]
    fn take<L: Lanes>(&mut self, lanes: L, here: Range<usize>, products: &[f32]) {
        let mask = &self.planes.mask[here.clone()];
        let pixel = mask.iter().position(|mask| *mask == Mask::PIXEL);
        let own = here.start - self.start..here.end - self.start;
        let rows = products.chunks_exact(here.len()).zip(self.rows.iter_mut()).zip(self.moments.iter_mut());
        for (row, ((product, output), moments)) in rows.enumerate() {
            let base = self.base.map(|base| &base.row(row)[here.clone()]);
            if let (None, Some(at)) = (moments.pivot, pixel) {
                moments.pivot = Some(product[at] + base.map_or(0.0, |base| base[at]));
            }
            let pivot = moments.pivot.unwrap_or(0.0);
            let output = &mut output[own.clone()];
            moments.add(StoreMade { product, base, mask, pivot, output }.run(lanes));
        }
    }
}

/// Takes the gradient of channels made back to the channels read.
pub(super) struct ScatterGradient<'a, 'b> {
    pub(super) reading: &'a Reading,
    /// A part of each channel's gradient, and at which position that part starts.
    pub(super) targets: &'a mut [GradientTarget<'b>],
    pub(super) start: usize,
    /// Of each channel.
    pub(super) sums: &'a mut [GradientSums],
}

impl BlockUser for ScatterGradient<'_, '_> {
    #[inline(always)]
    fn take<L: Lanes>(&mut self, lanes: L, here: Range<usize>, products: &[f32]) {
        let planes = self.reading.planes();
        let (mask, exact) = (&planes.mask[here.clone()], sums_are_exact(planes.pixels()));
        let own = here.start - self.start..here.end - self.start;
        let rows = products.chunks_exact(here.len()).zip(self.targets.iter_mut()).zip(self.sums.iter_mut());
        for (channel, ((gradient, target), sums)) in rows.enumerate() {
            let backward = ActivateBackward {
                gradient,
                values: &self.reading.row(channel)[here.clone()],
                mask,
                affine: self.reading.affine(channel),
                exact,
                total: &mut target.row[own.clone()],
                first: target.first,
            };
            *sums += backward.run(lanes);
        }
    }
}
