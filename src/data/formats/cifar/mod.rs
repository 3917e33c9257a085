//! CIFAR binary files: records of one or two label bytes and a 32×32 picture, red, then green, then blue.
//!
//! * CIFAR-10: `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`, records of 3,073 bytes. Fewer training
//!   files are accepted, as long as they count up from 1 without a gap.
//! * CIFAR-100: `train.bin` and `test.bin`, records of 3,074 bytes: coarse label, fine label, pixels.
//!
//! Lengths and labels of all records are checked before pictures are kept.

mod names;

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

pub(super) use names::TEN;

use super::{Damaged, Format, Images, Survey, Wanted};
use crate::data::entries::Entries;
use crate::data::error::{DataError, Impostor};
use crate::data::form::Form;
use crate::data::image::{ImageShape, Split, SplitKind};
use crate::data::loading::Loading;
use crate::data::request::{Labels, Request};

/// The size of every CIFAR picture.
pub(super) const SHAPE: ImageShape = ImageShape { channels: 3, height: 32, width: 32 };

/// Which of the data sets, and so the form of a record and the meaning of its labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ten,
    Hundred(Labels),
}

impl Kind {
    fn classes(self) -> usize {
        match self {
            Self::Ten => 10,
            Self::Hundred(Labels::Fine) => 100,
            Self::Hundred(Labels::Coarse) => 20,
        }
    }

    fn label_bytes(self) -> usize {
        match self {
            Self::Ten => 1,
            Self::Hundred(_) => 2,
        }
    }

    /// Which of the label bytes is used.
    fn label_at(self) -> usize {
        match self {
            Self::Ten | Self::Hundred(Labels::Coarse) => 0,
            Self::Hundred(Labels::Fine) => 1,
        }
    }

    fn record_bytes(self) -> usize {
        self.label_bytes() + SHAPE.values()
    }
}

/// CIFAR-10.
pub(in crate::data) struct Ten;

impl Format for Ten {
    fn find(&self, folder: &Path, entries: &Entries) -> Result<Vec<Box<dyn Images>>, DataError> {
        const TEST: &str = "test_batch.bin";
        let batches: Vec<String> = (1..=5).map(|number| format!("data_batch_{number}.bin")).collect();
        let present: Vec<&String> = batches.iter().filter(|name| entries.has_file(name)).collect();
        if present.is_empty() && !entries.has_file(TEST) {
            return Ok(Vec::new());
        }
        let Some(last) = present.last() else { return Err(missing(folder, &batches[0], TEST)) };
        if let Some(gap) = batches.iter().take_while(|name| name != last).find(|name| !entries.has_file(name)) {
            return Err(missing(folder, gap, last));
        }
        if !entries.has_file(TEST) {
            return Err(missing(folder, TEST, &batches[0]));
        }
        let train = present.into_iter().map(|name| folder.join(name)).collect();
        Ok(vec![Box::new(Files {
            hundred: false,
            folder: folder.to_owned(),
            train,
            validation: vec![folder.join(TEST)],
        })])
    }
}

/// CIFAR-100.
pub(in crate::data) struct Hundred;

impl Format for Hundred {
    fn find(&self, folder: &Path, entries: &Entries) -> Result<Vec<Box<dyn Images>>, DataError> {
        const TRAIN: &str = "train.bin";
        const TEST: &str = "test.bin";
        match (entries.has_file(TRAIN), entries.has_file(TEST)) {
            (false, false) => Ok(Vec::new()),
            (false, true) => Err(missing(folder, TRAIN, TEST)),
            (true, false) => Err(missing(folder, TEST, TRAIN)),
            (true, true) => Ok(vec![Box::new(Files {
                hundred: true,
                folder: folder.to_owned(),
                train: vec![folder.join(TRAIN)],
                validation: vec![folder.join(TEST)],
            })]),
        }
    }
}

fn missing(folder: &Path, name: &str, present: &str) -> DataError {
    DataError::MissingFile { folder: folder.to_owned(), name: name.to_owned(), present: present.to_owned() }
}

