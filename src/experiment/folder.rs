//! The folder of an experiment's results, which several processes on several machines may share.
//!
//! `experiment.toml` is the experiment; `runs/ID` a run folder, with `result.csv` in it once the run has ended, which is its row of
//! `results.csv`; `runs/ID.claim` says who is at it. Everything else is computed from the rows and may be thrown away.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::description::Experiment;
use super::outcome::Outcome;
use super::trial::Trial;
use crate::export::{ExportError, make_folder, write_whole};

/// A folder of results.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// Why results cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It belongs to another experiment.
    #[error(
        "{} holds results of another experiment: its {FILE} differs from {name} in line {line}; allowed: another folder with --out, \
         or the same experiment",
        folder.display()
    )]
    Another {
        /// The folder.
        folder: PathBuf,
        /// The experiment that was to be run.
        name: String,
        /// The first line that differs.
        line: usize,
    },
    /// It has something else in it.
    #[error("{} is not empty and holds no experiment: it has {found}, and no {FILE}; allowed: a folder that is new or empty, or an experiment's", folder.display())]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
        /// Something in it.
        found: String,
    },
    /// It is a file.
    #[error("cannot write to {}: it is a file; allowed: a folder", .0.display())]
    IsFile(PathBuf),
    /// A result cannot be read.
    #[error("{}: {found}; its run is set aside and made again", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        found: String,
    },
    /// The system refused.
    #[error("cannot read {}: {error}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Its file system keeps no locks, without which two processes could make the same run.
    #[error(
        "cannot lock {}: {error}; allowed: a folder on a file system that keeps locks; without one, give each process a folder of its own with --only I/N",
        path.display()
    )]
    NoLocks {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A run could not be written.
    #[error(transparent)]
    Export(#[from] ExportError),
}

const FILE: &str = "experiment.toml";
const RESULT: &str = "result.csv";

impl Folder {
    /// The folder of that experiment's results: new, empty, or its own.
    ///
    /// # Errors
    ///
    /// When it belongs to something else, or the system refuses.
    pub fn open(path: &Path, experiment: &Experiment) -> Result<Self, FolderError> {
        if path.exists() && !path.is_dir() {
            return Err(FolderError::IsFile(path.to_owned()));
        }
        make_folder(path)?;
        let file = path.join(FILE);
        match fs::read_to_string(&file) {
            Ok(there) if there == experiment.source => {}
            Ok(there) => {
                let same = there.lines().zip(experiment.source.lines()).take_while(|(a, b)| a == b).count();
                let (folder, name) = (path.to_owned(), experiment.name.clone());
                return Err(FolderError::Another { folder, name, line: same + 1 });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut entries = fs::read_dir(path).map_err(unreadable(path))?;
                if let Some(entry) = entries.next() {
                    let found = entry.map_err(unreadable(path))?.file_name().to_string_lossy().into_owned();
                    // Another process may have begun with the same experiment in this very moment.
                    if found != FILE && !found.ends_with(".partial") && !file.exists() {
                        return Err(FolderError::NotEmpty { folder: path.to_owned(), found });
                    }
                }
                write_whole(&file, experiment.source.as_bytes())?;
            }
            Err(error) => return Err(FolderError::Unreadable { path: file, error }),
        }
        make_folder(&path.join("runs"))?;
        Ok(Self(path.to_owned()))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The folder of a run.
    pub fn run(&self, trial: &Trial) -> PathBuf {
        self.0.join("runs").join(&trial.id)
    }

    /// The file by which a process says that it is at a run.
    pub(super) fn claim(&self, trial: &Trial) -> PathBuf {
        self.0.join("runs").join(format!("{}.claim", trial.id))
    }

    /// What a run gave; nothing before its end.
    ///
    /// # Errors
    ///
    /// When its row is damaged, or the system refuses.
    pub fn outcome(&self, trial: &Trial) -> Result<Option<Outcome>, FolderError> {
        let file = self.run(trial).join(RESULT);
        match fs::read(&file) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes).map_err(|_| "it is no text".to_owned());
                let outcome = text.and_then(|text| Outcome::from_csv(&text));
                outcome.map(Some).map_err(|found| FolderError::Damaged { file, found })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FolderError::Unreadable { path: file, error }),
        }
    }

    /// Keeps what a run gave: from now on it is made.
    pub(super) fn keep(&self, trial: &Trial, outcome: &Outcome) -> Result<(), FolderError> {
        Ok(write_whole(&self.run(trial).join(RESULT), outcome.to_csv().as_bytes())?)
    }

    /// Sets a damaged run aside under a name of its own.
    pub(super) fn set_aside(&self, trial: &Trial) -> Result<PathBuf, FolderError> {
        let run = self.run(trial);
        let name = |number: usize| self.0.join("runs").join(format!("{}.damaged-{number}", trial.id));
        let aside = (1..usize::MAX).map(name).find(|path| !path.exists()).expect("some number is free");
        fs::rename(&run, &aside).map_err(unreadable(&run))?;
        Ok(aside)
    }
}

/// Names what the system refused.
pub(super) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_owned();
    move |error| FolderError::Unreadable { path, error }
}
