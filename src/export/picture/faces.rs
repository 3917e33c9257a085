//! Which font each letter of a picture is drawn with: the same that it was measured with.
//!
//! What turns an SVG into pixels would take a whole text in another font as soon as one letter is missing. So letters that the fonts
//! inside the program lack are marked with the font that has them, and letters that none has become their codes. The file itself
//! stays as it is: whoever shows it has fonts of their own.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::Database;
use resvg::usvg::{FontFamily, FontResolver, Options};

use crate::text::font::{self, Glyphs, SystemFonts, Weight, code};

/// How options and marks call a font of the system.
const SYSTEM: &str = "system font ";

/// The SVG with its foreign letters marked; as it is when it has none.
pub(super) fn name<'a>(svg: &'a str, fonts: &SystemFonts) -> Cow<'a, str> {
    let inside = |character| fonts.glyphs(character, Weight::Regular) == Glyphs::Inside;
    if svg.is_ascii() || svg.chars().all(inside) {
        return Cow::Borrowed(svg);
    }
    let mut marked = String::with_capacity(svg.len() + 1024);
    let mut rest = svg;
    while let Some((before, tag, words, after)) = next_text(rest) {
        marked.push_str(before);
        marked.push_str(tag);
        let bold = tag.contains("font-weight=\"bold\"");
        mark(&mut marked, words, if bold { Weight::Bold } else { Weight::Regular }, fonts);
        rest = after;
    }
    marked.push_str(rest);
    Cow::Owned(marked)
}

/// The next text: what stands before it, its tag, its words, and what follows them.
fn next_text(svg: &str) -> Option<(&str, &str, &str, &str)> {
    let start = svg.find("<text")?;
    let opened = start + svg[start..].find('>')? + 1;
    let end = opened + svg[opened..].find("</text>")?;
    Some((&svg[..start], &svg[start..opened], &svg[opened..end], &svg[end..]))
}

fn mark(marked: &mut String, words: &str, weight: Weight, fonts: &SystemFonts) {
    let mut open = Glyphs::Inside;
    for character in words.chars() {
        let glyphs = fonts.glyphs(character, weight);
        if glyphs != open {
            if let Glyphs::System(_) = open {
                marked.push_str("</tspan>");
            }
            if let Glyphs::System(font) = glyphs {
                let _ = write!(marked, "<tspan font-family=\"'{SYSTEM}{font}'\">");
            }
            open = glyphs;
        }
        match glyphs {
            Glyphs::Inside | Glyphs::System(_) => marked.push(character),
            Glyphs::Code => marked.push_str(&code(character)),
        }
    }
    if let Glyphs::System(_) = open {
        marked.push_str("</tspan>");
    }
}

/// How marks are read: with the fonts inside the program, and where there are marks with the system's too.
pub(super) fn options(fonts: Option<&SystemFonts>) -> Options<'static> {
    static INSIDE: LazyLock<Arc<Database>> = LazyLock::new(|| Arc::new(font::fonts_inside()));
    let by_name = FontResolver::default_font_selector();
    let select_font = move |wanted: &resvg::usvg::Font, fonts: &mut Arc<Database>| match wanted.families().first() {
        Some(FontFamily::Named(name)) if name.starts_with(SYSTEM) => {
            fonts.faces().map(|face| face.id).find(|id| name[SYSTEM.len()..] == id.to_string())
        }
        _ => by_name(wanted, fonts),
    };
    Options {
        fontdb: Arc::clone(fonts.map_or(&*INSIDE, SystemFonts::database)),
        font_family: font::FAMILY.to_owned(),
        font_resolver: FontResolver {
            select_font: Box::new(select_font),
            // Every letter has been given its font.
            select_fallback: Box::new(|_, _, _| None),
        },
        ..Options::default()
    }
}

#[cfg(test)]
mod tests {
    use resvg::usvg::{Node, Tree};

    use super::*;
    use crate::chart::layout::lettering::width_with;

    /// The test's own font, which has the letters of the first three names below and not the last ones.
    fn foreign() -> SystemFonts {
        SystemFonts::in_folders(vec![concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts").into()])
    }

    fn text(words: &str, more: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"60\" font-family=\"'{}'\"><desc>{words}</desc>\
             <text x=\"10\" y=\"40\" font-size=\"20\"{more}>{words}</text></svg>",
            font::FAMILY
        )
    }

    #[test]
    fn words_that_the_fonts_inside_have_stay_as_they_are() {
        let svg = text("DenseNet 层 ∂L &amp; ‖x‖", "");
        assert!(matches!(name(&svg, &foreign()), Cow::Borrowed(_)));
    }

    #[test]
    fn letters_are_marked_where_they_are_drawn_and_nowhere_else() {
        let marked = name(&text("a опыт 張鑫", ""), &foreign()).into_owned();
        assert!(marked.contains("<desc>a опыт 張鑫</desc>"), "{marked}");
        let drawn = &marked[marked.find("<text").unwrap()..];
        assert_eq!(drawn.matches("<tspan").count(), 2, "{drawn}");
        for part in [">a <tspan", "'>опыт</tspan> <tspan", ">張</tspan>[U+946B]</text>"] {
            let part = part.replace('\'', "'\"");
            assert!(drawn.contains(&part), "{part} in {drawn}");
        }
    }

    #[test]
    fn what_is_measured_is_what_is_drawn() {
        for fonts in [foreign(), SystemFonts::in_folders(Vec::new())] {
            for (face, more) in [(Weight::Regular, ""), (Weight::Bold, " font-weight=\"bold\"")] {
                for words in ["опыт", "Łódź", "張鑫", "run · опыт Łódź (張鑫)", "ab"] {
                    let svg = text(words, more);
                    let svg = name(&svg, &fonts);
                    let tree = Tree::from_str(&svg, &options(Some(&fonts))).unwrap();
                    let Some(Node::Text(drawn)) = tree.root().children().first() else { panic!("no text in {svg}") };
                    let (drawn, measured) =
                        (f64::from(drawn.bounding_box().width()), width_with(&fonts, words, 20.0, face));
                    assert!((drawn - measured).abs() < 0.7, "{words}: {drawn} drawn, {measured} measured");
                }
            }
        }
    }
}
