//! A product over a piece of positions, block by block, and what a convolution does with each block while it is in the
//! cache: forwards it stores the channels made and takes their sums, backwards it hands gradient to the channels read.

use std::ops::Range;
use std::sync::Arc;

use super::instructions::Task;
use super::lanes::Lanes;
use super::moments::Moments;
use super::passes::{made, reached};
use super::planes::Planes;
use super::product::{PackedWeights, Product};
use super::reading::{Reading, Receivers, Sums, sums_are_exact};
use super::rows::SharedRows;
use super::segment::Segment;

/// The product of a piece, with the one who uses it.
pub(super) struct Blocks<'a, U> {
    pub(super) weights: &'a PackedWeights,
    /// Scratch memory with a piece and its margins.
    pub(super) source: &'a [f32],
    /// Where each term's row starts in `source`, shifts included.
    pub(super) starts: &'a [usize],
    /// The piece, a multiple of a block.
    pub(super) positions: Range<usize>,
    /// Memory for one block of every row.
    pub(super) products: &'a mut [f32],
    pub(super) user: U,
}

/// Uses the product of a block.
pub(super) trait BlockUser {
    /// `products` holds the positions `here` of every row, one row after the other.
    ///
    /// # Safety
    ///
    /// The machine has the instructions of `V`; `here` is a multiple of the width, and met once by all threads together.
    unsafe fn take<V: Lanes>(&mut self, here: Range<usize>, products: &[f32]);
}

impl<U: BlockUser> Task for Blocks<'_, U> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Lanes>(mut self) {
        let block = Product::positions::<V>();
        for at in (0..self.positions.len()).step_by(block) {
            let product =
                Product { weights: self.weights, source: self.source, starts: self.starts, at, out: self.products };
            let here = self.positions.start + at..self.positions.start + at + block;
            // SAFETY: the caller has the instructions; scratch rows are as long as the piece and its margins, `products` holds a
            // block of every row, and pieces do not overlap.
            unsafe {
                product.run::<V>();
                self.user.take::<V>(here, self.products);
            }
        }
    }
}

/// Makes channels.
pub(super) struct Make<'a> {
    pub(super) planes: &'a Planes,
    /// What is added to them.
    pub(super) base: Option<&'a Arc<Segment>>,
    pub(super) rows: SharedRows<'a>,
    /// Of each channel.
    pub(super) moments: &'a mut [Moments],
}

impl BlockUser for Make<'_> {
    #[inline(always)]
    unsafe fn take<V: Lanes>(&mut self, here: Range<usize>, products: &[f32]) {
        let mask = &self.planes.mask[here.clone()];
        let pixel = mask.iter().position(|bits| bits.to_bits() != 0);
        let rows = products.chunks_exact(here.len()).zip(self.moments.iter_mut());
        for (row, (product, moments)) in rows.enumerate() {
            let base = self.base.map(|base| &base.row(row)[here.clone()]);
            if let (None, Some(at)) = (moments.pivot, pixel) {
                moments.pivot = Some(product[at] + base.map_or(0.0, |base| base[at]));
            }
            let pivot = moments.pivot.unwrap_or(0.0);
            // SAFETY: a block is met once, and each of its rows once.
            let output = unsafe { self.rows.piece(row, here.clone()) };
            // SAFETY: the caller has the instructions; all slices are a block long.
            moments.add(unsafe { made::<V>(product, base, mask, pivot, output) });
        }
    }
}

/// Takes the gradient of channels made back to the channels read.
pub(super) struct GiveBack<'a> {
    pub(super) reading: &'a Reading,
    pub(super) receivers: &'a Receivers<'a>,
    /// Of each channel.
    pub(super) sums: &'a mut [Sums],
}

impl BlockUser for GiveBack<'_> {
    #[inline(always)]
    unsafe fn take<V: Lanes>(&mut self, here: Range<usize>, products: &[f32]) {
        let planes = self.reading.planes();
        let (mask, exact) = (&planes.mask[here.clone()], sums_are_exact(planes.pixels()));
        let rows = products.chunks_exact(here.len()).zip(self.sums.iter_mut());
        for (channel, (gradient, sums)) in rows.enumerate() {
            let values = &self.reading.row(channel)[here.clone()];
            // SAFETY: a block is met once, and each of its channels once.
            let (total, first) = unsafe { self.receivers.piece(channel, here.clone()) };
            let affine = self.reading.affine(channel);
            // SAFETY: the caller has the instructions; all slices are a block long.
            let part = unsafe { reached::<V>(gradient, values, mask, affine, total, first, exact) };
            sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
    }
}
