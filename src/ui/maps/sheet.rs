//! Feature maps as pictures on one texture: made when there are new maps, and only looked at in every other frame.
//!
//! A map is signed, so 0 is the middle grey, and black and white are minus and plus one scale. What is to be compared shares a
//! [`scale`]. Knows nothing of networks.

use eframe::egui::{Color32, ColorImage, Context, Rect, TextureFilter, TextureHandle, TextureId, TextureOptions, pos2};

use crate::telemetry::FeatureMaps;

/// Maps that are shown together, each with the value that is white.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group<'a> {
    pub(super) maps: &'a FeatureMaps,
    pub(super) scale: f32,
}

/// Width of the texture in pixels, and the most that it is high: every graphics card takes that.
const WIDTH: usize = 1024;
const HIGHEST: usize = 2048;
/// The longest side of a picture; larger maps are shown as the means of squares of pixels.
pub(super) const LONGEST: usize = 64;
/// One value in so many may be beyond the scale, so that a single bright pixel does not make the rest grey.
const BEYOND: usize = 100;

/// Pictures on a texture.
#[derive(Default)]
pub(super) struct Sheet {
    texture: Option<TextureHandle>,
    /// Where the channels of each group are, in shares of the texture; those that found no place are not there.
    places: Vec<Vec<Rect>>,
    scales: Vec<f32>,
}

impl Sheet {
    /// Puts these maps in the place of what was there.
    pub(super) fn draw(&mut self, context: &Context, groups: &[Group<'_>]) {
        let (image, places) = pack(groups);
        self.places = places;
        self.scales = groups.iter().map(|group| group.scale).collect();
        let options = TextureOptions { minification: TextureFilter::Linear, ..TextureOptions::NEAREST };
        match &mut self.texture {
            Some(texture) => texture.set(image, options),
            None => self.texture = Some(context.load_texture("feature maps", image, options)),
        }
    }

    /// The texture, once something was drawn.
    pub(super) fn texture(&self) -> Option<TextureId> {
        self.texture.as_ref().map(TextureHandle::id)
    }

    /// Where a channel's picture is, if it found a place.
    pub(super) fn place(&self, group: usize, channel: usize) -> Option<Rect> {
        self.places.get(group)?.get(channel).copied()
    }

    /// The value that is white in a group.
    pub(super) fn scale(&self, group: usize) -> Option<f32> {
        self.scales.get(group).copied()
    }
}

/// The magnitude that all but a hundredth of the values keep to; 1 where everything is 0 or nothing is a number.
pub(super) fn scale<'a>(maps: impl IntoIterator<Item = &'a FeatureMaps>) -> f32 {
    let values = maps.into_iter().flat_map(|maps| &maps.values);
    let mut sizes: Vec<f32> = values.map(|value| value.abs()).filter(|size| size.is_finite()).collect();
    let Some(last) = sizes.len().checked_sub(1) else { return 1.0 };
    let (_, scale, beyond) = sizes.select_nth_unstable_by(last - last / BEYOND, f32::total_cmp);
    let scale = if *scale > 0.0 { *scale } else { beyond.iter().copied().fold(0.0, f32::max) };
    if scale > 0.0 { scale } else { 1.0 }
}

/// The grey of a value; what is no number leaves a hole.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
pub(super) fn grey(value: f32, scale: f32) -> Color32 {
    if value.is_nan() {
        return Color32::TRANSPARENT;
    }
    Color32::from_gray((127.5 + 127.5 * (value / scale).clamp(-1.0, 1.0)).round() as u8)
}

/// How many pixels of a map on each side are one of its picture.
const fn reduction(maps: &FeatureMaps) -> usize {
    let longest = if maps.height > maps.width { maps.height } else { maps.width };
    let factor = longest.div_ceil(LONGEST);
    if factor == 0 { 1 } else { factor }
}

