//! STL-10 binary files: 96×96 pictures as planes of red, green and blue, each column by column, and labels from 1.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use image::{Rgb, RgbImage};

use super::class_folders::{fitted, planes};
use super::{Damaged, Format, Images, Survey, Wanted, room_for};
use crate::data::entries::Entries;
use crate::data::error::{DataError, Impostor};
use crate::data::form::Form;
use crate::data::image::{ImageShape, Split, SplitKind};
use crate::data::loading::Loading;
use crate::data::note::Note;
use crate::data::request::Request;

const SIDE: u32 = 96;
const BYTES: usize = 3 * 96 * 96;
const CLASSES: usize = 10;
/// More labels than any such file has.
const MOST: u64 = 1_000_000;
/// The classes, in the order of their labels.
const NAMES: [&str; CLASSES] = ["airplane", "bird", "car", "cat", "deer", "dog", "horse", "monkey", "ship", "truck"];

/// The form.
pub(in crate::data) struct Stl;

impl Format for Stl {
    fn find(&self, folder: &Path, entries: &Entries) -> Result<Vec<Box<dyn Images>>, DataError> {
        let files = ["train_X.bin", "train_y.bin", "test_X.bin", "test_y.bin"];
        let Some(present) = files.iter().find(|name| entries.has_file(name)) else { return Ok(Vec::new()) };
        match files.iter().find(|name| !entries.has_file(name)) {
            Some(name) => Err(DataError::MissingFile {
                folder: folder.to_owned(),
                name: (*name).to_owned(),
                present: (*present).to_owned(),
            }),
            None => Ok(vec![Box::new(Files(folder.to_owned()))]),
        }
    }
}

struct Files(PathBuf);

impl Files {
    /// The labels of a split, moved to 0, as many as there are pictures.
    fn labels(&self, split: &str) -> Result<Vec<u16>, DataError> {
        let (images_path, path) = (self.0.join(format!("{split}_X.bin")), self.0.join(format!("{split}_y.bin")));
        let unreadable = |path: &Path, cause| DataError::Unreadable { path: path.to_owned(), cause };
        let mut bytes = Vec::new();
        File::open(&path)
            .and_then(|file| file.take(MOST).read_to_end(&mut bytes))
            .map_err(|cause| unreadable(&path, cause))?;
        if bytes.is_empty() {
            return Err(DataError::EmptyFile { path });
        }
        let length = std::fs::metadata(&images_path).map_err(|cause| unreadable(&images_path, cause))?.len();
        let (images, remainder) = (length / BYTES as u64, length % BYTES as u64);
        if remainder != 0 {
            let mut first = Vec::new();
            File::open(&images_path)
                .and_then(|file| file.take(64).read_to_end(&mut first))
                .map_err(|cause| unreadable(&images_path, cause))?;
            if let Some(what) = Impostor::of(&first) {
                return Err(DataError::NotTheFile { path: images_path, what });
            }
            return Err(DataError::NotWholeRecords { path: images_path, length, record: BYTES as u64, remainder });
        }
        if images != bytes.len() as u64 {
            let images = usize::try_from(images).unwrap_or(usize::MAX);
            return Err(DataError::CountMismatch { images_path, images, labels_path: path, labels: bytes.len() });
        }
        let checked = bytes.iter().enumerate().map(|(record, &label)| match label {
            1..=10 => Ok(u16::from(label) - 1),
            _ => Err(DataError::LabelBeyondClasses {
                path: path.clone(),
                record,
                label: label.into(),
                smallest: 1,
                largest: CLASSES,
            }),
        });
        checked.collect()
    }

    fn names(&self) -> Result<Vec<String>, DataError> {
        let path = self.0.join("class_names.txt");
        let Ok(file) = File::open(&path) else { return Ok(NAMES.map(str::to_owned).to_vec()) };
        let mut bytes = Vec::new();
        file.take(1 << 16)
            .read_to_end(&mut bytes)
            .map_err(|cause| DataError::Unreadable { path: path.clone(), cause })?;
        let text = String::from_utf8_lossy(&bytes);
        let names: Vec<String> =
            text.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        if names.len() == CLASSES {
            Ok(names)
        } else {
            Err(DataError::WrongClassNames { path, found: names.len(), expected: CLASSES })
        }
    }
}

impl Images for Files {
    fn name(&self) -> PathBuf {
        self.0.join("train_X.bin")
    }

    fn survey(&self, request: &Request, _: &Loading) -> Result<Survey, DataError> {
        let size = request.size;
        Ok(Survey {
            form: Form::Stl,
            shape: shape(size),
            class_names: self.names()?,
            labels: [self.labels("train")?, self.labels("test")?],
            left_out: Vec::new(),
            notes: if size == SIDE as usize { Vec::new() } else { vec![Note::Fitted { size }] },
        })
    }

    fn read(&self, wanted: &Wanted<'_>, loading: &Loading) -> Result<(Split, Vec<Damaged>), DataError> {
        let split = match wanted.split {
            SplitKind::Training => "train",
            SplitKind::Validation => "test",
        };
        let path = self.0.join(format!("{split}_X.bin"));
        let unreadable = |cause| DataError::Unreadable { path: path.clone(), cause };
        let mut reader = BufReader::with_capacity(1 << 16, File::open(&path).map_err(unreadable)?);
        let shape = shape(wanted.request.size);
        let mut bytes = vec![0; BYTES];
        let mut pixels = room_for(wanted.chosen.len(), shape)?;
        let mut position = 0;
        for &index in wanted.chosen {
            loading.check()?;
            let skipped = (index - position) as u64 * BYTES as u64;
            reader.seek_relative(skipped.cast_signed()).map_err(unreadable)?;
            reader.read_exact(&mut bytes).map_err(unreadable)?;
            position = index + 1;
            planes(&fitted(&upright(&bytes), shape), &mut pixels);
            loading.advance();
        }
        Ok((wanted.whole(shape, pixels), Vec::new()))
    }
}

/// The picture in three planes that go column by column.
fn upright(bytes: &[u8]) -> RgbImage {
    let side = SIDE as usize;
    RgbImage::from_fn(SIDE, SIDE, |x, y| {
        let at = |plane: usize| bytes[(plane * side + x as usize) * side + y as usize];
        Rgb([at(0), at(1), at(2)])
    })
}

const fn shape(size: usize) -> ImageShape {
    ImageShape { channels: 3, height: size, width: size }
}

#[cfg(test)]
mod tests;
