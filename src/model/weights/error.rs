//! What is wrong with a file of weights.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::content::Foreign;

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
    /// The file is larger than any network's weights.
    #[error("{}: this file has {length} bytes; allowed: at most {most}", file.display())]
    TooLarge {
        /// The file as it was named.
        file: PathBuf,
        /// Its bytes.
        length: u64,
        /// The most that are read.
        most: u64,
    },
    /// The file holds something else, whatever its name says.
    #[error("{}: {foreign}", file.display())]
    Foreign {
        /// The file as it was named.
        file: PathBuf,
        /// What it is.
        foreign: Foreign,
    },
    /// The file is no whole safetensors file.
    #[error("{}: this is no whole safetensors file: {message} (the file has {length} bytes)", file.display())]
    NotSafetensors {
        /// The file as it was named.
        file: PathBuf,
        /// What the parser says.
        message: String,
        /// The file's length.
        length: usize,
    },
    /// The file is not as `torch.save` writes one.
    #[error("{}: this PyTorch file cannot be read: {message} (the file has {length} bytes)", file.display())]
    NotPyTorch {
        /// The file as it was named.
        file: PathBuf,
        /// What the parser says.
        message: String,
        /// The file's length.
        length: usize,
    },
    /// The file has several networks.
    #[error("{}: it has the weights of several networks, whose names begin with {}; allowed: one, or one beside its averages (ema, swa)", file.display(), prefixes.join(", "))]
    Several {
        /// The file as it was named.
        file: PathBuf,
        /// What the names of each begin with.
        prefixes: Vec<String>,
    },
    /// Two names of the file are read as the same.
    #[error("{}: both {one} and {other} would be {name}; allowed: one of them", file.display())]
    Twice {
        /// The file as it was named.
        file: PathBuf,
        /// The name here.
        name: String,
        /// A name of the file.
        one: String,
        /// Another.
        other: String,
    },
    /// The network of the file is none that can be built here.
    #[error("{}: no network that can be built here has such weights: {unlike}", file.display())]
    Unlike {
        /// The file as it was named.
        file: PathBuf,
        /// What is otherwise.
        unlike: Unlike,
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

/// What is otherwise about a network that cannot be built here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unlike {
    /// There are no blocks of layers.
    #[error(
        "there is no features.denseblock1.denselayer1.conv1.weight, and no such layer of a residual or plain network"
    )]
    NoBlocks,
    /// A layer is missing between others.
    #[error("{name} is missing, and layers behind it are there")]
    Gap {
        /// The first of its names.
        name: String,
    },
    /// More than any network here may have.
    #[error("it has {found} {what}; allowed: {allowed}")]
    Number {
        /// Of what: as a setting is named.
        what: &'static str,
        /// How many or which.
        found: usize,
        /// What is allowed.
        allowed: String,
    },
    /// The channels behind a transition are no share of those before it that is a whole percent, and the same for all.
    #[error("its transitions keep {kept} channels; allowed: the same whole percent of them everywhere, rounded down")]
    Compression {
        /// From → to, for each.
        kept: String,
    },
    /// The blocks of a residual or plain network do not double in width.
    #[error("its blocks have {widths} channels; allowed: w, 2w, 4w, …, each rounded")]
    Widths {
        /// Those of each block.
        widths: String,
    },
}

/// One tensor that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsProblem {
    /// The network needs it, the file has none.
    #[error("{name} {shape:?} is missing{}", nearest.as_ref().map_or(String::new(), |name| format!("; nearest in the file: {name}")))]
    Missing {
        /// Its name.
        name: String,
        /// The shape it should have.
        shape: Vec<usize>,
        /// The name and shape in the file that is most like it, among those that have no other place.
        nearest: Option<String>,
    },
    /// The file has it, the network has no place for it.
    #[error("{name} {shape:?} is left over: the network has no such weight{}", nearest.as_ref().map_or(String::new(), |name| format!("; nearest: {name}")))]
    LeftOver {
        /// Its name.
        name: String,
        /// Its shape in the file.
        shape: Vec<usize>,
        /// The name and shape that is most like it, of what the network needs.
        nearest: Option<String>,
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
    /// Its bytes cannot be had.
    #[error("{name} cannot be read: {message}")]
    Bytes {
        /// Its name.
        name: String,
        /// What the reader says.
        message: String,
    },
}

/// A name of a file as it may be printed: control characters are escaped.
pub(super) fn shown(name: &str) -> String {
    name.chars()
        .flat_map(|letter| if letter.is_control() { letter.escape_default().collect() } else { vec![letter] })
        .collect()
}

/// Some of many, and how many more there are.
pub(super) fn listed(items: &[String], most: usize) -> String {
    let first = items.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(", ");
    if items.len() > most { format!("{first}, and {} more", items.len() - most) } else { first }
}

/// The most problems that are told.
pub(super) const MOST_SHOWN: usize = 20;

/// All problems, or the first ones of many.
struct Listed<'a>(&'a [WeightsProblem]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().take(MOST_SHOWN).enumerate() {
            let line_break = if index == 0 { "" } else { "\n  " };
            write!(formatter, "{line_break}{problem}")?;
        }
        if self.0.len() > MOST_SHOWN {
            write!(formatter, "\n  and {} more", self.0.len() - MOST_SHOWN)?;
        }
        Ok(())
    }
}
