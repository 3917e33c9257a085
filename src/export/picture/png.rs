//! A PNG from an SVG, with the fonts inside the program and no other.

use std::io::Write as _;
use std::sync::{Arc, LazyLock};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::sheet::rounded;
use crate::text::font;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for bytes in [font::REGULAR, font::BOLD] {
        fonts.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    fonts.set_sans_serif_family(font::FAMILY);
    Arc::new(fonts)
});

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
    let options = Options { fontdb: Arc::clone(&FONTS), font_family: font::FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).expect("an SVG that this program made");
    let side = |length: f32| rounded(f64::from(length) * f64::from(scale)).unsigned_abs().clamp(1, 32_768);
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let mut pixels = Pixmap::new(width, height).expect("a picture has pixels");
    let transform = Transform::from_scale(width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, transform, &mut pixels.as_mut());
    pixels
}

/// Pixels as a PNG (W3C, *Portable Network Graphics*, 2003): without transparency where there is none, every row as its difference
/// from the row above, which in figures is mostly none.
pub(super) fn encode(pixels: &Pixmap, scale: f32) -> Vec<u8> {
    let (width, height) = (pixels.width(), pixels.height());
    let opaque = pixels.pixels().iter().all(|pixel| pixel.alpha() == 255);
    let channels = if opaque { 3 } else { 4 };
    let row_length = width as usize * channels;
    let mut above = vec![0_u8; row_length];
    let mut row = Vec::with_capacity(row_length);
    let mut difference = vec![0_u8; row_length + 1];
    difference[0] = 2; // the filter's number: from above
    let mut compressed = ZlibEncoder::new(Vec::new(), Compression::new(4));
    for line in pixels.pixels().chunks_exact(width as usize) {
        row.clear();
        for pixel in line {
            let color = pixel.demultiply();
            row.extend_from_slice(&[color.red(), color.green(), color.blue(), color.alpha()][..channels]);
        }
        for ((difference, new), old) in difference[1..].iter_mut().zip(&row).zip(&above) {
            *difference = new.wrapping_sub(*old);
        }
        compressed.write_all(&difference).expect("memory takes any picture");
        std::mem::swap(&mut above, &mut row);
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let color_type = if opaque { 2 } else { 6 };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, color_type, 0, 0, 0]].concat();
    // Pixels in a metre: 96 in an inch of 25.4 mm, times the scale.
    let resolution = rounded(96.0 / 0.0254 * f64::from(scale)).unsigned_abs().to_be_bytes();
    chunk(&mut png, *b"IHDR", &header);
    chunk(&mut png, *b"pHYs", &[&resolution[..], &resolution, &[1]].concat());
    chunk(&mut png, *b"IDAT", &compressed.finish().expect("memory takes any picture"));
    chunk(&mut png, *b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    let length = u32::try_from(content.len()).expect("a picture is smaller than 4 GB");
    png.extend_from_slice(&length.to_be_bytes());
    let mut sum = Crc::new();
    sum.update(&name);
    sum.update(content);
    png.extend_from_slice(&name);
    png.extend_from_slice(content);
    png.extend_from_slice(&sum.sum().to_be_bytes());
}
