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

use super::blocks::{Blocks, GiveBack, Make};
use super::buffer::Buffer;
use super::correlation::Correlation;
use super::instructions::Instructions;
use super::moments::Moments;
use super::passes::{Accumulate, Activate, Settle, Source};
use super::plan::{Kernel, Plan};
use super::planes::{GRAIN, Planes};
use super::product::PackedWeights;
use super::reading::{Reading, ReadingGradient, Receivers, Sums};
use super::rows::SharedRows;
use super::segment::Segment;

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
        let rows = SharedRows::new(&mut values, planes.len());
        let parts = plan.parts();
        let moments: Vec<Vec<Moments>> = parts
            .par_iter()
            .map(|part| {
                let mut scratch = Buffer::new(self.reads() * plan.stride);
                let mut products = Buffer::new(self.makes * GRAIN);
                let mut moments = vec![Moments::default(); self.makes];
                for piece in part.clone() {
                    let positions = plan.positions(piece);
                    self.activate(&plan, &positions, &mut scratch);
                    let make = Make { planes, base: self.base, rows, moments: &mut moments };
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
            let pixels = |part| {
                let Range { start, end } = plan.positions_of(part);
                planes.pixels_between(start, end)
            };
            let pixels: Vec<usize> = parts.iter().map(pixels).collect();
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
        let (mut weights, mut squares) = (Vec::new(), Vec::new());
        let mut run = |receivers: Option<&Receivers<'_>>| {
            let sums;
            (weights, squares, sums) = self.backward_parts(made, &gradient, receivers);
            sums
        };
        let reading = if needs_input {
            Some(self.reading.backward(|receivers| run(Some(receivers))))
        } else {
            run(None);
            None
        };
        if let Some(base) = self.base {
            self.hand_on(made, gradient, base);
        }
        ConvolutionGradient { weights, reading, squares }
    }

    /// The identity's part: the base's gradient grows by the whole gradient of the channels made.
    fn hand_on(&self, made: &Segment, (mut sum, constant, slope): (Buffer, Vec<f32>, Vec<f32>), base: &Segment) {
        let mut to = base.gradient();
        let len = self.planes().len();
        let mut rows: Vec<_> = to.sum.as_mut().map(|to| to.chunks_exact_mut(len).collect()).unwrap_or_default();
        let more = rows.drain(..).map(Some).chain(std::iter::repeat_with(|| None));
        let work: Vec<_> = sum.chunks_exact_mut(len).zip(more).enumerate().collect();
        work.into_par_iter().for_each(|(row, (gradient, to))| {
            self.instructions.execute(Settle {
                gradient: Source::InPlace,
                values: made.row(row),
                mask: &self.planes().mask,
                constant: constant[row],
                slope: slope[row],
                mean: made.mean(row),
                output: gradient,
            });
            if let Some(to) = to {
                self.instructions.execute(Accumulate { from: gradient, to });
            }
        });
        if to.sum.is_none() {
            to.sum = Some(sum);
        }
    }

    fn backward_parts(
        &self,
        made: &Segment,
        (sum, constant, slope): &(Buffer, Vec<f32>, Vec<f32>),
        receivers: Option<&Receivers<'_>>,
    ) -> (Vec<f32>, Vec<f64>, Vec<Sums>) {
        let (reads, taps, planes) = (self.reads(), self.kernel.taps(), self.planes());
        let plan = Plan::new(planes, self.kernel, reads + self.makes);
        // [reads] × [makes, taps]: the kernel turned over and mirrored.
        let weights = PackedWeights::new(self.instructions, reads, self.makes * taps, |row, term| {
            self.weights[((term / taps) * reads + row) * taps + term % taps]
        });
        let (starts, starts_back) = (plan.starts(reads, false), plan.starts(self.makes, true));
        let parts: Vec<(Vec<f32>, Vec<f64>, Vec<Sums>)> = plan
            .parts()
            .into_par_iter()
            .map(|part| {
                let mut inputs = Buffer::new(reads * plan.stride);
                let mut outputs = Buffer::new(self.makes * plan.stride);
                let mut products = Buffer::new(reads * GRAIN);
                let mut of_weights = vec![0.0; self.weights.len()];
                let mut squares = vec![0.0; self.makes];
                let mut sums = vec![Sums::default(); reads];
                for piece in part {
                    let positions = plan.positions(piece);
                    for row in 0..self.makes {
                        let settle = |range: Range<usize>, output: &mut [f32]| {
                            let at = row * planes.len();
                            self.instructions.execute(Settle {
                                gradient: Source::Row(&sum[at + range.start..at + range.end]),
                                values: &made.row(row)[range.clone()],
                                mask: &planes.mask[range],
                                constant: constant[row],
                                slope: slope[row],
                                mean: made.mean(row),
                                output,
                            })
                        };
                        let scratch = &mut outputs[row * plan.stride..(row + 1) * plan.stride];
                        let own = plan.margin..plan.margin + positions.len();
                        surround(&plan, &positions, scratch, |range, output| {
                            settle(range, output);
                        });
                        squares[row] += settle(positions.clone(), &mut scratch[own]);
                    }
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
                    if let Some(receivers) = receivers {
                        let give_back = GiveBack { reading: self.reading, receivers, sums: &mut sums };
                        self.instructions.execute(Blocks {
                            weights: &weights,
                            source: &outputs,
                            starts: &starts_back,
                            positions,
                            products: &mut products,
                            user: give_back,
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
            for (to, from) in sums.iter_mut().zip(part.2) {
                to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
            }
        }
        (weights, squares, sums)
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
