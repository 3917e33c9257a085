//! Fonts and colours of the toolkit, from ours.

use std::sync::Arc;

use eframe::egui::{Color32, Context, FontData, FontDefinitions, FontFamily};

use crate::text::font;
use crate::theme::Color;

/// The family of headings and numbers that matter.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Makes the fonts inside the program the only ones.
pub fn install_fonts(context: &Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [("regular", font::REGULAR), ("bold", font::BOLD)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for (family, name) in [(FontFamily::Proportional, "regular"), (FontFamily::Monospace, "regular"), (bold(), "bold")]
    {
        fonts.families.insert(family, vec![name.to_owned()]);
    }
    context.set_fonts(fonts);
}

/// A colour as the toolkit has it.
pub fn color(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}
