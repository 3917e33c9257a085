//! A source described, and a source loaded: the two things the rest of the program holds in its hands.

use std::sync::Arc;

use super::batch::{Batch, ValidationBatches};
use super::error::DataError;
use super::form::Form;
use super::image::{ImageShape, Split, SplitKind};
use super::left_out::LeftOut;
use super::normalisation::Normalisation;
use super::note::{Note, warnings};
use super::own::OwnPictures;

/// What a source offers, found without reading pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The form in which it was found.
    pub form: Form,
    /// The size of every image.
    pub shape: ImageShape,
    /// A name for each label, in order.
    pub class_names: Vec<String>,
    /// Training and validation images of each class; nothing where as many are drawn as are asked for.
    pub class_counts: Vec<[usize; 2]>,
    /// The number of training images there are.
    pub train_available: usize,
    /// The number of validation images there are.
    pub validation_available: usize,
    /// Files that lie among the images and are none.
    pub left_out: Vec<LeftOut>,
    /// What a person should know who uses these images.
    pub notes: Vec<Note>,
}

impl Description {
    /// Refuses numbers of images that the source cannot supply.
    ///
    /// # Errors
    ///
    /// When none or more than there are is asked of a split.
    pub fn check(&self, train: usize, validation: usize) -> Result<(), DataError> {
        for (split, asked, available) in [
            (SplitKind::Training, train, self.train_available),
            (SplitKind::Validation, validation, self.validation_available),
        ] {
            if asked == 0 {
                return Err(DataError::NoneAsked { split, available });
            }
            if asked > available {
                return Err(DataError::TooManyAsked { split, asked, available });
            }
        }
        Ok(())
    }

    /// One image of that class less than was counted.
    pub(super) fn take_off(&mut self, class: usize, split: SplitKind) {
        let (available, place) = match split {
            SplitKind::Training => (&mut self.train_available, 0),
            SplitKind::Validation => (&mut self.validation_available, 1),
        };
        *available -= 1;
        self.class_counts[class][place] -= 1;
    }
}

/// Images of each split, and the normalisation measured on the training images among them.
///
/// Of the built-in set and of `shapes`, whose beginnings are balanced, these are the first; of a folder they are drawn by the
/// seed, evenly over the classes.
#[derive(Debug, Clone)]
pub struct DataSet {
    /// The size of every image.
    pub shape: ImageShape,
    /// A name for each label, in order.
    pub class_names: Vec<String>,
    /// The images that the weights are fitted to.
    pub train: Split,
    /// The images that are only ever looked at.
    pub validation: Split,
    /// Mean and deviation of `train`, applied to both splits.
    pub normalisation: Normalisation,
    /// What the source offers, without what turned out to be damaged, and with what is to be warned of.
    pub found: Description,
    pub(super) own: OwnPictures,
}

impl DataSet {
    /// Measures the training images and joins everything.
    pub(super) fn new(mut found: Description, train: Split, validation: Split) -> Self {
        let (shape, class_names) = (found.shape, found.class_names.clone());
        let normalisation = Normalisation::of(&train, shape);
        found.notes.extend(warnings(&class_names, &train, &validation));
        Self { shape, class_names, train, validation, normalisation, found, own: OwnPictures::default() }
    }

    /// One validation image, or one of one's own pictures, as a batch; nothing if there is no such image. The label of one's own
    /// means nothing.
    pub fn validation_image(&self, index: usize) -> Option<Batch> {
        let table = self.normalisation.table();
        if index < self.validation.len() {
            return Some(Batch::gather(&self.validation, self.shape, &table, std::iter::once(index)));
        }
        let own = Split::new(self.shape, self.own_picture(index)?.to_vec(), vec![0]);
        Some(Batch::gather(&own, self.shape, &table, std::iter::once(0)))
    }

