//! What is wrong with a file of weights.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a file of tensors gives no weights or no batch.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// The file cannot be read.
    #[error("cannot read {}: {error}", file.display())]
    Unreadable {
        /// The file as it was named.
        file: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The file is not what its name says.
    #[error("{}: this is no whole safetensors file: {message} (the file has {length} bytes)", file.display())]
    NotSafetensors {
        /// The file as it was named.
        file: PathBuf,
        /// What the parser says.
        message: String,
        /// The file's length.
        length: usize,
    },
    /// Tensors that do not fit the network.
    #[error("{}: {}", file.display(), Listed(problems))]
    Problems {
        /// The file as it was named.
        file: PathBuf,
        /// Every one, in the order of the network.
        problems: Vec<WeightsProblem>,
    },
}

/// One tensor that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsProblem {
    /// The network needs it, the file has none.
    #[error("{name} {shape:?} is missing")]
    Missing {
        /// Its name.
        name: String,
        /// The shape it should have.
        shape: Vec<usize>,
    },
    /// The file has it, the network has no place for it.
    #[error("{name} {shape:?} is left over: the network has no such weight")]
    LeftOver {
        /// Its name.
        name: String,
        /// Its shape in the file.
        shape: Vec<usize>,
    },
    /// Another shape.
    #[error("{name} is {found:?}; the network needs {allowed}")]
    Shape {
        /// Its name.
        name: String,
        /// Its shape in the file.
        found: Vec<usize>,
        /// The shape it should have.
        allowed: String,
    },
    /// Another type of number.
    #[error("{name} is of type {found}; allowed: {allowed}")]
    Type {
        /// Its name.
        name: String,
        /// Its type in the file.
        found: String,
        /// The type it should have.
        allowed: &'static str,
    },
    /// A number that cannot be.
    #[error("{name} has {found} at position {position}; allowed: {allowed}")]
    Number {
        /// Its name.
        name: String,
        /// The number.
        found: String,
        /// Its index, the last side fastest.
        position: usize,
        /// What numbers may be.
        allowed: String,
    },
}

/// What the network needs from a file.
pub(super) struct Expected {
    pub(super) name: String,
    pub(super) shape: Vec<usize>,
}

/// All problems, or the first ones of many.
struct Listed<'a>(&'a [WeightsProblem]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 20;
        for (index, problem) in self.0.iter().take(SHOWN).enumerate() {
            let line_break = if index == 0 { "" } else { "\n  " };
            write!(formatter, "{line_break}{problem}")?;
        }
        if self.0.len() > SHOWN {
            write!(formatter, "\n  and {} more", self.0.len() - SHOWN)?;
        }
        Ok(())
    }
}
