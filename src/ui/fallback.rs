//! What is shown in the window where the fonts inside the program lack a character: a font of the system, or its code in a frame.

use std::sync::Arc;

use eframe::egui::epaint::text::{
    FallbackRequest, FontInsert, FontPriority, FontProvider, GlyphBitmap, GlyphRasterizer, GlyphRasterizerRequest,
    InsertFontFamily, RasterizedGlyph,
};
use eframe::egui::{Color32, ColorImage, Context, FontData, vec2};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::style::bold;
use crate::text::font::{self, Glyphs, SystemFonts, Weight};

/// Lets characters that the fonts inside the program lack be shown by others. Nothing is looked for before one is.
pub fn install_fallback(context: &Context, fonts: &'static SystemFonts) {
    context.add_font_provider(Arc::new(Provider { fonts }));
    context.add_glyph_rasterizer(GlyphRasterizer::new("densescope code", framed_code));
}

struct Provider {
    fonts: &'static SystemFonts,
}

impl FontProvider for Provider {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let character = request.cluster.chars().next()?;
        let weight = if *request.family == bold() { Weight::Bold } else { Weight::Regular };
        let Glyphs::System(id) = self.fonts.glyphs(character, weight) else { return None };
        let (bytes, index) = self.fonts.file(id)?;
        let family = InsertFontFamily { family: request.family.clone(), priority: FontPriority::Lowest };
        let data = FontData { index, ..FontData::from_owned(bytes) };
        Some(FontInsert::new(&format!("system {id}"), data, vec![family]))
    }
}

/// The codes of a cluster's characters, small and in a frame: `U+5F35`.
fn framed_code(request: &GlyphRasterizerRequest<'_>) -> Option<RasterizedGlyph> {
    let codes: Vec<String> =
        request.cluster.chars().map(|character| format!("U+{:04X}", u32::from(character))).collect();
    let words = codes.join(" ");
    let letters = f64::from(request.font_size_px) * 0.68;
    let letters_width: f64 = words.chars().filter_map(|character| font::advance(character, Weight::Regular)).sum();
    let (inside, line) = (letters_width * letters, (letters / 10.0).max(1.0));
    let (width, height) = (inside + 4.0 * line, letters * 1.3);
    let (right, bottom) = (width - line, height - line);
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'>\
         <rect x='{half}' y='{half}' width='{right}' height='{bottom}' rx='{line}' fill='none' stroke='#000' stroke-width='{line}'/>\
         <text x='{}' y='{}' font-size='{letters}' font-family='{}'>{words}</text></svg>",
        2.0 * line,
        letters * 1.02,
        font::FAMILY,
        half = line / 2.0,
    );
    let options = Options { fontdb: Arc::new(font::fonts_inside()), ..Options::default() };
    let tree = Tree::from_str(&svg, &options).ok()?;
    let size = tree.size().to_int_size();
    let mut picture = Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    let pixels = picture.pixels().iter().map(|pixel| Color32::from_white_alpha(pixel.alpha())).collect();
    let image = ColorImage::new([size.width() as usize, size.height() as usize], pixels);
    let above = -(image.height() as f32 * 0.82).round();
    Some(RasterizedGlyph {
        advance_px: image.width() as f32 + 2.0,
        bitmap: GlyphBitmap { image, offset_px: vec2(1.0, above), is_color: false },
    })
}
