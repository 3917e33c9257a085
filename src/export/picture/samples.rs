//! A sheet of samples: some images of each class, a row for each.

use std::fmt::Write as _;

use resvg::tiny_skia::{ColorU8, Pixmap};

use super::png::{encode, render};
use super::sheet::escape;
use crate::data::Samples;
use crate::text::font;

/// Pixels for the names, at the left.
const NAMES: usize = 160;
const GAP: usize = 6;
/// The side that small images are made large for, in whole numbers of pixels.
const TILE: usize = 56;
/// Letters of a name that have room.
const LETTERS: usize = 18;
/// Neither side of a sheet may be larger.
const LARGEST_SIDE: usize = 30_000;

/// Pixels of the sheet for each of an image, and the size of the sheet.
fn size(samples: &Samples) -> (usize, usize, usize) {
    let shape = samples.shape;
    let zoom = (TILE / shape.height.max(shape.width)).max(1);
    let across = samples.images.iter().map(Vec::len).max().unwrap_or(0);
    let width = NAMES + GAP + across * (shape.width * zoom + GAP);
    let height = GAP + samples.images.len() * (shape.height * zoom + GAP);
    (zoom, width, height)
}

/// Whether a sheet of these is small enough for a picture.
pub fn samples_fit(samples: &Samples) -> bool {
    let (_, width, height) = size(samples);
    width.max(height) <= LARGEST_SIDE
}

/// The sheet as a PNG, with the names of the classes.
pub fn samples_to_png(samples: &Samples, names: &[String]) -> Vec<u8> {
    let (zoom, width, height) = size(samples);
    let row = samples.shape.height * zoom + GAP;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"'{}'\" \
         font-size=\"14\"><rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>",
        font::FAMILY
    );
    for (class, name) in names.iter().enumerate() {
        let middle = GAP + class * row + (row - GAP) / 2 + 5;
        let _ = write!(svg, "<text x=\"{GAP}\" y=\"{middle}\" fill=\"#222222\">");
        let shown: String = name.chars().take(LETTERS).collect();
        escape(&mut svg, &shown);
        svg.push_str(if name.chars().nth(LETTERS).is_some() { "…</text>" } else { "</text>" });
    }
    svg.push_str("</svg>");
    let mut sheet = render(&svg, 1.0);
    for (class, images) in samples.images.iter().enumerate() {
        for (place, image) in images.iter().enumerate() {
            let left = NAMES + GAP + place * (samples.shape.width * zoom + GAP);
            paste(&mut sheet, samples, image, (left, GAP + class * row), zoom);
        }
    }
    encode(&sheet, 1.0)
}

/// Every pixel of an image becomes a square of pixels.
fn paste(sheet: &mut Pixmap, samples: &Samples, image: &[u8], (left, top): (usize, usize), zoom: usize) {
    let (shape, width) = (samples.shape, sheet.width() as usize);
    let pixels = sheet.pixels_mut();
    for y in 0..shape.height * zoom {
        for x in 0..shape.width * zoom {
            let at = y / zoom * shape.width + x / zoom;
            let part = |channel: usize| image[channel.min(shape.channels - 1) * shape.pixels() + at];
            pixels[(top + y) * width + left + x] = ColorU8::from_rgba(part(0), part(1), part(2), 255).premultiply();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ImageShape;

    #[test]
    fn every_image_stands_in_the_row_of_its_class() {
        let shape = ImageShape { channels: 3, height: 1, width: 2 };
        let (red, blue) = (vec![255, 255, 0, 0, 0, 0], vec![0, 0, 0, 0, 255, 255]);
        let samples = Samples { shape, images: vec![vec![red.clone(), red], vec![blue]] };
        let png = samples_to_png(&samples, &["a & b".to_owned(), "鑫".to_owned()]);
        let picture = image::load_from_memory(&png).unwrap().into_rgb8();
        let (zoom, width, height) = size(&samples);
        assert_eq!((picture.width() as usize, picture.height() as usize), (width, height));
        let at = |x: usize, y: usize| picture.get_pixel(u32::try_from(x).unwrap(), u32::try_from(y).unwrap()).0;
        assert_eq!(at(NAMES + GAP, GAP), [255, 0, 0]);
        assert_eq!(at(NAMES + 2 * GAP + 2 * zoom, GAP), [255, 0, 0]);
        assert_eq!(at(NAMES + GAP, 2 * GAP + zoom), [0, 0, 255]);
        assert_eq!(at(NAMES + 2 * GAP + 2 * zoom, 2 * GAP + zoom), [255; 3]);
        assert!((0..NAMES).any(|x| at(x, GAP + zoom / 2) != [255; 3]), "the name is written");
    }
}
