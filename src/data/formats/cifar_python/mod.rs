//! CIFAR for Python, which torchvision downloads: pickled dictionaries with `data` (bytes, 3,072 for each picture) and a
//! list of labels.
//!
//! A pickle is a program; this reader knows only the few steps that these files consist of and runs nothing (see `pickle`).

mod pickle;

use std::fs;
use std::path::{Path, PathBuf};

use super::cifar::{SHAPE, TEN};
use super::{Damaged, Format, Images, Survey, Wanted};
use crate::data::entries::Entries;
use crate::data::error::{DataError, Impostor, PickleFault};
use crate::data::form::Form;
use crate::data::image::{Split, SplitKind};
use crate::data::loading::Loading;
use crate::data::request::{Labels, Request};
use pickle::{Batch, batch, names};

/// The largest file of the archives, CIFAR-100's `train`, has 155 million bytes.
const LARGEST_FILE: u64 = 400_000_000;

/// The form.
pub(in crate::data) struct CifarPython;

impl Format for CifarPython {
    fn find(&self, folder: &Path, entries: &Entries) -> Result<Vec<Box<dyn Images>>, DataError> {
        let has = |name: &str| entries.has_file(name);
        let files = |train: Vec<String>, test: &str, meta: &str, hundred| -> Vec<Box<dyn Images>> {
            let train = train.into_iter().map(|name| folder.join(name)).collect();
            let meta = has(meta).then(|| folder.join(meta));
            vec![Box::new(Files { train, validation: vec![folder.join(test)], meta, hundred })]
        };
        let batches: Vec<String> =
            (1..=5).map(|number| format!("data_batch_{number}")).filter(|name| has(name)).collect();
        Ok(if !batches.is_empty() && has("test_batch") {
            files(batches, "test_batch", "batches.meta", false)
        } else if has("train") && has("test") && has("meta") {
            files(vec!["train".to_owned()], "test", "meta", true)
        } else {
            Vec::new()
        })
    }
}

struct Files {
    train: Vec<PathBuf>,
    validation: Vec<PathBuf>,
    meta: Option<PathBuf>,
    hundred: bool,
}

impl Files {
    /// The keys of labels and names, and the number of classes.
    fn keys(&self, request: &Request) -> (&'static str, &'static str, usize) {
        match (self.hundred, request.labels) {
            (false, _) => ("labels", "label_names", 10),
            (true, Labels::Fine) => ("fine_labels", "fine_label_names", 100),
            (true, Labels::Coarse) => ("coarse_labels", "coarse_label_names", 20),
        }
    }

    fn names(&self, request: &Request) -> Result<Vec<String>, DataError> {
        let (_, key, expected) = self.keys(request);
        let Some(path) = &self.meta else {
            let numbers = || (0..expected).map(|class| class.to_string()).collect();
            return Ok(if self.hundred { numbers() } else { TEN.map(str::to_owned).to_vec() });
        };
        let names = names(&bytes_of(path)?, key).map_err(|what| wrong(path, what))?;
        if names.len() == expected {
            Ok(names)
        } else {
            Err(DataError::WrongClassNames { path: path.clone(), found: names.len(), expected })
        }
    }

    /// Calls `take` with the labels and the pictures of each file, in order.
    fn each_file(
        &self,
        paths: &[PathBuf],
        request: &Request,
        loading: &Loading,
        mut take: impl FnMut(Vec<u16>, &[u8]),
    ) -> Result<(), DataError> {
        let (key, _, classes) = self.keys(request);
        for path in paths {
            loading.check()?;
            let bytes = bytes_of(path)?;
            let Batch { pixels, labels } = batch(&bytes, key).map_err(|what| wrong(path, what))?;
            if labels.is_empty() || pixels.len() != labels.len() * SHAPE.values() {
                return Err(wrong(path, PickleFault::Unequal { bytes: pixels.len(), labels: labels.len() }));
            }
            if let Some(record) = labels.iter().position(|&label| usize::from(label) >= classes) {
                let (label, largest) = (labels[record].into(), classes - 1);
                return Err(DataError::LabelBeyondClasses { path: path.clone(), record, label, smallest: 0, largest });
            }
            take(labels, &pixels);
        }
        Ok(())
    }

    fn labels(&self, paths: &[PathBuf], request: &Request, loading: &Loading) -> Result<Vec<u16>, DataError> {
        let mut all = Vec::new();
        self.each_file(paths, request, loading, |labels, _| all.extend(labels))?;
        Ok(all)
    }
}

impl Images for Files {
    fn name(&self) -> PathBuf {
        self.train[0].clone()
    }

    fn survey(&self, request: &Request, loading: &Loading) -> Result<Survey, DataError> {
        Ok(Survey {
            form: Form::CifarPython,
            shape: SHAPE,
            class_names: self.names(request)?,
            labels: [self.labels(&self.train, request, loading)?, self.labels(&self.validation, request, loading)?],
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
        self.each_file(paths, wanted.request, loading, |labels, pictures| {
            for picture in pictures.chunks_exact(SHAPE.values()).take(labels.len()) {
                if next.next_if_eq(&position).is_some() {
                    pixels.extend_from_slice(picture);
                    loading.advance();
                }
                position += 1;
            }
        })?;
        Ok((wanted.whole(SHAPE, pixels), Vec::new()))
    }
}

fn wrong(path: &Path, what: PickleFault) -> DataError {
    DataError::NotCifarPython { path: path.to_owned(), what }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, DataError> {
    let unreadable = |cause| DataError::Unreadable { path: path.to_owned(), cause };
    let length = fs::metadata(path).map_err(unreadable)?.len();
    if length > LARGEST_FILE {
        return Err(wrong(path, PickleFault::TooLarge { length, most: LARGEST_FILE }));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    match Impostor::of(&bytes[..bytes.len().min(64)]) {
        Some(what @ (Impostor::LfsPointer | Impostor::WebPage | Impostor::Archive)) => {
            Err(DataError::NotTheFile { path: path.to_owned(), what })
        }
        Some(Impostor::Pickle) | None => Ok(bytes),
    }
}

#[cfg(test)]
mod tests;
