//! The passes over single rows that surround the products.
//!
//! Each reads and writes a row once, in steps of whole vectors; a row's length is a multiple of [`STEP`].

use super::instructions::Task;
use super::lanes::Lanes;
use super::reading::Sums;

/// What the length of every row is a multiple of: the widest vector.
pub(super) const STEP: usize = 16;

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
    pub(super) mask: &'a [f32],
    pub(super) affine: Affine,
    pub(super) output: &'a mut [f32],
}

impl Task for Activate<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Lanes>(self) {
        let Self { input, mask, affine, output } = self;
        debug_assert_eq!((input.len(), mask.len()), (output.len(), output.len()), "rows are equally long");
        // SAFETY: the caller has the instructions; the rows are equally long and a multiple of the width.
        unsafe {
            let (scale, shift, mean) = (V::splat(affine.scale), V::splat(affine.shift), V::splat(affine.mean));
            let mut at = 0;
            while at < output.len() {
                let y = V::load(input, at).sub(mean).mul_add(scale, shift);
                let y = if affine.relu { y.relu() } else { y };
                y.masked(V::load(mask, at)).store(output, at);
                at += V::WIDTH;
            }
        }
    }
}

/// The total gradient of a channel, from what its readers left: output = gradient + constant + slope · (value − mean)
/// at pixels, zero between them. The last two are what the readers' batch norms take away (see
/// [`reading`](super::reading)). Returns the sum of squares.
pub(super) struct Settle<'a> {
    pub(super) gradient: Source<'a>,
    pub(super) values: &'a [f32],
    pub(super) mask: &'a [f32],
    pub(super) constant: f32,
    pub(super) slope: f32,
    pub(super) mean: f32,
    pub(super) output: &'a mut [f32],
}

/// Where a pass reads from.
pub(super) enum Source<'a> {
    Row(&'a [f32]),
    /// The row it writes to.
    InPlace,
}

impl Task for Settle<'_> {
    type Output = f64;

    #[inline(always)]
    unsafe fn run<V: Lanes>(self) -> f64 {
        let Self { gradient, values, mask, output, .. } = self;
        debug_assert_eq!((mask.len(), values.len()), (output.len(), output.len()), "rows are equally long");
        // SAFETY: the caller has the instructions; the rows are equally long and a multiple of the width.
        unsafe {
            let (slope, constant) = (V::splat(self.slope), V::splat(self.constant));
            let mean = V::splat(self.mean);
            let mut squares = V::splat(0.0);
            let mut at = 0;
            while at < output.len() {
                let away = V::load(values, at).sub(mean).mul_add(slope, constant);
                let before = match gradient {
                    Source::Row(row) => V::load(row, at),
                    Source::InPlace => V::load(output, at),
                };
                let dy = before.add(away).masked(V::load(mask, at));
                squares = dy.mul_add(dy, squares);
                dy.store(output, at);
                at += V::WIDTH;
            }
            let none = V::splat(0.0);
            let squares = f64::from(V::sums([squares, none, none, none])[0]);
            if fits(squares) { squares } else { squares_in_double::<V>(output) }
        }
    }
}

/// Whether a sum of squares taken in single precision is one: neither so large that a square or the sum has overflowed, nor so
/// small that squares that matter may have vanished (they do below 10⁻³⁸, and a piece has a few thousand).
fn fits(squares: f64) -> bool {
    (1e-28..1e30).contains(&squares)
}

/// The sum of squares of a row, whatever its numbers.
///
/// # Safety
///
/// The machine has the instructions of `V`; the row's length is a multiple of the width.
#[inline(always)]
unsafe fn squares_in_double<V: Lanes>(row: &[f32]) -> f64 {
    // SAFETY: the caller's.
    unsafe {
        let mut squares = V::splat(0.0).widen();
        let mut at = 0;
        while at < row.len() {
            let x = V::load(row, at).widen();
            squares = V::mul_add_double(x, x, squares);
            at += V::WIDTH;
        }
        V::sum_double(squares)
    }
}

/// to += from.
pub(super) struct Accumulate<'a> {
    pub(super) from: &'a [f32],
    pub(super) to: &'a mut [f32],
}

impl Task for Accumulate<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Lanes>(self) {
        let Self { from, to } = self;
        debug_assert_eq!(from.len(), to.len(), "rows are equally long");
        let mut at = 0;
        while at < to.len() {
            // SAFETY: the caller has the instructions; the rows are equally long and a multiple of the width.
            unsafe { V::load(to, at).add(V::load(from, at)).store(to, at) };
            at += V::WIDTH;
        }
    }
}

