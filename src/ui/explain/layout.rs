//! The ranks of words in the panel.

use eframe::egui::{Label, RichText, Ui};

use crate::ui::style::{bold_font, color, palette};

/// What is explained.
pub(super) fn title(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(bold_font(16.0))).wrap());
}

/// The name of what follows.
pub(super) fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(4.0);
    ui.add(Label::new(RichText::new(words).font(bold_font(13.0))).wrap());
}

/// A paragraph that can be copied.
pub(super) fn paragraph(ui: &mut Ui, words: impl Into<String>) {
    ui.add(Label::new(words.into()).wrap().selectable(true));
}

/// A paragraph of second rank.
pub(super) fn aside(ui: &mut Ui, words: impl Into<String>) {
    let ink = color(palette(ui).quiet);
    ui.add(Label::new(RichText::new(words).small().color(ink)).wrap().selectable(true));
}
