//! A chart as an SVG: what stands above and below the panels, and the file around it.

use std::fmt::Write as _;

use super::kinds::Kinds;
use super::legend::{Bar, Legend};
use super::look::Look;
use super::panels::{self, Grid, Tools};
use super::paper::{Area, Fill, Letters, Paper};
use super::sheet::{escape, rounded};
use crate::chart::Chart;
use crate::text::{Text, font};

/// Families for those whose viewer does not have the first.
const FALLBACKS: &str =
    "'Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Helvetica Neue',Arial,sans-serif";

/// The chart as an SVG of its own: no other file is needed to show it.
pub fn to_svg(chart: &Chart, look: &Look) -> String {
    let kinds = Kinds::of(look);
    let (width, height) = look.size.pixels();
    let (around, height) = match height {
        Some(height) => (Around::within(chart, look, (f64::from(width), f64::from(height)), &kinds), height),
        None => Around::flowing(chart, look, f64::from(width), &kinds),
    };
    let paper = Paper::new(width, height);
    if !look.transparent {
        let whole = Area { left: 0.0, top: 0.0, right: f64::from(width), bottom: f64::from(height) };
        let ground = Fill::plain(look.palette().ground);
        paper.group(&[("id", &format!("{}-ground", chart.id))], || paper.rectangle(whole, &ground, None));
    }
    around.paint(chart, look, &paper, &kinds);
    file([chart.id, &chart.title, &chart.about], look, (width, height), paper)
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
    fn of(chart: &'a Chart, look: &Look, size: (f64, f64), kinds: &Kinds) -> Self {
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
            caption: optional(&look.caption, &kinds.caption, 2),
        }
    }

    /// In a size that was given.
    fn within(chart: &'a Chart, look: &Look, size: (f64, f64), kinds: &Kinds) -> Self {
        let mut around = Self::of(chart, look, size, kinds);
        around.make_room(chart, kinds);
        around
    }

    /// As high as it needs to be, and the height.
    fn flowing(chart: &'a Chart, look: &Look, width: f64, kinds: &Kinds) -> (Self, u32) {
        let mut around = Self::of(chart, look, (width, width), kinds);
        let (grid, height) = Grid::flowing(chart, width - 2.0 * around.margin, kinds);
        let height = (1.6 * around.margin + around.above(kinds) + around.below(kinds) + height).ceil();
        (around.grid, around.size) = (grid, (width, height));
        (around, rounded(height).unsigned_abs())
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

    fn paint(&self, chart: &Chart, look: &Look, paper: &Paper, kinds: &Kinds) {
        let id = chart.id;
        let palette = look.palette();
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
        let empty = Text::of(look.language).say("file.empty");
        panels::paint(chart, self.grid, area, &Tools { paper, palette, kinds, empty });
        let mut top = area.bottom + kinds.unit * 0.5;
        if !(self.notes.is_empty() && self.caption.is_empty()) {
            paper.group(&[("id", &format!("{id}-notes"))], || {
                paper.lines(left, &self.notes, &kinds.note, &mut top);
                paper.lines(left, &self.caption, &kinds.caption, &mut top);
            });
        }
    }
}

/// The file around what was painted, with its id, title and description.
pub(super) fn file([id, title, about]: [&str; 3], look: &Look, (width, height): (u32, u32), paper: Paper) -> String {
    let (body, definitions) = paper.finish();
    let mut svg = String::with_capacity(body.len() + definitions.len() + 1024);
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-about\" xml:lang=\"{}\" font-family=\"'{}',{FALLBACKS}\">",
        look.language.code(),
        font::FAMILY,
    );
    for (tag, name, words) in [("title", "title", title), ("desc", "about", about)] {
        let _ = write!(svg, "<{tag} id=\"{id}-{name}\">");
        escape(&mut svg, words);
        let _ = writeln!(svg, "</{tag}>");
    }
    if !definitions.is_empty() {
        let _ = writeln!(svg, "<defs>\n{definitions}</defs>");
    }
    svg.push_str(&body);
    svg.push_str("</svg>\n");
    svg
}
