//! The picture under the brush: shapes and words in pixels, handed to plotters.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, FontTransform, RGBAColor, ShapeStyle, TextStyle};

use super::pattern;
use super::sheet::{Canvas, Pen, Sheet, UNITS, attribute, escape, number, rounded};
use crate::chart::layout::{Area, Face, Fill, Letters, Mark, Mosaic, Pattern, Side, Stroke, outline};
use crate::text::font;
use crate::theme::Color;

/// A picture that is being painted.
pub(super) struct Paper {
    sheet: Rc<RefCell<Sheet>>,
    area: DrawingArea<Canvas, Shift>,
}

impl Paper {
    pub(super) fn new(width: u32, height: u32) -> Self {
        let sheet = Rc::new(RefCell::new(Sheet::default()));
        let units = |pixels: u32| pixels.saturating_mul(rounded(UNITS).unsigned_abs());
        let canvas = Canvas { sheet: Rc::clone(&sheet), size: (units(width), units(height)) };
        Self { sheet, area: canvas.into_drawing_area() }
    }

    /// Paints a group of its own; `attributes` are names and values.
    pub(super) fn group(&self, attributes: &[(&str, &str)], paint: impl FnOnce()) {
        {
            let body = &mut self.sheet.borrow_mut().body;
            body.push_str("<g");
            for (name, value) in attributes {
                let _ = write!(body, " {name}=\"");
                escape(body, value);
                body.push('"');
            }
            body.push_str(">\n");
        }
        paint();
        self.sheet.borrow_mut().body.push_str("</g>\n");
    }

    /// Paints marks in their order.
    pub(super) fn paint(&self, marks: &[Mark]) {
        for mark in marks {
            match mark {
                Mark::Group(attributes, marks) => {
                    let attributes: Vec<_> = attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
                    self.group(&attributes, || self.paint(marks));
                }
                Mark::Line(points, stroke) => self.line(points, stroke),
                Mark::Polygon(points, fill, edge) => self.polygon(points, fill, edge.as_ref()),
                Mark::Rectangle(area, fill, edge) => self.rectangle(*area, fill, edge.as_ref()),
                Mark::Disc(center, radius, fill, edge) => self.disc(*center, *radius, fill, edge.as_ref()),
                Mark::Ribbon(spans, area, fill) => self.polygon(&outline(spans, *area), fill, None),
                Mark::Cells(mosaic, area) => self.cells(mosaic, *area),
                Mark::Words { words, at, side, letters, upright: true } => self.upright(words, *at, *side, letters),
                Mark::Words { words, at, side, letters, upright: false } => self.text(words, *at, *side, letters),
            }
        }
    }

    fn cells(&self, mosaic: &Mosaic, area: Area) {
        let rendering = if mosaic.gap > 0.0 { "geometricPrecision" } else { "crispEdges" };
        self.group(&[("shape-rendering", rendering)], || {
            for (cell, color) in mosaic.cells(area) {
                self.rectangle(cell, &Fill::plain(color), None);
            }
        });
    }

    /// Keeps the definition of a pattern and gives its id.
    fn define(&self, pattern: &Pattern) -> String {
        let id = pattern::id(pattern);
        self.sheet.borrow_mut().definitions.entry(id.clone()).or_insert_with(|| pattern::definition(pattern));
        id
    }

    /// A line through points.
    pub(super) fn line(&self, points: &[(f64, f64)], stroke: &Stroke) {
        if points.len() < 2 {
            return;
        }
        let dash = stroke.dash.iter().map(|length| rounded(length * UNITS)).collect();
        let more = if points.len() > 2 { " stroke-linejoin=\"round\"".to_owned() } else { String::new() };
        self.with(Pen { dash, fill: None, more }, || {
            self.put(&PathElement::new(points.iter().copied().map(place).collect::<Vec<_>>(), stroked(stroke)));
        });
    }

    /// A filled outline, with an edge of another colour if there is one.
    pub(super) fn polygon(&self, points: &[(f64, f64)], fill: &Fill, edge: Option<&Stroke>) {
        if points.len() >= 3 {
            let points: Vec<_> = points.iter().copied().map(place).collect();
            self.filled(fill, edge, "", |style| self.put(&Polygon::new(points, style)));
        }
    }

    /// A filled rectangle.
    pub(super) fn rectangle(&self, area: Area, fill: &Fill, edge: Option<&Stroke>) {
        let corners = [place((area.left, area.top)), place((area.right, area.bottom))];
        self.filled(fill, edge, "", |style| self.put(&Rectangle::new(corners, style)));
    }

