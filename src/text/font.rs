//! The fonts inside the program, so that every word shows on every machine.
//!
//! Noto Sans CJK SC with the characters that the program uses and the commonest Chinese ones, under the SIL Open Font License
//! (`assets/fonts/OFL.txt`); `scripts/subset-fonts` makes them.

/// The family's name, as files that name a font must write it.
pub const FAMILY: &str = "Noto Sans CJK SC";

/// The regular weight, OpenType.
pub static REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSansCJKsc-Regular-subset.otf");

/// The bold weight, OpenType.
pub static BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansCJKsc-Bold-subset.otf");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use resvg::usvg::fontdb::{Database, Source};

    use super::*;
    use crate::text::{Language, Text};

    #[test]
    fn every_character_of_every_text_is_in_both_fonts() {
        for font in [REGULAR, BOLD] {
            let mut fonts = Database::new();
            let ids = fonts.load_font_source(Source::Binary(std::sync::Arc::new(font)));
            assert_eq!(fonts.face(ids[0]).expect("the font has a face").families[0].0, FAMILY);
            let known = fonts.with_face_data(ids[0], |bytes, face| {
                let face = ttf_parser::Face::parse(bytes, face).expect("the font is OpenType");
                let texts = Language::ALL.into_iter().flat_map(|language| Text::of(language).entries());
                let wanted: BTreeSet<char> = texts.flat_map(|(_, words)| words.chars()).collect();
                wanted.into_iter().filter(|&character| face.glyph_index(character).is_none()).collect::<String>()
            });
            assert_eq!(known.as_deref(), Some(""), "characters without a glyph; scripts/subset-fonts adds them");
        }
    }
}
