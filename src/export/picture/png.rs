//! A PNG from an SVG, with the fonts inside the program and no other.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use crate::text::font;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for bytes in [font::REGULAR, font::BOLD] {
        fonts.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    fonts.set_sans_serif_family(font::FAMILY);
    Arc::new(fonts)
});

/// The picture as a PNG with `scale` pixels for each pixel of the SVG. It states its resolution, so that it has the same size on paper.
///
/// # Panics
///
/// When the text is no SVG: it is one that [`to_svg`](super::to_svg) made.
pub fn to_png(svg: &str, scale: f32) -> Vec<u8> {
    let pixels = render(svg, scale);
    pixels.encode_png().expect("memory takes any picture")
}

/// What an SVG says, with the fonts inside the program.
pub(super) fn parse(svg: &str) -> Tree {
    let options = Options { fontdb: Arc::clone(&FONTS), font_family: font::FAMILY.to_owned(), ..Options::default() };
    Tree::from_str(svg, &options).expect("an SVG that this program made")
}

/// The pixels of an SVG.
pub(super) fn render(svg: &str, scale: f32) -> Pixmap {
    let tree = parse(svg);
    let size = tree.size().to_int_size().scale_by(scale).expect("a scale above zero");
    let mut pixels = Pixmap::new(size.width(), size.height()).expect("a picture has pixels");
    let transform =
        Transform::from_scale(size.width() as f32 / tree.size().width(), size.height() as f32 / tree.size().height());
    resvg::render(&tree, transform, &mut pixels.as_mut());
    pixels
}
