//! What was done to a file's tensors before they were a network's weights: told, never done in silence.

use std::fmt;

use super::error::listed;

/// One thing that a person who gave the file should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// It is a file of PyTorch, whatever its name says.
    IsPyTorch,
    /// It is a safetensors file, whatever its name says.
    IsSafeTensors,
    /// All of the network's names began with it.
    Prefix(String),
    /// Names of another project were read as those of this one.
    Renamed {
        /// As the file has them.
        from: &'static str,
        /// As they are read.
        to: &'static str,
        /// How many.
        count: usize,
    },
    /// Numbers of half the precision were widened, without loss.
    Widened {
        /// Their type: `F16` or `BF16`.
        from: &'static str,
        /// How many tensors.
        count: usize,
    },
    /// Tensors that belong to no such network.
    LeftOut {
        /// Each with its shape.
        names: Vec<String>,
    },
    /// The classifier of the file was for other classes, or was not there, and a new one begins in its place.
    NewClassifier {
        /// Classes of the file; none if it has no classifier.
        found: Option<usize>,
        /// Classes of the data.
        classes: usize,
    },
    /// The file has weights of one kind of network; others of the run begin as they always do.
    OthersFresh {
        /// The kind.
        kind: &'static str,
    },
}

/// The most names that a sentence lists.
pub const MOST_LISTED: usize = 6;

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IsPyTorch => {
                formatter.write_str("this is a PyTorch file (a pickle of tensors), whatever its name says")
            }
            Self::IsSafeTensors => formatter.write_str("this is a safetensors file, whatever its name says"),
            Self::Prefix(prefix) => write!(formatter, "the prefix {prefix} was taken off the names"),
            Self::Renamed { from, to, count } => write!(formatter, "{from} was read as {to} ({count} names)"),
            Self::Widened { from, count } => {
                write!(formatter, "{count} tensors in half precision ({from}) were widened to F32, without loss")
            }
            Self::LeftOut { names } => {
                write!(formatter, "left out, since it is no part of the network: {}", listed(names, MOST_LISTED))
            }
            Self::NewClassifier { found: Some(found), classes } => {
                write!(
                    formatter,
                    "the file's classifier tells {found} classes apart and the data has {classes}, so a new one begins in its place"
                )
            }
            Self::NewClassifier { found: None, classes } => {
                write!(formatter, "the file has no classifier, so a new one for {classes} classes begins in its place")
            }
            Self::OthersFresh { kind } => {
                write!(formatter, "the file has weights of a {kind} network; the other networks begin with new ones")
            }
        }
    }
}
