//! The fonts inside the program, so that every word of its own shows on every machine, and how wide letters are.
//!
//! Noto Sans CJK SC with the characters that the program uses and the commonest Chinese ones, under the SIL Open Font License
//! (`assets/fonts/OFL.txt`); `scripts/subset-fonts` makes them. What they lack, as names of runs and classes may have it, comes from
//! the fonts of the system ([`SystemFonts`]).

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

mod system;

pub use system::{Glyphs, SystemFonts, code, fonts_inside};

/// The family's name, as files that name a font must write it.
pub const FAMILY: &str = "Noto Sans CJK SC";

/// The regular weight, OpenType.
pub static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/NotoSansCJKsc-Regular-subset.otf");

/// The bold weight, OpenType.
pub static BOLD: &[u8] = include_bytes!("../../../assets/fonts/NotoSansCJKsc-Bold-subset.otf");

/// How thick letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// As words are.
    Regular,
    /// As headings are.
    Bold,
}

impl Weight {
    /// The font inside the program of this weight, OpenType.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Bold => BOLD,
        }
    }

    fn font(self) -> &'static FontRef<'static> {
        static FONTS: LazyLock<[FontRef<'static>; 2]> = LazyLock::new(|| {
            [REGULAR, BOLD].map(|bytes| FontRef::new(bytes).expect("the fonts inside the program are whole"))
        });
        let [regular, bold] = &*FONTS;
        match self {
            Self::Regular => regular,
            Self::Bold => bold,
        }
    }
}

/// The advance of a character in the font inside the program, as a share of the letters' size; nothing if it lacks the character.
pub fn advance(character: char, weight: Weight) -> Option<f64> {
    /// What nearly every label is made of.
    static LATIN: LazyLock<[Vec<Option<f64>>; 2]> = LazyLock::new(|| {
        [Weight::Regular, Weight::Bold]
            .map(|weight| (0..=127_u8).map(|code| advance_in(weight.font(), char::from(code))).collect())
    });
    let [regular, bold] = &*LATIN;
    let latin = match weight {
        Weight::Regular => regular,
        Weight::Bold => bold,
    };
    latin.get(character as usize).copied().unwrap_or_else(|| advance_in(weight.font(), character))
}

/// Kerning is left out, so a text is never wider than what is said here by more than a hair.
fn advance_in(font: &FontRef<'_>, character: char) -> Option<f64> {
    let glyph = font.charmap().map(character)?;
    // A font of coloured pictures has names for its glyphs and no outlines that could be drawn.
    font.outline_glyphs().get(glyph)?;
    let units = font.glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(glyph)?;
    let em = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
    Some(f64::from(units) / f64::from(em))
}

/// Whether a character has nothing to see by itself: it joins, directs or separates others.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || character.is_whitespace()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::{Language, Text};

    #[test]
    fn every_character_of_every_text_is_in_both_fonts() {
        for bytes in [REGULAR, BOLD] {
            let face = ttf_parser::Face::parse(bytes, 0).expect("the font is OpenType");
            let family = face.names().into_iter().find(|name| name.name_id == ttf_parser::name_id::FAMILY);
            assert_eq!(family.and_then(|name| name.to_string()).as_deref(), Some(FAMILY));
            let texts = Language::ALL.into_iter().flat_map(|language| Text::of(language).entries());
            // The end of a line is no letter.
            let wanted: BTreeSet<char> = texts.flat_map(|(_, words)| words.chars()).filter(|it| *it != '\n').collect();
            let missing: String =
                wanted.into_iter().filter(|&character| face.glyph_index(character).is_none()).collect();
            assert_eq!(missing, "", "characters without a glyph; scripts/subset-fonts adds them");
        }
    }

    #[test]
    fn advances_are_those_of_the_font_file() {
        for weight in [Weight::Regular, Weight::Bold] {
            let face = ttf_parser::Face::parse(weight.bytes(), 0).unwrap();
            for character in "Gradient norm ‖∂L/∂W‖ 10⁻³ 每层的梯度，（按层）".chars() {
                let units = face.glyph_hor_advance(face.glyph_index(character).unwrap()).unwrap();
                let expected = f64::from(units) / f64::from(face.units_per_em());
                assert_eq!(advance(character, weight), Some(expected), "{character}");
            }
            assert_eq!(advance('張', weight), None);
        }
    }
}
