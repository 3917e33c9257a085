//! A PNG from an SVG, with the fonts inside the program, and others for what they lack.

use std::borrow::Cow;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::Tree;

use super::faces;
use super::sheet::rounded;
use crate::text::font::SystemFonts;

/// The picture as a PNG with `scale` pixels for each pixel of the SVG. It states its resolution, so that it has the same size on paper
/// at any scale.
///
/// # Panics
///
/// When the text is no SVG: it is one that [`to_svg`](super::to_svg) made.
pub fn to_png(svg: &str, scale: f32) -> Vec<u8> {
    encode(&render(svg, scale), scale)
}

/// The pixels of an SVG.
pub(super) fn render(svg: &str, scale: f32) -> Pixmap {
    let fonts = SystemFonts::of_this_machine();
    let svg = faces::name(svg, fonts);
    let options = faces::options(matches!(svg, Cow::Owned(_)).then_some(fonts));
    let tree = Tree::from_str(&svg, &options).expect("an SVG that this program made");
    let side = |length: f32| rounded(f64::from(length) * f64::from(scale)).unsigned_abs().clamp(1, 32_768);
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let mut pixels = Pixmap::new(width, height).expect("a picture has pixels");
    let transform = Transform::from_scale(width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, transform, &mut pixels.as_mut());
    pixels
}

/// Pixels as a PNG: without transparency where there is none, every row as its difference from the row above, which in figures is
/// mostly none.
pub(super) fn encode(pixels: &Pixmap, scale: f32) -> Vec<u8> {
    let opaque = pixels.pixels().iter().all(|pixel| pixel.alpha() == 255);
    let (color_type, channels) = if opaque { (ColorType::Rgb, 3) } else { (ColorType::Rgba, 4) };
    let samples: Vec<u8> = pixels
        .pixels()
        .iter()
        .map(PremultipliedColorU8::demultiply)
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()].into_iter().take(channels))
        .collect();
    let mut png = Vec::new();
    let mut encoder = Encoder::new(&mut png, pixels.width(), pixels.height());
    encoder.set_color(color_type);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(4));
    encoder.set_filter(Filter::Up);
    // Pixels in a metre: 96 in an inch of 25.4 mm, times the scale.
    let resolution = rounded(96.0 / 0.0254 * f64::from(scale)).unsigned_abs();
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: resolution, yppu: resolution, unit: Unit::Meter }));
    let mut writer = encoder.write_header().expect("a picture has pixels, and memory takes its header");
    writer.write_image_data(&samples).expect("there are as many samples as were announced, and memory takes them");
    writer.finish().expect("memory takes the end");
    png
}
