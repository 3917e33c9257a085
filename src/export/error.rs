//! Why a file or a folder could not be written.

use std::io;
use std::path::{Path, PathBuf};

use crate::text::{InWords, Text};

/// Why a file or a folder could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The system refused.
    #[error("cannot write {}: {error}", path.display())]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The output folder's name belongs to a file.
    #[error("cannot write to {}: it is a file; allowed: a folder that is new or empty", .0.display())]
    IsFile(PathBuf),
    /// The output folder has something in it.
    #[error(
        "the folder {} is not empty: it has {}; allowed: a folder that is new or empty, or --force to replace the run in it",
        path.display(),
        found
    )]
    NotEmpty {
        /// The folder.
        path: PathBuf,
        /// Something in it.
        found: String,
    },
    /// Files that would be replaced.
    #[error("{}; allowed: another folder with --out, or --force to replace {}", there(.0), if .0.len() == 1 { "it" } else { "them" })]
    Existing(Vec<PathBuf>),
}

impl InWords for ExportError {
    /// As in the window, where there are no flags.
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Unwritable { path, error } => {
                text.fill("reason.unwritable", &[("path", &path.display()), ("error", &error.in_words(text))])
            }
            Self::IsFile(path) => text.fill("reason.is_file", &[("path", &path.display())]),
            Self::NotEmpty { path, found } => {
                text.fill("reason.not_empty", &[("path", &path.display()), ("found", found)])
            }
            Self::Existing(files) => {
                let files = files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ");
                text.fill("reason.existing", &[("files", &files)])
            }
        }
    }
}

/// Which files are there already, the first of many.
fn there(files: &[PathBuf]) -> String {
    const NAMED: usize = 4;
    let named: Vec<String> = files.iter().take(NAMED).map(|file| file.display().to_string()).collect();
    match files.len() {
        1 => format!("the file {} is there already", named[0]),
        count if count <= NAMED => format!("these files are there already: {}", named.join(", ")),
        count => format!("these files are there already: {} and {} more", named.join(", "), count - NAMED),
    }
}

impl ExportError {
    /// Names the file or folder that the system refused.
    pub(super) fn unwritable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Unwritable { path, error }
    }
}
