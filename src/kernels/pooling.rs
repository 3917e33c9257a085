//! BN-ReLU and an average: over 2×2 pixels in a transition, over the whole image in the head.
//!
//! A transition is BN-ReLU-convolution 1×1-average pool. The convolution and the average commute, both being linear and the one
//! over channels, the other over pixels, so the average is taken first: the product and its gradients then have a quarter of
//! the pixels. Traffic: every channel read once forwards; it and its gradient once backwards.
//!
//! Each channel is one piece of work, so sums are always taken in the same order.

use std::sync::Arc;

use rayon::prelude::*;

use super::buffer::Buffer;
use super::instructions::Instructions;
use super::lanes::{Lanes, Task, Vector};
use super::passes::{Activate, ActivateBackward, FinishGradient, GradientSums};
use super::planes::{GRAIN, Planes};
use super::reading::{GradientTarget, Reading, ReadingGradient, sums_are_exact};
use super::segment::{Segment, TotalGradient};

/// Positions whose sums are taken in single precision before they go on in double.
const PIECE: usize = 8 * GRAIN;

/// Averages of channels seen through a [`Reading`].
pub(super) struct Average<'a> {
    pub(super) instructions: Instructions,
    pub(super) reading: &'a Reading,
}

impl Average<'_> {
    /// The average of every 2×2 pixels; of an odd size the last row or column is left out.
    pub(super) fn halves(&self) -> Segment {
        let from = self.reading.planes();
        let to = Arc::new(Planes::new(from.batch, from.height / 2, from.width / 2));
        let mut values = Buffer::new(self.reading.channels() * to.len());
        values.par_chunks_exact_mut(to.len()).enumerate().for_each(|(channel, output)| {
            let activated = self.activated(channel);
            self.instructions.execute(Halve { from, to: &to, input: &activated, output });
        });
        Segment::new(to, self.reading.channels(), values, Vec::new())
    }

    /// Takes the gradient of `made` back to the channels read.
    pub(super) fn halves_backward(&self, made: &Segment) -> ReadingGradient {
        let TotalGradient { sum, corrections } = made.take_gradient();
        let (from, to) = (self.reading.planes(), &made.planes);
        self.backward(|channel, gradient| {
            let mut total = Buffer::new(to.len());
            self.instructions.execute(FinishGradient {
                gradient: Some(&sum[channel * to.len()..(channel + 1) * to.len()]),
                values: made.row(channel),
                mask: &to.mask,
                correction: corrections[channel],
                output: &mut total,
            });
            self.instructions.execute(Spread { from: to, to: from, input: &total, output: gradient });
        })
    }

    /// The average of every image, [batch, channels].
    pub(super) fn images(&self) -> Vec<f32> {
        let planes = self.reading.planes();
        let pixels = planes.height * planes.width;
        let averages = |channel| {
            let activated = self.activated(channel);
            // Zeros between pixels add nothing.
            let sum = |n: usize| self.instructions.execute(Sum(&activated[planes.row(n, 0)..planes.row(n + 1, 0)]));
            (0..planes.batch).map(|n| sum(n) / pixels as f32).collect::<Vec<_>>()
        };
        let columns: Vec<Vec<f32>> = (0..self.reading.channels()).into_par_iter().map(averages).collect();
        (0..planes.batch).flat_map(|n| columns.iter().map(move |column| column[n])).collect()
    }

    /// Takes the gradient of [`images`](Self::images) back to the channels read.
    pub(super) fn images_backward(&self, gradient: &[f32]) -> ReadingGradient {
        let (planes, channels) = (self.reading.planes(), self.reading.channels());
        let pixels = (planes.height * planes.width) as f32;
        self.backward(|channel, row| {
            for n in 0..planes.batch {
                row[planes.row(n, 0)..planes.row(n + 1, 0)].fill(gradient[n * channels + channel] / pixels);
            }
        })
    }

    /// One channel after batch norm and ReLU.
    fn activated(&self, channel: usize) -> Buffer {
        let planes = self.reading.planes();
        let mut output = Buffer::new(planes.len());
        self.instructions.execute(Activate {
            input: self.reading.row(channel),
            mask: &planes.mask,
            affine: self.reading.affine(channel),
            output: &mut output,
        });
        output
    }

    /// `spread` writes the gradient of a channel after batch norm and ReLU; what stands between pixels is ignored.
    fn backward(&self, spread: impl Fn(usize, &mut [f32]) + Sync) -> ReadingGradient {
        let planes = self.reading.planes();
        let exact = sums_are_exact(planes.pixels());
        self.reading.backward(|targets| {
            let sums = |(channel, target): (usize, GradientTarget<'_>)| {
                let mut gradient = Buffer::zeros(planes.len());
                spread(channel, &mut gradient);
                let mut sums = GradientSums::default();
                let rows = gradient.chunks(PIECE).zip(self.reading.row(channel).chunks(PIECE));
                let rows = rows.zip(planes.mask.chunks(PIECE)).zip(target.row.chunks_mut(PIECE));
                for (((gradient, values), mask), total) in rows {
                    let (affine, first) = (self.reading.affine(channel), target.first);
                    let backward = ActivateBackward { gradient, values, mask, affine, exact, total, first };
                    sums += self.instructions.execute(backward);
                }
                sums
            };
            targets.into_par_iter().enumerate().map(sums).collect()
        })
    }
}

/// The average of every 2×2 pixels of a plane.
struct Halve<'a> {
    from: &'a Planes,
    to: &'a Planes,
    input: &'a [f32],
    output: &'a mut [f32],
}

impl Task for Halve<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self, _: L) {
        let Self { from, to, input, output } = self;
        output.fill(0.0);
        for n in 0..to.batch {
            for y in 0..to.height {
                let upper = &input[from.row(n, 2 * y)..][..2 * to.width];
                let lower = &input[from.row(n, 2 * y + 1)..][..2 * to.width];
                let output = &mut output[to.row(n, y)..][..to.width];
                for ((output, upper), lower) in output.iter_mut().zip(upper.chunks_exact(2)).zip(lower.chunks_exact(2))
                {
                    *output = 0.25 * ((upper[0] + lower[0]) + (upper[1] + lower[1]));
                }
            }
        }
    }
}

/// A quarter of every pixel's gradient to each of the 2×2 pixels it is the average of.
struct Spread<'a> {
    from: &'a Planes,
    to: &'a Planes,
    input: &'a [f32],
    output: &'a mut [f32],
}

impl Task for Spread<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self, _: L) {
        let Self { from, to, input, output } = self;
        for n in 0..from.batch {
            for y in 0..from.height {
                let input = &input[from.row(n, y)..][..from.width];
                for below in 0..2 {
                    let output = &mut output[to.row(n, 2 * y + below)..][..2 * from.width];
                    for (output, input) in output.chunks_exact_mut(2).zip(input) {
                        output[0] = 0.25 * input;
                        output[1] = 0.25 * input;
                    }
                }
            }
        }
    }
}

/// The sum of a row of any length.
struct Sum<'a>(&'a [f32]);

impl Task for Sum<'_> {
    type Output = f32;

    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) -> f32 {
        let (whole, rest) = self.0.split_at(self.0.len() / L::WIDTH * L::WIDTH);
        let none = lanes.splat(0.0);
        let mut sum = none;
        for numbers in lanes.chunks(whole) {
            sum = sum.add(lanes.load(numbers));
        }
        Vector::sums([sum, none, none, none])[0] + rest.iter().sum::<f32>()
    }
}
