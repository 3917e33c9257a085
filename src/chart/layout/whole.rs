//! A whole chart: what stands above and below the panels, and how much of it where there is little room.

use std::collections::BTreeSet;

use super::extent::Ends;
use super::kinds::Kinds;
use super::legend::{Bar, Legend};
use super::panels::{self, Grid, Plotted, Tools};
use super::sketch::{Area, Letters, Mark, Sketch};
use crate::chart::Chart;
use crate::theme::Palette;

/// What a chart is laid out on.
pub(crate) struct Page {
    /// In pixels.
    pub(crate) width: f64,
    /// In pixels; nothing for as much as the panels need.
    pub(crate) height: Option<f64>,
    pub(crate) kinds: Kinds,
    pub(crate) palette: &'static Palette,
    /// One small line at the foot.
    pub(crate) caption: Option<String>,
    /// What stands in a panel without values.
    pub(crate) empty: String,
}

/// Lays the chart out: its marks, and the height that it takes.
pub(crate) fn layout(chart: &Chart, page: &Page) -> (Vec<Mark>, f64) {
    let (around, height) = match page.height {
        Some(height) => (Around::within(chart, page, (page.width, height)), height),
        None => Around::flowing(chart, page, page.width),
    };
    let sketch = Sketch::default();
    around.paint(chart, page, &sketch);
    (sketch.finish(), height)
}

/// What is seen of a chart whose words around the panels are shown by others.
pub(crate) struct Views<'a> {
    /// What is seen of each panel, where it is not all.
    pub(crate) ends: &'a [Option<Ends>],
    /// Names of series that are left out.
    pub(crate) hidden: &'a BTreeSet<String>,
}

/// Lays out the panels alone, in a room as wide as the page and at least as high; with where each stands, and the height that they
/// take, which may be more than the page's.
pub(crate) fn layout_panels(chart: &Chart, page: &Page, views: &Views) -> (Vec<Mark>, Vec<Option<Plotted>>, f64) {
    let Page { kinds, palette, empty, .. } = page;
    let height = page.height.unwrap_or(page.width);
    let grid = Grid::fitting(chart.panels.len(), (page.width, height), kinds);
    let height = height.max(if grid.rows > 1 { panels::least_height(grid.rows, kinds) } else { 0.0 });
    let sketch = Sketch::default();
    let tools = Tools { paper: &sketch, palette, kinds, empty, views: views.ends, hidden: views.hidden };
    let area = Area { left: 0.0, top: 0.0, right: page.width, bottom: height };
    let plotted = panels::paint(chart, grid, area, &tools);
    (sketch.finish(), plotted, height)
}

/// Everything that is not a panel, from top to bottom.
struct Around<'a> {
    margin: f64,
    size: (f64, f64),
    grid: Grid,
    title: Vec<String>,
    subtitle: Vec<String>,
    legend: Legend<'a>,
    bar: Option<Bar<'a>>,
    notes: Vec<String>,
    caption: Vec<String>,
}

impl<'a> Around<'a> {
    fn of(chart: &'a Chart, page: &Page, size: (f64, f64)) -> Self {
        let kinds = &page.kinds;
        let margin = (kinds.unit * if size.0 < 700.0 { 0.7 } else { 1.9 }).min(size.0 * 0.05);
        let room = size.0 - 2.0 * margin;
        let optional = |words: &Option<String>, letters: &Letters, lines| {
            words.as_deref().map_or_else(Vec::new, |words| letters.wrap(words, room, lines))
        };
        Self {
            margin,
            size,
            grid: Grid { rows: 1, columns: 1 },
            title: kinds.title.wrap(&chart.title, room, 2),
            subtitle: optional(&chart.subtitle, &kinds.subtitle, 2),
            legend: Legend::of(chart, room, kinds),
            bar: chart.color_scale.as_ref().map(|scale| Bar::of(scale, room, kinds)),
            notes: chart.notes.iter().flat_map(|note| kinds.note.wrap(note, room, 2)).collect(),
            caption: optional(&page.caption, &kinds.caption, 2),
        }
    }

    /// In a size that was given.
    fn within(chart: &'a Chart, page: &Page, size: (f64, f64)) -> Self {
        let mut around = Self::of(chart, page, size);
        around.make_room(chart, &page.kinds);
        around
    }

