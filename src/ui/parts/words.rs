//! Words in the ranks that the window has: headings, words, and quiet words of second rank.

use eframe::egui::{Color32, FontId, Label, Response, RichText, Ui};

use crate::ui::style::{bold_font, color, palette};

/// The heading of a part of a panel.
pub fn heading(ui: &mut Ui, words: &str) -> Response {
    ui.add(Label::new(RichText::new(words).font(bold_font(15.0))).truncate())
}

/// Words of second rank, small.
pub fn quiet(ui: &mut Ui, words: impl Into<String>) -> Response {
    let ink = color(palette(ui).quiet);
    ui.add(Label::new(RichText::new(words).small().color(ink)).wrap())
}

/// Numbers and words that matter.
pub fn strong(ui: &mut Ui, words: impl Into<String>) -> Response {
    ui.label(RichText::new(words).font(bold_font(14.0)))
}

/// The first of some words, the longest first, that is no wider; the last if none is.
pub fn longest<'a>(ui: &Ui, all: &[&'a str], letters: &FontId, width: f32) -> &'a str {
    let wide =
        |words: &str| ui.painter().layout_no_wrap(words.to_owned(), letters.clone(), Color32::PLACEHOLDER).size().x;
    all.iter().find(|words| wide(words) <= width).or(all.last()).copied().unwrap_or_default()
}
