//! What was done to a file's tensors before they were a network's weights: told, never done in silence.

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
