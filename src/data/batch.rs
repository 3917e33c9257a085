//! A batch, and the validation batches: every image once, in order.

use std::ops::Range;

use super::image::{ImageShape, Split};
use super::normalisation::Table;

/// Images ready for a network, and their labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Normalised values. `[image, channel, height, width]`
    pub images: Vec<f32>,
    /// The class of each image. `[image]`
    pub labels: Vec<usize>,
    /// The size of each image.
    pub shape: ImageShape,
}

impl Batch {
    /// Normalises the images at these indices.
    pub(super) fn gather(
        split: &Split,
        shape: ImageShape,
        table: &Table,
        indices: impl ExactSizeIterator<Item = usize>,
    ) -> Self {
        let mut images = Vec::with_capacity(indices.len() * shape.values());
        let mut labels = Vec::with_capacity(indices.len());
        for index in indices {
            table.append(split.image(index), &mut images);
            labels.push(split.label(index));
        }
        Self { images, labels, shape }
    }

    /// The number of images.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no image; batches cut from a data set hold at least one.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }
}

/// The validation images in their order, each exactly once. Made by [`DataSet::validation_batches`](super::DataSet::validation_batches).
#[derive(Debug, Clone)]
pub struct ValidationBatches<'data> {
    validation: &'data Split,
    shape: ImageShape,
    table: Table,
    size: usize,
    /// How many of the validation images are taken, evenly spread over them.
    of: usize,
    remaining: Range<usize>,
}

impl<'data> ValidationBatches<'data> {
    pub(super) fn new(validation: &'data Split, shape: ImageShape, table: Table, size: usize, of: usize) -> Self {
        assert!(size > 0, "a validation batch holds at least one image");
        let of = of.min(validation.len());
        Self { validation, shape, table, size, of, remaining: 0..of }
    }
}

impl Iterator for ValidationBatches<'_> {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        if self.remaining.is_empty() {
            return None;
        }
        let Range { start, end } = self.remaining;
        let middle = end.min(start.saturating_add(self.size));
        self.remaining.start = middle;
        let validation = self.validation;
        let indices = (start..middle).map(|index| index * validation.len() / self.of);
        Some(Batch::gather(validation, self.shape, &self.table, indices))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let batches = self.remaining.len().div_ceil(self.size);
        (batches, Some(batches))
    }
}

impl ExactSizeIterator for ValidationBatches<'_> {}

#[cfg(test)]
mod tests {
    use crate::data::fixtures::numbered;
    use proptest::prelude::*;

    #[test]
    fn the_last_validation_batch_holds_what_is_left() {
        let data = numbered(2, 7);
        let sizes: Vec<usize> = data.validation_batches(3).map(|batch| batch.len()).collect();
        assert_eq!(sizes, [3, 3, 1]);
    }

    #[test]
    fn some_of_the_validation_images_are_spread_evenly_over_all() {
        let data = numbered(2, 7);
        let labels = |of| data.some_validation_batches(2, of).flat_map(|batch| batch.labels).collect::<Vec<_>>();
        assert_eq!(labels(3), [0, 2, 4]);
        assert_eq!(labels(7), labels(99));
        assert_eq!(labels(7), [0, 1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn validation_images_are_normalised_like_training_images() {
        let data = numbered(3, 1);
        let batch = data.validation_batches(1).next().unwrap();
        assert_eq!(batch.images, [-data.normalisation.mean[0] / data.normalisation.deviation[0]; 4]);
    }

    proptest! {
        #[test]
        fn validation_batches_cover_the_whole_set_once_in_order(validation in 1_usize..200, size in 1_usize..250) {
            let data = numbered(2, validation);
            let batches = data.validation_batches(size);
            prop_assert_eq!(batches.len(), validation.div_ceil(size));
            let labels: Vec<usize> = batches.flat_map(|batch| batch.labels).collect();
            prop_assert!(labels.into_iter().eq(0..validation));
        }
    }
}
