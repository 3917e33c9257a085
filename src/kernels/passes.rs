//! The passes over single rows that surround the products. Each reads and writes a row once.

use std::ops::AddAssign;

use super::lanes::{Double, Lanes, Mask, Task, Vector};

/// What batch norm and ReLU do to one channel: max(0, scale · (x − mean) + shift).
///
/// With γ, β and the channel's variance v: scale = γ/√(v + ε), shift = β. Without batch norm scale is 1, mean and
/// shift are 0. The mean is taken away first, not hidden in the shift: where the variance is small the two would cancel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Affine {
    pub(super) mean: f32,
    pub(super) scale: f32,
    pub(super) shift: f32,
    pub(super) relu: bool,
}

/// output = max(0, scale · (input − mean) + shift) at pixels, zero between them.
pub(super) struct Activate<'a> {
    pub(super) input: &'a [f32],
    pub(super) mask: &'a [Mask],
    pub(super) affine: Affine,
    pub(super) output: &'a mut [f32],
}

impl Task for Activate<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let Self { input, mask, affine, output } = self;
        assert_eq!((input.len(), mask.len()), (output.len(), output.len()), "rows are equally long");
        let (scale, shift, mean) = (lanes.splat(affine.scale), lanes.splat(affine.shift), lanes.splat(affine.mean));
        let rows = lanes.chunks(input).iter().zip(lanes.mask_chunks(mask)).zip(lanes.chunks_mut(output));
        for ((input, mask), output) in rows {
            let y = lanes.load(input).sub(mean).mul_add(scale, shift);
            let y = if affine.relu { y.relu() } else { y };
            y.masked(mask).store(output);
        }
    }
}

/// The total gradient of a channel, from what its readers left: output = gradient + constant + slope · (value − mean)
/// at pixels, zero between them. The last two are what the readers' batch norms take away (see
/// [`reading`](super::reading)). Returns the sum of squares.
pub(super) struct FinishGradient<'a> {
    /// The row written to where this is missing.
    pub(super) gradient: Option<&'a [f32]>,
    pub(super) values: &'a [f32],
    pub(super) mask: &'a [Mask],
    pub(super) correction: Correction,
    pub(super) output: &'a mut [f32],
}

/// What batch norms take from the gradient of one channel: constant + slope · (value − mean).
#[derive(Clone, Copy, Debug)]
pub(super) struct Correction {
    pub(super) constant: f32,
    pub(super) slope: f32,
    pub(super) mean: f32,
}

impl Task for FinishGradient<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) -> f64 {
        let Self { gradient, values, mask, correction, output } = self;
        assert_eq!((values.len(), mask.len()), (output.len(), output.len()), "rows are equally long");
        let [constant, slope, mean] =
            [lanes.splat(correction.constant), lanes.splat(correction.slope), lanes.splat(correction.mean)];
        let mut squares = lanes.splat(0.0);
        let rows = lanes.chunks(values).iter().zip(lanes.mask_chunks(mask)).zip(lanes.chunks_mut(output));
        if let Some(gradient) = gradient {
            assert_eq!(gradient.len(), values.len(), "rows are equally long");
            for (((value, mask), output), gradient) in rows.zip(lanes.chunks(gradient)) {
                let away = lanes.load(value).sub(mean).mul_add(slope, constant);
                let dy = lanes.load(gradient).add(away).masked(mask);
                squares = dy.mul_add(dy, squares);
                dy.store(output);
            }
        } else {
            for ((value, mask), output) in rows {
                let away = lanes.load(value).sub(mean).mul_add(slope, constant);
                let dy = lanes.load(output).add(away).masked(mask);
                squares = dy.mul_add(dy, squares);
                dy.store(output);
            }
        }
        let none = lanes.splat(0.0);
        let squares = f64::from(Vector::sums([squares, none, none, none])[0]);
        if fits(squares) { squares } else { squares_in_double(lanes, output) }
    }
}

/// Whether a sum of squares taken in single precision is one: neither so large that a square or the sum has overflowed, nor so
/// small that squares that matter may have vanished (they do below 10⁻³⁸, and a piece has a few thousand).
fn fits(squares: f64) -> bool {
    (1e-28..1e30).contains(&squares)
}

/// The sum of squares of a row, whatever its numbers.
#[inline(always)]
fn squares_in_double<L: Lanes>(lanes: L, row: &[f32]) -> f64 {
    let mut squares = lanes.splat(0.0).widen();
    for x in lanes.chunks(row) {
        let x = lanes.load(x).widen();
        squares = x.mul_add(x, squares);
    }
    squares.sum()
}

/// to += from.
pub(super) struct Accumulate<'a> {
    pub(super) from: &'a [f32],
    pub(super) to: &'a mut [f32],
}

impl Task for Accumulate<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        assert_eq!(self.from.len(), self.to.len(), "rows are equally long");
        for (to, from) in lanes.chunks_mut(self.to).iter_mut().zip(lanes.chunks(self.from)) {
            lanes.load(to).add(lanes.load(from)).store(to);
        }
    }
}

/// Stores a piece of a channel just made, plus what it is added to, and zero between pixels.
///
/// Returns Σ (y − pivot) and Σ (y − pivot)² over its pixels.
pub(super) struct StoreMade<'a> {
    pub(super) product: &'a [f32],
    pub(super) base: Option<&'a [f32]>,
    pub(super) mask: &'a [Mask],
    pub(super) pivot: f32,
    pub(super) output: &'a mut [f32],
}

