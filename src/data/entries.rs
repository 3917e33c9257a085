//! What a folder has in it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{DataError, Listing};

/// How many names the message of an unrecognised folder lists.
const NAMES_SHOWN: usize = 8;

/// The names in a folder that are not hidden, sorted, with links followed.
pub(super) struct Entries {
    pub(super) files: Vec<OsString>,
    pub(super) folders: Vec<OsString>,
}

impl Entries {
    pub(super) fn of(folder: &Path) -> Result<Self, DataError> {
        let path = || folder.to_owned();
        let unreadable = |cause| DataError::Unreadable { path: path(), cause };
        match fs::metadata(folder) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(DataError::NotAFolder { path: path() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(DataError::MissingFolder { path: path() });
            }
            Err(cause) => return Err(unreadable(cause)),
        }
        let mut entries = Self { files: Vec::new(), folders: Vec::new() };
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            if is_hidden(&name) {
                continue;
            }
            // Neither a file nor a folder: a link to nowhere, a pipe. Opening a pipe might wait for ever.
            match fs::metadata(folder.join(&name)) {
                Ok(metadata) if metadata.is_file() => entries.files.push(name),
                Ok(metadata) if metadata.is_dir() => entries.folders.push(name),
                Ok(_) | Err(_) => {}
            }
        }
        entries.files.sort();
        entries.folders.sort();
        Ok(entries)
    }

    pub(super) fn listed(&self) -> Listing {
        let files = self.files.iter().map(|name| name.to_string_lossy().into_owned());
        let folders = self.folders.iter().map(|name| format!("{}/", name.to_string_lossy()));
        let mut names: Vec<String> = files.chain(folders).collect();
        let hidden = names.len().saturating_sub(NAMES_SHOWN);
        names.truncate(NAMES_SHOWN);
        Listing { names, hidden }
    }

    /// Whether there is a file of that name.
    pub(super) fn has_file(&self, name: &str) -> bool {
        self.files.iter().any(|entry| entry == name)
    }
}

impl Listing {
    pub(super) fn of(paths: &[PathBuf]) -> Self {
        let hidden = paths.len().saturating_sub(NAMES_SHOWN);
        let names = paths.iter().take(NAMES_SHOWN).map(|path| path.display().to_string()).collect();
        Self { names, hidden }
    }
}

/// What desktops leave behind, which is nobody's image.
fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") || name.eq_ignore_ascii_case("Thumbs.db") || name == "desktop.ini"
}
