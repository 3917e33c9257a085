//! Sixteen lanes with AVX-512F.

use std::arch::x86_64::{
    __m512, __m512d, _CMP_GT_OQ, _mm_storeu_ps, _mm256_castpd_ps, _mm512_add_pd, _mm512_add_ps, _mm512_and_si512,
    _mm512_castps_pd, _mm512_castps_si512, _mm512_castps512_ps128, _mm512_castps512_ps256, _mm512_castsi512_ps,
    _mm512_cmp_ps_mask, _mm512_cvtps_pd, _mm512_extractf64x4_pd, _mm512_fmadd_pd, _mm512_fmadd_ps, _mm512_loadu_ps,
    _mm512_maskz_compress_ps, _mm512_maskz_mov_ps, _mm512_max_ps, _mm512_permute_ps, _mm512_reduce_add_pd,
    _mm512_set1_ps, _mm512_setzero_ps, _mm512_shuffle_f32x4, _mm512_storeu_ps, _mm512_sub_ps,
};

use super::{Lanes, Mask, Task};

const WIDTH: usize = 16;

/// AVX-512F, and AVX-512VL without which the compiler keeps most vectors out of the upper half of the registers. Only
/// Xeon Phi has the one without the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Avx512(());

impl Avx512 {
    /// The instructions, if this machine has them.
    pub(crate) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl")).then_some(Self(()))
    }

    /// Runs an inner loop that is compiled with these instructions.
    pub(crate) fn execute<T: Task>(self, task: T) -> T::Output {
        // SAFETY: `self` comes from `detect`, which has found the features that the function asks for.
        unsafe { execute(self, task) }
    }
}

#[target_feature(enable = "avx512f,avx512vl")]
fn execute<T: Task>(lanes: Avx512, task: T) -> T::Output {
    task.run(lanes)
}

/// Comes from [`Avx512`] or another vector, and so only where AVX-512F is.
#[derive(Clone, Copy)]
pub(crate) struct Vector(__m512);

/// Comes from a [`Vector`], and so only where AVX-512F is.
#[derive(Clone, Copy)]
pub(crate) struct Double([__m512d; 2]);

impl Lanes for Avx512 {
    const WIDTH: usize = WIDTH;
    const REGISTERS: usize = 32;
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
        // SAFETY: `self` exists, so the machine has AVX-512F.
        Vector(unsafe { _mm512_set1_ps(value) })
    }

    #[inline(always)]
    fn load(self, from: &[f32; WIDTH]) -> Vector {
        // SAFETY: `self` exists, so the machine has AVX-512F; the array has the sixteen numbers that are read.
        Vector(unsafe { _mm512_loadu_ps(from.as_ptr()) })
    }
}

impl super::Vector for Vector {
    type Chunk = [f32; WIDTH];
    type MaskChunk = [Mask; WIDTH];
    type Double = Double;

