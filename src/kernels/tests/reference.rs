//! The same operations as formulas in f64, one number at a time.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::instructions::{InstructionSet, Instructions};
use crate::layout::{images_of, planes_of};
use crate::passes::Correction;
use crate::segment::{Segment, TotalGradient};

/// Those of every instruction set of this machine.
pub(super) fn every_instructions() -> Vec<Instructions> {
    InstructionSet::ALL.into_iter().filter_map(Instructions::of).collect()
}

/// Numbers that look random and are always the same for a seed (xorshift).
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// From −1 to 1.
    pub(super) fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1_u64 << 23) as f32 - 1.0
    }

    pub(super) fn take(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.next()).collect()
    }
}

/// [batch, channels, height, width].
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Images {
    pub(super) shape: [usize; 4],
    pub(super) numbers: Vec<f64>,
}

impl Images {
    pub(super) fn new(shape: [usize; 4], numbers: &[f32]) -> Self {
        Self { shape, numbers: numbers.iter().map(|x| f64::from(*x)).collect() }
    }

    pub(super) fn zeros(shape: [usize; 4]) -> Self {
        Self { shape, numbers: vec![0.0; shape.iter().product()] }
    }

    pub(super) fn place(&self, n: usize, c: usize, y: usize, x: usize) -> usize {
        let [_, channels, height, width] = self.shape;
        ((n * channels + c) * height + y) * width + x
    }

    /// (place, channel) of every number.
    pub(super) fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let [_, channels, height, width] = self.shape;
        (0..self.numbers.len()).map(move |at| (at, at / (height * width) % channels))
    }

    /// The sum over all pixels of each channel.
    pub(super) fn sums(&self, of: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.shape[1]];
        for (at, channel) in self.places() {
            sums[channel] += of(at);
        }
        sums
    }

    pub(super) fn squares(&self) -> Vec<f64> {
        self.sums(|at| self.numbers[at].powi(2))
    }

    /// The same as maps made at once.
    pub(super) fn segment(&self) -> Arc<Segment> {
        let numbers: Vec<f32> = self.numbers.iter().map(|x| *x as f32).collect();
        Arc::new(planes_of(&numbers, self.shape, true))
    }
}

/// Feature maps as images.
pub(super) fn images(segment: &Segment) -> Images {
    let planes = &segment.planes;
    let numbers = images_of(planes, segment.channels, |channel| segment.row(channel));
    Images::new([planes.batch, segment.channels, planes.height, planes.width], &numbers)
}

/// What readers left as the gradient of maps, with what their batch norms take away.
pub(super) fn gradient(segment: &Segment) -> Images {
    let planes = &segment.planes;
    let TotalGradient { sum, corrections } = segment.take_gradient();
    let values = images(segment);
    let numbers =
        images_of(planes, segment.channels, |channel| &sum[channel * planes.len()..(channel + 1) * planes.len()]);
    let mut gradient = Images::new(values.shape, &numbers);
    for (at, channel) in values.places() {
        let Correction { constant, slope, mean } = corrections[channel];
        gradient.numbers[at] += f64::from(constant) + f64::from(slope) * (values.numbers[at] - f64::from(mean));
    }
    gradient
}

/// γ and β; none where there is no batch norm.
pub(super) struct Norm<'a> {
    pub(super) gamma: &'a [f32],
    pub(super) beta: &'a [f32],
    /// Mean and variance to use instead of the batch's.
    pub(super) fixed: Option<&'a [(f32, f32)]>,
}

const EPSILON: f64 = 1e-5;

struct Moments {
    means: Vec<f64>,
    deviations: Vec<f64>,
}

