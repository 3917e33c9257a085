//! A source described, and a source loaded: the two things the rest of the program holds in its hands.

use super::batch::{Batch, ValidationBatches};
use super::error::DataError;
use super::image::{ImageShape, Split, SplitKind};
use super::normalisation::Normalisation;

/// What a source offers, found without reading pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The size of every image.
    pub shape: ImageShape,
    /// A name for each label, in order.
    pub class_names: Vec<String>,
    /// The number of training images there are.
    pub train_available: usize,
    /// The number of validation images there are.
    pub validation_available: usize,
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
}

/// The first images of each split, and the normalisation measured on the training images among them.
///
/// *First* means in the order of the source. A source need not be balanced in every beginning: the whole built-in set
/// and every multiple of ten `shapes` are, a part of a folder is as balanced as its files happen to be.
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
}

impl DataSet {
    /// Measures the training images and joins everything.
    pub(super) fn new(description: Description, train: Split, validation: Split) -> Self {
        let Description { shape, class_names, train_available: _, validation_available: _ } = description;
        let normalisation = Normalisation::of(&train, shape);
        Self { shape, class_names, train, validation, normalisation }
    }

    /// One validation image as a batch; nothing if there is no such image.
    pub fn validation_image(&self, index: usize) -> Option<Batch> {
        let there = index < self.validation.len();
        let table = self.normalisation.table();
        there.then(|| Batch::gather(&self.validation, self.shape, &table, std::iter::once(index)))
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
        ValidationBatches::new(self, size, of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::fixtures::numbered;

    fn description() -> Description {
        Description {
            shape: ImageShape { channels: 1, height: 2, width: 2 },
            class_names: vec!["0".to_owned(), "1".to_owned()],
            train_available: 5000,
            validation_available: 1000,
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
}
