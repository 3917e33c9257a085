//! BN-ReLU-convolution as one operation, forwards and backwards.
//!
//! Forwards, piece by piece: the channels read are normalised into scratch memory that fits the second-level cache, multiplied
//! ([`product`](super::product)), and stored together with their sums for the next batch norm. Memory traffic: every channel
//! read once, every channel made written once. Nothing normalised is kept.
//!
//! Backwards, piece by piece: the gradient of the channels made is settled into scratch memory, the channels read are normalised
//! again (cheaper than keeping them), the two are correlated for the weights' gradient, and the input's gradient is taken block by
//! block through ReLU and `γ/σ` into the gradient of the channels read. Traffic: every channel read and every gradient
//! twice.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::blocks::{Blocks, Make, ScatterGradient};
use super::buffer::Buffer;
use super::correlation::Correlation;
use super::instructions::Instructions;
use super::moments::Moments;
use super::passes::{Accumulate, Activate, FinishGradient, GradientSums};
use super::plan::{Kernel, Plan};
use super::planes::{GRAIN, Planes};
use super::product::PackedWeights;
use super::reading::{GradientTarget, Reading, ReadingGradient};
use super::rows::split_columns;
use super::segment::{Segment, TotalGradient};

/// A convolution of channels seen through a [`Reading`].
pub(super) struct Convolution<'a> {
    pub(super) instructions: Instructions,
    pub(super) reading: &'a Reading,
    /// [makes, reads, k, k].
    pub(super) weights: &'a [f32],
    pub(super) makes: usize,
    pub(super) kernel: Kernel,
    /// What the result is added to: `x_l = H_l(x_{l−1}) + x_{l−1}`.
    pub(super) base: Option<&'a Arc<Segment>>,
}

/// What a convolution's backward pass has to tell.
pub(super) struct ConvolutionGradient {
    /// [makes, reads, k, k].
    pub(super) weights: Vec<f32>,
    /// Missing where nobody asked for the gradient of the channels read.
    pub(super) reading: Option<ReadingGradient>,
    /// For each channel made the sum of squares of its total gradient.
    pub(super) squares: Vec<f64>,
}

