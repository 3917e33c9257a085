//! Eight lanes with AVX2 and FMA.

use std::arch::x86_64::{
    __m256, __m256d, _CMP_GT_OQ, _mm_add_ps, _mm_storeu_ps, _mm256_add_pd, _mm256_add_ps, _mm256_and_ps,
    _mm256_castps256_ps128, _mm256_cmp_ps, _mm256_cvtps_pd, _mm256_extractf128_ps, _mm256_fmadd_pd, _mm256_fmadd_ps,
    _mm256_hadd_ps, _mm256_loadu_ps, _mm256_max_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_pd,
    _mm256_storeu_ps, _mm256_sub_ps,
};

use super::{Lanes, Mask, Task};

const WIDTH: usize = 8;

/// AVX2 and FMA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Avx2(());

impl Avx2 {
    /// The instructions, if this machine has them.
    pub(crate) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")).then_some(Self(()))
    }

    /// Runs an inner loop that is compiled with these instructions.
    pub(crate) fn execute<T: Task>(self, task: T) -> T::Output {
        // SAFETY: `self` comes from `detect`, which has found the features that the function asks for.
        unsafe { execute(self, task) }
    }
}

#[target_feature(enable = "avx2,fma")]
fn execute<T: Task>(lanes: Avx2, task: T) -> T::Output {
    task.run(lanes)
}

/// Comes from [`Avx2`] or another vector, and so only where AVX2 and FMA are.
#[derive(Clone, Copy)]
pub(crate) struct Vector(__m256);

/// Comes from a [`Vector`], and so only where AVX2 and FMA are.
#[derive(Clone, Copy)]
pub(crate) struct Double([__m256d; 2]);

impl Lanes for Avx2 {
    const WIDTH: usize = WIDTH;
    const REGISTERS: usize = 16;
    type Vector = Vector;
    type Chunk = [f32; WIDTH];
    type MaskChunk = [Mask; WIDTH];

    #[inline(always)]
    fn chunks(self, row: &[f32]) -> &[[f32; WIDTH]] {
        super::whole(row)
    }

    #[inline(always)]
    fn chunks_mut(self, row: &mut [f32]) -> &mut [[f32; WIDTH]] {
        super::whole_mut(row)
    }

    #[inline(always)]
    fn mask_chunks(self, row: &[Mask]) -> &[[Mask; WIDTH]] {
        super::whole(row)
    }

    #[inline(always)]
    fn splat(self, value: f32) -> Vector {
        // SAFETY: `self` exists, so the machine has AVX.
        Vector(unsafe { _mm256_set1_ps(value) })
    }

    #[inline(always)]
    fn load(self, from: &[f32; WIDTH]) -> Vector {
        // SAFETY: `self` exists, so the machine has AVX; the array has the eight numbers that are read.
        Vector(unsafe { _mm256_loadu_ps(from.as_ptr()) })
    }
}

impl super::Vector for Vector {
    type Chunk = [f32; WIDTH];
    type MaskChunk = [Mask; WIDTH];
    type Double = Double;