/// Row after row of pictures, each with its edge repeated around it, so that no neighbour shines in.
fn pack(groups: &[Group<'_>]) -> (ColorImage, Vec<Vec<Rect>>) {
    let (mut x, mut y, mut shelf) = (0, 0, 0);
    let mut corners = Vec::with_capacity(groups.len());
    for Group { maps, .. } in groups {
        let by = reduction(maps);
        let (width, height) = (maps.width.div_ceil(by), maps.height.div_ceil(by));
        let mut of_group = Vec::new();
        if width > 0 && height > 0 {
            for _ in 0..maps.channels {
                if x + width + 2 > WIDTH {
                    (x, y, shelf) = (0, y + shelf, 0);
                }
                if y + height + 2 > HIGHEST {
                    break;
                }
                of_group.push([x + 1, y + 1, width, height]);
                (x, shelf) = (x + width + 2, shelf.max(height + 2));
            }
        }
        corners.push(of_group);
    }
    let high = (y + shelf).max(1);
    let mut image = ColorImage::filled([WIDTH, high], Color32::TRANSPARENT);
    for (group, corners) in groups.iter().zip(&corners) {
        for (channel, corner) in corners.iter().enumerate() {
            draw(&mut image, *corner, group, channel);
        }
    }
    let share = |[x, y, width, height]: [usize; 4]| {
        let at = |x: usize, y: usize| pos2(x as f32 / WIDTH as f32, y as f32 / high as f32);
        Rect::from_min_max(at(x, y), at(x + width, y + height))
    };
    (image, corners.into_iter().map(|corners| corners.into_iter().map(share).collect()).collect())
}

fn draw(image: &mut ColorImage, [left, top, width, height]: [usize; 4], group: &Group<'_>, channel: usize) {
    let values = group.maps.channel(channel);
    let by = reduction(group.maps);
    for row in 0..height + 2 {
        let from = row.saturating_sub(1).min(height - 1);
        for column in 0..width + 2 {
            let across = column.saturating_sub(1).min(width - 1);
            let shade = grey(mean(values, group.maps, across * by, from * by, by), group.scale);
            image.pixels[(top + row - 1) * WIDTH + left + column - 1] = shade;
        }
    }
}

/// The mean of a square of pixels, of what of it is inside the map.
fn mean(values: &[f32], maps: &FeatureMaps, x: usize, y: usize, side: usize) -> f32 {
    if side == 1 {
        return values[y * maps.width + x];
    }
    let (rows, columns) = (y..(y + side).min(maps.height), x..(x + side).min(maps.width));
    let count = rows.len() * columns.len();
    rows.map(|row| values[row * maps.width..][columns.clone()].iter().sum::<f32>()).sum::<f32>() / count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maps(channels: usize, height: usize, width: usize) -> FeatureMaps {
        let values = (0..channels * height * width).map(|index| index as f32 - 3.0).collect();
        FeatureMaps { channels, height, width, values }
    }

    #[test]
    fn nought_is_the_middle_grey_and_the_scale_is_black_and_white() {
        let shades = [-9.0, -2.0, 0.0, 2.0, f32::INFINITY].map(|value| grey(value, 2.0).r());
        assert_eq!(shades, [0, 0, 128, 255, 255]);
        assert_eq!(grey(f32::NAN, 2.0), Color32::TRANSPARENT);
    }

    #[test]
    fn one_value_in_a_hundred_is_beyond_the_scale_and_no_scale_is_nought() {
        let mut many = maps(1, 20, 50);
        many.values = (1..=1000_u16).map(f32::from).collect();
        assert_eq!(scale([&many]), 991.0);
        many.values = vec![0.0; 1000];
        assert_eq!(scale([&many]), 1.0);
        many.values[3] = -5.0;
        assert_eq!(scale([&many]), 5.0, "a single value is still seen");
        many.values = vec![f32::NAN; 1000];
        assert_eq!((scale([&many]), scale([])), (1.0, 1.0));
    }

    #[test]
    fn every_channel_has_its_own_pixels_and_a_repeated_edge() {
        let (first, second) = (maps(3, 2, 3), maps(2, 1, 1));
        let groups = [Group { maps: &first, scale: 20.0 }, Group { maps: &second, scale: 20.0 }];
        let (image, places) = pack(&groups);
        assert_eq!(places.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2]);
        let pixel = |x: usize, y: usize| image.pixels[y * image.width() + x];
        assert_eq!(pixel(1, 1), grey(-3.0, 20.0));
        assert_eq!([pixel(0, 0), pixel(1, 0), pixel(0, 1)], [pixel(1, 1); 3]);
        assert_eq!(pixel(3, 2), grey(2.0, 20.0));
        assert_eq!(pixel(6, 1), grey(3.0, 20.0), "the second channel begins after the edges of two");
        assert!((places[0][1].left() * 1024.0 - 6.0).abs() < 1e-3);
    }

    #[test]
    fn large_maps_become_means_and_too_many_leave_some_out() {
        let large = maps(1, 128, 100);
        let (_, places) = pack(&[Group { maps: &large, scale: 1.0 }]);
        assert!((places[0][0].width() * 1024.0 - 50.0).abs() < 1e-3);
        assert_eq!(mean(large.channel(0), &large, 0, 0, 2), (-3.0 - 2.0 + 97.0 + 98.0) / 4.0);
        let many = maps(1000, 64, 64);
        let (image, places) = pack(&[Group { maps: &many, scale: 1.0 }]);
        assert!(image.height() <= HIGHEST && places[0].len() < 1000 && places[0].len() > 400);
    }
}
