//! Tiny data sets for the tests of this module, in memory and on the disk.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::error::DataError;
use super::form::Form;
use super::image::{ImageShape, Split};
use super::set::{DataSet, Description};

/// A data set of 1x2x2 images in which image `i` has the label `i` and is filled with `i`; at most 256 in each split.
pub(super) fn numbered(train: usize, validation: usize) -> DataSet {
    let shape = ImageShape { channels: 1, height: 2, width: 2 };
    let split = |images: usize| {
        let labels: Vec<u16> = (0..images).map(|index| u16::try_from(index).unwrap()).collect();
        let pixels = labels.iter().flat_map(|&label| [u8::try_from(label).unwrap(); 4]).collect();
        Split::new(shape, pixels, labels)
    };
    let class_names: Vec<String> = (0..train.max(validation)).map(|class| class.to_string()).collect();
    let description = Description {
        form: Form::Idx,
        shape,
        class_counts: vec![[1, 1]; class_names.len()],
        class_names,
        train_available: train,
        validation_available: validation,
        left_out: Vec::new(),
        notes: Vec::new(),
    };
    DataSet::new(description, split(train), split(validation))
}

pub(super) fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// An IDX image file with any header, true or not.
pub(super) fn idx_images(magic: u32, [count, rows, columns]: [u32; 3], pixels: &[u8]) -> Vec<u8> {
    let header = [magic, count, rows, columns].map(u32::to_be_bytes);
    [header.as_flattened(), pixels].concat()
}

/// An IDX label file with any header, true or not.
pub(super) fn idx_labels(magic: u32, count: u32, labels: &[u8]) -> Vec<u8> {
    let header = [magic, count].map(u32::to_be_bytes);
    [header.as_flattened(), labels].concat()
}

/// CIFAR records, each with its label bytes and one value for all its pixels.
pub(super) fn cifar_records<const LABELS: usize>(records: &[([u8; LABELS], u8)]) -> Vec<u8> {
    records.iter().flat_map(|(labels, value)| labels.iter().copied().chain([*value; 3072])).collect()
}

/// A temporary folder that is removed with the value.
pub(super) struct Folder(tempfile::TempDir);

impl Folder {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, with the folders on the way to it.
    pub(super) fn write(&self, name: &str, content: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(super) fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).unwrap();
    }

    /// An error's message with the names relative to this folder, which is `FOLDER`.
    pub(super) fn without_path(&self, error: &DataError) -> String {
        let path = self.path().display().to_string();
        let inside = format!("{path}{}", std::path::MAIN_SEPARATOR);
        error.to_string().replace(&inside, "").replace(&path, "FOLDER")
    }
}