    /// Puts a picture of one's own beside the validation images, in place of another of one's own if one is named: the number by
    /// which it is looked at. Nothing if it has not the size of these images.
    pub fn add_own(&self, pixels: &[u8], instead_of: Option<usize>) -> Option<usize> {
        let fits = pixels.len() == self.shape.values();
        let place = instead_of.and_then(|image| image.checked_sub(self.validation.len()));
        fits.then(|| self.validation.len() + self.own.add(pixels, place))
    }

    /// The numbers of one's own pictures, ascending.
    pub fn own_pictures(&self) -> Vec<usize> {
        self.own.places().into_iter().map(|place| self.validation.len() + place).collect()
    }

    /// One of one's own pictures, by its number: `[channel, height, width]`.
    pub fn own_picture(&self, image: usize) -> Option<Arc<[u8]>> {
        self.own.at(image.checked_sub(self.validation.len())?)
    }

    /// The class of a validation image; of one's own picture nobody knows it.
    pub fn truth(&self, image: usize) -> Option<usize> {
        (image < self.validation.len()).then(|| self.validation.label(image))
    }

    /// The validation images in their order, `size` at a time; the last batch holds what is left.
    ///
    /// # Panics
    ///
    /// If `size` is 0.
    pub fn validation_batches(&self, size: usize) -> ValidationBatches<'_> {
        self.some_validation_batches(size, self.validation.len())
    }

    /// The same with `of` of the validation images, spread evenly over all; all of them where there are no more.
    ///
    /// # Panics
    ///
    /// If `size` is 0.
    pub fn some_validation_batches(&self, size: usize, of: usize) -> ValidationBatches<'_> {
        ValidationBatches::new(&self.validation, self.shape, self.normalisation.table(), size, of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::fixtures::numbered;

    fn description() -> Description {
        Description {
            form: Form::Idx,
            shape: ImageShape { channels: 1, height: 2, width: 2 },
            class_names: vec!["0".to_owned(), "1".to_owned()],
            class_counts: vec![[2500, 500]; 2],
            train_available: 5000,
            validation_available: 1000,
            left_out: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn as_many_as_there_are_may_be_asked_for() {
        assert!(description().check(5000, 1000).is_ok());
        assert!(description().check(1, 1).is_ok());
    }

    #[test]
    fn a_refusal_names_the_split_and_both_numbers() {
        for (train, validation, message) in [
            (5001, 1000, "5001 training images asked for, but the source has 5000"),
            (5000, 1001, "1001 validation images asked for, but the source has 1000"),
            (0, 1000, "0 training images asked for; allowed are 1 to 5000"),
            (5000, 0, "0 validation images asked for; allowed are 1 to 1000"),
        ] {
            assert_eq!(description().check(train, validation).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn only_the_training_images_are_measured() {
        let data = numbered(3, 200);
        assert_eq!(data.normalisation, Normalisation::of(&data.train, data.shape));
        assert_ne!(data.normalisation, Normalisation::of(&data.validation, data.shape));
    }

    #[test]
    fn own_pictures_stand_after_the_validation_images_and_no_place_is_used_again() {
        let data = numbered(3, 5);
        assert_eq!(data.add_own(&[1, 2], None), None, "it has another size");
        assert_eq!(data.add_own(&[1, 2, 3, 4], None), Some(5));
        assert_eq!(data.add_own(&[5; 4], Some(5)), Some(6));
        assert_eq!(data.own_pictures(), [6]);
        assert_eq!(data.own_picture(6).as_deref(), Some(&[5; 4][..]));
        assert_eq!((data.own_picture(5), data.own_picture(2), data.own_picture(7)), (None, None, None));
        assert_eq!((data.truth(4), data.truth(6)), (Some(4), None));
        assert_eq!(data.validation_image(6).unwrap().images.len(), 4);
        assert!(data.validation_image(5).is_none());
    }

    #[test]
    fn the_oldest_is_forgotten_when_there_are_many() {
        let data = numbered(3, 5);
        for value in 0..30 {
            data.add_own(&[value; 4], None);
        }
        assert_eq!(data.own_pictures(), (11..35).collect::<Vec<_>>());
    }
}
