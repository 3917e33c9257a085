//! A run folder whose run is to go on: how it was set up, and from where it can.

use std::path::{Path, PathBuf};

use super::checkpoint::{self, SavedCheckpoint};
use super::form::{RUN, TABLES};
use super::saved_run::{RunError, refuse_no_run};
use crate::config::LoadedConfig;

/// A run that can go on.
#[derive(Debug)]
pub struct StoppedRun {
    /// The folder.
    pub path: PathBuf,
    /// How it was set up.
    pub loaded: LoadedConfig,
    /// From where it goes on; nothing where it was stopped before its first checkpoint, so that it begins anew.
    pub checkpoint: Option<SavedCheckpoint>,
}

impl StoppedRun {
    /// Reads what a run needs to go on. Nothing is written.
    ///
    /// # Errors
    ///
    /// When the folder is none of a run, its configuration or its checkpoint is damaged, or it ended without leaving a checkpoint, so that to begin anew
    /// would lose it.
    pub fn read(path: &Path) -> Result<Self, RunError> {
        refuse_no_run(path)?;
        let loaded = LoadedConfig::read(&path.join(RUN))?;
        let checkpoint = checkpoint::read(path)?;
        let ended = TABLES.iter().any(|table| path.join(table).is_file());
        if checkpoint.is_none() && ended {
            return Err(RunError::NoCheckpoint { path: path.to_owned() });
        }
        Ok(Self { path: path.to_owned(), loaded, checkpoint })
    }
}
