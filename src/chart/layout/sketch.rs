//! A picture as a list of marks: shapes and words in pixels, grouped as they belong together. Painters turn it into a file or a window.

use std::cell::RefCell;

use super::lettering::Face;
use crate::theme::{Color, ThemeKind};

/// A place in pixels from the left and from the top.
pub(crate) type Spot = (f64, f64);

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Area {
    pub(crate) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(self) -> f64 {
        self.bottom - self.top
    }
}

/// How a line is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) color: Color,
    /// In pixels.
    pub(crate) width: f64,
    /// Strokes and gaps in pixels; none for a whole line.
    pub(crate) dash: Vec<f64>,
}

impl Stroke {
    pub(crate) fn whole(color: Color, width: f64) -> Self {
        Self { color, width, dash: Vec::new() }
    }
}

/// How an area is filled.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fill {
    pub(crate) color: Color,
    /// What is drawn in place of one colour.
    pub(crate) pattern: Option<Pattern>,
}

impl Fill {
    pub(crate) fn plain(color: Color) -> Self {
        Self { color, pattern: None }
    }
}

/// A fill that is more than a colour.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Pattern {
    /// Lines or dots on the ground, where colour must not be needed.
    Hatch {
        /// Which of them: lines to one side, to the other, dots.
        number: usize,
        ink: Color,
        ground: Color,
        /// The side of what repeats, in pixels.
        side: f64,
    },
    /// All colours of a theme's scale of magnitudes from left to right.
    Heat(ThemeKind),
    /// From the first colour evenly to the last.
    Blend {
        /// A name, the same in every theme.
        number: usize,
        /// From top to bottom, not from left to right.
        down: bool,
        stops: Vec<Color>,
    },
}

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Letters {
    pub(crate) size: f64,
    pub(crate) face: Face,
    pub(crate) color: Color,
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Middle,
    Right,
}

/// A grid of colours.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mosaic {
    /// Edges of the columns from left to right, in pixels.
    pub(crate) columns: Vec<f64>,
    /// Edges of the rows from the lowest up, in pixels.
    pub(crate) rows: Vec<f64>,
    /// Row by row, the lowest first; nothing where there is no cell.
    pub(crate) colors: Vec<Option<Color>>,
    /// Ground between two cells, in pixels.
    pub(crate) gap: f64,
}

impl Mosaic {
    /// The cells that are seen in an area.
    pub(crate) fn cells(&self, area: Area) -> impl Iterator<Item = (Area, Color)> {
        let across = self.columns.len() - 1;
        let half = self.gap / 2.0;
        self.colors.iter().enumerate().filter_map(move |(index, color)| {
            let (column, row) = (index % across, index / across);
            let cell = Area {
                left: (self.columns[column] + half).max(area.left),
                top: (self.rows[row + 1] + half).max(area.top),
                right: (self.columns[column + 1] - half).min(area.right),
                bottom: (self.rows[row] - half).min(area.bottom),
            };
            (*color).filter(|_| cell.width() > 0.0 && cell.height() > 0.0).map(|color| (cell, color))
        })
    }
}

/// Something to paint. Later marks lie over earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    /// Marks that belong together, with names and values for those who take the picture apart.
    Group(Vec<(&'static str, String)>, Vec<Self>),
    /// A line through two points or more.
    Line(Vec<Spot>, Stroke),
    /// A filled outline of three points or more, with an edge of another colour if there is one.
    Polygon(Vec<Spot>, Fill, Option<Stroke>),
    /// A filled rectangle.
    Rectangle(Area, Fill, Option<Stroke>),
    /// A filled disc.
    Disc(Spot, f64, Fill, Option<Stroke>),
    /// What lies between two lines, as x, upper and lower y from left to right. Only what is inside the area is seen.
    Ribbon(Vec<[f64; 3]>, Area, Fill),
    /// A grid of colours. Only what is inside the area is seen.
    Cells(Mosaic, Area),
    /// Words on a baseline.
    Words {
        words: String,
        at: Spot,
        side: Side,
        letters: Letters,
        /// Whether they run upwards.
        upright: bool,
    },
}

/// A list of marks that grows.
#[derive(Debug, Default)]
pub(crate) struct Sketch {
    marks: RefCell<Vec<Mark>>,
}

impl Sketch {
    /// The marks, the first behind.
    pub(crate) fn finish(self) -> Vec<Mark> {
        self.marks.into_inner()
    }

    fn put(&self, mark: Mark) {
        self.marks.borrow_mut().push(mark);
    }

    /// Puts what is painted inside into a group of its own.
    pub(crate) fn group(&self, attributes: &[(&'static str, &str)], paint: impl FnOnce()) {
        let before = self.marks.take();
        paint();
        let inside = self.marks.replace(before);
        let attributes = attributes.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.put(Mark::Group(attributes, inside));
    }

    pub(crate) fn line(&self, points: &[Spot], stroke: &Stroke) {
        if points.len() >= 2 {
            self.put(Mark::Line(points.to_vec(), stroke.clone()));
        }
    }

    pub(crate) fn polygon(&self, points: &[Spot], fill: &Fill, edge: Option<&Stroke>) {
        if points.len() >= 3 {
            self.put(Mark::Polygon(points.to_vec(), fill.clone(), edge.cloned()));
        }
    }

    pub(crate) fn rectangle(&self, area: Area, fill: &Fill, edge: Option<&Stroke>) {
        self.put(Mark::Rectangle(area, fill.clone(), edge.cloned()));
    }

    pub(crate) fn disc(&self, center: Spot, radius: f64, fill: &Fill, edge: Option<&Stroke>) {
        self.put(Mark::Disc(center, radius, fill.clone(), edge.cloned()));
    }

    pub(crate) fn ribbon(&self, spans: Vec<[f64; 3]>, area: Area, fill: Fill) {
        if spans.len() >= 2 {
            self.put(Mark::Ribbon(spans, area, fill));
        }
    }

    pub(crate) fn cells(&self, mosaic: Mosaic, area: Area) {
        self.put(Mark::Cells(mosaic, area));
    }

    pub(crate) fn text(&self, words: &str, at: Spot, side: Side, letters: &Letters) {
        self.words(words, at, side, letters, false);
    }

    /// Words that run upwards.
    pub(crate) fn upright(&self, words: &str, at: Spot, side: Side, letters: &Letters) {
        self.words(words, at, side, letters, true);
    }

    fn words(&self, words: &str, at: Spot, side: Side, letters: &Letters, upright: bool) {
        if !words.is_empty() {
            self.put(Mark::Words { words: words.to_owned(), at, side, letters: *letters, upright });
        }
    }

    /// Lines of words one below another from `top`, which is below the last of them afterwards.
    pub(crate) fn lines(&self, left: f64, lines: &[String], letters: &Letters, top: &mut f64) {
        for line in lines {
            self.text(line, (left, *top + letters.ascent()), Side::Left, letters);
            *top += letters.line();
        }
    }
}
