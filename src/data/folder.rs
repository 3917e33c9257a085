//! A folder: which data set is in it, or in the folders inside it?
//!
//! The folder itself comes first, then those in it, then those in these. Several data sets on one level are refused with their
//! paths, because nothing says which one is meant.

use std::path::{Path, PathBuf};

use super::entries::Entries;
use super::error::{DataError, Listing};
use super::formats::{FORMATS, Images};

/// How many folders deep a data set may lie.
const LEVELS: usize = 2;

/// How many folders are looked into; an image data set has its files near the top.
const MOST_FOLDERS: usize = 1000;

/// Finds the one data set in a folder, or the one that a file belongs to by which it is named.
pub(super) fn recognise(path: &Path) -> Result<Box<dyn Images>, DataError> {
    if path.is_file() {
        return named_by(path);
    }
    let top = Entries::of(path)?;
    let listed = top.listed();
    let mut level = vec![(path.to_owned(), top)];
    for depth in 0..=LEVELS {
        let Found { mut sets, failed } = Found::on(&level);
        match sets.len() {
            0 => failed.map_or(Ok(()), Err)?,
            1 => return Ok(sets.remove(0)),
            _ => {
                let names: Vec<PathBuf> = sets.iter().map(|images| images.name()).collect();
                return Err(DataError::Ambiguous { path: path.to_owned(), found: Listing::of(&shortest(&names)) });
            }
        }
        if depth < LEVELS {
            level = inside(&level);
        }
    }
    Err(DataError::NothingRecognised { path: path.to_owned(), found: listed })
}

/// Folders in place of the files in them, where one is alone in its folder.
fn shortest(names: &[PathBuf]) -> Vec<PathBuf> {
    let alone = |folder: &Path| names.iter().filter(|name| name.parent() == Some(folder)).count() == 1;
    let short =
        |name: &PathBuf| name.parent().filter(|folder| name.is_file() && alone(folder)).unwrap_or(name).to_owned();
    names.iter().map(short).collect()
}

/// The data set of several in one folder that goes by the name of this file.
fn named_by(file: &Path) -> Result<Box<dyn Images>, DataError> {
    let not_a_folder = || DataError::NotAFolder { path: file.to_owned() };
    let folder = file.parent().ok_or_else(not_a_folder)?.to_owned();
    let entries = Entries::of(&folder)?;
    let Found { sets, failed: _ } = Found::on(&[(folder, entries)]);
    sets.into_iter().find(|images| images.name() == file).ok_or_else(not_a_folder)
}

/// The data sets on one level, and what was wrong with the first that is not whole.
struct Found {
    sets: Vec<Box<dyn Images>>,
    failed: Option<DataError>,
}

impl Found {
    fn on(level: &[(PathBuf, Entries)]) -> Self {
        let mut found = Self { sets: Vec::new(), failed: None };
        for (folder, entries) in level {
            for format in FORMATS {
                match format.find(folder, entries) {
                    Ok(sets) => found.sets.extend(sets),
                    Err(error) => found.failed = found.failed.or(Some(error)),
                }
            }
        }
        found
    }
}

/// The folders inside these, as far as they can be opened.
fn inside(level: &[(PathBuf, Entries)]) -> Vec<(PathBuf, Entries)> {
    let folders = level.iter().flat_map(|(folder, entries)| entries.folders.iter().map(|name| folder.join(name)));
    folders.take(MOST_FOLDERS).filter_map(|path| Entries::of(&path).ok().map(|entries| (path, entries))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::fixtures::{Folder, cifar_records};
    use crate::data::form::Form;
    use crate::data::{Loading, Source};
    use crate::text::{Language, Text};

    fn form(folder: &Folder) -> Form {
        let source = Source::Folder(folder.path().to_owned());
        recognise(folder.path()).unwrap().survey(&(&source).into(), &Loading::default()).unwrap().form
    }

    fn message(folder: &Folder) -> String {
        folder.without_path(&recognise(folder.path()).map(|_| ()).unwrap_err())
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
        assert_eq!(form(&folder), Form::CifarTen);
        let folder = Folder::new();
        write_hundred(&folder, "cifar-100-binary/");
        assert_eq!(form(&folder), Form::CifarHundred);
    }

    #[test]
    fn a_data_set_in_the_folder_itself_comes_first() {
        let folder = Folder::new();
        write_ten(&folder, "");
        write_hundred(&folder, "cifar-100-binary/");
        assert_eq!(form(&folder), Form::CifarTen);
    }

    #[test]
    fn two_data_sets_are_refused() {
        for (prefixes, names) in [
            (["", ""], ["data_batch_1.bin", "train.bin"]),
            (["cifar-10-batches-bin/", "cifar-100-binary/"], ["cifar-10-batches-bin", "cifar-100-binary"]),
        ] {
            let folder = Folder::new();
            write_ten(&folder, prefixes[0]);
            write_hundred(&folder, prefixes[1]);
            assert_eq!(
                message(&folder),
                format!("`FOLDER` holds more than one data set; choose one: {}", names.join(", "))
            );
        }
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = Folder::new();
        let error = recognise(&folder.path().join("nowhere")).map(|_| ()).unwrap_err();
        assert_eq!(folder.without_path(&error), "the data folder `nowhere` does not exist");
    }

    #[test]
    fn a_file_is_no_folder() {
        let folder = Folder::new();
        folder.write("images.zip", b"");
        let error = recognise(&folder.path().join("images.zip")).map(|_| ()).unwrap_err();
        assert_eq!(
            folder.without_path(&error),
            "`images.zip` is a file; a data source is `fashion-mnist`, `shapes` or a folder of images"
        );
    }

    #[test]
    fn an_unrecognised_folder_is_told_what_was_sought_and_found() {
        let text = Text::of(Language::English);
        let files = ["idx", "cifar_ten", "cifar_hundred", "cifar_python", "stl", "class_folders"];
        let sought = files.map(|form| text.say(&format!("reason.sought.{form}"))).join("; ");
        let sought = format!("no images found in `FOLDER`: looked for {sought}; found ");
        let folder = Folder::new();
        assert_eq!(message(&folder), format!("{sought}nothing"));
        folder.write("b.txt", b"");
        folder.write("a/inside.txt", b"");
        assert_eq!(message(&folder), format!("{sought}b.txt, a/"));
        for number in 0..9 {
            folder.write(&format!("{number}.txt"), b"");
        }
        assert!(message(&folder).ends_with("found 0.txt, 1.txt, 2.txt, 3.txt, 4.txt, 5.txt, 6.txt, 7.txt and 3 more"));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_opened_is_named_with_the_cause() {
        let folder = Folder::new();
        let circle = folder.path().join("circle");
        std::os::unix::fs::symlink(&circle, &circle).unwrap();
        let error = folder.without_path(&recognise(&circle).map(|_| ()).unwrap_err());
        assert!(error.starts_with("cannot read `circle`: "), "{error}");
    }
}
