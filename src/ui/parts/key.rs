//! Keys as they stand on the keyboard.

use eframe::egui::os::OperatingSystem;
use eframe::egui::{Response, RichText, Sense, Stroke, StrokeKind, Ui, WidgetText, vec2};

use crate::text::Text;
use crate::ui::style::{color, font, palette};

/// A key as people of this system and language write it: `Ctrl+K`, on a Mac `⌘K`'s words.
pub fn words(key: &str, text: &Text, system: OperatingSystem) -> String {
    let parts = split(key).map(|part| match part {
        "Ctrl" if system == OperatingSystem::Mac => "Cmd",
        "Space" => text.say("ui.key.space"),
        "Left" => "←",
        "Right" => "→",
        "Up" => "↑",
        "Down" => "↓",
        "Escape" => "Esc",
        "Backspace" => text.say("ui.key.backspace"),
        other => other,
    });
    let mut all = String::new();
    for part in parts {
        if !all.is_empty() {
            all.push('+');
        }
        all.push_str(part);
    }
    all
}

/// The parts of a key: `Ctrl++` is `Ctrl` and `+`.
fn split(key: &str) -> impl Iterator<Item = &str> {
    let (before, last) = match key.strip_suffix("++") {
        Some(before) => (before, Some("+")),
        None => (key, None),
    };
    before.split('+').filter(|part| !part.is_empty()).chain(last)
}

/// A key's cap.
pub fn cap(ui: &mut Ui, words: &str) -> Response {
    let palette = palette(ui);
    let label = WidgetText::from(RichText::new(words).font(font(12.0)).color(color(palette.quiet)));
    let galley = label.into_galley(ui, None, f32::INFINITY, font(12.0));
    let (place, response) = ui.allocate_exact_size(vec2((galley.size().x + 12.0).max(22.0), 20.0), Sense::hover());
    let line = Stroke::new(1.0, color(palette.line));
    ui.painter().rect(place, 4.0, color(palette.control), line, StrokeKind::Inside);
    ui.painter().galley(place.center() - galley.size() / 2.0, galley, color(palette.quiet));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn keys_are_written_as_on_the_keyboard() {
        let text = Text::of(Language::English);
        for (key, written) in
            [("Ctrl+K", "Ctrl+K"), ("Ctrl++", "Ctrl++"), ("Shift+Left", "Shift+←"), ("Space", "Space"), ("?", "?")]
        {
            assert_eq!(words(key, text, OperatingSystem::Nix), written);
        }
        assert_eq!(words("Ctrl+K", text, OperatingSystem::Mac), "Cmd+K");
    }
}
