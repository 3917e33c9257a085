//! What is wrong with a file of weights.

use std::io;
use std::path::PathBuf;

use super::content::Foreign;

/// Why a file of tensors gives no weights or no batch.
#[derive(Debug)]
pub enum WeightsError {
    /// The file cannot be read.
    Unreadable {
        /// The file as it was named.
        file: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The file is larger than any network's weights.
    TooLarge {
        /// The file as it was named.
        file: PathBuf,
        /// Its bytes.
        length: u64,
        /// The most that are read.
        most: u64,
    },
    /// The file holds something else, whatever its name says.
    Foreign {
        /// The file as it was named.
        file: PathBuf,
        /// What it is.
        foreign: Foreign,
    },
    /// The file is no whole safetensors file.
    NotSafetensors {
        /// The file as it was named.
        file: PathBuf,
        /// What the parser says.
        message: String,
        /// The file's length.
        length: usize,
    },
    /// The file is not as `torch.save` writes one.
    NotPyTorch {
        /// The file as it was named.
        file: PathBuf,
        /// What the parser says.
        message: String,
        /// The file's length.
        length: usize,
    },
    /// The file has several networks.
    Several {
        /// The file as it was named.
        file: PathBuf,
        /// What the names of each begin with.
        prefixes: Vec<String>,
    },
    /// Two names of the file are read as the same.
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
    Unlike {
        /// The file as it was named.
        file: PathBuf,
        /// What is otherwise.
        unlike: Unlike,
    },
    /// The file has the weights of a kind of network that is not asked for.
    OtherKind {
        /// The file as it was named.
        file: PathBuf,
        /// Its kind.
        kind: &'static str,
        /// The kinds that would do.
        allowed: String,
    },
    /// Tensors that do not fit the network.
    Problems {
        /// The file as it was named.
        file: PathBuf,
        /// Every one, in the order of the network.
        problems: Vec<WeightsProblem>,
    },
}

impl std::error::Error for WeightsError {}

/// What is otherwise about a network that cannot be built here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// There are no blocks of layers.
    NoBlocks,
    /// A layer is missing between others.
    Gap {
        /// The first of its names.
        name: String,
    },
    /// More than any network here may have.
    Number {
        /// Of what: as a setting is named.
        what: &'static str,
        /// How many or which.
        found: usize,
        /// What is allowed.
        allowed: String,
    },
    /// A bottleneck has another number of channels between its convolutions.
    Inner {
        /// Channels that were found.
        found: usize,
        /// k.
        growth: usize,
        /// 4k.
        four: usize,
    },
    /// The channels behind a transition are no share of those before it that is a whole percent, and the same for all.
    Compression {
        /// From → to, for each.
        kept: String,
    },
    /// The blocks of a residual or plain network do not double in width.
    Widths {
        /// Those of each block.
        widths: String,
    },
}

/// One tensor that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WeightsProblem {
    /// The network needs it, the file has none.
    Missing {
        /// Its name.
        name: String,
        /// The shape it should have.
        shape: Vec<usize>,
        /// The name and shape in the file that is most like it, among those that have no other place.
        nearest: Option<String>,
    },
    /// The file has it, the network has no place for it.
    LeftOver {
        /// Its name.
        name: String,
        /// Its shape in the file.
        shape: Vec<usize>,
        /// The name and shape that is most like it, of what the network needs.
        nearest: Option<String>,
    },
    /// Another shape.
    Shape {
        /// Its name.
        name: String,
        /// Its shape in the file.
        found: Vec<usize>,
        /// The shape it should have.
        allowed: String,
    },
    /// Another type of number.
    Type {
        /// Its name.
        name: String,
        /// Its type in the file.
        found: String,
        /// The type it should have.
        allowed: &'static str,
    },
    /// A number that cannot be.
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

/// The most problems that are told.
pub const MOST_SHOWN: usize = 20;
