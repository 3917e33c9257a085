//! IDX files, the form of MNIST and its relatives: images and labels in two files for each split.
//!
//! Any size of image up to 1024×1024. The files do not name their classes: names come from a file beside them
//! (`classes.txt`, or EMNIST's `…-mapping.txt`), else classes are called by their numbers. The survey reads the headers of
//! the images and the whole of the labels, because these decide how many classes there are. Compressed image files are
//! only measured when they are loaded, since their length is not known before.

mod files;
mod header;

pub(in crate::data) use files::{IdxFiles, IdxPair};

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Damaged, Format, Images, Survey, Wanted};
use crate::data::entries::Entries;
use crate::data::error::DataError;
use crate::data::form::Form;
use crate::data::image::{ImageShape, Split, SplitKind};
use crate::data::loading::Loading;
use crate::data::note::Note;
use crate::data::request::Request;
use crate::data::stream::Stream;
use files::find;
use header::{ImagesHeader, LabelsHeader};

/// A list of names is a few kilobytes; nothing beyond this is read.
const LONGEST_LIST: u64 = 64 * 1024;
/// The most classes; a network's last layer has a row for each.
const MOST_CLASSES: usize = 10_000;

/// The form.
pub(in crate::data) struct Idx;

impl Format for Idx {
    fn find(&self, folder: &Path, entries: &Entries) -> Result<Vec<Box<dyn Images>>, DataError> {
        Ok(find(folder, entries)?.into_iter().map(|files| Box::new(files) as Box<dyn Images>).collect())
    }
}

impl Images for IdxFiles {
    fn name(&self) -> PathBuf {
        self.train.images.path()
    }

    fn survey(&self, _: &Request, _: &Loading) -> Result<Survey, DataError> {
        let labels = Labels::read(self)?;
        let [train, validation] = &labels.moved;
        let (train_shape, validation_shape) =
            (shape_of(&self.train, train.len())?, shape_of(&self.validation, validation.len())?);
        if train_shape != validation_shape {
            return Err(DataError::SizeMismatch {
                train_path: self.train.images.path(),
                train: train_shape,
                validation_path: self.validation.images.path(),
                validation: validation_shape,
            });
        }
        let mut notes = Vec::new();
        if labels.first > 0 {
            notes.push(Note::LabelsMoved { first: labels.first });
        }
        if self.is_sideways() {
            notes.push(Note::TurnedUpright);
        }
        Ok(Survey {
            form: Form::Idx,
            shape: self.upright(train_shape),
            class_names: self.class_names(&labels)?,
            labels: labels.moved,
            left_out: Vec::new(),
            notes,
        })
    }

    /// Reads the images that are wanted and compares the file with its header to the end.
    fn read(&self, wanted: &Wanted<'_>, loading: &Loading) -> Result<(Split, Vec<Damaged>), DataError> {
        let pair = match wanted.split {
            SplitKind::Training => &self.train,
            SplitKind::Validation => &self.validation,
        };
        let mut stream = pair.images.open()?;
        let header = ImagesHeader::read(&mut stream)?;
        let values = header.shape.values();
        let mut pixels = Vec::new();
        let mut position = 0;
        for &index in wanted.chosen {
            loading.check()?;
            stream.skip((index - position) as u64 * values as u64)?;
            let image = stream.bytes(values as u64)?;
            if image.len() < values {
                break; // what is missing is said below
            }
            if self.is_sideways() {
                turn(&image, header.shape, &mut pixels);
            } else {
                pixels.extend_from_slice(&image);
            }
            position = index + 1;
            loading.advance();
        }
        stream.finish(header.file_length(), header.reason())?;
        Ok((wanted.whole(self.upright(header.shape), pixels), Vec::new()))
    }

    /// The files inside the program do.
    fn begins_balanced(&self) -> bool {
        self.folder.is_none()
    }
}

impl IdxFiles {
    /// EMNIST keeps rows and columns the other way about.
    fn is_sideways(&self) -> bool {
        self.prefix.to_ascii_lowercase().contains("emnist")
    }

    /// The shape of what the files hold, once it is upright.
    fn upright(&self, shape: ImageShape) -> ImageShape {
        let ImageShape { channels, height, width } = shape;
        if self.is_sideways() { ImageShape { channels, height: width, width: height } } else { shape }
    }

