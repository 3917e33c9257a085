//! Where plotters paints: an SVG with groups, dashes, patterns and real text, in hundredths of a pixel.
//!
//! plotters' own SVG writer knows whole pixels and no groups. This one takes a hundredth of a pixel as its unit, so that whole numbers
//! are exact enough, and says with a [`Pen`] what plotters has no words for. A text's place is the left, middle or right end
//! of its baseline.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    FontTransform,
};

/// Units in a pixel.
pub(super) const UNITS: f64 = 100.0;

type Painted = Result<(), DrawingErrorKind<Infallible>>;

/// What plotters cannot say about the next shapes.
#[derive(Clone, Debug, Default)]
pub(super) struct Pen {
    /// Lengths of strokes and gaps in units.
    pub(super) dash: Vec<i32>,
    /// A fill other than the colour, such as `url(#dots)`.
    pub(super) fill: Option<String>,
    /// More attributes of every shape, with a space before.
    pub(super) more: String,
}

/// What was painted so far.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) body: String,
    pub(super) pen: Pen,
    /// Definitions by id.
    pub(super) definitions: BTreeMap<String, String>,
}

/// The sheet as plotters sees it.
#[derive(Clone)]
pub(super) struct Canvas {
    pub(super) sheet: Rc<RefCell<Sheet>>,
    pub(super) size: (u32, u32),
}

impl Canvas {
    #[expect(clippy::unnecessary_wraps, reason = "what plotters wants of every shape")]
    fn write(&self, write: impl FnOnce(&mut String, &Pen)) -> Painted {
        let Sheet { body, pen, definitions: _ } = &mut *self.sheet.borrow_mut();
        write(body, pen);
        body.push('\n');
        Ok(())
    }
}

impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Painted {
        Ok(())
    }

    fn present(&mut self) -> Painted {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Painted {
        self.draw_rect((x, y), (x + 1, y + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Painted {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Painted {
        self.write(|body, pen| {
            body.push_str("<path d=\"");
            outline(body, path);
            body.push_str("\" fill=\"none\"");
            stroke(body, pen, style);
            body.push_str("/>");
        })
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Painted {
        self.write(|body, pen| {
            let places = [("x", from.0), ("y", from.1), ("width", to.0 - from.0), ("height", to.1 - from.1)];
            body.push_str("<rect");
            for (name, value) in places {
                attribute(body, name, value);
            }
            paint(body, pen, style, fill);
        })
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Painted {
        self.write(|body, pen| {
            body.push_str("<circle");
            for (name, value) in [("cx", center.0), ("cy", center.1), ("r", i32::try_from(radius).unwrap_or(i32::MAX))]
            {
                attribute(body, name, value);
            }
            paint(body, pen, style, fill);
        })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Painted {
        self.write(|body, pen| {
            body.push_str("<path d=\"");
            outline(body, path);
            body.push_str("z\"");
            paint(body, pen, style, true);
        })
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Painted {
        self.write(|body, pen| {
            body.push_str("<text");
            attribute(body, "x", x);
            attribute(body, "y", y);
            attribute(body, "font-size", rounded(style.size()));
            if matches!(style.style(), FontStyle::Bold) {
                body.push_str(" font-weight=\"bold\"");
            }
            match style.anchor().h_pos {
                HPos::Left => {}
                HPos::Center => body.push_str(" text-anchor=\"middle\""),
                HPos::Right => body.push_str(" text-anchor=\"end\""),
            }
            let angle = match style.transform() {
                FontTransform::None => 0,
                FontTransform::Rotate90 => 90,
                FontTransform::Rotate180 => 180,
                FontTransform::Rotate270 => -90,
            };
            if angle != 0 {
                let _ = write!(body, " transform=\"rotate({angle} {} {})\"", number(x), number(y));
            }
            let _ = write!(body, " fill=\"{}\"{}>", css(style.color()), pen.more);
            escape(body, text);
            body.push_str("</text>");
        })
    }
}

/// The path through the points, each from the one before: the shortest way to write it, and exact.
fn outline(body: &mut String, path: impl IntoIterator<Item = BackendCoord>) {
    let mut last: Option<BackendCoord> = None;
    for (x, y) in path {
        let (dx, dy) = last.map_or((x, y), |last| (x - last.0, y - last.1));
        let first = last.is_none();
        body.push(if first { 'M' } else { 'l' });
        body.push_str(&number(dx));
        if dy >= 0 {
            body.push(' ');
        }
        body.push_str(&number(dy));
        last = Some((x, y));
    }
}

fn stroke<S: BackendStyle>(body: &mut String, pen: &Pen, style: &S) {
    let color = style.color();
    let _ = write!(body, " stroke=\"{}\"", css(color));
    attribute(body, "stroke-width", i32::try_from(style.stroke_width()).unwrap_or(i32::MAX));
    opacity(body, "stroke-opacity", color);
    if !pen.dash.is_empty() {
        let lengths: Vec<String> = pen.dash.iter().map(|&length| number(length)).collect();
        let _ = write!(body, " stroke-dasharray=\"{}\"", lengths.join(" "));
    }
    body.push_str(&pen.more);
}

/// The end of a shape that is filled, or only outlined.
fn paint<S: BackendStyle>(body: &mut String, pen: &Pen, style: &S, fill: bool) {
    if fill {
        let color = style.color();
        match &pen.fill {
            Some(fill) => {
                let _ = write!(body, " fill=\"{fill}\"");
            }
            None => {
                let _ = write!(body, " fill=\"{}\"", css(color));
            }
        }
        opacity(body, "fill-opacity", color);
        body.push_str(&pen.more);
    } else {
        body.push_str(" fill=\"none\"");
        stroke(body, pen, style);
    }
    body.push_str("/>");
}

fn opacity(body: &mut String, name: &str, color: BackendColor) {
    if color.alpha < 0.999 {
        attribute(body, name, rounded(color.alpha * UNITS));
    }
}

fn css(BackendColor { rgb: (r, g, b), .. }: BackendColor) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

pub(super) fn attribute(body: &mut String, name: &str, units: i32) {
    let _ = write!(body, " {name}=\"{}\"", number(units));
}

/// Hundredths as a number with as few characters as say it.
pub(super) fn number(units: i32) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let (whole, rest) = (units.unsigned_abs() / 100, units.unsigned_abs() % 100);
    match (whole, rest) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, rest) => format!("{sign}.{rest:02}").trim_end_matches('0').to_owned(),
        (whole, rest) => format!("{sign}{whole}.{rest:02}").trim_end_matches('0').to_owned(),
    }
}

/// The nearest whole number, as far as there is one.
#[expect(clippy::cast_possible_truncation, reason = "what is too large becomes the largest there is")]
pub(super) fn rounded(value: f64) -> i32 {
    value.round() as i32
}

/// Writes a text so that XML reads it back.
pub(super) fn escape(body: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => body.push_str("&amp;"),
            '<' => body.push_str("&lt;"),
            '>' => body.push_str("&gt;"),
            '"' => body.push_str("&quot;"),
            // Neither is allowed in XML.
            '\u{fffe}' | '\u{ffff}' => body.push(' '),
            character if character.is_control() => body.push(' '),
            character => body.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_exact() {
        let written = [0, 5, -5, 50, 100, 1234, -1230, 120_000].map(number);
        assert_eq!(written, ["0", ".05", "-.05", ".5", "1", "12.34", "-12.3", "1200"]);
    }

    #[test]
    fn a_path_goes_from_point_to_point() {
        let mut path = String::new();
        outline(&mut path, [(1000, 2000), (1050, 1900), (1050, 1900), (900, 2000)]);
        assert_eq!(path, "M10 20l.5-1l0 0l-1.5 1");
    }

    #[test]
    fn words_cannot_break_the_file() {
        let mut text = String::new();
        escape(&mut text, "a < b & \"c\"\u{1}>\u{fffe}\u{ffff}");
        assert_eq!(text, "a &lt; b &amp; &quot;c&quot; &gt;  ");
    }
}
