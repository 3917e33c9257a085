//! IDX files, the form of MNIST and its relatives: images and labels in two files for each split.
//!
//! Any size of image up to 1024×1024 and any number of classes up to 256. The files do not name their classes, so they
//! are called by their numbers. `describe` reads the headers of the images and the whole of the labels (a byte for each
//! image), because the largest label decides how many classes there are. Compressed image files are only measured when
//! they are loaded, since their length is not known before.

mod files;
mod header;

pub(super) use files::{IdxFiles, IdxPair, NAMES, find, shown_names};

use super::error::DataError;
use super::image::{ImageShape, Split};
use super::set::Description;
use super::stream::Stream;
use header::{ImagesHeader, LabelsHeader};

/// What the four files offer.
pub(super) fn describe(files: &IdxFiles) -> Result<Description, DataError> {
    let IdxFiles { train, validation, class_names } = files;
    let (train_survey, validation_survey) = (survey(train)?, survey(validation)?);
    if train_survey.shape != validation_survey.shape {
        return Err(DataError::SizeMismatch {
            train_path: train.images.path(),
            train: train_survey.shape,
            validation_path: validation.images.path(),
            validation: validation_survey.shape,
        });
    }
    let largest_label = train_survey.largest_label.max(validation_survey.largest_label);
    if largest_label == 0 {
        return Err(DataError::OneClass { train_path: train.labels.path(), validation_path: validation.labels.path() });
    }
    let class_names = match class_names {
        Some(names) => names.iter().map(|&name| name.to_owned()).collect(),
        None => (0..=largest_label).map(|label| label.to_string()).collect(),
    };
    Ok(Description {
        shape: train_survey.shape,
        class_names,
        train_available: train_survey.count,
        validation_available: validation_survey.count,
    })
}

/// Reads the first images of each split and compares both files with their headers to the end.
pub(super) fn load(files: &IdxFiles, train: usize, validation: usize) -> Result<(Split, Split), DataError> {
    Ok((load_pair(&files.train, train)?, load_pair(&files.validation, validation)?))
}

/// What one pair of files says about itself.
struct Survey {
    shape: ImageShape,
    count: usize,
    largest_label: u8,
}

fn survey(pair: &IdxPair) -> Result<Survey, DataError> {
    let mut stream = pair.images.open()?;
    let header = ImagesHeader::read(&mut stream)?;
    let labels = all_labels(pair.labels.open()?)?;
    if header.count != labels.len() {
        return Err(DataError::CountMismatch {
            images_path: pair.images.path(),
            images: header.count,
            labels_path: pair.labels.path(),
            labels: labels.len(),
        });
    }
    let largest_label = labels.into_iter().max().unwrap_or(0);
    Ok(Survey { shape: header.shape, count: header.count, largest_label })
}

fn all_labels(mut stream: Stream) -> Result<Vec<u8>, DataError> {
    let header = LabelsHeader::read(&mut stream)?;
    let labels = stream.bytes(header.count as u64)?;
    stream.finish(header.file_length(), header.reason())?;
    Ok(labels)
}

fn load_pair(pair: &IdxPair, images: usize) -> Result<Split, DataError> {
    let mut labels = all_labels(pair.labels.open()?)?;
    labels.truncate(images);

    let mut stream = pair.images.open()?;
    let header = ImagesHeader::read(&mut stream)?;
    let pixels = stream.bytes(images as u64 * header.shape.values() as u64)?;
    stream.finish(header.file_length(), header.reason())?;
    Ok(Split::new(header.shape, pixels, labels))
}

#[cfg(test)]
mod tests;