    fn class_names(&self, labels: &Labels) -> Result<Vec<String>, DataError> {
        if let Some(names) = self.class_names {
            return Ok(names.iter().map(|&name| name.to_owned()).collect());
        }
        let numbers = || (labels.first..=labels.last).map(|label| label.to_string()).collect();
        let Some(folder) = &self.folder else { return Ok(numbers()) };
        let stem = self.prefix.trim_end_matches('-');
        let mapping = folder.join(format!("{stem}-mapping.txt"));
        if !stem.is_empty()
            && let Some(text) = text_of(&mapping)?
        {
            return Ok((labels.first..=labels.last).map(|label| mapped(&text, label)).collect());
        }
        let path = folder.join("classes.txt");
        let Some(text) = text_of(&path)? else { return Ok(numbers()) };
        let names: Vec<String> =
            text.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let expected = labels.last + 1 - labels.first;
        if names.len() == expected {
            Ok(names)
        } else {
            Err(DataError::WrongClassNames { path, found: names.len(), expected })
        }
    }
}

/// Rows become columns.
fn turn(image: &[u8], shape: ImageShape, pixels: &mut Vec<u8>) {
    for column in 0..shape.width {
        pixels.extend((0..shape.height).map(|row| image[row * shape.width + column]));
    }
}

/// The labels of both splits.
struct Labels {
    /// Moved so that the smallest of both is 0.
    moved: [Vec<u16>; 2],
    first: usize,
    last: usize,
}

impl Labels {
    fn read(files: &IdxFiles) -> Result<Self, DataError> {
        let (train, validation) = (all_labels(&files.train)?, all_labels(&files.validation)?);
        let both = || train.iter().chain(&validation).copied();
        let (first, last) = (both().min().unwrap_or(0), both().max().unwrap_or(0));
        let moved = |labels: &[usize]| -> Vec<u16> {
            labels.iter().map(|label| u16::try_from(label - first).unwrap_or(u16::MAX)).collect()
        };
        Ok(Self { moved: [moved(&train), moved(&validation)], first, last })
    }
}

fn all_labels(pair: &IdxPair) -> Result<Vec<usize>, DataError> {
    let mut stream: Stream = pair.labels.open()?;
    let header = LabelsHeader::read(&mut stream)?;
    let stride = header.stride();
    let bytes = stream.bytes(header.count as u64 * stride as u64)?;
    stream.finish(header.file_length(), header.reason())?;
    let mut labels = Vec::with_capacity(header.count);
    for (record, row) in bytes.chunks_exact(stride).enumerate() {
        let label = match *row {
            [a, b, c, d, ..] => u32::from_be_bytes([a, b, c, d]) as usize,
            [label, ..] => usize::from(label),
            [] => 0,
        };
        if label >= MOST_CLASSES {
            return Err(DataError::LabelBeyondClasses {
                path: pair.labels.path(),
                record,
                label,
                smallest: 0,
                largest: MOST_CLASSES - 1,
            });
        }
        labels.push(label);
    }
    Ok(labels)
}

fn shape_of(pair: &IdxPair, labels: usize) -> Result<ImageShape, DataError> {
    let header = ImagesHeader::read(&mut pair.images.open()?)?;
    if header.count == labels {
        return Ok(header.shape);
    }
    Err(DataError::CountMismatch {
        images_path: pair.images.path(),
        images: header.count,
        labels_path: pair.labels.path(),
        labels,
    })
}

/// The text of a small file that may be absent.
fn text_of(path: &Path) -> Result<Option<String>, DataError> {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(LONGEST_LIST).read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(DataError::Unreadable { path: path.to_owned(), cause }),
    }
}

/// The characters that EMNIST's mapping gives for a label: lines of the label and code points, such as `1 65 97`.
fn mapped(text: &str, label: usize) -> String {
    let line = text.lines().map(str::split_ascii_whitespace).find_map(|mut numbers| {
        (numbers.next()?.parse() == Ok(label))
            .then(|| numbers.filter_map(|number| char::from_u32(number.parse().ok()?)))
    });
    let name: String = line.map(Iterator::collect).unwrap_or_default();
    if name.is_empty() { label.to_string() } else { name }
}

#[cfg(test)]
mod tests;
