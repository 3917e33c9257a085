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

use super::instructions::Task;
use super::lanes::Lanes;
use super::product::tiles;

/// Columns of a tile: a 3×3 kernel's nine terms are three times as many.
const COLUMNS: usize = 3;

/// Rows of a tile at most, with 32 registers; half of them with 16.
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
    unsafe fn run<V: Lanes>(mut self) {
        let group = (CACHED / self.len / COLUMNS).max(1) * COLUMNS * self.taps;
        for from in (0..self.starts.len()).step_by(group) {
            let terms = from..self.starts.len().min(from + group);
            for (first, height) in tiles(self.rows, if V::REGISTERS == 32 { ROWS_AT_MOST } else { ROWS_AT_MOST / 2 }) {
                // SAFETY: handed on.
                unsafe {
                    match (V::REGISTERS, height) {
                        (32, 8) => row_of_tiles::<V, 8>(&mut self, first, &terms),
                        (32, 7) => row_of_tiles::<V, 7>(&mut self, first, &terms),
                        (32, 6) => row_of_tiles::<V, 6>(&mut self, first, &terms),
                        (32, 5) => row_of_tiles::<V, 5>(&mut self, first, &terms),
                        (_, 4) => row_of_tiles::<V, 4>(&mut self, first, &terms),
                        (_, 3) => row_of_tiles::<V, 3>(&mut self, first, &terms),
                        (_, 2) => row_of_tiles::<V, 2>(&mut self, first, &terms),
                        _ => row_of_tiles::<V, 1>(&mut self, first, &terms),
                    }
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn row_of_tiles<V: Lanes, const ROWS: usize>(task: &mut Correlation<'_>, first: usize, terms: &Range<usize>) {
    let mut term = terms.start;
    while term < terms.end {
        let columns = (terms.end - term).min(COLUMNS);
        // SAFETY: handed on.
        unsafe {
            match columns {
                3 => tile::<V, ROWS, 3>(task, first, term),
                2 => tile::<V, ROWS, 2>(task, first, term),
                _ => tile::<V, ROWS, 1>(task, first, term),
            }
        }
        term += columns;
    }
}

#[inline(always)]
unsafe fn tile<V: Lanes, const ROWS: usize, const COLUMNS: usize>(
    task: &mut Correlation<'_>,
    first: usize,
    term: usize,
) {
    let (gradient, source) = (task.gradient, task.source);
    let start = task.gradient_start + first * task.gradient_stride;
    let mut starts = [0; COLUMNS];
    starts.copy_from_slice(&task.starts[term..term + COLUMNS]);
    // SAFETY: the caller has the instructions; rows and shifts stay inside the slices.
    unsafe {
        let mut sums = [[V::splat(0.0); ROWS_AT_MOST]; COLUMNS];
        let mut at = 0;
        while at < task.len {
            let mut inputs = [V::splat(0.0); COLUMNS];
            let mut column = 0;
            while column < COLUMNS {
                inputs[column] = V::load(source, starts[column] + at);
                column += 1;
            }
            let mut row = 0;
            while row < ROWS {
                let dy = V::load(gradient, start + row * task.gradient_stride + at);
                let mut column = 0;
                while column < COLUMNS {
                    sums[column][row] = dy.mul_add(inputs[column], sums[column][row]);
                    column += 1;
                }
                row += 1;
            }
            at += V::WIDTH;
        }
        let terms = task.starts.len();
        let mut column = 0;
        while column < COLUMNS {
            // Written out: indices that are not constants would keep the sums in memory.
            let rows = sums[column];
            let mut totals = [0.0; ROWS_AT_MOST];
            totals[..4].copy_from_slice(&V::sums([rows[0], rows[1], rows[2], rows[3]]));
            if ROWS > 4 {
                totals[4..].copy_from_slice(&V::sums([rows[4], rows[5], rows[6], rows[7]]));
            }
            for (row, total) in totals.iter().enumerate().take(ROWS) {
                task.sums[(first + row) * terms + term + column] += total;
            }
            column += 1;
        }
    }
}
