//! Generators of random numbers, one for each purpose, from the seed of a run.
//!
//! Each gets the whole of what it depends on as its ChaCha key. So epoch 7 can be shuffled without shuffling 0 to 6,
//! and image 4,000 drawn without drawing those before it.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// What random numbers are for; no two purposes share a sequence.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    /// The order of the training images in one epoch.
    Order,
    /// A drawn training image.
    TrainingImage,
    /// A drawn validation image.
    ValidationImage,
    /// Which training images of a class are used.
    TrainingImages,
    /// Which validation images of a class are used.
    ValidationImages,
    /// Which images of a class validate, where no file says so.
    Split,
    /// How the images of one step are shifted and mirrored.
    Augmentation,
}

/// The generator for one thing: the `index`-th epoch, or the `index`-th image.
pub(super) fn generator(seed: u64, purpose: Purpose, index: usize) -> ChaCha8Rng {
    let purpose: u64 = match purpose {
        Purpose::Order => 0,
        Purpose::TrainingImage => 1,
        Purpose::ValidationImage => 2,
        Purpose::TrainingImages => 3,
        Purpose::ValidationImages => 4,
        Purpose::Split => 5,
        Purpose::Augmentation => 6,
    };
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&purpose.to_le_bytes());
    key[16..24].copy_from_slice(&(index as u64).to_le_bytes());
    ChaCha8Rng::from_seed(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn seed_purpose_and_index_all_matter() {
        let first = |seed, purpose, index| generator(seed, purpose, index).next_u64();
        let one = first(1, Purpose::Order, 0);
        assert_eq!(one, first(1, Purpose::Order, 0));
        assert_ne!(one, first(2, Purpose::Order, 0));
        assert_ne!(one, first(1, Purpose::Order, 1));
        assert_ne!(one, first(1, Purpose::TrainingImage, 0));
        assert_ne!(first(1, Purpose::TrainingImage, 0), first(1, Purpose::ValidationImage, 0));
    }
}
