//! The names of the four files, and where each of them lies.

use std::ffi::OsString;
use std::path::Path;

use crate::data::error::DataError;
use crate::data::origin::Origin;

/// The names that MNIST gave its files: training images and labels, test images and labels.
pub(crate) const NAMES: [&str; 4] =
    ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

/// The files of one split.
#[derive(Debug)]
pub(crate) struct IdxPair {
    pub(crate) images: Origin,
    pub(crate) labels: Origin,
}

/// The files of a data set.
#[derive(Debug)]
pub(crate) struct IdxFiles {
    pub(crate) train: IdxPair,
    pub(crate) validation: IdxPair,
    /// Names, if something other than the files knows them.
    pub(crate) class_names: Option<&'static [&'static str]>,
}

/// Looks for the four files among the names in a folder: none (`None`), all of them, or the error that names the first
/// one missing. Of several spellings of one name the first in the order of [`spellings`] is taken.
pub(crate) fn find(folder: &Path, present: &[OsString]) -> Result<Option<IdxFiles>, DataError> {
    let found = NAMES.map(|name| {
        let is_present = |spelling: &String| present.iter().any(|entry| entry.as_os_str() == spelling.as_str());
        spellings(name).into_iter().find(is_present)
    });
    let Some(first_found) = found.iter().flatten().next().cloned() else {
        return Ok(None);
    };
    let mut origins = Vec::with_capacity(NAMES.len());
    for (name, spelling) in NAMES.into_iter().zip(found) {
        let Some(spelling) = spelling else {
            let name = format!("{name}[.gz]");
            return Err(DataError::MissingFile { folder: folder.to_owned(), name, present: first_found });
        };
        origins.push(Origin::File(folder.join(spelling)));
    }
    let [train_images, train_labels, test_images, test_labels] =
        <[Origin; 4]>::try_from(origins).expect("one origin for each name");
    Ok(Some(IdxFiles {
        train: IdxPair { images: train_images, labels: train_labels },
        validation: IdxPair { images: test_images, labels: test_labels },
        class_names: None,
    }))
}

/// `train-images-idx3-ubyte` and `train-images.idx3-ubyte`, each with and without `.gz`. The ending decides nothing
/// else: what is in the file tells whether it is compressed.
fn spellings(name: &str) -> [String; 4] {
    let dotted = name.replace("-idx", ".idx");
    [name.to_owned(), format!("{name}.gz"), dotted.clone(), format!("{dotted}.gz")]
}

/// The names for the message of a folder in which nothing was found.
pub(crate) fn shown_names() -> String {
    NAMES.join(", ")
}
