//! Which instructions the inner loops are compiled for, chosen while the program runs: one binary runs anywhere.

use super::lanes::{Lanes, portable::Portable};
#[cfg(target_arch = "x86_64")]
use super::lanes::{avx2::Avx2, avx512::Avx512};

/// An instruction set this machine has been seen to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstructionSet(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// An inner loop, written once for all instruction sets.
///
/// `run` must be `#[inline(always)]`, and so must everything it calls in its loops: only then is it compiled with the
/// instructions of the function that calls it.
pub(super) trait Task {
    type Output;

    /// # Safety
    ///
    /// The machine has the instructions of `V`.
    unsafe fn run<V: Lanes>(self) -> Self::Output;
}

impl InstructionSet {
    /// The fastest one this machine has.
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if has_avx512() {
                return Self(Kind::Avx512);
            }
            if has_avx2() {
                return Self(Kind::Avx2);
            }
        }
        Self(Kind::Portable)
    }

    /// All that this machine has, the plainest first.
    pub fn available() -> Vec<Self> {
        let mut sets = vec![Self(Kind::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            if has_avx2() {
                sets.push(Self(Kind::Avx2));
            }
            if has_avx512() {
                sets.push(Self(Kind::Avx512));
            }
        }
        sets
    }

    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "AVX2 and FMA",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => "AVX-512",
        }
    }

    /// How many vectors the processor keeps in registers.
    pub(super) fn registers(self) -> usize {
        match self.0 {
            Kind::Portable => Portable::REGISTERS,
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => Avx2::REGISTERS,
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => Avx512::REGISTERS,
        }
    }

    /// Runs an inner loop with these instructions.
    #[inline]
    pub(super) fn execute<T: Task>(self, task: T) -> T::Output {
        match self.0 {
            // SAFETY: plain Rust, every machine has it.
            Kind::Portable => unsafe { task.run::<Portable>() },
            // SAFETY: a value of this kind exists only where the instructions were detected.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => unsafe { with_avx2(task) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => unsafe { with_avx512(task) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
}

/// AVX-512F, and AVX-512VL without which the compiler keeps most vectors out of the upper half of the registers. Only
/// Xeon Phi has the one without the other.
#[cfg(target_arch = "x86_64")]
fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl")
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn with_avx2<T: Task>(task: T) -> T::Output {
    // SAFETY: the attribute and the caller's detection are what `run` asks for.
    unsafe { task.run::<Avx2>() }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl")]
unsafe fn with_avx512<T: Task>(task: T) -> T::Output {
    // SAFETY: the attribute and the caller's detection are what `run` asks for.
    unsafe { task.run::<Avx512>() }
}
