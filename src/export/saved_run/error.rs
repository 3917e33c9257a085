//! Why a folder cannot be read as a run.

use std::io;
use std::path::PathBuf;

use crate::config::ConfigError;
use crate::data::DataError;
use crate::export::checkpoint::CheckpointError;

/// Why a folder cannot be read as a run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no such folder, or something else under its name.
    #[error("{} is no run folder: {found}; allowed: a folder that `densescope train` wrote", path.display())]
    NoRun {
        /// The folder.
        path: PathBuf,
        /// What is there instead.
        found: String,
    },
    /// The configuration of the run cannot be.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// What entered the networks is not known.
    #[error(
        "what entered the networks of {} is not known: it has no networks.json, and the data source cannot tell: {error}; \
         allowed: a networks.json, which `densescope inspect --config run.toml --input CxHxW --classes N --format json` makes",
        path.display()
    )]
    NoInput {
        /// The folder.
        path: PathBuf,
        /// Why the source cannot tell.
        error: DataError,
    },
    /// A file of the run is missing.
    #[error("the run {} has no {name}, nor {name}.partial; allowed: all four tables that training writes", path.display())]
    NoTable {
        /// The folder.
        path: PathBuf,
        /// The table.
        name: &'static str,
    },
    /// The checkpoint cannot be read.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The run ended without a checkpoint, so it cannot go on.
    #[error(
        "the run {} has ended and left no checkpoint; allowed: a run with checkpoint/newest.safetensors, which densescope writes every \
         training.checkpoint_every steps and at the end (version 0.1.0 wrote none)",
        path.display()
    )]
    NoCheckpoint {
        /// The folder.
        path: PathBuf,
    },
    /// The system refused.
    #[error("cannot read {}: {error}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A file says what cannot be.
    #[error(
        "{}:{line}: {}found {found}; allowed: {allowed}",
        file.display(),
        column.as_deref().map_or_else(String::new, |column| format!("column {column}: "))
    )]
    Damaged {
        /// The file.
        file: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The column, where one is at fault.
        column: Option<String>,
        /// What was found.
        found: String,
        /// What is allowed.
        allowed: String,
    },
    /// Something is wrong with a run that a newer program wrote.
    #[error(
        "{error}\nthe run is of densescope {version}; this is {}, which may not know everything it says",
        env!("CARGO_PKG_VERSION")
    )]
    Newer {
        /// The version that wrote the run.
        version: String,
        /// What is wrong.
        error: Box<RunError>,
    },
}
