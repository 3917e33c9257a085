//! Sixteen lanes with AVX-512F.

use std::arch::x86_64::{
    __m512, __m512d, _CMP_GT_OQ, _mm_storeu_ps, _mm256_castpd_ps, _mm512_add_pd, _mm512_add_ps, _mm512_and_si512,
    _mm512_castps_pd, _mm512_castps_si512, _mm512_castps512_ps128, _mm512_castps512_ps256, _mm512_castsi512_ps,
    _mm512_cmp_ps_mask, _mm512_cvtps_pd, _mm512_extractf64x4_pd, _mm512_fmadd_pd, _mm512_fmadd_ps, _mm512_loadu_ps,
    _mm512_maskz_compress_ps, _mm512_maskz_mov_ps, _mm512_max_ps, _mm512_permute_ps, _mm512_reduce_add_pd,
    _mm512_set1_ps, _mm512_setzero_ps, _mm512_shuffle_f32x4, _mm512_storeu_ps, _mm512_sub_ps,
};

use super::Lanes;

#[derive(Clone, Copy)]
pub(crate) struct Avx512(__m512);

// SAFETY (all methods): the caller vouches for AVX-512F, and for `at + 16` inside the slice.
impl Lanes for Avx512 {
    const WIDTH: usize = 16;
    const REGISTERS: usize = 32;
    type Double = [__m512d; 2];

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_set1_ps(value) })
    }

    #[inline(always)]
    unsafe fn load(from: &[f32], at: usize) -> Self {
        debug_assert!(at + Self::WIDTH <= from.len(), "read past the end of a row");
        // SAFETY: see above.
        Self(unsafe { _mm512_loadu_ps(from.as_ptr().add(at)) })
    }

    #[inline(always)]
    unsafe fn store(self, to: &mut [f32], at: usize) {
        debug_assert!(at + Self::WIDTH <= to.len(), "write past the end of a row");
        // SAFETY: see above.
        unsafe { _mm512_storeu_ps(to.as_mut_ptr().add(at), self.0) }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_add_ps(self.0, other.0) })
    }

    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_sub_ps(self.0, other.0) })
    }

    #[inline(always)]
    unsafe fn mul_add(self, factor: Self, term: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_fmadd_ps(self.0, factor.0, term.0) })
    }

    #[inline(always)]
    unsafe fn relu(self) -> Self {
        // SAFETY: see above. A NaN becomes the second operand, so the order of the two lets it through.
        Self(unsafe { _mm512_max_ps(_mm512_setzero_ps(), self.0) })
    }

    #[inline(always)]
    unsafe fn where_positive(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe {
            let positive = _mm512_cmp_ps_mask::<_CMP_GT_OQ>(other.0, _mm512_setzero_ps());
            _mm512_maskz_mov_ps(positive, self.0)
        })
    }

    #[inline(always)]
    unsafe fn masked(self, mask: Self) -> Self {
        // SAFETY: see above. The bitwise "and" of floats is AVX-512DQ, that of integers AVX-512F.
        Self(unsafe { _mm512_castsi512_ps(_mm512_and_si512(_mm512_castps_si512(self.0), _mm512_castps_si512(mask.0))) })
    }

    #[inline(always)]
    unsafe fn sums(vectors: [Self; 4]) -> [f32; 4] {
        let [Self(a), Self(b), Self(c), Self(d)] = vectors;
        // SAFETY: see above.
        unsafe {
            // Vectors are folded onto each other until each quarter of one belongs to one of the four.
            let ab = _mm512_add_ps(_mm512_shuffle_f32x4::<0x44>(a, b), _mm512_shuffle_f32x4::<0xEE>(a, b));
            let cd = _mm512_add_ps(_mm512_shuffle_f32x4::<0x44>(c, d), _mm512_shuffle_f32x4::<0xEE>(c, d));
            let quarters = _mm512_add_ps(_mm512_shuffle_f32x4::<0x88>(ab, cd), _mm512_shuffle_f32x4::<0xDD>(ab, cd));
            let halves = _mm512_add_ps(quarters, _mm512_permute_ps::<0x4E>(quarters));
            let sums = _mm512_add_ps(halves, _mm512_permute_ps::<0xB1>(halves));
            let first_of_each = _mm512_maskz_compress_ps(0x1111, sums);
            let mut result = [0.0; 4];
            _mm_storeu_ps(result.as_mut_ptr(), _mm512_castps512_ps128(first_of_each));
            result
        }
    }

    #[inline(always)]
    unsafe fn widen(self) -> Self::Double {
        // SAFETY: see above.
        unsafe {
            let upper = _mm256_castpd_ps(_mm512_extractf64x4_pd::<1>(_mm512_castps_pd(self.0)));
            [_mm512_cvtps_pd(_mm512_castps512_ps256(self.0)), _mm512_cvtps_pd(upper)]
        }
    }

    #[inline(always)]
    unsafe fn mul_add_double(a: Self::Double, b: Self::Double, c: Self::Double) -> Self::Double {
        // SAFETY: see above.
        unsafe { [_mm512_fmadd_pd(a[0], b[0], c[0]), _mm512_fmadd_pd(a[1], b[1], c[1])] }
    }

    #[inline(always)]
    unsafe fn sum_double([lower, upper]: Self::Double) -> f64 {
        // SAFETY: see above.
        unsafe { _mm512_reduce_add_pd(_mm512_add_pd(lower, upper)) }
    }
}
