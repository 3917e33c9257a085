//! Fonts of the system, for characters that the fonts inside the program lack: runs, classes and files are called what people call them.
//!
//! They are looked for when the first such character is to be shown and never before, so that nothing else depends on them, and a
//! window opens as fast without as with them.

use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use fontdb::{Database, FaceInfo, ID, Source, Stretch, Style, Weight as FontWeight};
use skrifa::FontRef;

use super::{BOLD, FAMILY, REGULAR, Weight, advance, advance_in, is_invisible};

/// Where the glyphs of a character come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Glyphs {
    /// The fonts inside the program.
    Inside,
    /// A font of the system.
    System(ID),
    /// No font has any: its code is shown, such as `[U+5F35]`.
    Code,
}

/// What was found for a character: the font, and its advance there as a share of the letters' size.
type Found = (ID, f64);

/// The fonts that stand behind those inside the program.
pub struct SystemFonts {
    folders: Option<Vec<PathBuf>>,
    fonts: OnceLock<Arc<Database>>,
    found: Mutex<BTreeMap<(char, Weight), Option<Found>>>,
}

impl SystemFonts {
    /// The variable of the environment with the folders in which fonts are looked for, in place of the system's; empty for none.
    pub const FOLDERS: &str = "DENSESCOPE_FONTS";

    /// The fonts that this process falls back to.
    pub fn of_this_machine() -> &'static Self {
        static FONTS: LazyLock<SystemFonts> =
            LazyLock::new(|| {
                let folders = env::var_os(SystemFonts::FOLDERS);
                SystemFonts::new(folders.map(|folders| {
                    env::split_paths(&folders).filter(|folder| !folder.as_os_str().is_empty()).collect()
                }))
            });
        &FONTS
    }

    /// The fonts in some folders and the folders inside them.
    pub fn in_folders(folders: Vec<PathBuf>) -> Self {
        Self::new(Some(folders))
    }

    fn new(folders: Option<Vec<PathBuf>>) -> Self {
        Self { folders, fonts: OnceLock::new(), found: Mutex::default() }
    }

    /// Where the glyphs of a character come from.
    pub fn glyphs(&self, character: char, weight: Weight) -> Glyphs {
        if advance(character, weight).is_some() || is_invisible(character) {
            return Glyphs::Inside;
        }
        self.find(character, weight).map_or(Glyphs::Code, |(font, _)| Glyphs::System(font))
    }

    /// The width of a character as a share of the letters' size, in the font that has it; of its code where none has.
    pub fn width(&self, character: char, weight: Weight) -> f64 {
        let inside = advance(character, weight).or_else(|| is_invisible(character).then_some(0.0));
        let width = inside.or_else(|| self.find(character, weight).map(|(_, width)| width));
        width.unwrap_or_else(|| code(character).chars().filter_map(|character| advance(character, weight)).sum())
    }

    /// All fonts: those inside the program, and behind them the system's.
    pub fn database(&self) -> &Arc<Database> {
        self.fonts.get_or_init(|| {
            let mut fonts = fonts_inside();
            match &self.folders {
                Some(folders) => folders.iter().for_each(|folder| fonts.load_fonts_dir(folder)),
                None => fonts.load_system_fonts(),
            }
            Arc::new(fonts)
        })
    }

    /// A font of the system as a file: its bytes, and which of the faces in it.
    pub fn file(&self, font: ID) -> Option<(Vec<u8>, u32)> {
        self.database().with_face_data(font, |bytes, face| (bytes.to_vec(), face))
    }

    fn find(&self, character: char, weight: Weight) -> Option<Found> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        *found.entry((character, weight)).or_insert_with(|| {
            let fonts = self.database();
            let mut faces: Vec<&FaceInfo> = fonts.faces().collect();
            faces.sort_by_cached_key(|face| likeness(face, weight));
            faces.into_iter().find_map(|face| {
                let has = |bytes: &[u8], index| advance_in(&FontRef::from_index(bytes, index).ok()?, character);
                Some((face.id, fonts.with_face_data(face.id, has)??))
            })
        })
    }
}

