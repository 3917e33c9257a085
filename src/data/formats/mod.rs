//! The forms that a data set on the disk may have: one file for each, and one table of all.
//!
//! A new form is a module with a [`Format`], a line in [`FORMATS`] and one in [`Form`]. A format finds and reads;
//! which images are read when there are more than are asked for is decided outside, from the labels.

mod cifar;
mod cifar_python;
pub(super) mod class_folders;
mod idx;
mod stl;

use std::path::{Path, PathBuf};

pub(super) use idx::{IdxFiles, IdxPair};

use super::entries::Entries;
use super::error::DataError;
use super::form::Form;
use super::image::{ImageShape, Split, SplitKind};
use super::left_out::LeftOut;
use super::loading::Loading;
use super::note::Note;
use super::request::Request;
use super::set::Description;

/// One form of data set.
pub(super) trait Format: Sync {
    /// The data sets of this form in this very folder; seldom more than one.
    ///
    /// # Errors
    ///
    /// When one is there, but not whole.
    fn find(&self, folder: &Path, entries: &Entries) -> Result<Vec<Box<dyn Images>>, DataError>;
}

/// Images that were found and are not read yet.
pub(super) trait Images: Send + Sync {
    /// The file or folder by which a person names these images, where others lie beside them.
    fn name(&self) -> PathBuf;

    /// Everything but the pixels.
    ///
    /// # Errors
    ///
    /// When the files contradict each other, or loading was stopped.
    fn survey(&self, request: &Request, loading: &Loading) -> Result<Survey, DataError>;

    /// The pixels of the images that are wanted. There may be fewer, if some turn out to be damaged.
    ///
    /// # Errors
    ///
    /// When the files are not what they say, or loading was stopped.
    fn read(&self, wanted: &Wanted<'_>, loading: &Loading) -> Result<(Split, Vec<Damaged>), DataError>;

    /// Whether any beginning of them is balanced, so that none have to be drawn.
    fn begins_balanced(&self) -> bool {
        false
    }
}

/// What is known of images before their pixels are read.
pub(super) struct Survey {
    pub(super) form: Form,
    pub(super) shape: ImageShape,
    pub(super) class_names: Vec<String>,
    /// The label of every image, of the training images and of those that validate.
    pub(super) labels: [Vec<u16>; 2],
    pub(super) left_out: Vec<LeftOut>,
    pub(super) notes: Vec<Note>,
}

impl Survey {
    /// What it says to people.
    pub(super) fn describe(&self) -> Description {
        let mut class_counts = vec![[0; 2]; self.class_names.len()];
        for (split, labels) in self.labels.iter().enumerate() {
            for &label in labels {
                class_counts[usize::from(label)][split] += 1;
            }
        }
        Description {
            form: self.form,
            shape: self.shape,
            class_names: self.class_names.clone(),
            class_counts,
            train_available: self.labels[0].len(),
            validation_available: self.labels[1].len(),
            left_out: self.left_out.clone(),
            notes: self.notes.clone(),
        }
    }
}

/// Images to read: which of a split, ascending, and how.
pub(super) struct Wanted<'a> {
    pub(super) request: &'a Request,
    /// Divides what no file divides.
    pub(super) seed: u64,
    pub(super) split: SplitKind,
    /// The labels of the whole split.
    pub(super) labels: &'a [u16],
    pub(super) chosen: &'a [usize],
}

impl Wanted<'_> {
    /// The images that were wanted, read into these pixels.
    fn whole(&self, shape: ImageShape, pixels: Vec<u8>) -> Split {
        Split::new(shape, pixels, self.chosen.iter().map(|&index| self.labels[index]).collect())
    }
}

/// A picture that was counted and could not be read, with its class.
pub(super) struct Damaged {
    pub(super) class: usize,
    pub(super) file: LeftOut,
}

/// Every form, in the order in which a folder is asked.
pub(super) const FORMATS: &[&dyn Format] =
    &[&idx::Idx, &cifar::Ten, &cifar::Hundred, &cifar_python::CifarPython, &stl::Stl, &class_folders::ClassFolders];

/// Room for so many bytes, taken at once.
fn room_for(images: usize, shape: ImageShape) -> Result<Vec<u8>, DataError> {
    let mut pixels = Vec::new();
    let bytes = images.saturating_mul(shape.values());
    match pixels.try_reserve_exact(bytes) {
        Ok(()) => Ok(pixels),
        Err(_) => Err(DataError::NotEnoughMemory { images, shape, bytes }),
    }
}