    #[inline(always)]
    fn store(self, to: &mut [f32; WIDTH]) {
        // SAFETY: a vector exists, so the machine has AVX; the array has room for the eight numbers.
        unsafe { _mm256_storeu_ps(to.as_mut_ptr(), self.0) }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: a vector exists, so the machine has AVX.
        Self(unsafe { _mm256_add_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        // SAFETY: a vector exists, so the machine has AVX.
        Self(unsafe { _mm256_sub_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn mul_add(self, factor: Self, term: Self) -> Self {
        // SAFETY: a vector exists, so the machine has FMA.
        Self(unsafe { _mm256_fmadd_ps(self.0, factor.0, term.0) })
    }

    #[inline(always)]
    fn relu(self) -> Self {
        // SAFETY: a vector exists, so the machine has AVX.
        Self(unsafe { relu(self.0) })
    }

    #[inline(always)]
    fn where_positive(self, other: Self) -> Self {
        // SAFETY: a vector exists, so the machine has AVX.
        Self(unsafe { where_positive(self.0, other.0) })
    }

    #[inline(always)]
    fn masked(self, mask: &[Mask; WIDTH]) -> Self {
        // SAFETY: a vector exists, so the machine has AVX.
        Self(unsafe { masked(self.0, mask) })
    }

    #[inline(always)]
    fn sums(vectors: [Self; 4]) -> [f32; 4] {
        // SAFETY: vectors exist, so the machine has AVX.
        unsafe { sums(vectors) }
    }

    #[inline(always)]
    fn widen(self) -> Double {
        // SAFETY: a vector exists, so the machine has AVX.
        Double(unsafe { widen(self.0) })
    }
}

impl super::Double for Double {
    #[inline(always)]
    fn mul_add(self, factor: Self, term: Self) -> Self {
        // SAFETY: a vector of doubles exists, so the machine has FMA.
        Self(unsafe { mul_add(self.0, factor.0, term.0) })
    }

    #[inline(always)]
    fn sum(self) -> f64 {
        // SAFETY: a vector of doubles exists, so the machine has AVX.
        unsafe { sum(self.0) }
    }
}

#[inline]
#[target_feature(enable = "avx")]
fn relu(x: __m256) -> __m256 {
    // A NaN becomes the second operand, so the order of the two lets it through.
    _mm256_max_ps(_mm256_setzero_ps(), x)
}

#[inline]
#[target_feature(enable = "avx")]
fn where_positive(x: __m256, other: __m256) -> __m256 {
    _mm256_and_ps(x, _mm256_cmp_ps::<_CMP_GT_OQ>(other, _mm256_setzero_ps()))
}

#[inline]
#[target_feature(enable = "avx")]
fn masked(x: __m256, mask: &[Mask; WIDTH]) -> __m256 {
    // SAFETY: the array has the eight masks that are read, each of them 32 bits of which any are a float.
    let mask = unsafe { _mm256_loadu_ps(mask.as_ptr().cast()) };
    _mm256_and_ps(x, mask)
}

#[inline]
#[target_feature(enable = "avx")]
fn sums([Vector(a), Vector(b), Vector(c), Vector(d)]: [Vector; 4]) -> [f32; 4] {
    let pairs = _mm256_hadd_ps(_mm256_hadd_ps(a, b), _mm256_hadd_ps(c, d));
    let sums = _mm_add_ps(_mm256_castps256_ps128(pairs), _mm256_extractf128_ps::<1>(pairs));
    let mut result = [0.0; 4];
    // SAFETY: the array has room for the four numbers.
    unsafe { _mm_storeu_ps(result.as_mut_ptr(), sums) };
    result
}

#[inline]
#[target_feature(enable = "avx")]
fn widen(x: __m256) -> [__m256d; 2] {
    [_mm256_cvtps_pd(_mm256_castps256_ps128(x)), _mm256_cvtps_pd(_mm256_extractf128_ps::<1>(x))]
}

#[inline]
#[target_feature(enable = "fma")]
fn mul_add(x: [__m256d; 2], factor: [__m256d; 2], term: [__m256d; 2]) -> [__m256d; 2] {
    [_mm256_fmadd_pd(x[0], factor[0], term[0]), _mm256_fmadd_pd(x[1], factor[1], term[1])]
}

#[inline]
#[target_feature(enable = "avx")]
fn sum([lower, upper]: [__m256d; 2]) -> f64 {
    let both = _mm256_add_pd(lower, upper);
    let mut lanes = [0.0; 4];
    // SAFETY: the array has room for the four numbers.
    unsafe { _mm256_storeu_pd(lanes.as_mut_ptr(), both) };
    (lanes[0] + lanes[2]) + (lanes[1] + lanes[3])
}