    /// As high as it needs to be, and the height.
    fn flowing(chart: &'a Chart, page: &Page, width: f64) -> (Self, f64) {
        let kinds = &page.kinds;
        let mut around = Self::of(chart, page, (width, width));
        let (grid, height) = Grid::flowing(chart, width - 2.0 * around.margin, kinds);
        let height = (1.6 * around.margin + around.above(kinds) + around.below(kinds) + height).ceil();
        (around.grid, around.size) = (grid, (width, height));
        (around, height)
    }

    /// Leaves out what matters least until the panels have room.
    fn make_room(&mut self, chart: &Chart, kinds: &Kinds) {
        let steps: [fn(&mut Self); 9] = [
            |around| around.notes.truncate(1),
            |around| around.caption.truncate(1),
            |around| around.notes.clear(),
            |around| around.caption.clear(),
            |around| around.subtitle.clear(),
            |around| around.legend.keep_rows(1),
            |around| around.title.truncate(1),
            |around| {
                around.bar = None;
                around.legend.keep_rows(0);
            },
            |around| around.title.clear(),
        ];
        for step in steps {
            let area = self.panels(kinds);
            self.grid = Grid::fitting(chart.panels.len(), (area.width(), area.height().max(1.0)), kinds);
            if area.height() >= panels::least_height(self.grid.rows, kinds).min(self.size.1 * 0.6) {
                return;
            }
            step(self);
        }
    }

    fn above(&self, kinds: &Kinds) -> f64 {
        let text = self.title.len() as f64 * kinds.title.line() + self.subtitle.len() as f64 * kinds.subtitle.line();
        let keys = self.legend_height(kinds) + self.bar.as_ref().map_or(0.0, |bar| bar.height(kinds));
        let gap = |height: f64| if height > 0.0 { kinds.unit * 0.6 } else { 0.0 };
        text + gap(text) + keys + gap(keys)
    }

    /// The height of the names, with the distance to a scale of colours below them.
    fn legend_height(&self, kinds: &Kinds) -> f64 {
        let height = self.legend.height(kinds);
        if height > 0.0 && self.bar.is_some() { height + kinds.unit * 0.35 } else { height }
    }

    fn below(&self, kinds: &Kinds) -> f64 {
        let text = self.notes.len() as f64 * kinds.note.line() + self.caption.len() as f64 * kinds.caption.line();
        if text > 0.0 { text + kinds.unit * 0.5 } else { 0.0 }
    }

    fn panels(&self, kinds: &Kinds) -> Area {
        let (width, height) = self.size;
        let margin = self.margin;
        Area {
            left: margin,
            top: margin * 0.8 + self.above(kinds),
            right: width - margin,
            bottom: height - margin * 0.8 - self.below(kinds),
        }
    }

    fn paint(&self, chart: &Chart, page: &Page, paper: &Sketch) {
        let id = chart.id;
        let Page { kinds, palette, empty, .. } = page;
        let left = self.margin;
        let mut top = self.margin * 0.8;
        if !self.title.is_empty() {
            paper.group(&[("id", &format!("{id}-heading"))], || {
                paper.lines(left, &self.title, &kinds.title, &mut top);
                paper.lines(left, &self.subtitle, &kinds.subtitle, &mut top);
            });
            top += kinds.unit * 0.6;
        }
        if self.legend.height(kinds) > 0.0 {
            paper.group(&[("id", &format!("{id}-legend"))], || self.legend.paint((left, top), paper, palette, kinds));
            top += self.legend_height(kinds);
        }
        if let Some(bar) = &self.bar {
            paper.group(&[("id", &format!("{id}-scale"))], || bar.paint((left, top), paper, palette, kinds));
        }
        let area = self.panels(kinds);
        let tools = Tools { paper, palette, kinds, empty, views: &[], hidden: &BTreeSet::new() };
        panels::paint(chart, self.grid, area, &tools);
        let mut top = area.bottom + kinds.unit * 0.5;
        if !(self.notes.is_empty() && self.caption.is_empty()) {
            paper.group(&[("id", &format!("{id}-notes"))], || {
                paper.lines(left, &self.notes, &kinds.note, &mut top);
                paper.lines(left, &self.caption, &kinds.caption, &mut top);
            });
        }
    }
}
