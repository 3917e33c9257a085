//! What the drawn images promise: the same for the same seed, balanced, and not to be told apart by their colours.

use super::*;
use crate::data::{Source, load};

fn mean_colour(image: &[u8]) -> [f32; 3] {
    let sums: Vec<f32> = image
        .chunks_exact(SHAPE.pixels())
        .map(|channel| channel.iter().map(|&byte| f32::from(byte)).sum::<f32>() / channel.len() as f32)
        .collect();
    [sums[0], sums[1], sums[2]]
}

fn squared_distance(one: [f32; 3], other: [f32; 3]) -> f32 {
    one.iter().zip(other).map(|(one, other)| (one - other) * (one - other)).sum()
}

#[test]
fn an_image_depends_on_neither_the_number_asked_for_nor_the_other_split() {
    let (few, validation) = draw(15, 3, 7);
    let (many, none) = draw(40, 1, 7);
    for index in 0..15 {
        assert_eq!(few.image(index), many.image(index));
    }
    assert_eq!(validation.image(0), none.image(0));
    assert_ne!(validation.image(0), few.image(0));
}

#[test]
fn another_seed_draws_other_images() {
    assert_ne!(draw(1, 1, 1).0.image(0), draw(1, 1, 2).0.image(0));
}

/// Fixes the pictures: a run can only be repeated with a later version if they stay as they are.
#[test]
fn the_images_of_a_seed_never_change() {
    let (train, _) = draw(50, 1, 1);
    let mut hash = 0xcbf2_9ce4_8422_2325_u64; // FNV-1a
    for byte in (0..train.len()).flat_map(|index| train.image(index)) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    assert_eq!(hash, HASH_OF_SEED_ONE, "{hash:#x}");
}
const HASH_OF_SEED_ONE: u64 = 0xee87_ede4_c71e_743f;

#[test]
fn classes_take_turns() {
    let (train, validation) = draw(30, 20, 3);
    for split in [train, validation] {
        assert!((0..split.len()).all(|index| split.label(index) == index % 10));
    }
}

#[test]
fn they_load_like_any_other_source() {
    let data = load(&Source::Shapes, 20, 10, 1).unwrap();
    assert_eq!(data.shape.to_string(), "3x32x32");
    assert_eq!(data.class_names.len(), 10);
    assert_eq!(data.class_names[4], "Star");
    let error = load(&Source::Shapes, 60_001, 10, 1).unwrap_err();
    assert_eq!(error.to_string(), "60001 training images asked for, but the source has 60000");
}

#[test]
fn the_mean_colour_does_not_tell_the_class() {
    let (train, validation) = draw(4000, 1000, 1);
    let mut class_means = [[0.0_f32; 3]; 10];
    for index in 0..train.len() {
        for (sum, value) in class_means[train.label(index)].iter_mut().zip(mean_colour(train.image(index))) {
            *sum += value / 400.0;
        }
    }
    let nearest = |colour| {
        (0..10)
            .min_by(|&one, &other| {
                squared_distance(colour, class_means[one]).total_cmp(&squared_distance(colour, class_means[other]))
            })
            .unwrap()
    };
    let right =
        (0..validation.len()).filter(|&index| nearest(mean_colour(validation.image(index))) == validation.label(index));
    let right = right.count();
    assert!(right < 160, "{right} of 1000 by their mean colour; 100 are chance");
}

#[test]
fn the_whole_range_of_brightness_is_used() {
    let (train, _) = draw(200, 1, 1);
    let bytes = || (0..train.len()).flat_map(|index| train.image(index));
    assert!(bytes().any(|&byte| byte < 10) && bytes().any(|&byte| byte > 245));
}
