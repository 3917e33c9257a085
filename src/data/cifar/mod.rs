//! CIFAR binary files: records of one or two label bytes and a 32×32 picture, red, then green, then blue.
//!
//! * CIFAR-10: `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`, records of 3,073 bytes. Fewer training
//!   files are accepted, as long as they count up from 1 without a gap.
//! * CIFAR-100: `train.bin` and `test.bin`, records of 3,074 bytes: coarse label, fine label, pixels. The fine labels
//!   are used.
//!
//! `describe` looks at the lengths of the files only. Labels are checked in the records that are loaded; later records
//! are not read.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use super::error::DataError;
use super::image::{ImageShape, Split};
use super::set::Description;

mod names;

const SHAPE: ImageShape = ImageShape { channels: 3, height: 32, width: 32 };

/// Which of the two data sets, and so the form of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ten,
    Hundred,
}

impl Kind {
    fn classes(self) -> usize {
        match self {
            Self::Ten => 10,
            Self::Hundred => 100,
        }
    }

    /// The label that is used is the last of these bytes.
    fn label_bytes(self) -> usize {
        match self {
            Self::Ten => 1,
            Self::Hundred => 2,
        }
    }

    fn record_bytes(self) -> usize {
        self.label_bytes() + SHAPE.values()
    }
}

/// The files of a data set.
#[derive(Debug)]
pub(super) struct CifarFiles {
    kind: Kind,
    folder: PathBuf,
    train: Vec<PathBuf>,
    validation: PathBuf,
}

impl CifarFiles {
    /// The name of one file, for messages.
    pub(super) fn example(&self) -> String {
        self.validation.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// Looks for the files of CIFAR-10 among the names in a folder.
pub(super) fn find_ten(folder: &Path, present: &[OsString]) -> Result<Option<CifarFiles>, DataError> {
    const TEST: &str = "test_batch.bin";
    let has = |name: &str| present.iter().any(|entry| entry == name);
    let batches: [String; 5] = std::array::from_fn(|index| format!("data_batch_{}.bin", index + 1));

    let Some(last) = batches.iter().rposition(|name| has(name)) else {
        return if has(TEST) { Err(missing(folder, &batches[0], TEST)) } else { Ok(None) };
    };
    let train = &batches[..=last];
    if let Some(gap) = train.iter().find(|name| !has(name)) {
        return Err(missing(folder, gap, &batches[last]));
    }
    if !has(TEST) {
        return Err(missing(folder, TEST, &batches[0]));
    }
    Ok(Some(CifarFiles {
        kind: Kind::Ten,
        folder: folder.to_owned(),
        train: train.iter().map(|name| folder.join(name)).collect(),
        validation: folder.join(TEST),
    }))
}

/// Looks for the files of CIFAR-100 among the names in a folder.
pub(super) fn find_hundred(folder: &Path, present: &[OsString]) -> Result<Option<CifarFiles>, DataError> {
    const TRAIN: &str = "train.bin";
    const TEST: &str = "test.bin";
    let has = |name: &str| present.iter().any(|entry| entry == name);
    match (has(TRAIN), has(TEST)) {
        (false, false) => Ok(None),
        (false, true) => Err(missing(folder, TRAIN, TEST)),
        (true, false) => Err(missing(folder, TEST, TRAIN)),
        (true, true) => Ok(Some(CifarFiles {
            kind: Kind::Hundred,
            folder: folder.to_owned(),
            train: vec![folder.join(TRAIN)],
            validation: folder.join(TEST),
        })),
    }
}

fn missing(folder: &Path, name: &str, present: &str) -> DataError {
    DataError::MissingFile { folder: folder.to_owned(), name: name.to_owned(), present: present.to_owned() }
}

/// What the files offer.
pub(super) fn describe(files: &CifarFiles) -> Result<Description, DataError> {
    let CifarFiles { kind, folder, train, validation } = files;
    let mut train_available = 0;
    for path in train {
        train_available += records_in(path, *kind)?;
    }
    Ok(Description {
        shape: SHAPE,
        class_names: names::read(folder, *kind)?,
        train_available,
        validation_available: records_in(validation, *kind)?,
    })
}

fn records_in(path: &Path, kind: Kind) -> Result<usize, DataError> {
    let metadata = fs::metadata(path).map_err(|cause| DataError::Unreadable { path: path.to_owned(), cause })?;
    let (length, record) = (metadata.len(), kind.record_bytes() as u64);
    if length == 0 {
        return Err(DataError::EmptyFile { path: path.to_owned() });
    }
    let remainder = length % record;
    if remainder != 0 {
        return Err(DataError::NotWholeRecords { path: path.to_owned(), length, record, remainder });
    }
    Ok(usize::try_from(length / record).unwrap_or(usize::MAX))
}

/// Reads the first images of each split.
pub(super) fn load(files: &CifarFiles, train: usize, validation: usize) -> Result<(Split, Split), DataError> {
    let CifarFiles { kind, folder: _, train: train_paths, validation: validation_path } = files;
    Ok((
        load_records(train_paths, *kind, train)?,
        load_records(std::slice::from_ref(validation_path), *kind, validation)?,
    ))
}

fn load_records(paths: &[PathBuf], kind: Kind, images: usize) -> Result<Split, DataError> {
    let (mut pixels, mut labels) = (Vec::new(), Vec::new());
    for path in paths {
        let wanted = records_in(path, kind)?.min(images - labels.len());
        if wanted == 0 {
            break;
        }
        let unreadable = |cause| DataError::Unreadable { path: path.clone(), cause };
        let mut reader = BufReader::new(File::open(path).map_err(unreadable)?);
        let mut bytes = vec![0; kind.record_bytes()];
        pixels.reserve_exact(wanted * SHAPE.values());
        for record in 0..wanted {
            reader.read_exact(&mut bytes).map_err(unreadable)?;
            let (label_bytes, image) = bytes.split_at(kind.label_bytes());
            let label = label_bytes[kind.label_bytes() - 1];
            if usize::from(label) >= kind.classes() {
                let largest = kind.classes() - 1;
                return Err(DataError::LabelBeyondClasses { path: path.clone(), record, label, largest });
            }
            labels.push(label);
            pixels.extend_from_slice(image);
        }
    }
    Ok(Split::new(SHAPE, pixels, labels))
}

#[cfg(test)]
mod tests;
