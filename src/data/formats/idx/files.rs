//! The names of the four files, and where each of them lies.

use std::path::{Path, PathBuf};

use crate::data::entries::Entries;
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
    /// The folder of the files, where names may lie beside them; none for files inside the program.
    pub(crate) folder: Option<PathBuf>,
    /// Before the names of the files, such as `emnist-letters-`.
    pub(crate) prefix: String,
}

/// What stands in a file's name for the split and the content, apart from prefix and ending.
const SPLITS: [&[&str]; 2] = [&["train"], &["t10k", "test"]];
const CONTENTS: [&[&str]; 2] = [&["images-idx3-ubyte"], &["labels-idx1-ubyte", "labels-idx2-int"]];

/// Looks for the four files among the names in a folder, for each prefix that some file has: all that are whole, or the error
/// that names the first file missing.
pub(crate) fn find(folder: &Path, entries: &Entries) -> Result<Vec<IdxFiles>, DataError> {
    let names: Vec<String> = entries.files.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    let mut prefixes: Vec<&str> = names.iter().filter_map(|name| prefix_of(name)).collect();
    prefixes.sort_unstable();
    prefixes.dedup();
    let (mut whole, mut failed) = (Vec::new(), None);
    for prefix in prefixes {
        match with_prefix(folder, &names, prefix) {
            Ok(files) => whole.push(files),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    match failed {
        Some(error) if whole.is_empty() => Err(error),
        Some(_) | None => Ok(whole),
    }
}

fn with_prefix(folder: &Path, names: &[String], prefix: &str) -> Result<IdxFiles, DataError> {
    let found = |split: usize, content: usize| {
        let mut stems =
            SPLITS[split].iter().flat_map(|split| CONTENTS[content].iter().map(move |content| (split, content)));
        stems.find_map(|(split, content)| {
            let spellings = spellings(&format!("{prefix}{split}-{content}"));
            spellings.into_iter().find(|spelling| names.contains(spelling))
        })
    };
    let all = [found(0, 0), found(0, 1), found(1, 0), found(1, 1)];
    let present = all.iter().flatten().next().cloned().unwrap_or_default();
    let mut origins = Vec::with_capacity(NAMES.len());
    for (name, spelling) in NAMES.into_iter().zip(all) {
        let Some(spelling) = spelling else {
            let name = format!("{prefix}{name}[.gz]");
            return Err(DataError::MissingFile { folder: folder.to_owned(), name, present });
        };
        origins.push(Origin::File(folder.join(spelling)));
    }
    let [train_images, train_labels, test_images, test_labels] =
        <[Origin; 4]>::try_from(origins).expect("one origin for each name");
    Ok(IdxFiles {
        train: IdxPair { images: train_images, labels: train_labels },
        validation: IdxPair { images: test_images, labels: test_labels },
        class_names: None,
        folder: Some(folder.to_owned()),
        prefix: prefix.to_owned(),
    })
}

/// What stands before `train-images-idx3-ubyte` and its like; none for another name.
fn prefix_of(name: &str) -> Option<&str> {
    let mut stems = SPLITS.into_iter().flatten().flat_map(|split| {
        CONTENTS.into_iter().flatten().flat_map(move |content| spellings(&format!("{split}-{content}")))
    });
    stems.find_map(|stem| name.strip_suffix(stem.as_str()))
}

/// `train-images-idx3-ubyte` and `train-images.idx3-ubyte`, each with and without `.gz`. The ending decides nothing
/// else: what is in the file tells whether it is compressed.
fn spellings(name: &str) -> [String; 4] {
    let dotted = name.replace("-idx", ".idx");
    [name.to_owned(), format!("{name}.gz"), dotted.clone(), format!("{dotted}.gz")]
}
