//! Four lanes in plain Rust: for every processor, and written so that the compiler finds its baseline vectors
//! (SSE2 on x86-64, NEON on aarch64).

use super::{Lanes, Mask, Task};

const WIDTH: usize = 4;

/// Nothing is asked of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Portable;

impl Portable {
    /// Runs an inner loop.
    pub(crate) fn execute<T: Task>(self, task: T) -> T::Output {
        task.run(self)
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Vector([f32; WIDTH]);

#[derive(Clone, Copy)]
pub(crate) struct Double([f64; WIDTH]);

impl Vector {
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        Self(std::array::from_fn(|lane| f(self.0[lane], other.0[lane])))
    }
}

impl Lanes for Portable {
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
        Vector([value; WIDTH])
    }

    #[inline(always)]
    fn load(self, from: &[f32; WIDTH]) -> Vector {
        Vector(*from)
    }
}

impl super::Vector for Vector {
    type Chunk = [f32; WIDTH];
    type MaskChunk = [Mask; WIDTH];
    type Double = Double;

    #[inline(always)]
    fn store(self, to: &mut [f32; WIDTH]) {
        *to = self.0;
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }

    #[inline(always)]
    fn mul_add(self, factor: Self, term: Self) -> Self {
        // Fused only where every processor of the family can; elsewhere it would be a library call for each number.
        if cfg!(target_arch = "aarch64") {
            Self(std::array::from_fn(|lane| self.0[lane].mul_add(factor.0[lane], term.0[lane])))
        } else {
            self.zip(factor, |a, b| a * b).zip(term, |a, b| a + b)
        }
    }

    #[inline(always)]
    fn relu(self) -> Self {
        // Written so that a NaN stays one, as with the other instruction sets.
        self.zip(self, |a, _| if a < 0.0 { 0.0 } else { a })
    }

    #[inline(always)]
    fn where_positive(self, other: Self) -> Self {
        self.zip(other, |a, b| if b > 0.0 { a } else { 0.0 })
    }

    #[inline(always)]
    fn masked(self, mask: &[Mask; WIDTH]) -> Self {
        Self(std::array::from_fn(|lane| f32::from_bits(self.0[lane].to_bits() & mask[lane].0)))
    }

    #[inline(always)]
    fn sums(vectors: [Self; 4]) -> [f32; 4] {
        vectors.map(|Self(x)| (x[0] + x[2]) + (x[1] + x[3]))
    }

    #[inline(always)]
    fn widen(self) -> Double {
        Double(self.0.map(f64::from))
    }
}

impl super::Double for Double {
    #[inline(always)]
    fn mul_add(self, factor: Self, term: Self) -> Self {
        Self(std::array::from_fn(|lane| self.0[lane] * factor.0[lane] + term.0[lane]))
    }

    #[inline(always)]
    fn sum(self) -> f64 {
        let lanes = self.0;
        (lanes[0] + lanes[2]) + (lanes[1] + lanes[3])
    }
}
