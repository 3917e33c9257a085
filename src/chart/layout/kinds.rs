//! The letters of each kind of text, sized for the picture.

use super::lettering::{self, Face, LINE};
use super::sketch::Letters;
use crate::theme::Palette;

/// The letters of a picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kinds {
    /// The size of the letters at ticks, by which lines and gaps are measured too.
    pub(crate) unit: f64,
    pub(crate) title: Letters,
    pub(crate) subtitle: Letters,
    pub(crate) panel: Letters,
    pub(crate) label: Letters,
    pub(crate) tick: Letters,
    pub(crate) legend: Letters,
    pub(crate) note: Letters,
    pub(crate) caption: Letters,
}

/// The least size that is still read, in pixels: 6.4 points.
const LEAST: f64 = 8.5;

impl Kinds {
    /// Letters around that size, smaller titles where paper is scarce.
    pub(crate) fn new(unit: f64, on_paper: bool, palette: &Palette) -> Self {
        let unit = unit.max(LEAST);
        let letters = |share: f64, face, color| Letters { size: (unit * share).max(LEAST), face, color };
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
    pub(crate) fn line(&self) -> f64 {
        self.size * LINE
    }

    /// From the top of a line to its baseline.
    pub(crate) fn ascent(&self) -> f64 {
        self.size
    }

    pub(crate) fn width(&self, text: &str) -> f64 {
        lettering::width(text, self.size, self.face)
    }

    pub(crate) fn shorten(&self, text: &str, room: f64) -> String {
        lettering::shorten(text, self.size, self.face, room)
    }

    pub(crate) fn wrap(&self, text: &str, room: f64, lines: usize) -> Vec<String> {
        lettering::wrap(text, self.size, self.face, room, lines)
    }
}
