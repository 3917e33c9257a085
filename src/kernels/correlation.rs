//! The weight gradient: how every gradient row goes together with every input row.
//!
//! ```text
//! sums[r][j] += Σ_p gradient[r][p] · source[start_j + p]
//! ```
//!
//! As in [`product`](super::product) a 3×3 convolution differs from a 1×1 only in having nine shifted rows for each
//! channel. Four gradient rows by three source rows make twelve vectors of sums: 12 multiply-adds on 7 loads; with 32 registers
//! eight by three make 24 on 11. A group of source rows stays in the first-level cache while all gradient rows pass by.

use std::ops::Range;

use super::lanes::{Lanes, Task, Vector};
use super::product::tiles;

/// Source rows of a tile: a 3×3 kernel's nine terms are three times as many.
const COLUMNS_AT_MOST: usize = 3;

/// Gradient rows of a tile at most, with 32 registers; half of them with 16.
const ROWS_AT_MOST: usize = 8;

/// Source numbers that stay in the first-level cache while all gradient rows pass by.
const CACHED: usize = 1 << 12;

pub(super) struct Correlation<'a> {
    /// Rows `gradient_stride` apart, read from `gradient_start` on.
    pub(super) gradient: &'a [f32],
    pub(super) gradient_stride: usize,
    pub(super) gradient_start: usize,
    pub(super) rows: usize,
    pub(super) source: &'a [f32],
    /// Where each term's row starts in `source`, shifts included.
    pub(super) starts: &'a [usize],
    /// Terms of one source row.
    pub(super) taps: usize,
    /// Positions summed over, a multiple of the width of all lanes.
    pub(super) len: usize,
    /// `rows` × terms, added to.
    pub(super) sums: &'a mut [f32],
}

impl Task for Correlation<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(mut self, lanes: L) {
        let group = (CACHED / self.len / COLUMNS_AT_MOST).max(1) * COLUMNS_AT_MOST * self.taps;
        for from in (0..self.starts.len()).step_by(group) {
            let terms = from..self.starts.len().min(from + group);
            for (first, height) in tiles(self.rows, if L::REGISTERS == 32 { ROWS_AT_MOST } else { ROWS_AT_MOST / 2 }) {
                match (L::REGISTERS, height) {
                    (32, 8) => self.row_of_tiles::<L, 8>(lanes, first, &terms),
                    (32, 7) => self.row_of_tiles::<L, 7>(lanes, first, &terms),
                    (32, 6) => self.row_of_tiles::<L, 6>(lanes, first, &terms),
                    (32, 5) => self.row_of_tiles::<L, 5>(lanes, first, &terms),
                    (_, 4) => self.row_of_tiles::<L, 4>(lanes, first, &terms),
                    (_, 3) => self.row_of_tiles::<L, 3>(lanes, first, &terms),
                    (_, 2) => self.row_of_tiles::<L, 2>(lanes, first, &terms),
                    _ => self.row_of_tiles::<L, 1>(lanes, first, &terms),
                }
            }
        }
    }
}

impl Correlation<'_> {
    #[inline(always)]
    fn row_of_tiles<L: Lanes, const ROWS: usize>(&mut self, lanes: L, first: usize, terms: &Range<usize>) {
        let mut term = terms.start;
        while term < terms.end {
            let columns = (terms.end - term).min(COLUMNS_AT_MOST);
            match columns {
                3 => self.tile::<L, ROWS, 3>(lanes, first, term),
                2 => self.tile::<L, ROWS, 2>(lanes, first, term),
                _ => self.tile::<L, ROWS, 1>(lanes, first, term),
            }
            term += columns;
        }
    }

    /// The sums of `ROWS` gradient rows from `first` on with `COLUMNS` terms from `term` on.
    #[inline(always)]
    fn tile<L: Lanes, const ROWS: usize, const COLUMNS: usize>(&mut self, lanes: L, first: usize, term: usize) {
        let vectors = self.len / L::WIDTH;
        // Rows of one length, known as such to the compiler: the loop over positions then checks nothing.
        let (mut sources, mut gradients) = ([&[] as &[L::Chunk]; COLUMNS], [&[] as &[L::Chunk]; ROWS]);
        let mut column = 0;
        while column < COLUMNS {
            sources[column] = &lanes.chunks(&self.source[self.starts[term + column]..][..self.len])[..vectors];
            column += 1;
        }
        let mut row = 0;
        while row < ROWS {
            let start = self.gradient_start + (first + row) * self.gradient_stride;
            gradients[row] = &lanes.chunks(&self.gradient[start..][..self.len])[..vectors];
            row += 1;
        }
        let mut sums = [[lanes.splat(0.0); ROWS_AT_MOST]; COLUMNS];
        for at in 0..vectors {
            let mut inputs = [lanes.splat(0.0); COLUMNS];
            let mut column = 0;
            while column < COLUMNS {
                inputs[column] = lanes.load(&sources[column][at]);
                column += 1;
            }
            let mut row = 0;
            while row < ROWS {
                let dy = lanes.load(&gradients[row][at]);
                let mut column = 0;
                while column < COLUMNS {
                    sums[column][row] = dy.mul_add(inputs[column], sums[column][row]);
                    column += 1;
                }
                row += 1;
            }
        }
        let terms = self.starts.len();
        let mut column = 0;
        while column < COLUMNS {
            // Written out: indices that are not constants would keep the sums in memory.
            let rows = sums[column];
            let mut totals = [0.0; ROWS_AT_MOST];
            totals[..4].copy_from_slice(&Vector::sums([rows[0], rows[1], rows[2], rows[3]]));
            if ROWS > 4 {
                totals[4..].copy_from_slice(&Vector::sums([rows[4], rows[5], rows[6], rows[7]]));
            }
            for (row, total) in totals.iter().enumerate().take(ROWS) {
                self.sums[(first + row) * terms + term + column] += total;
            }
            column += 1;
        }
    }
}
