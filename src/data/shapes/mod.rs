//! Pictures drawn from the seed: one figure of ten on a coloured ground, 32×32 in colour.
//!
//! The figure is the class. Its place, size, turn, stretch and colour, the ground, its pattern and the noise are drawn
//! anew for every image and tell nothing about the class, so a network has to learn outlines. Each image has a generator
//! of its own: image 17 is the same whether 20 or 20,000 are asked for.
//!
//! The classes take turns (image `i` shows figure `i` mod 10), so every multiple of ten images is balanced; batches are
//! shuffled and do not see the turn. Only arithmetic that IEEE 754 fixes to the last bit is used (+, −, ×, ÷, √, remainder), so the
//! images are the same on every machine.

mod figure;
mod paint;
mod scene;

use super::form::Form;
use super::image::{ImageShape, Split};
use super::rng::{Purpose, generator};
use super::set::Description;
use figure::Figure;
use scene::Scene;

/// Pixels in a row and rows in an image.
const SIDE: usize = 32;
const SHAPE: ImageShape = ImageShape { channels: 3, height: SIDE, width: SIDE };

/// The most images that may be asked for.
const TRAIN_AVAILABLE: usize = 60_000;
const VALIDATION_AVAILABLE: usize = 10_000;

/// What may be asked for.
pub(super) fn describe() -> Description {
    Description {
        form: Form::Shapes,
        shape: SHAPE,
        class_names: Figure::ALL.map(|figure| figure.name().to_owned()).to_vec(),
        class_counts: Vec::new(),
        train_available: TRAIN_AVAILABLE,
        validation_available: VALIDATION_AVAILABLE,
        left_out: Vec::new(),
        notes: Vec::new(),
    }
}

/// Draws the first images of each split.
pub(super) fn draw(train: usize, validation: usize, seed: u64) -> (Split, Split) {
    (draw_split(train, seed, Purpose::TrainingImage), draw_split(validation, seed, Purpose::ValidationImage))
}

fn draw_split(images: usize, seed: u64, purpose: Purpose) -> Split {
    let mut pixels = Vec::with_capacity(images * SHAPE.values());
    let mut labels = Vec::with_capacity(images);
    for index in 0..images {
        let class = index % Figure::ALL.len();
        let mut chance = generator(seed, purpose, index);
        let scene = Scene::drawn(Figure::ALL[class], &mut chance);
        paint::append(&scene, &mut chance, &mut pixels);
        labels.push(u16::try_from(class).expect("there are ten figures"));
    }
    Split::new(SHAPE, pixels, labels)
}

#[cfg(test)]
mod tests;
