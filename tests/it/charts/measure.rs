//! Where the words of an SVG are, by the font inside the program.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use densescope::export::picture::to_png;
use densescope::text::font;
use resvg::tiny_skia::Rect;
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Group, Node, Options, Text, TextChunk, Tree};

/// What the SVG says, drawn with the embedded fonts and no other.
pub(super) fn read(svg: &str) -> Tree {
    let mut fonts = Database::new();
    for bytes in [font::REGULAR, font::BOLD] {
        fonts.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    Tree::from_str(svg, &options).unwrap_or_else(|error| panic!("{error}\n{svg}"))
}

/// Writes a picture to the folder that `DENSESCOPE_PICTURES` names, for those who want to look at it.
pub(super) fn show(name: &str, svg: &str, scale: f32) {
    if let Some(folder) = std::env::var_os("DENSESCOPE_PICTURES") {
        let path = Path::new(&folder).join(name.replace(' ', "-"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(path.with_added_extension("png"), to_png(svg, scale)).unwrap();
        fs::write(path.with_added_extension("svg"), svg).unwrap();
    }
}

/// Words with the box that their ink fills, in pixels.
pub(super) struct Words {
    pub(super) text: String,
    pub(super) ink: Rect,
}

/// All words of a picture.
pub(super) fn words(tree: &Tree) -> Vec<Words> {
    let mut found = Vec::new();
    visit(tree.root(), &mut |text| {
        let words: String = text.chunks().iter().map(TextChunk::text).collect();
        let ink = text.flattened().abs_bounding_box();
        found.push(Words { text: words, ink });
    });
    found
}

fn visit(group: &Group, each: &mut dyn FnMut(&Text)) {
    for node in group.children() {
        match node {
            Node::Group(group) => visit(group, each),
            Node::Text(text) => each(text),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

/// Panics when words reach out of the picture or touch each other.
#[track_caller]
pub(super) fn assert_words_have_room(tree: &Tree, what: &str) {
    let words = words(tree);
    let size = tree.size();
    for (index, one) in words.iter().enumerate() {
        let Words { text, ink } = one;
        let inside =
            ink.left() >= 0.0 && ink.top() >= 0.0 && ink.right() <= size.width() && ink.bottom() <= size.height();
        assert!(inside, "{what}: '{text}' reaches out of the picture: {ink:?}");
        for other in &words[index + 1..] {
            let across = ink.right().min(other.ink.right()) - ink.left().max(other.ink.left());
            let down = ink.bottom().min(other.ink.bottom()) - ink.top().max(other.ink.top());
            assert!(
                across <= 0.0 || down <= 0.0,
                "{what}: '{text}' and '{}' overlap: {ink:?} {:?}",
                other.text,
                other.ink
            );
        }
    }
}
