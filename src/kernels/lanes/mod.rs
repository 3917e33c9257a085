//! Several `f32` side by side: the only vocabulary the inner loops are written in.
//!
//! Every inner loop is a [`Task`], generic over [`Lanes`] and compiled once for each instruction set, so a new instruction
//! set is one more file here and one line in [`instructions`](super::instructions).
//!
//! All of it is safe to use. A value of [`Lanes`] exists only where its instructions were detected, and vectors come
//! from nowhere else, so whoever has one has the instructions. Rows are read in chunks, which are arrays of as many
//! numbers as a vector has: there is nothing to overrun.

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "vector instructions; each use says why the machine has them")]
pub(super) mod avx2;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "vector instructions; each use says why the machine has them")]
pub(super) mod avx512;
pub(super) mod portable;

/// What the length of every row is a multiple of: the widest vector.
pub(super) const STEP: usize = 16;

/// An inner loop, written once for all instruction sets.
///
/// `run` must be `#[inline(always)]`, and so must everything it calls in its loops: only then is it compiled with the
/// instructions of the function that calls it. No closure may work on vectors: it is a function by itself.
pub(super) trait Task {
    type Output;

    fn run<L: Lanes>(self, lanes: L) -> Self::Output;
}

/// Whether a position is a pixel or a zero between pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub(super) struct Mask(u32);

impl Mask {
    /// All bits set.
    pub(super) const PIXEL: Self = Self(u32::MAX);
    /// No bit set.
    pub(super) const GAP: Self = Self(0);
}

/// The instructions of a set: whoever has such a value may use them.
pub(super) trait Lanes: Copy {
    /// How many numbers stand side by side.
    const WIDTH: usize;
    /// How many vectors the processor keeps in registers: 16 or 32.
    const REGISTERS: usize;
    type Vector: Vector<Chunk = Self::Chunk, MaskChunk = Self::MaskChunk>;
    /// `WIDTH` numbers in memory.
    type Chunk;
    /// `WIDTH` masks in memory.
    type MaskChunk;

    /// A row of whole vectors. Panics if its length is not a multiple of `WIDTH`.
    fn chunks(self, row: &[f32]) -> &[Self::Chunk];
    /// A row of whole vectors. Panics if its length is not a multiple of `WIDTH`.
    fn chunks_mut(self, row: &mut [f32]) -> &mut [Self::Chunk];
    /// A row of whole vectors. Panics if its length is not a multiple of `WIDTH`.
    fn mask_chunks(self, row: &[Mask]) -> &[Self::MaskChunk];
    fn splat(self, value: f32) -> Self::Vector;
    fn load(self, from: &Self::Chunk) -> Self::Vector;
}

/// Numbers side by side.
pub(super) trait Vector: Copy {
    type Chunk;
    type MaskChunk;
    /// The same in double precision.
    type Double: Double;

    fn store(self, to: &mut Self::Chunk);
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    /// `self · factor + term`.
    fn mul_add(self, factor: Self, term: Self) -> Self;
    /// The larger of `self` and zero; a NaN stays one.
    fn relu(self) -> Self;
    /// `self` where `other` is above zero, zero elsewhere.
    fn where_positive(self, other: Self) -> Self;
    /// `self` at pixels, zero between them.
    fn masked(self, mask: &Self::MaskChunk) -> Self;
    /// The sums of four vectors; always added in the same order.
    fn sums(vectors: [Self; 4]) -> [f32; 4];
    /// The same numbers in double precision.
    fn widen(self) -> Self::Double;
}

/// As many numbers as a [`Vector`] has, in double precision.
pub(super) trait Double: Copy {
    /// `self · factor + term`.
    fn mul_add(self, factor: Self, term: Self) -> Self;
    /// The sum of all numbers; always added in the same order.
    fn sum(self) -> f64;
}

/// A row as arrays. Panics if something is left over.
#[inline(always)]
fn whole<T, const WIDTH: usize>(row: &[T]) -> &[[T; WIDTH]] {
    let (chunks, rest) = row.as_chunks();
    assert!(rest.is_empty(), "a row is whole vectors");
    chunks
}

/// A row as arrays. Panics if something is left over.
#[inline(always)]
fn whole_mut<T, const WIDTH: usize>(row: &mut [T]) -> &mut [[T; WIDTH]] {
    let (chunks, rest) = row.as_chunks_mut();
    assert!(rest.is_empty(), "a row is whole vectors");
    chunks
}
