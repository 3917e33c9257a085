//! Which instructions the inner loops are compiled for, chosen while the program runs: one binary runs anywhere.

use std::fmt;
use std::sync::OnceLock;

use super::lanes::portable::Portable;
use super::lanes::{Lanes, Task};
#[cfg(target_arch = "x86_64")]
use super::lanes::{avx2::Avx2, avx512::Avx512};

/// What the kernels can be computed with. Every one gives the same bits wherever it runs; different ones round differently.
///
/// The stock operations of burn (the 7×7 stem, the linear layer, the loss) choose their own instructions by the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstructionSet {
    /// Plain Rust, four numbers at a time: on every machine.
    Portable,
    /// AVX2 and FMA, eight numbers at a time.
    Avx2,
    /// AVX-512F and AVX-512VL, sixteen numbers at a time.
    Avx512,
}

/// Why an instruction set cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstructionSetError {
    /// This machine has not got it.
    #[error("this machine has no {asked} instructions; it has {}", names(.available))]
    Missing {
        /// The one asked for.
        asked: InstructionSet,
        /// Those the machine has, the plainest first.
        available: Vec<InstructionSet>,
    },
    /// The process computes with another one already.
    #[error("{asked} instructions were asked for when the program was using {used} already")]
    InUse {
        /// The one asked for.
        asked: InstructionSet,
        /// The one in use.
        used: InstructionSet,
    },
}

/// The one instruction set of this process.
static CURRENT: OnceLock<InstructionSet> = OnceLock::new();

impl InstructionSet {
    /// All there are, the plainest first, whatever this machine has.
    pub const ALL: [Self; 3] = [Self::Portable, Self::Avx2, Self::Avx512];

    /// Its name in commands and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.name() == name)
    }

    /// Whether this machine has it.
    pub fn is_available(self) -> bool {
        Instructions::of(self).is_some()
    }

    /// All that this machine has, the plainest first.
    pub fn available() -> Vec<Self> {
        Self::ALL.into_iter().filter(|set| set.is_available()).collect()
    }

    /// The fastest that this machine has.
    pub fn detect() -> Self {
        Self::available().pop().unwrap_or(Self::Portable)
    }

    /// The one that this process computes with: the one [chosen](Self::choose) at the start, or else the fastest.
    pub fn current() -> Self {
        *CURRENT.get_or_init(Self::detect)
    }

    /// Makes it the one that this process computes with. To be called at the start, before anything is computed or
    /// [`current`](Self::current) is asked for.
    ///
    /// # Errors
    ///
    /// If this machine has not got it, or the process uses another one already.
    pub fn choose(self) -> Result<(), InstructionSetError> {
        if !self.is_available() {
            return Err(InstructionSetError::Missing { asked: self, available: Self::available() });
        }
        let used = *CURRENT.get_or_init(|| self);
        if used == self { Ok(()) } else { Err(InstructionSetError::InUse { asked: self, used }) }
    }
}

impl fmt::Display for InstructionSet {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.name())
    }
}

fn names(sets: &[InstructionSet]) -> String {
    sets.iter().map(|set| set.name()).collect::<Vec<_>>().join(", ")
}

/// Instructions that this machine has been seen to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instructions {
    Portable(Portable),
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
}

impl Instructions {
    /// Those of a set, if this machine has it.
    pub(super) fn of(set: InstructionSet) -> Option<Self> {
        match set {
            InstructionSet::Portable => Some(Self::Portable(Portable)),
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx2 => Avx2::detect().map(Self::Avx2),
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx512 => Avx512::detect().map(Self::Avx512),
            #[cfg(not(target_arch = "x86_64"))]
            InstructionSet::Avx2 | InstructionSet::Avx512 => None,
        }
    }

    /// How many vectors the processor keeps in registers.
    pub(super) fn registers(self) -> usize {
        match self {
            Self::Portable(_) => Portable::REGISTERS,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => Avx2::REGISTERS,
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(_) => Avx512::REGISTERS,
        }
    }

    /// Runs an inner loop with these instructions.
    pub(super) fn execute<T: Task>(self, task: T) -> T::Output {
        match self {
            Self::Portable(portable) => portable.execute(task),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(avx2) => avx2.execute(task),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(avx512) => avx512.execute(task),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_found_by_its_name_and_the_fastest_is_one_that_the_machine_has() {
        for set in InstructionSet::ALL {
            assert_eq!(InstructionSet::named(set.name()), Some(set));
            assert_eq!(set.is_available(), InstructionSet::available().contains(&set));
        }
        assert_eq!(InstructionSet::named("sse9"), None);
        assert_eq!(InstructionSet::available().first(), Some(&InstructionSet::Portable));
        assert_eq!(InstructionSet::available().last(), Some(&InstructionSet::detect()));
    }

    #[test]
    fn a_process_keeps_to_the_instructions_it_began_with() {
        let used = InstructionSet::current();
        assert_eq!(used.choose(), Ok(()));
        for asked in InstructionSet::ALL.into_iter().filter(|set| *set != used) {
            let refused = asked.choose().unwrap_err();
            match refused {
                InstructionSetError::Missing { .. } => assert!(!asked.is_available()),
                InstructionSetError::InUse { .. } => {
                    let sentence =
                        format!("{asked} instructions were asked for when the program was using {used} already");
                    assert_eq!(refused.to_string(), sentence);
                }
            }
            assert_eq!(InstructionSet::current(), used);
        }
    }
}
