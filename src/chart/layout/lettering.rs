//! Text measured with the font inside the program: how wide it is, where it breaks, how it is shortened.
//!
//! Kerning is left out, so a text is never wider than what is said here by more than a hair.

use std::sync::LazyLock;

use crate::text::font;

/// How thick letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    Bold,
}

/// The share of a letter's size that stands above the baseline: capitals and digits.
pub(crate) const CAPITALS: f64 = 0.74;
/// From one baseline to the next.
pub(crate) const LINE: f64 = 1.3;

static FONTS: LazyLock<[ttf_parser::Face<'static>; 2]> = LazyLock::new(|| {
    [font::REGULAR, font::BOLD]
        .map(|bytes| ttf_parser::Face::parse(bytes, 0).expect("the fonts inside the program are whole"))
});

/// Widths of the characters that nearly every label is made of.
static LATIN: LazyLock<[Vec<f64>; 2]> = LazyLock::new(|| {
    [Face::Regular, Face::Bold].map(|face| (0..=127_u8).map(|code| measured(char::from(code), face)).collect())
});

/// The advance of one character as a share of the letters' size; that of the box that stands for what the font does not have.
fn measured(character: char, face: Face) -> f64 {
    let [regular, bold] = &*FONTS;
    let file = match face {
        Face::Regular => regular,
        Face::Bold => bold,
    };
    let advance = file.glyph_index(character).and_then(|glyph| file.glyph_hor_advance(glyph));
    advance.map_or(1.0, |units| f64::from(units) / f64::from(file.units_per_em()))
}

fn advance(character: char, face: Face) -> f64 {
    let [regular, bold] = &*LATIN;
    let known = match face {
        Face::Regular => regular,
        Face::Bold => bold,
    };
    known.get(character as usize).copied().unwrap_or_else(|| measured(character, face))
}

/// The width of a text in letters of that size.
pub(crate) fn width(text: &str, size: f64, face: Face) -> f64 {
    text.chars().map(|character| advance(character, face)).sum::<f64>() * size
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

/// Where the first line ends: at the last place that may be broken and fits, or the first that may be broken at all.
fn line_end(text: &str, size: f64, face: Face, room: f64) -> usize {
    let mut used = 0.0;
    let mut end = None;
    let mut characters = text.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        used += advance(character, face) * size;
        if let (Some(end), true) = (end, used > room && character != ' ') {
            return end;
        }
        let Some(&(next_start, next)) = characters.peek() else { break };
        if breaks(character, next) {
            end = Some(if character == ' ' { start } else { next_start });
            if used > room {
                return next_start;
            }
        }
    }
    text.len()
}

/// Whether a line may end between two characters: after a space, and around ideographs unless punctuation holds them together.
fn breaks(before: char, after: char) -> bool {
    const CLOSING: &str = "，。、；：！？）》」』”’…%·,.;:!?)";
    const OPENING: &str = "（《「『“‘(";
    if before == ' ' {
        return after != ' ';
    }
    let wide = |character: char| {
        ('\u{2e80}'..='\u{9fff}').contains(&character) || ('\u{ff00}'..='\u{ffef}').contains(&character)
    };
    (wide(before) || wide(after)) && !CLOSING.contains(after) && !OPENING.contains(before) && after != ' '
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font_file() {
        for (face, bytes) in [(Face::Regular, font::REGULAR), (Face::Bold, font::BOLD)] {
            let file = ttf_parser::Face::parse(bytes, 0).unwrap();
            let text = "Gradient norm ‖∂L/∂W‖ 10⁻³ 每层的梯度，（按层）";
            let units: u32 = text
                .chars()
                .map(|character| u32::from(file.glyph_hor_advance(file.glyph_index(character).unwrap()).unwrap()))
                .sum();
            let expected = f64::from(units) / f64::from(file.units_per_em()) * 20.0;
            assert!((width(text, 20.0, face) - expected).abs() < 0.5, "{} {expected}", width(text, 20.0, face));
        }
    }

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