fn moments(x: &Images, norm: &Norm<'_>) -> Moments {
    let pixels = (x.shape[0] * x.shape[2] * x.shape[3]) as f64;
    let (means, variances): (Vec<f64>, Vec<f64>) = if let Some(fixed) = norm.fixed {
        fixed.iter().map(|(mean, variance)| (f64::from(*mean), f64::from(*variance))).unzip()
    } else {
        let means: Vec<f64> = x.sums(|at| x.numbers[at]).iter().map(|sum| sum / pixels).collect();
        let [_, channels, height, width] = x.shape;
        let channel = |at: usize| at / (height * width) % channels;
        let variances =
            x.sums(|at| (x.numbers[at] - means[channel(at)]).powi(2)).iter().map(|sum| sum / pixels).collect();
        (means, variances)
    };
    Moments { means, deviations: variances.iter().map(|v| (v + EPSILON).sqrt()).collect() }
}

/// γ (x − m)/√(v + ε) + β, before ReLU.
pub(super) fn normalize(x: &Images, norm: Option<&Norm<'_>>) -> Images {
    let Some(norm) = norm else { return x.clone() };
    let Moments { means, deviations } = moments(x, norm);
    let mut y = x.clone();
    for (at, c) in x.places() {
        y.numbers[at] = f64::from(norm.gamma[c]) * (x.numbers[at] - means[c]) / deviations[c] + f64::from(norm.beta[c]);
    }
    y
}

/// How near zero, where ReLU bends, rounding decides what gets through: a comparison there tells nothing.
const BEND: f64 = 3e-5;

/// Moves β until nothing before ReLU is [near zero](BEND). Returns what is before ReLU.
pub(super) fn shift_off_the_bend(x: &Images, gamma: &[f32], beta: &mut [f32], fixed: Option<&[(f32, f32)]>) -> Images {
    loop {
        let y = normalize(x, Some(&Norm { gamma, beta, fixed }));
        let near: BTreeSet<_> = x.places().filter(|(at, _)| y.numbers[*at].abs() < BEND).map(|(_, c)| c).collect();
        if near.is_empty() {
            return y;
        }
        for channel in near {
            beta[channel] += 4.0 * BEND as f32;
        }
    }
}

/// Moves numbers of the size `unit` that are [near zero](BEND) away from it.
pub(super) fn move_off_the_bend(numbers: &mut [f32], unit: f32) {
    let least = 2.0 * BEND as f32 * unit;
    for x in numbers.iter_mut().filter(|x| x.abs() < least) {
        *x = least;
    }
}

/// dx, dγ and dβ from the gradient before ReLU.
pub(super) fn normalize_backward(x: &Images, norm: Option<&Norm<'_>>, dy: &Images) -> (Images, Vec<f64>, Vec<f64>) {
    let Some(norm) = norm else { return (dy.clone(), Vec::new(), Vec::new()) };
    let Moments { means, deviations } = moments(x, norm);
    let [_, channels, height, width] = x.shape;
    let channel = |at: usize| at / (height * width) % channels;
    let hat = |at: usize| (x.numbers[at] - means[channel(at)]) / deviations[channel(at)];
    let beta = dy.sums(|at| dy.numbers[at]);
    let gamma = dy.sums(|at| dy.numbers[at] * hat(at));
    let pixels = (x.shape[0] * height * width) as f64;
    let mut dx = dy.clone();
    for (at, c) in x.places() {
        let mean_part = if norm.fixed.is_some() { 0.0 } else { beta[c] / pixels + hat(at) * gamma[c] / pixels };
        dx.numbers[at] = f64::from(norm.gamma[c]) / deviations[c] * (dy.numbers[at] - mean_part);
    }
    (dx, gamma, beta)
}

pub(super) fn relu(x: &Images) -> Images {
    Images { numbers: x.numbers.iter().map(|x| x.max(0.0)).collect(), ..*x }
}

/// dy where x is above zero.
pub(super) fn relu_backward(x: &Images, dy: &Images) -> Images {
    let through = |(x, dy): (&f64, &f64)| if *x > 0.0 { *dy } else { 0.0 };
    Images { numbers: x.numbers.iter().zip(&dy.numbers).map(through).collect(), ..*x }
}