impl Convolution<'_> {
    fn reads(&self) -> usize {
        self.reading.channels()
    }

    fn terms(&self) -> usize {
        self.reads() * self.kernel.taps()
    }

    fn planes(&self) -> &Arc<Planes> {
        self.reading.planes()
    }

    /// The channels made, with their statistics if asked.
    pub(super) fn forward(&self, measure: bool) -> Segment {
        let planes = self.planes();
        let plan = Plan::new(planes, self.kernel, self.reads());
        let weights = PackedWeights::new(self.instructions, self.makes, self.terms(), |row, term| {
            self.weights[row * self.terms() + term]
        });
        let starts = plan.starts(self.reads(), false);
        let mut values = Buffer::new(self.makes * planes.len());
        let parts = plan.parts();
        let columns: Vec<_> = parts.iter().map(|part| plan.positions_of(part)).collect();
        let moments: Vec<Vec<Moments>> = parts
            .par_iter()
            .zip(split_columns(values.chunks_exact_mut(planes.len()), &columns))
            .map(|(part, mut rows)| {
                let start = plan.positions_of(part).start;
                let mut scratch = Buffer::new(self.reads() * plan.stride);
                let mut products = Buffer::new(self.makes * GRAIN);
                let mut moments = vec![Moments::default(); self.makes];
                for piece in part.clone() {
                    let positions = plan.positions(piece);
                    self.activate(&plan, &positions, &mut scratch);
                    let make = Make { planes, base: self.base, rows: &mut rows, start, moments: &mut moments };
                    self.instructions.execute(Blocks {
                        weights: &weights,
                        source: &scratch,
                        starts: &starts,
                        positions,
                        products: &mut products,
                        user: make,
                    });
                }
                moments
            })
            .collect();
        let statistics = if measure {
            let pixels: Vec<_> = columns.iter().map(|part| planes.pixels_between(part.start, part.end)).collect();
            let merge = |row: usize| Moments::merge(moments.iter().map(|part| part[row]).zip(pixels.iter().copied()));
            (0..self.makes).map(merge).collect()
        } else {
            Vec::new()
        };
        Segment::new(planes.clone(), self.makes, values, statistics)
    }

    /// Takes the gradient of the channels `made`, adds to those of the channels read and of the base.
    pub(super) fn backward(&self, made: &Segment, needs_input: bool) -> ConvolutionGradient {
        let gradient = made.take_gradient();
        let (weights, squares, reading) = if needs_input {
            let (mut weights, mut squares) = (Vec::new(), Vec::new());
            let reading = self.reading.backward(|targets| {
                let sums;
                (weights, squares, sums) = self.backward_parts(made, &gradient, Some(targets));
                sums
            });
            (weights, squares, Some(reading))
        } else {
            let (weights, squares, _) = self.backward_parts(made, &gradient, None);
            (weights, squares, None)
        };
        if let Some(base) = self.base {
            self.add_to_base(made, gradient, base);
        }
        ConvolutionGradient { weights, reading, squares }
    }

    /// The identity's part: the base's gradient grows by the whole gradient of the channels made.
    fn add_to_base(&self, made: &Segment, gradient: TotalGradient, base: &Segment) {
        let TotalGradient { mut sum, corrections } = gradient;
        let mut total = base.lend_gradient();
        let len = self.planes().len();
        let rows = total.iter_mut().flat_map(|total| total.chunks_exact_mut(len)).map(Some);
        let rows = rows.chain(std::iter::repeat_with(|| None));
        let work: Vec<_> = sum.chunks_exact_mut(len).zip(rows).zip(corrections).enumerate().collect();
        work.into_par_iter().for_each(|(row, ((output, total), correction))| {
            let (values, mask) = (made.row(row), &self.planes().mask);
            self.instructions.execute(FinishGradient { gradient: None, values, mask, correction, output });
            if let Some(to) = total {
                self.instructions.execute(Accumulate { from: output, to });
            }
        });
        base.return_gradient(total.unwrap_or(sum));
    }

    /// The gradient of the weights, the sums of squares of the gradient of the channels made, and the sums of the channels read if `targets` are given.
    fn backward_parts(
        &self,
        made: &Segment,
        gradient: &TotalGradient,
        targets: Option<Vec<GradientTarget<'_>>>,
    ) -> (Vec<f32>, Vec<f64>, Vec<GradientSums>) {
        let (reads, taps, planes) = (self.reads(), self.kernel.taps(), self.planes());
        let plan = Plan::new(planes, self.kernel, reads + self.makes);
        // [reads] × [makes, taps]: the kernel turned over and mirrored.
        let weights = PackedWeights::new(self.instructions, reads, self.makes * taps, |row, term| {
            self.weights[((term / taps) * reads + row) * taps + term % taps]
        });
        let (starts, starts_back) = (plan.starts(reads, false), plan.starts(self.makes, true));
        let parts = plan.parts();
        let columns: Vec<_> = parts.iter().map(|part| plan.positions_of(part)).collect();
        let targets: Vec<_> = match targets {
            Some(targets) => split_targets(targets, &columns).into_iter().map(Some).collect(),
            None => parts.iter().map(|_| None).collect(),
        };
        let parts: Vec<(Vec<f32>, Vec<f64>, Vec<GradientSums>)> = parts
            .into_par_iter()
            .zip(targets)
            .map(|(part, mut targets)| {
                let start = plan.positions_of(&part).start;
                let mut inputs = Buffer::new(reads * plan.stride);
                let mut outputs = Buffer::new(self.makes * plan.stride);
                let mut products = Buffer::new(reads * GRAIN);
                let mut of_weights = vec![0.0; self.weights.len()];
                let mut squares = vec![0.0; self.makes];
                let mut sums = vec![GradientSums::default(); reads];
                for piece in part {
                    let positions = plan.positions(piece);
                    self.finish_gradient(&plan, &positions, (made, gradient), &mut outputs, &mut squares);
                    self.activate(&plan, &positions, &mut inputs);
                    self.instructions.execute(Correlation {
                        gradient: &outputs,
                        gradient_stride: plan.stride,
                        gradient_start: plan.margin,
                        rows: self.makes,
                        source: &inputs,
                        starts: &starts,
                        taps,
                        len: positions.len(),
                        sums: &mut of_weights,
                    });
                    if let Some(targets) = &mut targets {
                        let scatter = ScatterGradient { reading: self.reading, targets, start, sums: &mut sums };
                        self.instructions.execute(Blocks {
                            weights: &weights,
                            source: &outputs,
                            starts: &starts_back,
                            positions,
                            products: &mut products,
                            user: scatter,
                        });
                    }
                }
                (of_weights, squares, sums)
            })
            .collect();
        let mut parts = parts.into_iter();
        let (mut weights, mut squares, mut sums) = parts.next().unwrap_or_default();
        for part in parts {
            weights.iter_mut().zip(part.0).for_each(|(to, from)| *to += from);
            squares.iter_mut().zip(part.1).for_each(|(to, from)| *to += from);
            sums.iter_mut().zip(part.2).for_each(|(to, from)| *to += from);
        }
        (weights, squares, sums)
    }

    /// The total gradient of the channels made, at a piece's positions and its margins, in scratch memory; its squares at the
    /// piece's positions are added to `squares`.
    fn finish_gradient(
        &self,
        plan: &Plan,
        positions: &Range<usize>,
        (made, gradient): (&Segment, &TotalGradient),
        scratch: &mut [f32],
        squares: &mut [f64],
    ) {
        let planes = self.planes();
        let rows = scratch.chunks_exact_mut(plan.stride).zip(gradient.sum.chunks_exact(planes.len()));
        let rows = rows.zip(&gradient.corrections).zip(squares).enumerate();
        for (row, (((scratch, sum), correction), squares)) in rows {
            let finish = |range: Range<usize>, output: &mut [f32]| {
                self.instructions.execute(FinishGradient {
                    gradient: Some(&sum[range.clone()]),
                    values: &made.row(row)[range.clone()],
                    mask: &planes.mask[range],
                    correction: *correction,
                    output,
                })
            };
            surround(plan, positions, scratch, |range, output| {
                finish(range, output);
            });
            *squares += finish(positions.clone(), &mut scratch[plan.margin..plan.margin + positions.len()]);
        }
    }

    /// Normalises the channels read, at a piece's positions and its margins, into scratch memory.
    fn activate(&self, plan: &Plan, positions: &Range<usize>, scratch: &mut [f32]) {
        let mask = &self.planes().mask;
        for (channel, scratch) in scratch.chunks_exact_mut(plan.stride).enumerate() {
            let input = self.reading.row(channel);
            let affine = self.reading.affine(channel);
            let mut activate = |range: Range<usize>, output: &mut [f32]| {
                let (input, mask) = (&input[range.clone()], &mask[range]);
                self.instructions.execute(Activate { input, mask, affine, output });
            };
            surround(plan, positions, scratch, &mut activate);
            activate(positions.clone(), &mut scratch[plan.margin..plan.margin + positions.len()]);
        }
    }
}