    /// A filled rectangle with round corners, its edge inside.
    pub(super) fn rounded(&self, area: Area, radius: f64, fill: &Fill, edge: Option<&Stroke>) {
        let inset = edge.map_or(0.0, |edge| edge.width / 2.0);
        let corners = [place((area.left + inset, area.top + inset)), place((area.right - inset, area.bottom - inset))];
        let mut round = String::new();
        attribute(&mut round, "rx", rounded((radius - inset).max(0.0) * UNITS));
        self.filled(fill, edge, &round, |style| self.put(&Rectangle::new(corners, style)));
    }

    /// A stroke along a cubic curve, which plotters has no word for.
    pub(super) fn curve(&self, curve: [(f64, f64); 4], stroke: &Stroke) {
        let body = &mut self.sheet.borrow_mut().body;
        let [start, one, other, end] = curve.map(|point| {
            let (x, y) = place(point);
            format!("{} {}", number(x), number(y))
        });
        let _ =
            write!(body, "<path d=\"M{start}C{one} {other} {end}\" fill=\"none\" stroke=\"{}\"", stroke.color.css());
        attribute(body, "stroke-width", rounded(stroke.width * UNITS));
        if stroke.color.a < 255 {
            attribute(body, "stroke-opacity", rounded(f64::from(stroke.color.a) / 255.0 * UNITS));
        }
        body.push_str("/>\n");
    }

    /// A filled disc.
    pub(super) fn disc(&self, center: (f64, f64), radius: f64, fill: &Fill, edge: Option<&Stroke>) {
        let radius = rounded(radius * UNITS);
        self.filled(fill, edge, "", |style| self.put(&Circle::new(place(center), radius, style)));
    }

    /// Words on a baseline.
    pub(super) fn text(&self, words: &str, at: (f64, f64), side: Side, letters: &Letters) {
        self.words(words, at, side, letters, FontTransform::None);
    }

    /// Lines of words one below another from `top`, which is below the last of them afterwards.
    pub(super) fn lines(&self, left: f64, lines: &[String], letters: &Letters, top: &mut f64) {
        for line in lines {
            self.text(line, (left, *top + letters.ascent()), Side::Left, letters);
            *top += letters.line();
        }
    }

    /// Words that run upwards.
    pub(super) fn upright(&self, words: &str, at: (f64, f64), side: Side, letters: &Letters) {
        self.words(words, at, side, letters, FontTransform::Rotate270);
    }

    fn words(&self, words: &str, at: (f64, f64), side: Side, letters: &Letters, turned: FontTransform) {
        if words.is_empty() {
            return;
        }
        let h_pos = match side {
            Side::Left => HPos::Left,
            Side::Middle => HPos::Center,
            Side::Right => HPos::Right,
        };
        let font = FontDesc::new(FontFamily::Name(font::FAMILY), letters.size * UNITS, style_of(letters.face));
        let color = rgba(letters.color);
        let style = TextStyle::from(font).color(&color).pos(Pos::new(h_pos, VPos::Bottom)).transform(turned);
        self.with(Pen::default(), || self.area.draw_text(words, &style, place(at)).expect("memory takes any text"));
    }

    /// What was painted, and the definitions it uses.
    pub(super) fn finish(self) -> (String, String) {
        let Sheet { body, pen: _, definitions } = self.sheet.take();
        (body, definitions.into_values().collect())
    }

    fn filled(&self, fill: &Fill, edge: Option<&Stroke>, more: &str, paint: impl FnOnce(ShapeStyle)) {
        let mut more = more.to_owned();
        if let Some(edge) = edge {
            let _ = write!(more, " stroke=\"{}\"", edge.color.css());
            attribute(&mut more, "stroke-width", rounded(edge.width * UNITS));
        }
        let pattern = fill.pattern.as_ref().map(|pattern| format!("url(#{})", self.define(pattern)));
        let style = ShapeStyle { color: rgba(fill.color), filled: true, stroke_width: 0 };
        self.with(Pen { dash: Vec::new(), fill: pattern, more }, || paint(style));
    }

    fn with(&self, pen: Pen, paint: impl FnOnce()) {
        self.sheet.borrow_mut().pen = pen;
        paint();
    }

    fn put<E>(&self, element: &E)
    where
        for<'a> &'a E: PointCollection<'a, (i32, i32)>,
        E: Drawable<Canvas>,
    {
        self.area.draw(element).expect("memory takes any shape");
    }
}

fn place((x, y): (f64, f64)) -> (i32, i32) {
    (rounded(x * UNITS), rounded(y * UNITS))
}

fn stroked(stroke: &Stroke) -> ShapeStyle {
    ShapeStyle { color: rgba(stroke.color), filled: false, stroke_width: rounded(stroke.width * UNITS).unsigned_abs() }
}

fn rgba(color: Color) -> RGBAColor {
    RGBAColor(color.r, color.g, color.b, f64::from(color.a) / 255.0)
}

const fn style_of(face: Face) -> FontStyle {
    match face {
        Face::Regular => FontStyle::Normal,
        Face::Bold => FontStyle::Bold,
    }
}
