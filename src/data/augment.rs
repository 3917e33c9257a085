//! Training images that are not the same twice: the paper's standard augmentation (section 4.1, "mirroring/shifting").
//!
//! Every training image is shifted by up to four pixels in each direction, with the training images' mean colour where nothing
//! was, and mirrored half of the time. What is drawn follows from the seed and the step alone, so that every network of a run
//! sees the same, and a run that is resumed goes on as if it had not stopped.

use rand::RngExt as _;

use super::image::ImageShape;
use super::rng::{Purpose, generator};
use crate::arch::words;

/// How training images are changed before they are learned from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Augment {
    /// Not at all.
    #[default]
    None,
    /// Padded by 4, cropped at random, mirrored at random.
    ShiftFlip,
}

words!(Augment { None = "none", ShiftFlip = "shift-flip" });

/// Pixels of padding on each side.
const PAD: usize = 4;

impl Augment {
    /// Changes the normalised images of a step's batch. `[image, channel, height, width]`
    pub(super) fn apply(self, images: &mut [f32], shape: ImageShape, seed: u64, step: usize) {
        match self {
            Self::None => {}
            Self::ShiftFlip => {
                let mut chance = generator(seed, Purpose::Augmentation, step);
                for image in images.chunks_exact_mut(shape.values()) {
                    let down = chance.random_range(0..=2 * PAD);
                    let right = chance.random_range(0..=2 * PAD);
                    let mirrored = chance.random_range(0..2) == 1;
                    for plane in image.chunks_exact_mut(shape.pixels()) {
                        cut(plane, shape.width, [down, right], mirrored);
                    }
                }
            }
        }
    }
}

/// Makes a plane what is cut out of it, padded with zeros, from that row and column on, mirrored or not.
fn cut(plane: &mut [f32], width: usize, [down, right]: [usize; 2], mirrored: bool) {
    let whole = plane.to_vec();
    let height = whole.len() / width;
    for (y, row) in plane.chunks_exact_mut(width).enumerate() {
        let from_row = (y + down).checked_sub(PAD).filter(|row| *row < height);
        for (x, value) in row.iter_mut().enumerate() {
            let x = if mirrored { width - 1 - x } else { x };
            let from_column = (x + right).checked_sub(PAD).filter(|column| *column < width);
            *value = match (from_row, from_column) {
                (Some(row), Some(column)) => whole[row * width + column],
                (None, _) | (_, None) => 0.0, // the mean, since images are normalised
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: ImageShape = ImageShape { channels: 2, height: 6, width: 5 };

    fn numbered() -> Vec<f32> {
        (1..=60_u8).map(f32::from).collect()
    }

    #[test]
    fn a_shift_moves_pixels_and_leaves_the_mean_where_nothing_was() {
        let mut plane = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        cut(&mut plane, 3, [PAD, PAD], false);
        assert_eq!(plane, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        cut(&mut plane, 3, [PAD, PAD], true);
        assert_eq!(plane, [3.0, 2.0, 1.0, 6.0, 5.0, 4.0]);
        cut(&mut plane, 3, [PAD + 1, PAD - 1], false);
        assert_eq!(plane, [0.0, 6.0, 5.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn every_channel_of_an_image_is_cut_alike_and_every_image_anew() {
        let mut images = [numbered(), numbered()].concat();
        Augment::ShiftFlip.apply(&mut images, SHAPE, 1, 7);
        let [first, second] = [&images[..60], &images[60..]];
        for pixel in 0..30 {
            let (one, other) = (first[pixel], first[30 + pixel]);
            assert!(other == if one == 0.0 { 0.0 } else { one + 30.0 });
        }
        assert_ne!(first, second);
    }

    #[test]
    fn what_is_drawn_follows_from_seed_and_step_alone() {
        let drawn = |augment: Augment, seed, step| {
            let mut images = numbered();
            augment.apply(&mut images, SHAPE, seed, step);
            images
        };
        let one = drawn(Augment::ShiftFlip, 1, 3);
        assert_eq!(one, drawn(Augment::ShiftFlip, 1, 3));
        assert_ne!(one, drawn(Augment::ShiftFlip, 2, 3));
        assert_ne!(one, drawn(Augment::ShiftFlip, 1, 4));
        assert_eq!(drawn(Augment::None, 1, 3), numbered());
    }

    #[test]
    fn about_half_of_the_images_are_mirrored_and_every_shift_happens() {
        // A single pixel in the middle of a wide image shows where it went.
        let shape = ImageShape { channels: 1, height: 9, width: 21 };
        let mut images = vec![0.0; shape.values() * 2000];
        for image in images.chunks_exact_mut(shape.values()) {
            image[4 * 21 + 5] = 1.0;
        }
        Augment::ShiftFlip.apply(&mut images, shape, 1, 0);
        let mut rows = [0; 9];
        let mut mirrored = 0;
        for image in images.chunks_exact(shape.values()) {
            let at = image.iter().position(|value| *value == 1.0).expect("it stays inside");
            rows[at / 21] += 1;
            mirrored += usize::from(at % 21 > 10);
        }
        assert!((900..1100).contains(&mirrored), "{mirrored}");
        assert!(rows.iter().all(|&count| (150..300).contains(&count)), "{rows:?}");
    }
}