/// Calls `meet(output place, weight place, input place)` for every multiplication of a convolution with k × k weights.
fn each_tap(input: [usize; 4], makes: usize, k: usize, mut meet: impl FnMut(usize, usize, usize)) {
    let [batch, reads, height, width] = input;
    let (from, to) = (
        Images { shape: input, numbers: Vec::new() },
        Images { shape: [batch, makes, height, width], numbers: Vec::new() },
    );
    for n in 0..batch {
        for o in 0..makes {
            for c in 0..reads {
                for (ky, kx) in (0..k * k).map(|tap| (tap / k, tap % k)) {
                    for y in (k / 2).saturating_sub(ky)..height.min((height + k / 2).saturating_sub(ky)) {
                        for x in (k / 2).saturating_sub(kx)..width.min((width + k / 2).saturating_sub(kx)) {
                            let weight = ((o * reads + c) * k + ky) * k + kx;
                            meet(to.place(n, o, y, x), weight, from.place(n, c, y + ky - k / 2, x + kx - k / 2));
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn convolve(x: &Images, weights: &[f32], makes: usize, k: usize) -> Images {
    let [batch, _, height, width] = x.shape;
    let mut y = Images::zeros([batch, makes, height, width]);
    each_tap(x.shape, makes, k, |to, weight, from| y.numbers[to] += f64::from(weights[weight]) * x.numbers[from]);
    y
}

/// dx and dW.
pub(super) fn convolve_backward(x: &Images, weights: &[f32], k: usize, dy: &Images) -> (Images, Vec<f64>) {
    let (mut dx, mut dw) = (Images::zeros(x.shape), vec![0.0; weights.len()]);
    each_tap(x.shape, dy.shape[1], k, |to, weight, from| {
        dx.numbers[from] += f64::from(weights[weight]) * dy.numbers[to];
        dw[weight] += x.numbers[from] * dy.numbers[to];
    });
    (dx, dw)
}

/// The largest difference, as a part of the largest number.
pub(super) fn difference(found: &[f64], expected: &[f64]) -> f64 {
    assert_eq!(found.len(), expected.len());
    let largest = expected.iter().fold(1e-300, |largest: f64, x| largest.max(x.abs()));
    let apart = found.iter().zip(expected).map(|(a, b)| (a - b).abs());
    apart.fold(0.0, |most, apart| if apart.is_nan() { f64::INFINITY } else { most.max(apart) }) / largest
}

pub(super) fn wide(numbers: &[f32]) -> Vec<f64> {
    numbers.iter().map(|x| f64::from(*x)).collect()
}

/// The reference itself against finite differences.
#[test]
fn the_reference_gradients_are_slopes() {
    let mut random = Numbers::new(7);
    let (shape, makes, k) = ([2, 3, 4, 3], 2, 3);
    let x = Images::new(shape, &random.take(72));
    let (gamma, beta, weights) = (random.take(3), random.take(3), random.take(makes * 3 * k * k));
    let along = Images::new([2, makes, 4, 3], &random.take(48));
    let norm = Norm { gamma: &gamma, beta: &beta, fixed: None };
    let loss = |x: &Images| -> f64 {
        let y = convolve(&relu(&normalize(x, Some(&norm))), &weights, makes, k);
        y.numbers.iter().zip(&along.numbers).map(|(y, along)| y * along).sum()
    };
    let before = normalize(&x, Some(&norm));
    let (da, _) = convolve_backward(&relu(&before), &weights, k, &along);
    let (dx, ..) = normalize_backward(&x, Some(&norm), &relu_backward(&before, &da));
    let step = 1e-6;
    let slopes: Vec<f64> = (0..72)
        .map(|at| {
            let (mut up, mut down) = (x.clone(), x.clone());
            up.numbers[at] += step;
            down.numbers[at] -= step;
            (loss(&up) - loss(&down)) / (2.0 * step)
        })
        .collect();
    assert!(difference(&dx.numbers, &slopes) < 1e-6);
}