    #[inline(always)]
    fn store(self, to: &mut [f32; WIDTH]) {
        // SAFETY: a vector exists, so the machine has AVX-512F; the array has room for the sixteen numbers.
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), self.0) }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: a vector exists, so the machine has AVX-512F.
        Self(unsafe { _mm512_add_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        // SAFETY: a vector exists, so the machine has AVX-512F.
        Self(unsafe { _mm512_sub_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn mul_add(self, factor: Self, term: Self) -> Self {
        // SAFETY: a vector exists, so the machine has AVX-512F.
        Self(unsafe { _mm512_fmadd_ps(self.0, factor.0, term.0) })
    }

    #[inline(always)]
    fn relu(self) -> Self {
        // SAFETY: a vector exists, so the machine has AVX-512F.
        Self(unsafe { relu(self.0) })
    }

    #[inline(always)]
    fn where_positive(self, other: Self) -> Self {
        // SAFETY: a vector exists, so the machine has AVX-512F.
        Self(unsafe { where_positive(self.0, other.0) })
    }

    #[inline(always)]
    fn masked(self, mask: &[Mask; WIDTH]) -> Self {
        // SAFETY: a vector exists, so the machine has AVX-512F.
        Self(unsafe { masked(self.0, mask) })
    }

    #[inline(always)]
    fn sums(vectors: [Self; 4]) -> [f32; 4] {
        // SAFETY: vectors exist, so the machine has AVX-512F.
        unsafe { sums(vectors) }
    }

    #[inline(always)]
    fn widen(self) -> Double {
        // SAFETY: a vector exists, so the machine has AVX-512F.
        Double(unsafe { widen(self.0) })
    }
}

impl super::Double for Double {
    #[inline(always)]
    fn mul_add(self, factor: Self, term: Self) -> Self {
        // SAFETY: a vector of doubles exists, so the machine has AVX-512F.
        Self(unsafe { mul_add(self.0, factor.0, term.0) })
    }

    #[inline(always)]
    fn sum(self) -> f64 {
        // SAFETY: a vector of doubles exists, so the machine has AVX-512F.
        unsafe { sum(self.0) }
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn relu(x: __m512) -> __m512 {
    // A NaN becomes the second operand, so the order of the two lets it through.
    _mm512_max_ps(_mm512_setzero_ps(), x)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn where_positive(x: __m512, other: __m512) -> __m512 {
    _mm512_maskz_mov_ps(_mm512_cmp_ps_mask::<_CMP_GT_OQ>(other, _mm512_setzero_ps()), x)
}

#[inline]
#[target_feature(enable = "avx512f")]
fn masked(x: __m512, mask: &[Mask; WIDTH]) -> __m512 {
    // SAFETY: the array has the sixteen masks that are read, each of them 32 bits of which any are a float.
    let mask = unsafe { _mm512_loadu_ps(mask.as_ptr().cast()) };
    // The bitwise "and" of floats is AVX-512DQ, that of integers AVX-512F.
    _mm512_castsi512_ps(_mm512_and_si512(_mm512_castps_si512(x), _mm512_castps_si512(mask)))
}

#[inline]
#[target_feature(enable = "avx512f")]
fn sums([Vector(a), Vector(b), Vector(c), Vector(d)]: [Vector; 4]) -> [f32; 4] {
    // Vectors are folded onto each other until each quarter of one belongs to one of the four.
    let ab = _mm512_add_ps(_mm512_shuffle_f32x4::<0x44>(a, b), _mm512_shuffle_f32x4::<0xEE>(a, b));
    let cd = _mm512_add_ps(_mm512_shuffle_f32x4::<0x44>(c, d), _mm512_shuffle_f32x4::<0xEE>(c, d));
    let quarters = _mm512_add_ps(_mm512_shuffle_f32x4::<0x88>(ab, cd), _mm512_shuffle_f32x4::<0xDD>(ab, cd));
    let halves = _mm512_add_ps(quarters, _mm512_permute_ps::<0x4E>(quarters));
    let sums = _mm512_add_ps(halves, _mm512_permute_ps::<0xB1>(halves));
    let first_of_each = _mm512_castps512_ps128(_mm512_maskz_compress_ps(0x1111, sums));
    let mut result = [0.0; 4];
    // SAFETY: the array has room for the four numbers.
    unsafe { _mm_storeu_ps(result.as_mut_ptr(), first_of_each) };
    result
}

#[inline]
#[target_feature(enable = "avx512f")]
fn widen(x: __m512) -> [__m512d; 2] {
    let upper = _mm256_castpd_ps(_mm512_extractf64x4_pd::<1>(_mm512_castps_pd(x)));
    [_mm512_cvtps_pd(_mm512_castps512_ps256(x)), _mm512_cvtps_pd(upper)]
}

#[inline]
#[target_feature(enable = "avx512f")]
fn mul_add(x: [__m512d; 2], factor: [__m512d; 2], term: [__m512d; 2]) -> [__m512d; 2] {
    [_mm512_fmadd_pd(x[0], factor[0], term[0]), _mm512_fmadd_pd(x[1], factor[1], term[1])]
}

#[inline]
#[target_feature(enable = "avx512f")]
fn sum([lower, upper]: [__m512d; 2]) -> f64 {
    _mm512_reduce_add_pd(_mm512_add_pd(lower, upper))
}
