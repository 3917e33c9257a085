//! The data set inside the program: 6,000 pictures of clothes from Fashion-MNIST (Zalando SE, MIT licence).
//!
//! Balanced as a whole: each class has 500 training and 100 validation images. The files go through the same reader as
//! a folder's. The licence lies beside them in `assets/fashion-mnist/`.

use super::formats::{IdxFiles, IdxPair};
use super::origin::Origin;

/// The classes, in the order of their labels.
const CLASS_NAMES: [&str; 10] =
    ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

macro_rules! embedded {
    ($name:literal) => {
        Origin::Embedded {
            name: $name,
            bytes: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fashion-mnist/", $name)),
        }
    };
}

/// The four embedded files.
pub(super) fn files() -> IdxFiles {
    IdxFiles {
        train: IdxPair {
            images: embedded!("train-images-idx3-ubyte.gz"),
            labels: embedded!("train-labels-idx1-ubyte.gz"),
        },
        validation: IdxPair {
            images: embedded!("t10k-images-idx3-ubyte.gz"),
            labels: embedded!("t10k-labels-idx1-ubyte.gz"),
        },
        class_names: Some(&CLASS_NAMES),
        folder: None,
        prefix: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::data::{Source, Split, describe, load};

    #[test]
    fn the_whole_set_is_there_and_balanced() {
        let data = load(&Source::FashionMnist, 5000, 1000, 1).unwrap();
        assert_eq!(data.shape.to_string(), "1x28x28");
        for (split, of_each_class) in [(&data.train, 500), (&data.validation, 100)] {
            assert_eq!(counts(split), [of_each_class; 10]);
        }
    }

    fn counts(split: &Split) -> [usize; 10] {
        let mut counts = [0; 10];
        for index in 0..split.len() {
            counts[split.label(index)] += 1;
        }
        counts
    }

    #[test]
    fn the_description_matches_what_is_loaded() {
        let description = describe(&Source::FashionMnist).unwrap();
        assert_eq!((description.train_available, description.validation_available), (5000, 1000));
        assert_eq!(description.class_names[0], "T-shirt/top");
        assert_eq!(description.class_names[9], "Ankle boot");
        let data = load(&Source::FashionMnist, 10, 1, 1).unwrap();
        assert_eq!(data.shape, description.shape);
        assert_eq!(data.class_names, description.class_names);
        assert_eq!((data.train.len(), data.validation.len()), (10, 1));
    }

    /// The whole of Fashion-MNIST has mean 0.2860 and deviation 0.3530.
    #[test]
    fn the_normalisation_is_near_that_of_all_seventy_thousand() {
        let normalisation = load(&Source::FashionMnist, 5000, 1000, 1).unwrap().normalisation;
        assert!((normalisation.mean[0] - 0.2860).abs() < 0.01, "{normalisation:?}");
        assert!((normalisation.deviation[0] - 0.3530).abs() < 0.01, "{normalisation:?}");
    }
}
