//! Four lanes in plain Rust: for every processor, and written so that the compiler finds its baseline vectors
//! (SSE2 on x86-64, NEON on aarch64).

use super::Lanes;

#[derive(Clone, Copy)]
pub(crate) struct Portable([f32; 4]);

impl Portable {
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        Self(std::array::from_fn(|lane| f(self.0[lane], other.0[lane])))
    }
}

// SAFETY (all methods): nothing is asked of the machine; `load` and `store` ask for `at + 4` inside the slice.
impl Lanes for Portable {
    const WIDTH: usize = 4;
    const REGISTERS: usize = 16;
    type Double = [f64; 4];

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        Self([value; 4])
    }

    #[inline(always)]
    unsafe fn load(from: &[f32], at: usize) -> Self {
        debug_assert!(at + Self::WIDTH <= from.len(), "read past the end of a row");
        // SAFETY: see above; any address will do for an unaligned read.
        Self(unsafe { from.as_ptr().add(at).cast::<[f32; 4]>().read_unaligned() })
    }

    #[inline(always)]
    unsafe fn store(self, to: &mut [f32], at: usize) {
        debug_assert!(at + Self::WIDTH <= to.len(), "write past the end of a row");
        // SAFETY: see above; any address will do for an unaligned write.
        unsafe { to.as_mut_ptr().add(at).cast::<[f32; 4]>().write_unaligned(self.0) }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }

    #[inline(always)]
    unsafe fn mul_add(self, factor: Self, term: Self) -> Self {
        // Fused only where every processor of the family can; elsewhere it would be a library call for each number.
        if cfg!(target_arch = "aarch64") {
            Self(std::array::from_fn(|lane| self.0[lane].mul_add(factor.0[lane], term.0[lane])))
        } else {
            self.zip(factor, |a, b| a * b).zip(term, |a, b| a + b)
        }
    }

    #[inline(always)]
    unsafe fn relu(self) -> Self {
        // Written so that a NaN stays one, as with the other instruction sets.
        self.zip(self, |a, _| if a < 0.0 { 0.0 } else { a })
    }

    #[inline(always)]
    unsafe fn where_positive(self, other: Self) -> Self {
        self.zip(other, |a, b| if b > 0.0 { a } else { 0.0 })
    }

    #[inline(always)]
    unsafe fn masked(self, mask: Self) -> Self {
        self.zip(mask, |a, m| f32::from_bits(a.to_bits() & m.to_bits()))
    }

    #[inline(always)]
    unsafe fn sums(vectors: [Self; 4]) -> [f32; 4] {
        vectors.map(|Self(x)| (x[0] + x[2]) + (x[1] + x[3]))
    }

    #[inline(always)]
    unsafe fn widen(self) -> Self::Double {
        self.0.map(f64::from)
    }

    #[inline(always)]
    unsafe fn mul_add_double(a: Self::Double, b: Self::Double, c: Self::Double) -> Self::Double {
        std::array::from_fn(|lane| a[lane] * b[lane] + c[lane])
    }

    #[inline(always)]
    unsafe fn sum_double(lanes: Self::Double) -> f64 {
        (lanes[0] + lanes[2]) + (lanes[1] + lanes[3])
    }
}