impl Task for StoreMade<'_> {
    type Output = [f32; 2];

    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) -> [f32; 2] {
        let Self { product, base, mask, pivot, output } = self;
        assert_eq!((product.len(), mask.len()), (output.len(), output.len()), "rows are equally long");
        let pivot = lanes.splat(pivot);
        let (mut sum, mut squares) = (lanes.splat(0.0), lanes.splat(0.0));
        let rows = lanes.chunks(product).iter().zip(lanes.mask_chunks(mask)).zip(lanes.chunks_mut(output));
        if let Some(base) = base {
            assert_eq!(base.len(), product.len(), "rows are equally long");
            for (((product, mask), output), base) in rows.zip(lanes.chunks(base)) {
                let y = lanes.load(product).add(lanes.load(base));
                y.masked(mask).store(output);
                let away = y.sub(pivot).masked(mask);
                sum = sum.add(away);
                squares = away.mul_add(away, squares);
            }
        } else {
            for ((product, mask), output) in rows {
                let y = lanes.load(product);
                y.masked(mask).store(output);
                let away = y.sub(pivot).masked(mask);
                sum = sum.add(away);
                squares = away.mul_add(away, squares);
            }
        }
        let none = lanes.splat(0.0);
        let [sum, squares, ..] = Vector::sums([sum, squares, none, none]);
        [sum, squares]
    }
}

/// Sums over the pixels of a channel x of the gradient d behind its batch norm.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct GradientSums {
    /// Σ d
    pub(super) sum: f64,
    /// Σ d · (x − mean)
    pub(super) along: f64,
    /// Σ d²
    pub(super) squares: f64,
    /// Σ (x − mean) where sums are exact, of no meaning elsewhere.
    pub(super) away: f64,
    /// Σ (x − mean)² where sums are exact, of no meaning elsewhere.
    pub(super) away_squares: f64,
}

impl AddAssign for GradientSums {
    fn add_assign(&mut self, more: Self) {
        self.sum += more.sum;
        self.along += more.along;
        self.squares += more.squares;
        self.away += more.away;
        self.away_squares += more.away_squares;
    }
}

/// [`Activate`] backwards: what of a gradient gets through ReLU to a piece of channel, and on through the scale of batch norm. With
/// d = `gradient` where scale · (x − mean) + shift > 0 and zero elsewhere, adds scale · d to `total`, or stores it if this is the
/// first to come.
///
/// Returns the sums, in double precision if `exact` or where single precision does not hold them.
pub(super) struct ActivateBackward<'a> {
    pub(super) gradient: &'a [f32],
    pub(super) values: &'a [f32],
    pub(super) mask: &'a [Mask],
    pub(super) affine: Affine,
    pub(super) exact: bool,
    pub(super) total: &'a mut [f32],
    pub(super) first: bool,
}

impl Task for ActivateBackward<'_> {
    type Output = GradientSums;

    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) -> GradientSums {
        let Self { gradient, values, mask, affine, exact, total, first } = self;
        assert_eq!([gradient.len(), values.len(), mask.len()], [total.len(); 3], "rows are equally long");
        let (scale, shift, mean) = (lanes.splat(affine.scale), lanes.splat(affine.shift), lanes.splat(affine.mean));
        let none = lanes.splat(0.0);
        let (mut sum, mut along, mut squares) = (none, none, none);
        let rows = lanes.chunks(values).iter().zip(lanes.mask_chunks(mask)).zip(lanes.chunks(gradient));
        for (((value, mask), gradient), total) in rows.zip(lanes.chunks_mut(total)) {
            let x = lanes.load(value).sub(mean);
            let mut d = lanes.load(gradient).masked(mask);
            if affine.relu {
                d = d.where_positive(x.mul_add(scale, shift));
            }
            sum = sum.add(d);
            along = x.mul_add(d, along);
            squares = d.mul_add(d, squares);
            let before = if first { none } else { lanes.load(total) };
            d.mul_add(scale, before).store(total);
        }
        let [sum, along, squares, _] = Vector::sums([sum, along, squares, none]).map(f64::from);
        if exact || !fits(squares) {
            return sums_in_double(lanes, gradient, values, mask, affine);
        }
        GradientSums { sum, along, squares, away: 0.0, away_squares: 0.0 }
    }
}

/// The sums of [`ActivateBackward`] alone, every term in double precision.
#[inline(always)]
fn sums_in_double<L: Lanes>(lanes: L, gradient: &[f32], values: &[f32], mask: &[Mask], affine: Affine) -> GradientSums {
    let (scale, shift, mean) = (lanes.splat(affine.scale), lanes.splat(affine.shift), lanes.splat(affine.mean));
    let (one, none) = (lanes.splat(1.0).widen(), lanes.splat(0.0).widen());
    let (mut sum, mut along, mut squares, mut away, mut away_squares) = (none, none, none, none, none);
    let rows = lanes.chunks(values).iter().zip(lanes.mask_chunks(mask)).zip(lanes.chunks(gradient));
    for ((value, mask), gradient) in rows {
        let x = lanes.load(value).sub(mean);
        let mut d = lanes.load(gradient).masked(mask);
        if affine.relu {
            d = d.where_positive(x.mul_add(scale, shift));
        }
        let (d, x) = (d.widen(), x.masked(mask).widen());
        sum = one.mul_add(d, sum);
        along = x.mul_add(d, along);
        squares = d.mul_add(d, squares);
        away = one.mul_add(x, away);
        away_squares = x.mul_add(x, away_squares);
    }
    GradientSums {
        sum: sum.sum(),
        along: along.sum(),
        squares: squares.sum(),
        away: away.sum(),
        away_squares: away_squares.sum(),
    }
}
