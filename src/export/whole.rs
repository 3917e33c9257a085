//! A small file, written at once.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::error::ExportError;

/// How the names of files begin and end that are not whole yet.
const PREFIX: &str = ".densescope-";
const SUFFIX: &str = ".partial";

/// Removes what a process left in a folder that was ended while it wrote.
pub(super) fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX)) {
            fs::remove_file(entry.path()).ok(); // it harms nobody if it stays
        }
    }
}

/// Writes a file so that its name stands for all of it or for what it stood for before.
///
/// # Errors
///
/// When the system refuses; nothing is left under the name, or beside it.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let refused = || ExportError::unwritable(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(PREFIX)
        .suffix(SUFFIX)
        .permissions_as_usual()
        .tempfile_in(folder)
        .map_err(refused())?;
    file.write_all(bytes).map_err(refused())?;
    file.as_file().sync_all().map_err(refused())?;
    file.persist(path).map_err(|error| refused()(error.error))?;
    Ok(())
}

/// Makes a folder, and those it is in, where they are not there yet.
///
/// # Errors
///
/// When the system refuses.
pub fn make_folder(path: &Path) -> Result<(), ExportError> {
    fs::create_dir_all(path).map_err(ExportError::unwritable(path))
}

/// Files that others may read, as if made without a detour.
trait PermissionsAsUsual {
    fn permissions_as_usual(&mut self) -> &mut Self;
}

impl PermissionsAsUsual for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_as_usual(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt as _;
        self.permissions(std::fs::Permissions::from_mode(0o666)) // less what the umask takes
    }

    #[cfg(not(unix))]
    fn permissions_as_usual(&mut self) -> &mut Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.toml");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = write_whole(Path::new("nowhere/at/all.toml"), b"").unwrap_err().to_string();
        assert!(error.contains("nowhere/at/all.toml"), "{error}");
    }
}
