//! The weight gradient: how every gradient row goes together with every input row.
//!
//! ```text
//! sums[r][j] += Σ_p gradient[r][p] · source[start_j + p]
//! ```
//!
//! As in [`product`](super::product) a 3×3 convolution differs from a 1×1 only in having nine shifted rows for each
//! channel. Four gradient rows by three source rows make twelve vectors of sums: 12 multiply-adds on 7 loads. The
//! gradient rows of a tile stay in the first-level cache while the source rows stream by from the second.

use super::instructions::Task;
use super::lanes::Lanes;
use super::product::tiles;

pub(super) struct Correlation<'a> {
    /// Rows `gradient_stride` apart, read from `gradient_start` on.
    pub(super) gradient: &'a [f32],
    pub(super) gradient_stride: usize,
    pub(super) gradient_start: usize,
    pub(super) rows: usize,
    pub(super) source: &'a [f32],
    /// Where each term's row starts in `source`, shifts included.
    pub(super) starts: &'a [usize],
    /// Positions summed over, a multiple of the width of all lanes.
    pub(super) len: usize,
    /// `rows` × terms, added to.
    pub(super) sums: &'a mut [f32],
}

impl Task for Correlation<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Lanes>(mut self) {
        for (first, height) in tiles(self.rows, 4) {
            let mut term = 0;
            while term < self.starts.len() {
                let columns = (self.starts.len() - term).min(3);
                // SAFETY: handed on.
                unsafe {
                    match (height, columns) {
                        (4, 3) => tile::<V, 4, 3>(&mut self, first, term),
                        (4, 2) => tile::<V, 4, 2>(&mut self, first, term),
                        (4, _) => tile::<V, 4, 1>(&mut self, first, term),
                        (3, 3) => tile::<V, 3, 3>(&mut self, first, term),
                        (3, 2) => tile::<V, 3, 2>(&mut self, first, term),
                        (3, _) => tile::<V, 3, 1>(&mut self, first, term),
                        (2, 3) => tile::<V, 2, 3>(&mut self, first, term),
                        (2, 2) => tile::<V, 2, 2>(&mut self, first, term),
                        (2, _) => tile::<V, 2, 1>(&mut self, first, term),
                        (_, 3) => tile::<V, 1, 3>(&mut self, first, term),
                        (_, 2) => tile::<V, 1, 2>(&mut self, first, term),
                        (_, _) => tile::<V, 1, 1>(&mut self, first, term),
                    }
                }
                term += columns;
            }
        }
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
        let mut sums = [[V::splat(0.0); 4]; COLUMNS];
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
            let totals = V::sums(sums[column]);
            let mut row = 0;
            while row < ROWS {
                task.sums[(first + row) * terms + term + column] += totals[row];
                row += 1;
            }
            column += 1;
        }
    }
}
