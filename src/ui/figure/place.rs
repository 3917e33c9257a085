//! A panel on the screen, and what all panels of a chart share.

use std::collections::BTreeSet;

use eframe::egui::{Pos2, Rect, vec2};

use super::shapes::single;
use crate::arch::Part;
use crate::chart::layout::Plotted;
use crate::chart::{Chart, Panel};
use crate::text::Text;
use crate::theme::Palette;

/// What all panels of a chart share.
pub(super) struct Shared<'a> {
    pub(super) chart: &'a Chart,
    pub(super) text: &'a Text,
    pub(super) palette: &'static Palette,
    pub(super) hidden: &'a BTreeSet<String>,
    /// Rows of the architecture that are meant elsewhere: pointed at, selected.
    pub(super) meant: [Option<Part>; 2],
    /// Whether the wheel zooms; it scrolls where panels do.
    pub(super) wheel: bool,
}

/// A panel where it was laid out, with the corner of the screen at which the layout begins.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) panel: &'a Panel,
    pub(super) plotted: &'a Plotted,
    pub(super) origin: Pos2,
}

impl Place<'_> {
    /// The places along both axes at a spot of the screen.
    pub(super) fn places(&self, at: Pos2) -> [f64; 2] {
        let from = at - self.origin;
        let (x, y) = self.plotted.place((f64::from(from.x), f64::from(from.y)));
        [x, y]
    }

    /// Between the axes, on the screen.
    pub(super) fn frame(&self) -> Rect {
        let area = self.plotted.area;
        let corner = |x: f64, y: f64| self.origin + vec2(single(x), single(y));
        Rect::from_min_max(corner(area.left, area.top), corner(area.right, area.bottom))
    }

    /// Where places along both axes are on the screen. What lies far outside is brought near, so that no number grows too large.
    pub(super) fn at(&self, x: f64, y: f64) -> Pos2 {
        let (x, y) = self.plotted.spot(x, y);
        self.origin + vec2(single(x.clamp(-1e5, 1e5)), single(y.clamp(-1e5, 1e5)))
    }
}