/// The files of a data set.
struct Files {
    hundred: bool,
    folder: PathBuf,
    train: Vec<PathBuf>,
    validation: Vec<PathBuf>,
}

impl Files {
    fn kind(&self, request: &Request) -> Kind {
        if self.hundred { Kind::Hundred(request.labels) } else { Kind::Ten }
    }
}

impl Images for Files {
    fn name(&self) -> PathBuf {
        self.train[0].clone()
    }

    fn survey(&self, request: &Request, loading: &Loading) -> Result<Survey, DataError> {
        let kind = self.kind(request);
        Ok(Survey {
            form: if self.hundred { Form::CifarHundred } else { Form::CifarTen },
            shape: SHAPE,
            class_names: names::read(&self.folder, kind)?,
            labels: [labels_in(&self.train, kind, loading)?, labels_in(&self.validation, kind, loading)?],
            left_out: Vec::new(),
            notes: Vec::new(),
        })
    }

    fn read(&self, wanted: &Wanted<'_>, loading: &Loading) -> Result<(Split, Vec<Damaged>), DataError> {
        let paths = match wanted.split {
            SplitKind::Training => &self.train,
            SplitKind::Validation => &self.validation,
        };
        let mut pixels = Vec::with_capacity(wanted.chosen.len() * SHAPE.values());
        let mut next = wanted.chosen.iter().copied().peekable();
        let mut position = 0;
        each_record(paths, self.kind(wanted.request), loading, |_, picture| {
            if next.next_if_eq(&position).is_some() {
                pixels.extend_from_slice(picture);
                loading.advance();
            }
            position += 1;
        })?;
        Ok((wanted.whole(SHAPE, pixels), Vec::new()))
    }
}

fn labels_in(paths: &[PathBuf], kind: Kind, loading: &Loading) -> Result<Vec<u16>, DataError> {
    let mut labels = Vec::new();
    each_record(paths, kind, loading, |label, _| labels.push(label))?;
    Ok(labels)
}

fn records_in(path: &Path, kind: Kind) -> Result<usize, DataError> {
    let unreadable = |cause| DataError::Unreadable { path: path.to_owned(), cause };
    let (length, record) = (fs::metadata(path).map_err(unreadable)?.len(), kind.record_bytes() as u64);
    if length == 0 {
        return Err(DataError::EmptyFile { path: path.to_owned() });
    }
    let remainder = length % record;
    if remainder == 0 {
        return Ok(usize::try_from(length / record).unwrap_or(usize::MAX));
    }
    let mut first = Vec::new();
    File::open(path).and_then(|file| file.take(64).read_to_end(&mut first)).map_err(unreadable)?;
    Err(match Impostor::of(&first) {
        Some(what) => DataError::NotTheFile { path: path.to_owned(), what },
        None => DataError::NotWholeRecords { path: path.to_owned(), length, record, remainder },
    })
}

/// Calls `take` with the label and the picture of every record, in order.
fn each_record(
    paths: &[PathBuf],
    kind: Kind,
    loading: &Loading,
    mut take: impl FnMut(u16, &[u8]),
) -> Result<(), DataError> {
    let mut bytes = vec![0; kind.record_bytes()];
    for path in paths {
        let unreadable = |cause| DataError::Unreadable { path: path.clone(), cause };
        let mut reader = BufReader::with_capacity(1 << 16, File::open(path).map_err(unreadable)?);
        for record in 0..records_in(path, kind)? {
            loading.check()?;
            reader.read_exact(&mut bytes).map_err(unreadable)?;
            let label = bytes[kind.label_at()];
            if usize::from(label) >= kind.classes() {
                let largest = kind.classes() - 1;
                return Err(DataError::LabelBeyondClasses {
                    path: path.clone(),
                    record,
                    label: label.into(),
                    smallest: 0,
                    largest,
                });
            }
            take(label.into(), &bytes[kind.label_bytes()..]);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