/// Stores a piece of a channel just made, plus what it is added to, and zero between pixels.
///
/// Returns Σ (y − pivot) and Σ (y − pivot)² over its pixels.
///
/// # Safety
///
/// The machine has the instructions of `V`; all slices are as long as `output`, a multiple of the width.
#[inline(always)]
pub(super) unsafe fn made<V: Lanes>(
    product: &[f32],
    base: Option<&[f32]>,
    mask: &[f32],
    pivot: f32,
    output: &mut [f32],
) -> [f32; 2] {
    // SAFETY: the caller's.
    unsafe {
        let pivot = V::splat(pivot);
        let (mut sum, mut squares) = (V::splat(0.0), V::splat(0.0));
        let mut at = 0;
        while at < output.len() {
            let mut y = V::load(product, at);
            if let Some(base) = base {
                y = y.add(V::load(base, at));
            }
            let mask = V::load(mask, at);
            y.masked(mask).store(output, at);
            let away = y.sub(pivot).masked(mask);
            sum = sum.add(away);
            squares = away.mul_add(away, squares);
            at += V::WIDTH;
        }
        let none = V::splat(0.0);
        let [sum, squares, ..] = V::sums([sum, squares, none, none]);
        [sum, squares]
    }
}

/// What of a gradient gets through ReLU to a piece of channel, and on through the scale of batch norm: with
/// d = `gradient` where scale · (x − mean) + shift > 0 and zero elsewhere, adds scale · d to `total`, or stores it if this is the
/// first to come.
///
/// Returns the [`Sums`], in double precision if `exact` or where single precision does not hold them.
///
/// # Safety
///
/// The machine has the instructions of `V`; all slices are as long as `total`, a multiple of the width.
#[inline(always)]
pub(super) unsafe fn reached<V: Lanes>(
    gradient: &[f32],
    values: &[f32],
    mask: &[f32],
    affine: Affine,
    total: &mut [f32],
    first: bool,
    exact: bool,
) -> Sums {
    // SAFETY: the caller's.
    unsafe {
        let (scale, shift, mean) = (V::splat(affine.scale), V::splat(affine.shift), V::splat(affine.mean));
        let none = V::splat(0.0);
        let (mut sum, mut along, mut squares) = (none, none, none);
        let mut at = 0;
        while at < total.len() {
            let x = V::load(values, at).sub(mean);
            let mut d = V::load(gradient, at).masked(V::load(mask, at));
            if affine.relu {
                d = d.where_positive(x.mul_add(scale, shift));
            }
            sum = sum.add(d);
            along = x.mul_add(d, along);
            squares = d.mul_add(d, squares);
            let before = if first { none } else { V::load(total, at) };
            d.mul_add(scale, before).store(total, at);
            at += V::WIDTH;
        }
        let [sum, along, squares, _] = V::sums([sum, along, squares, none]).map(f64::from);
        if exact || !fits(squares) {
            return reached_in_double::<V>(gradient, values, mask, affine);
        }
        [sum, along, squares, 0.0, 0.0]
    }
}

/// The [`Sums`] of [`reached`] alone, every term in double precision.
///
/// # Safety
///
/// As for [`reached`].
#[inline(always)]
unsafe fn reached_in_double<V: Lanes>(gradient: &[f32], values: &[f32], mask: &[f32], affine: Affine) -> Sums {
    // SAFETY: the caller's.
    unsafe {
        let (scale, shift, mean) = (V::splat(affine.scale), V::splat(affine.shift), V::splat(affine.mean));
        let one = V::splat(1.0).widen();
        let mut sums = [V::splat(0.0).widen(); 5];
        let mut at = 0;
        while at < values.len() {
            let x = V::load(values, at).sub(mean);
            let mask = V::load(mask, at);
            let mut d = V::load(gradient, at).masked(mask);
            if affine.relu {
                d = d.where_positive(x.mul_add(scale, shift));
            }
            let (d, x) = (d.widen(), x.masked(mask).widen());
            sums[0] = V::mul_add_double(one, d, sums[0]);
            sums[1] = V::mul_add_double(x, d, sums[1]);
            sums[2] = V::mul_add_double(d, d, sums[2]);
            sums[3] = V::mul_add_double(one, x, sums[3]);
            sums[4] = V::mul_add_double(x, x, sums[4]);
            at += V::WIDTH;
        }
        let [sum, along, squares, away, away_squares] = sums;
        [
            V::sum_double(sum),
            V::sum_double(along),
            V::sum_double(squares),
            V::sum_double(away),
            V::sum_double(away_squares),
        ]
    }
}

/// [`reached`] over a whole piece at once.
pub(super) struct Reached<'a> {
    pub(super) gradient: &'a [f32],
    pub(super) values: &'a [f32],
    pub(super) mask: &'a [f32],
    pub(super) affine: Affine,
    pub(super) total: &'a mut [f32],
    pub(super) first: bool,
    /// Whether the sums are taken in double precision.
    pub(super) exact: bool,
}

impl Task for Reached<'_> {
    type Output = Sums;

    #[inline(always)]
    unsafe fn run<V: Lanes>(self) -> Sums {
        let Self { gradient, values, mask, affine, total, first, exact } = self;
        debug_assert!(total.len().is_multiple_of(STEP), "a row is whole vectors");
        // SAFETY: the caller has the instructions; the rows are equally long and a multiple of the width.
        unsafe { reached::<V>(gradient, values, mask, affine, total, first, exact) }
    }
}
