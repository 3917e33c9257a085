//! Several `f32` side by side: the only vocabulary the inner loops are written in.
//!
//! Every inner loop is generic over [`Lanes`] and compiled once for each instruction set, so a new instruction set is
//! one more file here and nothing else.

#[cfg(target_arch = "x86_64")]
pub(super) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(super) mod avx512;
pub(super) mod portable;

/// A vector of `WIDTH` numbers.
///
/// The methods are `unsafe` for one reason, shared by all: the machine must have the instructions. Only
/// [`Instructions::execute`](super::instructions::Instructions::execute) names an implementation, after it has
/// made sure. `load` and `store` ask in addition that `at + WIDTH` stays inside the slice, which debug builds check.
pub(super) trait Lanes: Copy {
    /// How many numbers stand side by side.
    const WIDTH: usize;
    /// How many vectors the processor keeps in registers: 16 or 32.
    const REGISTERS: usize;
    /// Sums in double precision.
    type Double: Copy;

    unsafe fn splat(value: f32) -> Self;
    unsafe fn load(from: &[f32], at: usize) -> Self;
    unsafe fn store(self, to: &mut [f32], at: usize);
    unsafe fn add(self, other: Self) -> Self;
    unsafe fn sub(self, other: Self) -> Self;
    /// `self · factor + term`.
    unsafe fn mul_add(self, factor: Self, term: Self) -> Self;
    /// The larger of `self` and zero.
    unsafe fn relu(self) -> Self;
    /// `self` where `other` is above zero, zero elsewhere.
    unsafe fn where_positive(self, other: Self) -> Self;
    /// `self` where all bits of `mask` are set, zero where none is.
    unsafe fn masked(self, mask: Self) -> Self;
    /// The sums of four vectors; always added in the same order.
    unsafe fn sums(vectors: [Self; 4]) -> [f32; 4];
    /// The same numbers in double precision.
    unsafe fn widen(self) -> Self::Double;
    /// `a · b + c`.
    unsafe fn mul_add_double(a: Self::Double, b: Self::Double, c: Self::Double) -> Self::Double;
    /// The sum of all numbers; always added in the same order.
    unsafe fn sum_double(double: Self::Double) -> f64;
}
