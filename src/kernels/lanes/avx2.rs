//! Eight lanes with AVX2 and FMA.

use std::arch::x86_64::{
    __m256, __m256d, _CMP_GT_OQ, _mm_add_ps, _mm_storeu_ps, _mm256_add_pd, _mm256_add_ps, _mm256_and_ps,
    _mm256_castps256_ps128, _mm256_cmp_ps, _mm256_cvtps_pd, _mm256_extractf128_ps, _mm256_fmadd_pd, _mm256_fmadd_ps,
    _mm256_hadd_ps, _mm256_loadu_ps, _mm256_max_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_pd,
    _mm256_storeu_ps, _mm256_sub_ps,
};

use super::Lanes;

#[derive(Clone, Copy)]
pub(crate) struct Avx2(__m256);

// SAFETY (all methods): the caller vouches for AVX2 and FMA, and for `at + 8` inside the slice.
impl Lanes for Avx2 {
    const WIDTH: usize = 8;
    const REGISTERS: usize = 16;
    type Double = [__m256d; 2];

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_set1_ps(value) })
    }

    #[inline(always)]
    unsafe fn load(from: &[f32], at: usize) -> Self {
        debug_assert!(at + Self::WIDTH <= from.len(), "read past the end of a row");
        // SAFETY: see above.
        Self(unsafe { _mm256_loadu_ps(from.as_ptr().add(at)) })
    }

    #[inline(always)]
    unsafe fn store(self, to: &mut [f32], at: usize) {
        debug_assert!(at + Self::WIDTH <= to.len(), "write past the end of a row");
        // SAFETY: see above.
        unsafe { _mm256_storeu_ps(to.as_mut_ptr().add(at), self.0) }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_add_ps(self.0, other.0) })
    }

    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_sub_ps(self.0, other.0) })
    }

    #[inline(always)]
    unsafe fn mul_add(self, factor: Self, term: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_fmadd_ps(self.0, factor.0, term.0) })
    }

    #[inline(always)]
    unsafe fn relu(self) -> Self {
        // SAFETY: see above. A NaN becomes the second operand, so the order of the two lets it through.
        Self(unsafe { _mm256_max_ps(_mm256_setzero_ps(), self.0) })
    }

    #[inline(always)]
    unsafe fn where_positive(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_and_ps(self.0, _mm256_cmp_ps::<_CMP_GT_OQ>(other.0, _mm256_setzero_ps())) })
    }

    #[inline(always)]
    unsafe fn masked(self, mask: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_and_ps(self.0, mask.0) })
    }

    #[inline(always)]
    unsafe fn sums([a, b, c, d]: [Self; 4]) -> [f32; 4] {
        let mut out = [0.0; 4];
        // SAFETY: see above; `out` has room for the four numbers stored.
        unsafe {
            let pairs = _mm256_hadd_ps(_mm256_hadd_ps(a.0, b.0), _mm256_hadd_ps(c.0, d.0));
            let sums = _mm_add_ps(_mm256_castps256_ps128(pairs), _mm256_extractf128_ps::<1>(pairs));
            _mm_storeu_ps(out.as_mut_ptr(), sums);
        }
        out
    }

    #[inline(always)]
    unsafe fn widen(self) -> Self::Double {
        // SAFETY: see above.
        unsafe {
            let upper = _mm256_extractf128_ps::<1>(self.0);
            [_mm256_cvtps_pd(_mm256_castps256_ps128(self.0)), _mm256_cvtps_pd(upper)]
        }
    }

    #[inline(always)]
    unsafe fn mul_add_double(a: Self::Double, b: Self::Double, c: Self::Double) -> Self::Double {
        // SAFETY: see above.
        unsafe { [_mm256_fmadd_pd(a[0], b[0], c[0]), _mm256_fmadd_pd(a[1], b[1], c[1])] }
    }

    #[inline(always)]
    unsafe fn sum_double([lower, upper]: Self::Double) -> f64 {
        let mut lanes = [0.0; 4];
        // SAFETY: see above; the array has four numbers.
        unsafe { _mm256_storeu_pd(lanes.as_mut_ptr(), _mm256_add_pd(lower, upper)) };
        (lanes[0] + lanes[2]) + (lanes[1] + lanes[3])
    }
}
