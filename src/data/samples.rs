//! A few images of each class, to be looked at: what a sheet of samples shows.

use super::image::{ImageShape, Split};
use super::set::DataSet;

/// A few images of each class, in the order of the classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    /// The size of every image.
    pub shape: ImageShape,
    /// The bytes of the images of each class, channel by channel. `[class][image]`
    pub images: Vec<Vec<Vec<u8>>>,
}

impl Samples {
    /// At most so many of each class, the first of the training images.
    pub fn of_set(data: &DataSet, of_each_class: usize) -> Self {
        Self::of(data.shape, data.class_names.len(), &data.train, of_each_class)
    }

    pub(super) fn of(shape: ImageShape, classes: usize, split: &Split, of_each_class: usize) -> Self {
        let mut images = vec![Vec::new(); classes];
        for index in 0..split.len() {
            let class: &mut Vec<Vec<u8>> = &mut images[split.label(index)];
            if class.len() < of_each_class {
                class.push(split.image(index).to_vec());
            }
        }
        Self { shape, images }
    }
}
