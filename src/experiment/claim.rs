//! Who is at a run. A claim is a file that its owner keeps locked: the system lets go of it when the owner is gone, however it went,
//! so a claim left behind is free at once, without clocks and without guessing.

use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::folder::{FolderError, unreadable};

/// A run that is ours until this is dropped.
#[derive(Debug)]
pub(super) struct Claim {
    path: PathBuf,
    file: File,
}

impl Claim {
    /// Claims the run; nothing if somebody else is at it.
    ///
    /// # Errors
    ///
    /// When the system refuses, or keeps no locks.
    pub(super) fn take(path: &Path) -> Result<Option<Self>, FolderError> {
        let mut options = File::options();
        let file = options.read(true).write(true).create(true).truncate(false).open(path).map_err(unreadable(path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(FolderError::NoLocks { path: path.to_owned(), error }),
        }
        let mut claim = Self { path: path.to_owned(), file };
        claim.sign().map_err(unreadable(path))?;
        Ok(Some(claim))
    }

    /// Writes who it is, for people.
    fn sign(&mut self) -> std::io::Result<()> {
        let host = sysinfo::System::host_name().unwrap_or_else(|| "unknown".to_owned());
        self.file.set_len(0)?;
        writeln!(self.file, "host {host}, process {}", std::process::id())
    }

    /// Gives up the claim of a run that is made: the file goes, too.
    ///
    /// Somebody who opened the file before will lock what has no name any more, look whether the run is made, and see that it is.
    pub(super) fn done(self) {
        // A claim left behind is free, so it does no harm if this fails.
        let _ = fs::remove_file(&self.path);
    }
}

/// Waits for the one lock under which results are put together.
pub(super) fn alone(path: &Path) -> Result<File, FolderError> {
    let file = File::options().write(true).create(true).truncate(false).open(path).map_err(unreadable(path))?;
    file.lock().map_err(|error| FolderError::NoLocks { path: path.to_owned(), error })?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_one_owner_and_is_free_when_the_owner_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.claim");
        fs::write(&path, "host elsewhere, process 1\n").unwrap();
        let first = Claim::take(&path).unwrap().expect("a claim left behind is free");
        assert!(Claim::take(&path).unwrap().is_none());
        assert!(fs::read_to_string(&path).unwrap().contains(&format!("process {}", std::process::id())));
        drop(first);
        let second = Claim::take(&path).unwrap().expect("the first owner is gone");
        second.done();
        assert!(!path.exists());
    }
}
