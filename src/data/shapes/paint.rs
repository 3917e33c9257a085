//! From a scene to the bytes of an image.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::SIDE;
use super::figure::Figure;
use super::scene::{Colour, Pattern, Scene};

/// Appends an image, channel by channel. The noise goes on with the generator that drew the scene.
pub(super) fn append(scene: &Scene, chance: &mut ChaCha8Rng, pixels: &mut Vec<u8>) {
    let start = pixels.len();
    pixels.resize(start + 3 * SIDE * SIDE, 0);
    let image = &mut pixels[start..]; // [channel, height, width]
    for row in 0..SIDE {
        for column in 0..SIDE {
            let point = [column as f32 + 0.5, row as f32 + 0.5];
            let [red, green, blue, _] = chance.next_u32().to_le_bytes();
            let [red_too, green_too, blue_too, _] = chance.next_u32().to_le_bytes();
            let noise = [(red, red_too), (green, green_too), (blue, blue_too)];
            let colour = colour_at(scene, point);
            for (channel, (value, (one, other))) in colour.into_iter().zip(noise).enumerate() {
                // The difference of two even numbers is most often small: noise without hard edges.
                let noise = (f32::from(one) - f32::from(other)) / 255.0 * scene.noise;
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "saturates, as brightness does"
                )]
                let byte = ((value + noise) * 255.0 + 0.5) as u8;
                image[(channel * SIDE + row) * SIDE + column] = byte;
            }
        }
    }
}

fn colour_at(scene: &Scene, point: [f32; 2]) -> Colour {
    let ground = mix(scene.ground.colours, share(scene, point));
    let from_middle = [point[0] - scene.middle[0], point[1] - scene.middle[1]];
    let cover = cover(scene, from_middle);
    if cover == 0.0 {
        return ground;
    }
    let along_light = (from_middle[0] * scene.light[0] + from_middle[1] * scene.light[1]) / scene.radius;
    let figure = mix(scene.colours, (0.5 + 0.5 * along_light).clamp(0.0, 1.0));
    mix([ground, figure], cover)
}

/// How much of the ground's second colour there is at a point, from 0 to 1.
fn share(scene: &Scene, [x, y]: [f32; 2]) -> f32 {
    let side = SIDE as f32;
    let along = (x - side / 2.0) * scene.light[0] + (y - side / 2.0) * scene.light[1];
    match scene.ground.pattern {
        Pattern::Slope => (0.5 + along / side).clamp(0.0, 1.0),
        Pattern::Glow { middle } => {
            let (x, y) = (x - middle[0], y - middle[1]);
            ((x * x + y * y).sqrt() / side).min(1.0)
        }
        Pattern::Waves { length } => {
            // A triangle wave, rounded at its crests by the smooth step 3t² − 2t³.
            let phase = (along / length).rem_euclid(1.0);
            let rise = (2.0 * phase - 1.0).abs();
            rise * rise * (3.0 - 2.0 * rise)
        }
    }
}

/// How much of a pixel the figure covers: the edge passes over one pixel.
fn cover(scene: &Scene, [x, y]: [f32; 2]) -> f32 {
    let outside = scene.radius * Figure::REACH + 1.0;
    if x * x + y * y > outside * outside {
        return 0.0;
    }
    let [cosine, sine] = scene.turn;
    let (turned_x, turned_y) = (x * cosine + y * sine, y * cosine - x * sine);
    // Only ever shrunk, on one of the two axes, so that the figure stays within its reach.
    let (width, height) = if scene.stretch < 1.0 {
        (scene.radius * scene.stretch, scene.radius)
    } else {
        (scene.radius, scene.radius / scene.stretch)
    };
    let distance = scene.figure.distance([turned_x / width, turned_y / height]);
    (0.5 - distance * width.min(height)).clamp(0.0, 1.0)
}

fn mix([one, other]: [Colour; 2], share: f32) -> Colour {
    std::array::from_fn(|channel| one[channel] + (other[channel] - one[channel]) * share)
}