/// Fills the margins of a piece: what `fill` makes of the positions there, and zeros where there are none.
fn surround(plan: &Plan, piece: &Range<usize>, scratch: &mut [f32], mut fill: impl FnMut(Range<usize>, &mut [f32])) {
    if plan.margin == 0 {
        return;
    }
    let whole = plan.with_margins(piece);
    let (before, after) = (piece.start - whole.start, whole.end - piece.end);
    let (left, rest) = scratch.split_at_mut(plan.margin);
    left[..plan.margin - before].fill(0.0);
    fill(whole.start..piece.start, &mut left[plan.margin - before..]);
    let right = &mut rest[piece.len()..piece.len() + plan.margin];
    fill(piece.end..whole.end, &mut right[..after]);
    right[after..].fill(0.0);
}

/// Cuts targets at the same columns, as [`split_columns`] does rows.
fn split_targets<'a>(targets: Vec<GradientTarget<'a>>, parts: &[Range<usize>]) -> Vec<Vec<GradientTarget<'a>>> {
    let first: Vec<bool> = targets.iter().map(|target| target.first).collect();
    let rows = split_columns(targets.into_iter().map(|target| target.row), parts);
    let with_first = |rows: Vec<&'a mut [f32]>| {
        rows.into_iter().zip(&first).map(|(row, first)| GradientTarget { row, first: *first }).collect()
    };
    rows.into_iter().map(with_first).collect()
}
