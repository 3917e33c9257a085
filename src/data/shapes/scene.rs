//! Everything about an image that chance decides, except the noise on its pixels.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::SIDE;
use super::figure::Figure;

/// Red, green and blue from 0 to 1; may leave that range a little until it is painted.
pub(super) type Colour = [f32; 3];

/// Radius of the unit disc of a figure, in pixels.
const RADIUS: std::ops::RangeInclusive<f32> = 7.0..=12.5;
/// How much lighter or darker than the ground a figure is at least.
const CONTRAST: f32 = 0.36;

/// A figure on a ground. Lengths are in pixels, x to the right, y down.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scene {
    pub(super) figure: Figure,
    pub(super) middle: [f32; 2],
    pub(super) radius: f32,
    /// Cosine and sine of the figure's turn.
    pub(super) turn: [f32; 2],
    /// The figure is this much wider than high, before it is turned.
    pub(super) stretch: f32,
    /// The figure's colour at its two ends along `light`.
    pub(super) colours: [Colour; 2],
    pub(super) ground: Ground,
    /// Direction in which ground and figure change their colour, of length 1.
    pub(super) light: [f32; 2],
    /// Largest change of a colour by noise.
    pub(super) noise: f32,
}

/// Two colours and how they share the ground.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ground {
    pub(super) colours: [Colour; 2],
    pub(super) pattern: Pattern,
}

/// How the first colour of a ground passes into the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Pattern {
    /// Evenly from one side to the other.
    Slope,
    /// From a point outwards.
    Glow { middle: [f32; 2] },
    /// To and fro, with this many pixels from crest to crest.
    Waves { length: f32 },
}

impl Scene {
    /// Draws a scene. The order of the draws is part of the data set: another order is another set.
    pub(super) fn drawn(figure: Figure, chance: &mut ChaCha8Rng) -> Self {
        let side = SIDE as f32;
        let radius = chance.random_range(RADIUS);
        let margin = radius * Figure::REACH;
        let middle = [0; 2].map(|_| chance.random_range(margin..=side - margin));
        let turn = direction(chance);
        let light = direction(chance);
        let stretch = chance.random_range(0.84..=1.19);

        let ground_light = chance.random_range(0.1..=0.9);
        let figure_light = loop {
            let candidate: f32 = chance.random_range(0.06..=0.94);
            if (candidate - ground_light).abs() >= CONTRAST {
                break candidate;
            }
        };
        let hue = chance.random_range(0.0..6.0);
        let saturation = chance.random_range(0.1..=0.6);
        let change = chance.random_range(0.02..=0.08);
        let turned_hue = hue + chance.random_range(-0.8..=0.8);
        let ground = Ground {
            colours: [
                colour(hue, saturation, ground_light - change),
                colour(turned_hue, saturation, ground_light + change),
            ],
            pattern: Pattern::drawn(chance),
        };
        let hue = chance.random_range(0.0..6.0);
        let saturation = chance.random_range(0.35..=0.9);
        let change = chance.random_range(0.0..=0.09);
        let colours = [figure_light + change, figure_light - change].map(|light| colour(hue, saturation, light));
        let noise = chance.random_range(0.01..=0.06);
        Self { figure, middle, radius, turn, stretch, colours, ground, light, noise }
    }
}

impl Pattern {
    fn drawn(chance: &mut ChaCha8Rng) -> Self {
        match chance.random_range(0..4) {
            0 => Self::Waves { length: chance.random_range(6.0..=14.0) },
            1 => Self::Glow { middle: [0; 2].map(|_| chance.random_range(0.0..=SIDE as f32)) },
            _ => Self::Slope,
        }
    }
}

/// A direction without preference: a point in the unit disc, drawn by rejection, moved to its rim. (No sine or cosine,
/// whose last bits differ between machines.)
fn direction(chance: &mut ChaCha8Rng) -> [f32; 2] {
    loop {
        let [x, y]: [f32; 2] = [0; 2].map(|_| chance.random_range(-1.0..=1.0));
        let squared = x * x + y * y;
        if (0.01..=1.0).contains(&squared) {
            let length = squared.sqrt();
            return [x / length, y / length];
        }
    }
}

/// A colour of a hue (0 red, 2 green, 4 blue, 6 red again) and a saturation, as light as `light` says.
///
/// Lightness is weighted as the eye weighs it (Rec. 601), so a blue figure and a yellow one of the same `light` stand
/// out from a grey ground equally.
fn colour(hue: f32, saturation: f32, light: f32) -> Colour {
    let pure = [0.0, 4.0, 2.0].map(|shift| {
        let position = (hue + shift).rem_euclid(6.0);
        ((position - 3.0).abs() - 1.0).clamp(0.0, 1.0)
    });
    let weight = 0.299 * pure[0] + 0.587 * pure[1] + 0.114 * pure[2];
    // Towards black and white there is less room for colour.
    let room = 2.0 * light.min(1.0 - light).max(0.0);
    pure.map(|channel| light + saturation * room * (channel - weight))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::rng::{Purpose, generator};

    fn scenes() -> impl Iterator<Item = Scene> {
        (0..2000).map(|index| Scene::drawn(Figure::Star, &mut generator(1, Purpose::TrainingImage, index)))
    }

    #[test]
    fn the_whole_figure_lies_in_the_image() {
        for Scene { middle, radius, .. } in scenes() {
            for coordinate in middle {
                assert!(coordinate - radius * Figure::REACH >= -0.001);
                assert!(coordinate + radius * Figure::REACH <= SIDE as f32 + 0.001);
            }
        }
    }

    #[test]
    fn every_figure_stands_out_from_its_ground() {
        let light = |[red, green, blue]: Colour| 0.299 * red + 0.587 * green + 0.114 * blue;
        let middle = |[one, other]: [Colour; 2]| f32::midpoint(light(one), light(other));
        for Scene { colours, ground, .. } in scenes() {
            assert!((middle(colours) - middle(ground.colours)).abs() > CONTRAST - 0.001);
        }
    }

    #[test]
    fn figures_turn_every_way() {
        let mut quarters = [0; 4];
        for Scene { turn: [x, y], .. } in scenes() {
            assert!((x * x + y * y - 1.0).abs() < 1e-5);
            quarters[usize::from(x > 0.0) + 2 * usize::from(y > 0.0)] += 1;
        }
        assert!(quarters.iter().all(|count| (400..600).contains(count)), "{quarters:?}");
    }

    #[test]
    fn hues_are_what_they_are_called() {
        for (hue, strongest) in [(0.0, 0), (2.0, 1), (4.0, 2)] {
            let colour = colour(hue, 1.0, 0.5);
            assert!((0..3).all(|channel| channel == strongest || colour[channel] < colour[strongest]));
        }
    }
}
