//! Text measured with the fonts it is drawn with: how wide it is, where it breaks, how it is shortened.

use unicode_linebreak::linebreaks;

use crate::text::font::SystemFonts;
pub(crate) use crate::text::font::Weight as Face;

/// The share of a letter's size that stands above the baseline: capitals and digits.
pub(crate) const CAPITALS: f64 = 0.74;
/// From one baseline to the next.
pub(crate) const LINE: f64 = 1.3;

fn advance(character: char, face: Face) -> f64 {
    SystemFonts::of_this_machine().width(character, face)
}

/// The width of a text in letters of that size.
pub(crate) fn width(text: &str, size: f64, face: Face) -> f64 {
    width_with(SystemFonts::of_this_machine(), text, size, face)
}

/// The same, with other fonts of the system.
pub(crate) fn width_with(fonts: &SystemFonts, text: &str, size: f64, face: Face) -> f64 {
    text.chars().map(|character| fonts.width(character, face)).sum::<f64>() * size
}

/// The text, or its beginning and an ellipsis, so that it fits; nothing where not even that does.
pub(crate) fn shorten(text: &str, size: f64, face: Face, room: f64) -> String {
    if width(text, size, face) <= room + 1e-6 {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left = room - width("…", size, face);
    for character in text.chars() {
        left -= advance(character, face) * size;
        if left < 0.0 {
            break;
        }
        kept.push(character);
    }
    let kept = kept.trim_end_matches([' ', ',', ';', ':', '.', '(', '，', '、', '：', '；', '。', '（', '·']);
    if kept.is_empty() { String::new() } else { format!("{kept}…") }
}

/// The text in at most that many lines, the last one shortened.
pub(crate) fn wrap(text: &str, size: f64, face: Face, room: f64, lines: usize) -> Vec<String> {
    let mut wrapped = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && wrapped.len() < lines {
        let last = wrapped.len() + 1 == lines;
        let end = if last { rest.len() } else { line_end(rest, size, face, room) };
        let line = shorten(rest[..end].trim_end(), size, face, room);
        if line.is_empty() {
            break;
        }
        wrapped.push(line);
        rest = rest[end..].trim_start();
    }
    wrapped
}

/// Where the first line ends: at the last place that may be broken and fits, or the first that may be broken at all. Where a text
/// may be broken is Unicode's word (UAX #14), so no line begins with a closing mark in any language.
fn line_end(text: &str, size: f64, face: Face, room: f64) -> usize {
    let (mut start, mut used) = (0, 0.0);
    for (end, _) in linebreaks(text) {
        let piece = &text[start..end];
        if used + width(piece.trim_end(), size, face) > room + 1e-6 {
            return if start > 0 { start } else { end };
        }
        used += width(piece, size, face);
        start = end;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_nothing() {
        for text in [
            "How many channels each layer reads, makes and carries, and what that costs",
            "每一层读取、产生和传递的通道数，以及它们的代价（按参数量与乘加次数计算）",
            "DenseNet 与 ResNet 的通道数 k0 = 16，k = 8",
        ] {
            for room in [90.0, 150.0, 400.0] {
                let lines = wrap(text, 14.0, Face::Regular, room, 100);
                let squeezed = |text: &str| text.replace(' ', "");
                assert_eq!(squeezed(&lines.concat()), squeezed(text));
                for line in lines {
                    assert!(width(&line, 14.0, Face::Regular) <= room, "'{line}' in {room}");
                    assert!(!line.starts_with(['，', '、', '）']), "{line}");
                }
            }
        }
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let lines = wrap("one two three four five six seven", 10.0, Face::Bold, 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'), "{lines:?}");
        assert_eq!(shorten("word", 10.0, Face::Regular, 3.0), "");
        assert_eq!(wrap("", 10.0, Face::Regular, 60.0, 2), Vec::<String>::new());
    }
}
