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
use super::lanes::{Lanes, Vector};

/// The most rows in a tile: eight by three or six by two vectors of sums.
const fn tile_rows(registers: usize) -> usize {
    if registers == 32 { 8 } else { 6 }
}

/// Vectors in a block of positions: what tiles of two, three, four and six vectors divide. The last block may have fewer.
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

    pub(super) fn rows(&self) -> usize {
        self.rows
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

/// Computes one block of every row.
pub(super) struct Product<'a> {
    pub(super) weights: &'a PackedWeights,
    pub(super) source: &'a [f32],
    /// Where each term's row starts in `source`, shifts included.
    pub(super) starts: &'a [usize],
    /// The block's first position, counted from those starts.
    pub(super) at: usize,
}

impl Product<'_> {
    /// The positions in a block.
    pub(super) const fn positions<L: Lanes>() -> usize {
        BLOCK_VECTORS * L::WIDTH
    }

    /// Computes the block; `out` is one block of every row, one row after the other.
    #[inline(always)]
    pub(super) fn run<L: Lanes>(&self, lanes: L, out: &mut [f32]) {
        let PackedWeights { rows, terms, numbers } = self.weights;
        assert_eq!(self.starts.len(), *terms, "one start for each term");
        let (mut packed, mut out) = (numbers.as_slice(), lanes.chunks_mut(out));
        let vectors = out.len() / rows;
        for (_, height) in tiles(*rows, tile_rows(L::REGISTERS)) {
            let (weights, to);
            (weights, packed) = packed.split_at(height * terms);
            (to, out) = out.split_at_mut(height * vectors);
            match (L::REGISTERS, height) {
                (32, 8) => self.row_of_tiles::<L, 8, 3>(lanes, weights, to),
                (32, 7) => self.row_of_tiles::<L, 7, 3>(lanes, weights, to),
                (32, 6) => self.row_of_tiles::<L, 6, 4>(lanes, weights, to),
                (32, 5) => self.row_of_tiles::<L, 5, 4>(lanes, weights, to),
                (32, 4) => self.row_of_tiles::<L, 4, 6>(lanes, weights, to),
                (32, 3) => self.row_of_tiles::<L, 3, 6>(lanes, weights, to),
                (_, 6) => self.row_of_tiles::<L, 6, 2>(lanes, weights, to),
                (_, 5) => self.row_of_tiles::<L, 5, 2>(lanes, weights, to),
                (_, 4) => self.row_of_tiles::<L, 4, 2>(lanes, weights, to),
                (_, 3) => self.row_of_tiles::<L, 3, 3>(lanes, weights, to),
                (_, 2) => self.row_of_tiles::<L, 2, 4>(lanes, weights, to),
                _ => self.row_of_tiles::<L, 1, 6>(lanes, weights, to),
            }
        }
    }

    /// `to` is `ROWS` rows of a block, one after the other.
    #[inline(always)]
    fn row_of_tiles<L: Lanes, const ROWS: usize, const COLUMNS: usize>(
        &self,
        lanes: L,
        weights: &[f32],
        to: &mut [L::Chunk],
    ) {
        let vectors = to.len() / ROWS;
        let mut done = 0;
        while done + COLUMNS <= vectors {
            self.tile::<L, ROWS, COLUMNS>(lanes, weights, to, done);
            done += COLUMNS;
        }
        while done < vectors {
            self.tile::<L, ROWS, 1>(lanes, weights, to, done);
            done += 1;
        }
    }

    /// `COLUMNS` vectors of `ROWS` rows, from vector `done` of the block on.
    #[inline(always)]
    fn tile<L: Lanes, const ROWS: usize, const COLUMNS: usize>(
        &self,
        lanes: L,
        weights: &[f32],
        to: &mut [L::Chunk],
        done: usize,
    ) {
        let at = self.at + done * L::WIDTH;
        let mut sums = [[lanes.splat(0.0); COLUMNS]; ROWS];
        for (weights, start) in weights.as_chunks::<ROWS>().0.iter().zip(self.starts) {
            let source = lanes.chunks(&self.source[start + at..][..COLUMNS * L::WIDTH]);
            let mut pixels = [lanes.splat(0.0); COLUMNS];
            let mut column = 0;
            while column < COLUMNS {
                pixels[column] = lanes.load(&source[column]);
                column += 1;
            }
            let mut row = 0;
            while row < ROWS {
                let weight = lanes.splat(weights[row]);
                let mut column = 0;
                while column < COLUMNS {
                    sums[row][column] = pixels[column].mul_add(weight, sums[row][column]);
                    column += 1;
                }
                row += 1;
            }
        }
        let vectors = to.len() / ROWS;
        let mut row = 0;
        while row < ROWS {
            let to = &mut to[row * vectors + done..][..COLUMNS];
            let mut column = 0;
            while column < COLUMNS {
                sums[row][column].store(&mut to[column]);
                column += 1;
            }
            row += 1;
        }
    }
}
