//! The names of the classes: from the file that comes with the data, else what is known without it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Kind;
use crate::data::error::DataError;
use crate::data::request::Labels;

/// The classes of CIFAR-10, in the order of their labels.
pub(in crate::data::formats) const TEN: [&str; 10] =
    ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

/// A list of names is a few hundred bytes; nothing beyond this is read.
const LONGEST_LIST: u64 = 64 * 1024;

/// One name on each line; empty lines do not count. The file may be absent, but it may not be of another length.
pub(super) fn read(folder: &Path, kind: Kind) -> Result<Vec<String>, DataError> {
    let path = folder.join(match kind {
        Kind::Ten => "batches.meta.txt",
        Kind::Hundred(Labels::Fine) => "fine_label_names.txt",
        Kind::Hundred(Labels::Coarse) => "coarse_label_names.txt",
    });
    let mut bytes = Vec::new();
    match File::open(&path).and_then(|file| file.take(LONGEST_LIST).read_to_end(&mut bytes)) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(known(kind)),
        Err(cause) => return Err(DataError::Unreadable { path, cause }),
    }
    let text = String::from_utf8_lossy(&bytes);
    let names: Vec<String> = text.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if names.len() == kind.classes() {
        Ok(names)
    } else {
        Err(DataError::WrongClassNames { path, found: names.len(), expected: kind.classes() })
    }
}

fn known(kind: Kind) -> Vec<String> {
    match kind {
        Kind::Ten => TEN.map(str::to_owned).to_vec(),
        Kind::Hundred(_) => (0..kind.classes()).map(|class| class.to_string()).collect(),
    }
}
