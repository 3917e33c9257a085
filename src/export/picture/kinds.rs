//! The letters of each kind of text, sized for the picture.

use super::lettering::{Face, LINE};
use super::look::{Look, Size};
use super::paper::Letters;

/// The letters of a picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kinds {
    /// The size of the letters at ticks, by which lines and gaps are measured too.
    pub(super) unit: f64,
    pub(super) title: Letters,
    pub(super) subtitle: Letters,
    pub(super) panel: Letters,
    pub(super) label: Letters,
    pub(super) tick: Letters,
    pub(super) legend: Letters,
    pub(super) note: Letters,
    pub(super) caption: Letters,
}

/// The least size that is still read, in pixels: 6.4 points.
const LEAST: f64 = 8.5;

impl Kinds {
    pub(super) fn of(look: &Look) -> Self {
        let unit = match (look.size, look.size.pixels()) {
            (Size::Column, _) => 9.3, // 7 points
            (Size::Page, _) => 10.0,  // 7.5 points
            (Size::Slide | Size::Pixels { .. }, (width, height)) => {
                (f64::from(width) * f64::from(height.unwrap_or(width))).sqrt() / 960.0 * 16.5
            }
        };
        let unit = unit.max(LEAST);
        let palette = look.palette();
        let letters = |share: f64, face, color| Letters { size: (unit * share).max(LEAST), face, color };
        let on_paper = matches!(look.size, Size::Column | Size::Page);
        Self {
            unit,
            title: letters(if on_paper { 1.3 } else { 1.6 }, Face::Bold, palette.ink),
            subtitle: letters(1.1, Face::Regular, palette.quiet),
            panel: letters(1.08, Face::Bold, palette.ink),
            label: letters(1.0, Face::Regular, palette.quiet),
            tick: letters(0.95, Face::Regular, palette.quiet),
            legend: letters(1.05, Face::Regular, palette.ink),
            note: letters(0.9, Face::Regular, palette.quiet),
            caption: letters(0.8, Face::Regular, palette.quiet),
        }
    }
}

impl Letters {
    /// The height of a line.
    pub(super) fn line(&self) -> f64 {
        self.size * LINE
    }

    /// From the top of a line to its baseline.
    pub(super) fn ascent(&self) -> f64 {
        self.size
    }

    pub(super) fn width(&self, text: &str) -> f64 {
        super::lettering::width(text, self.size, self.face)
    }

    pub(super) fn shorten(&self, text: &str, room: f64) -> String {
        super::lettering::shorten(text, self.size, self.face, room)
    }

    pub(super) fn wrap(&self, text: &str, room: f64, lines: usize) -> Vec<String> {
        super::lettering::wrap(text, self.size, self.face, room, lines)
    }
}