/// The fonts inside the program alone.
pub fn fonts_inside() -> Database {
    let mut fonts = Database::new();
    for bytes in [REGULAR, BOLD] {
        fonts.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    fonts.set_sans_serif_family(FAMILY);
    fonts.set_serif_family(FAMILY);
    fonts
}

/// How a character that no font has is written.
pub fn code(character: char) -> String {
    format!("[U+{:04X}]", u32::from(character))
}

/// How unlike the fonts inside the program a font is; the least stands beside them best. Names decide last, so that the same fonts
/// give the same choice.
fn likeness(face: &FaceInfo, weight: Weight) -> (bool, bool, bool, usize, u16, String) {
    /// Without serifs, and found on many machines; Chinese in its simplified forms first, as inside the program.
    const LIKE_OURS: [&str; 11] = [
        FAMILY,
        "Source Han Sans SC",
        "Noto Sans",
        "PingFang SC",
        "Microsoft YaHei",
        "DejaVu Sans",
        "Segoe UI",
        "Helvetica Neue",
        "Arial",
        "Liberation Sans",
        "WenQuanYi Micro Hei",
    ];
    let family = face.families.first().map_or("", |(family, _)| family);
    // Some fonts have an empty shape for everything.
    let is_last = family.starts_with('.') || family.contains("LastResort") || family.contains("Adobe Blank");
    let rank = LIKE_OURS.iter().position(|&like| like == family);
    let rank = rank.unwrap_or(LIKE_OURS.len() + usize::from(!family.contains("Sans")));
    let wanted = match weight {
        Weight::Regular => FontWeight::NORMAL,
        Weight::Bold => FontWeight::BOLD,
    };
    (
        is_last,
        face.monospaced,
        face.style != Style::Normal || face.stretch != Stretch::Normal,
        rank,
        face.weight.0.abs_diff(wanted.0),
        format!("{family} {} {}", face.post_script_name, face.index),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test's own font, which has 張 and not 鑫.
    fn with_a_font() -> SystemFonts {
        SystemFonts::in_folders(vec![concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts").into()])
    }

    #[test]
    fn a_missing_character_comes_from_the_system_and_without_a_font_becomes_its_code() {
        let (with, without) = (with_a_font(), SystemFonts::in_folders(Vec::new()));
        for weight in [Weight::Regular, Weight::Bold] {
            assert!("a层∂".chars().all(|character| with.glyphs(character, weight) == Glyphs::Inside));
        }
        assert!(with.fonts.get().is_none(), "no font was looked for");
        for weight in [Weight::Regular, Weight::Bold] {
            for (character, width) in [('о', 0.6), ('Ł', 0.6), ('張', 1.0)] {
                assert!(matches!(with.glyphs(character, weight), Glyphs::System(_)), "{character}");
                assert!((with.width(character, weight) - width).abs() < 1e-9, "{character}");
                assert_eq!(without.glyphs(character, weight), Glyphs::Code);
            }
            let of_the_code: f64 = "[U+946B]".chars().map(|character| advance(character, weight).unwrap()).sum();
            for fonts in [&with, &without] {
                assert_eq!(fonts.glyphs('鑫', weight), Glyphs::Code);
                assert!((fonts.width('鑫', weight) - of_the_code).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn what_nobody_could_see_has_no_width_and_no_code() {
        let fonts = SystemFonts::in_folders(Vec::new());
        for character in ['\u{200d}', '\u{feff}', '\u{fe0f}', '\n'] {
            assert_eq!(
                (fonts.glyphs(character, Weight::Regular), fonts.width(character, Weight::Regular)),
                (Glyphs::Inside, 0.0)
            );
        }
    }

    #[test]
    fn a_file_is_given_as_it_lies_in_its_folder() {
        let fonts = with_a_font();
        let Glyphs::System(font) = fonts.glyphs('張', Weight::Regular) else { panic!("the font has it") };
        let file = include_bytes!("../../../tests/fonts/foreign.ttf");
        assert_eq!(fonts.file(font), Some((file.to_vec(), 0)));
    }
}
