//! A folder of files, recognised by their names: which data set is it?
//!
//! The folder itself comes first, then the two folders that the CIFAR archives unpack to. Files of two data sets side by
//! side are refused, because nothing says which one is meant.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use super::cifar::{self, CifarFiles};
use super::error::{DataError, Listing};
use super::idx::{self, IdxFiles};

/// What the archives of CIFAR-10 and CIFAR-100 unpack to.
const SUBFOLDERS: [&str; 2] = ["cifar-10-batches-bin", "cifar-100-binary"];

/// How many names the message of an unrecognised folder lists.
const NAMES_SHOWN: usize = 8;

/// The data set in a folder.
#[derive(Debug)]
pub(super) enum Recognised {
    Idx(IdxFiles),
    Cifar(CifarFiles),
}

impl Recognised {
    /// The name of one of the files, for messages.
    fn example(&self) -> String {
        match self {
            Self::Idx(_) => idx::NAMES[0].to_owned(),
            Self::Cifar(files) => files.example(),
        }
    }
}

/// Finds the one data set in a folder.
pub(super) fn recognise(folder: &Path) -> Result<Recognised, DataError> {
    let entries = Entries::of(folder)?;
    let mut found = data_sets(folder, &entries.files)?;
    if found.is_empty() {
        for name in SUBFOLDERS {
            if entries.folders.iter().any(|entry| entry == name) {
                let subfolder = folder.join(name);
                found.extend(data_sets(&subfolder, &Entries::of(&subfolder)?.files)?);
            }
        }
    }
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (Some(first), Some(second)) => {
            Err(DataError::Ambiguous { path: folder.to_owned(), first: first.example(), second: second.example() })
        }
        (None, None | Some(_)) => Err(DataError::NothingRecognised {
            path: folder.to_owned(),
            idx: idx::shown_names(),
            found: entries.listed(),
        }),
    }
}

fn data_sets(folder: &Path, files: &[OsString]) -> Result<Vec<Recognised>, DataError> {
    let idx = idx::find(folder, files)?.map(Recognised::Idx);
    let ten = cifar::find_ten(folder, files)?.map(Recognised::Cifar);
    let hundred = cifar::find_hundred(folder, files)?.map(Recognised::Cifar);
    Ok([idx, ten, hundred].into_iter().flatten().collect())
}

/// The names in a folder, sorted, with links followed.
struct Entries {
    files: Vec<OsString>,
    folders: Vec<OsString>,
}

impl Entries {
    fn of(folder: &Path) -> Result<Self, DataError> {
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

    fn listed(&self) -> Listing {
        let files = self.files.iter().map(|name| name.to_string_lossy().into_owned());
        let folders = self.folders.iter().map(|name| format!("{}/", name.to_string_lossy()));
        let mut names: Vec<String> = files.chain(folders).collect();
        let hidden = names.len().saturating_sub(NAMES_SHOWN);
        names.truncate(NAMES_SHOWN);
        Listing { names, hidden }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::fixtures::{Folder, cifar_records};

    fn message(folder: &Folder) -> String {
        folder.without_path(&recognise(folder.path()).unwrap_err())
    }

    fn write_ten(folder: &Folder, prefix: &str) {
        folder.write(&format!("{prefix}data_batch_1.bin"), &cifar_records(&[([0], 0)]));
        folder.write(&format!("{prefix}test_batch.bin"), &cifar_records(&[([0], 0)]));
    }

    fn write_hundred(folder: &Folder, prefix: &str) {
        folder.write(&format!("{prefix}train.bin"), &cifar_records(&[([0, 0], 0)]));
        folder.write(&format!("{prefix}test.bin"), &cifar_records(&[([0, 0], 0)]));
    }

    #[test]
    fn the_folder_that_an_archive_unpacks_to_is_looked_into() {
        let folder = Folder::new();
        write_ten(&folder, "cifar-10-batches-bin/");
        assert_eq!(recognise(folder.path()).unwrap().example(), "test_batch.bin");
        let folder = Folder::new();
        write_hundred(&folder, "cifar-100-binary/");
        assert_eq!(recognise(folder.path()).unwrap().example(), "test.bin");
    }

    #[test]
    fn a_data_set_in_the_folder_itself_comes_first() {
        let folder = Folder::new();
        write_ten(&folder, "");
        write_hundred(&folder, "cifar-100-binary/");
        assert_eq!(recognise(folder.path()).unwrap().example(), "test_batch.bin");
    }

    #[test]
    fn two_data_sets_are_refused() {
        for prefixes in [["", ""], ["cifar-10-batches-bin/", "cifar-100-binary/"]] {
            let folder = Folder::new();
            write_ten(&folder, prefixes[0]);
            write_hundred(&folder, prefixes[1]);
            assert_eq!(
                message(&folder),
                "`FOLDER` holds files of more than one data set: `test_batch.bin` and `test.bin`; give each a folder of its own"
            );
        }
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = Folder::new();
        let error = recognise(&folder.path().join("nowhere")).unwrap_err();
        assert_eq!(folder.without_path(&error), "the data folder `nowhere` does not exist");
    }

    #[test]
    fn a_file_is_no_folder() {
        let folder = Folder::new();
        folder.write("images.zip", b"");
        let error = recognise(&folder.path().join("images.zip")).unwrap_err();
        assert_eq!(
            folder.without_path(&error),
            "`images.zip` is a file; a data source is `fashion-mnist`, `shapes` or a folder of IDX or CIFAR binary files"
        );
    }

    #[test]
    fn an_unrecognised_folder_is_told_what_was_sought_and_found() {
        let sought = "no images found in `FOLDER`: looked for train-images-idx3-ubyte, train-labels-idx1-ubyte, \
            t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (with or without .gz); \
            data_batch_1.bin to data_batch_5.bin and test_batch.bin, train.bin and test.bin; found ";
        let folder = Folder::new();
        assert_eq!(message(&folder), format!("{sought}nothing"));
        folder.write("b.txt", b"");
        folder.write("a/inside.png", b"");
        assert_eq!(message(&folder), format!("{sought}b.txt, a/"));
        for number in 0..9 {
            folder.write(&format!("{number}.png"), b"");
        }
        assert!(message(&folder).ends_with("found 0.png, 1.png, 2.png, 3.png, 4.png, 5.png, 6.png, 7.png and 3 more"));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_opened_is_named_with_the_cause() {
        let folder = Folder::new();
        let circle = folder.path().join("circle");
        std::os::unix::fs::symlink(&circle, &circle).unwrap();
        let error = folder.without_path(&recognise(&circle).unwrap_err());
        assert!(error.starts_with("cannot read `circle`: "), "{error}");
    }
}
