//! Why a file or a folder could not be written.

use std::io;
use std::path::{Path, PathBuf};

use crate::text::{Localized, Text, display_in_english};

/// Why a file or a folder could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The system refused.
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The output folder's name belongs to a file.
    IsFile(PathBuf),
    /// The output folder has something in it.
    NotEmpty {
        /// The folder.
        path: PathBuf,
        /// Something in it.
        found: String,
    },
    /// A run that another process writes.
    InUse(PathBuf),
    /// A table that is not as it was at the checkpoint from which a run is to go on.
    TableChanged {
        /// The table.
        path: PathBuf,
        /// Bytes that it has.
        found: u64,
        /// Bytes that it had at the checkpoint.
        length: u64,
    },
    /// Files that would be replaced.
    Existing(Vec<PathBuf>),
}

display_in_english!(ExportError);

impl Localized for ExportError {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Unwritable { path, error } => {
                text.fill("reason.unwritable", &[("path", &path.display()), ("error", &error.in_words(text))])
            }
            Self::IsFile(path) => text.fill("reason.is_file", &[("path", &path.display())]),
            Self::NotEmpty { path, found } => {
                text.fill("reason.not_empty", &[("path", &path.display()), ("found", found)])
            }
            Self::InUse(path) => text.fill("reason.in_use", &[("path", &path.display())]),
            Self::TableChanged { path, found, length } => {
                text.fill("reason.table_changed", &[("path", &path.display()), ("found", found), ("length", length)])
            }
            Self::Existing(files) => {
                let named: Vec<String> = files.iter().take(NAMED).map(|file| file.display().to_string()).collect();
                let names = named.join(", ");
                match files.len() {
                    1 => text.fill("reason.existing_one", &[("file", &names)]),
                    count if count <= NAMED => text.fill("reason.existing", &[("files", &names)]),
                    count => {
                        let more = text.fill("reason.and_more", &[("names", &names), ("hidden", &(count - NAMED))]);
                        text.fill("reason.existing", &[("files", &more)])
                    }
                }
            }
        }
    }
}

/// How many of the files that are there already are named.
const NAMED: usize = 4;

impl ExportError {
    /// Names the file or folder that the system refused.
    pub(super) fn unwritable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Unwritable { path, error }
    }
}
