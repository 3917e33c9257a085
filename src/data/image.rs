//! Many images of one size with their labels. Bytes only; nothing is normalised here.

use std::fmt;

pub use crate::arch::ImageShape;

/// The two parts of a data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SplitKind {
    /// The images that the weights are fitted to.
    Training,
    /// The images that are only ever looked at.
    Validation,
}

impl fmt::Display for SplitKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Training => "training",
            Self::Validation => "validation",
        })
    }
}

/// Images of one size and their labels, as bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Split {
    values_per_image: usize,
    pixels: Vec<u8>,  // [image, channel, height, width]
    labels: Vec<u16>, // [image]
}

impl Split {
    /// Joins pixels and labels that a reader has already checked against each other.
    pub(super) fn new(shape: ImageShape, pixels: Vec<u8>, labels: Vec<u16>) -> Self {
        let values_per_image = shape.values();
        assert_eq!(pixels.len(), labels.len() * values_per_image, "every image has one label");
        Self { values_per_image, pixels, labels }
    }

    /// The number of images.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no image; a loaded data set has at least one in each split.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The bytes of all images. `[image, channel, height, width]`
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The bytes of one image, channel by channel, each row by row from the top.
    pub fn image(&self, index: usize) -> &[u8] {
        &self.pixels[index * self.values_per_image..][..self.values_per_image]
    }

    /// The class of one image, an index into the data set's class names.
    pub fn label(&self, index: usize) -> usize {
        usize::from(self.labels[index])
    }
}

/// Counts instead of millions of bytes, so that a data set may appear in a failed test's message.
impl fmt::Debug for Split {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Split")
            .field("images", &self.len())
            .field("values_per_image", &self.values_per_image)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_the_slice_that_belongs_to_its_index() {
        let shape = ImageShape { channels: 1, height: 1, width: 2 };
        let split = Split::new(shape, vec![1, 2, 3, 4, 5, 6], vec![7, 8, 9]);
        assert_eq!(split.len(), 3);
        assert!(!split.is_empty());
        assert_eq!(split.image(1), [3, 4]);
        assert_eq!(split.label(2), 9);
    }

    #[test]
    fn a_split_is_debugged_by_its_counts() {
        let shape = ImageShape { channels: 1, height: 1, width: 2 };
        let text = format!("{:?}", Split::new(shape, vec![0; 200], vec![0; 100]));
        assert_eq!(text, "Split { images: 100, values_per_image: 2, .. }");
    }
}
