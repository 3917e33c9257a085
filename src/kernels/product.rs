//! The product behind every convolution and its input gradient.
//!
//! ```text
//! out[r][p] = Σ_j weight[r][j] · source[start_j + p]
//! ```
//!
//! A 1×1 convolution has one term j for each channel, a 3×3 convolution nine: in the layout of
//! [`planes`](super::planes) a neighbour is a shift, so both are this one loop.
//!
//! A tile of sums stays in registers. Of 16 registers it takes twelve: six rows by two vectors, or as near to that as the
//! rows allow. For each term that is 12 multiply-adds on 8 loads, and leaves one register free: with four by three there is
//! none, and the compiler keeps one sum in memory, which halves the speed. Of 32 registers it takes 24: eight rows by three
//! vectors, 24 multiply-adds on 11 loads. Weights are read in the order they were packed in.

use super::instructions::Instructions;
use super::lanes::Lanes;

/// The most rows in a tile: eight by three or six by two vectors of sums.
const fn tile_rows(registers: usize) -> usize {
    if registers == 32 { 8 } else { 6 }
}

/// Vectors in a block of positions: what tiles of two, three, four and six vectors divide.
const BLOCK_VECTORS: usize = 12;

/// The weights of a product in the order in which the loop reads them.
#[derive(Debug)]
pub(super) struct PackedWeights {
    rows: usize,
    terms: usize,
    /// For each tile of rows all terms, for each term the tile's rows.
    numbers: Vec<f32>,
}

impl PackedWeights {
    pub(super) fn new(
        instructions: Instructions,
        rows: usize,
        terms: usize,
        weight: impl Fn(usize, usize) -> f32,
    ) -> Self {
        let mut numbers = Vec::with_capacity(rows * terms);
        for (first, height) in tiles(rows, tile_rows(instructions.registers())) {
            for term in 0..terms {
                numbers.extend((first..first + height).map(|row| weight(row, term)));
            }
        }
        Self { rows, terms, numbers }
    }
}

/// Cuts rows into as few tiles of at most `most` rows as will do, as even as can be, as (first row, height).
pub(super) fn tiles(rows: usize, most: usize) -> impl Iterator<Item = (usize, usize)> {
    let count = rows.div_ceil(most);
    (0..count).map(move |tile| {
        let (first, end) = (tile * rows / count, (tile + 1) * rows / count);
        (first, end - first)
    })
}

/// Computes one block, [`Product::positions`] wide.
pub(super) struct Product<'a> {
    pub(super) weights: &'a PackedWeights,
    pub(super) source: &'a [f32],
    /// Where each term's row starts in `source`, shifts included.
    pub(super) starts: &'a [usize],
    /// The block's first position, counted from those starts.
    pub(super) at: usize,
    /// A block of every row computed, one row after the other.
    pub(super) out: &'a mut [f32],
}

impl Product<'_> {
    /// The positions in a block.
    pub(super) const fn positions<V: Lanes>() -> usize {
        BLOCK_VECTORS * V::WIDTH
    }

    /// Computes the block.
    ///
    /// # Safety
    ///
    /// The machine has the instructions of `V`; every term's row has the block's positions inside `source`, and every
    /// row of the result inside `out`.
    #[inline(always)]
    pub(super) unsafe fn run<V: Lanes>(self) {
        let mut packed = self.weights.numbers.as_slice();
        debug_assert_eq!(self.starts.len(), self.weights.terms, "one start for each term");
        let Self { source, starts, at, out, weights } = self;
        for (first, height) in tiles(weights.rows, tile_rows(V::REGISTERS)) {
            let (tile, rest) = packed.split_at(height * weights.terms);
            packed = rest;
            let to = first * Self::positions::<V>();
            // SAFETY: handed on; a tile stays inside the block.
            unsafe {
                match (V::REGISTERS, height) {
                    (32, 8) => row_of_tiles::<V, 8, 3>(tile, source, starts, at, out, to),
                    (32, 7) => row_of_tiles::<V, 7, 3>(tile, source, starts, at, out, to),
                    (32, 6) => row_of_tiles::<V, 6, 4>(tile, source, starts, at, out, to),
                    (32, 5) => row_of_tiles::<V, 5, 4>(tile, source, starts, at, out, to),
                    (32, 4) => row_of_tiles::<V, 4, 6>(tile, source, starts, at, out, to),
                    (32, 3) => row_of_tiles::<V, 3, 6>(tile, source, starts, at, out, to),
                    (_, 6) => row_of_tiles::<V, 6, 2>(tile, source, starts, at, out, to),
                    (_, 5) => row_of_tiles::<V, 5, 2>(tile, source, starts, at, out, to),
                    (_, 4) => row_of_tiles::<V, 4, 2>(tile, source, starts, at, out, to),
                    (_, 3) => row_of_tiles::<V, 3, 3>(tile, source, starts, at, out, to),
                    (_, 2) => row_of_tiles::<V, 2, 4>(tile, source, starts, at, out, to),
                    _ => row_of_tiles::<V, 1, 6>(tile, source, starts, at, out, to),
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn row_of_tiles<V: Lanes, const ROWS: usize, const COLUMNS: usize>(
    weights: &[f32],
    source: &[f32],
    starts: &[usize],
    at: usize,
    out: &mut [f32],
    to: usize,
) {
    let mut done = 0;
    while done < BLOCK_VECTORS * V::WIDTH {
        // SAFETY: the caller's.
        unsafe {
            let mut sums = [[V::splat(0.0); COLUMNS]; ROWS];
            for (weights, start) in weights.chunks_exact(ROWS).zip(starts) {
                let mut pixels = [V::splat(0.0); COLUMNS];
                let mut column = 0;
                while column < COLUMNS {
                    pixels[column] = V::load(source, start + at + done + column * V::WIDTH);
                    column += 1;
                }
                let mut row = 0;
                while row < ROWS {
                    let weight = V::splat(weights[row]);
                    let mut column = 0;
                    while column < COLUMNS {
                        sums[row][column] = pixels[column].mul_add(weight, sums[row][column]);
                        column += 1;
                    }
                    row += 1;
                }
            }
            let mut row = 0;
            while row < ROWS {
                let mut column = 0;
                while column < COLUMNS {
                    sums[row][column].store(out, to + done + row * BLOCK_VECTORS * V::WIDTH + column * V::WIDTH);
                    column += 1;
                }
                row += 1;
            }
        }
        done += COLUMNS * V::WIDTH;
    }
}
