//! What each look means: names beside samples, and the scale of colours.

use super::extent::FEW;
use super::ink::{Ink, mark};
use super::kinds::Kinds;
use super::sketch::{Area, Fill, Mark, Pattern, Side, Sketch, Spot, Stroke};
use super::ticks::{self, Tick};
use crate::chart::{Chart, ColorScale, Marks, Series, Weight};
use crate::theme::{Palette, ThemeKind, heat};

/// Names in the order in which they come, each with every kind of mark of that name once.
pub(crate) fn names(chart: &Chart) -> Vec<(&str, Vec<&Series>)> {
    let mut names: Vec<(&str, Vec<&Series>)> = Vec::new();
    for series in chart.panels.iter().flat_map(|panel| &panel.series) {
        if series.entry().is_empty() || matches!(series.marks, Marks::Cells(_)) {
            continue;
        }
        match names.iter_mut().find(|(name, _)| *name == series.entry()) {
            Some((_, samples)) => {
                let kind = std::mem::discriminant(&series.marks);
                if samples.iter().all(|known| std::mem::discriminant(&known.marks) != kind) {
                    samples.push(series);
                }
            }
            None => names.push((series.entry(), vec![series])),
        }
    }
    names
}

/// What stands beside names in a legend: every kind of mark, the strongest in front.
pub(crate) fn sample(series: &[&Series], area: Area, palette: &Palette, kinds: &Kinds) -> Vec<Mark> {
    let sketch = Sketch::default();
    let (behind, front): (Vec<&Series>, Vec<&Series>) =
        series.iter().partition(|series| matches!(series.marks, Marks::Band(_)));
    for series in behind.into_iter().chain(front) {
        paint_sample(series, area, &sketch, palette, kinds);
    }
    sketch.finish()
}

/// The mark of a series at a spot, set off from what is behind.
pub(crate) fn mark_of(series: &Series, spot: Spot, radius: f64, palette: &Palette) -> Vec<Mark> {
    let (sketch, ink) = (Sketch::default(), Ink::of(series, palette));
    let edge = Stroke::whole(palette.ground, 1.0);
    mark(&sketch, ink.mark, spot, radius, &Fill::plain(ink.color), Some(&edge));
    sketch.finish()
}

/// The width of a sample as a share of the size of letters.
pub(crate) fn sample_width(series: &[&Series]) -> f64 {
    if series.iter().all(|series| is_small(&series.marks)) { SMALL } else { SAMPLE }
}

/// Names with samples, in rows.
#[derive(Debug, Default)]
pub(super) struct Legend<'a> {
    rows: Vec<Vec<Entry<'a>>>,
}

#[derive(Debug)]
struct Entry<'a> {
    /// Every kind of mark of that name once: a line and its range are one sample.
    series: Vec<&'a Series>,
    left: f64,
    /// The width of the sample.
    sample: f64,
    name: String,
}

/// The width of a sample and its distance from the name, and of an entry from the next, in letters.
const SAMPLE: f64 = 2.0;
const SMALL: f64 = 0.8;
const GAP: f64 = 0.5;
const BETWEEN: f64 = 1.7;

impl<'a> Legend<'a> {
    pub(super) fn of(chart: &'a Chart, room: f64, kinds: &Kinds) -> Self {
        let names = names(chart);
        let unit = kinds.legend.size;
        let entries = names.into_iter().map(|(name, series)| {
            let sample = sample_width(&series);
            let before = unit * (sample + GAP);
            let name = kinds.legend.shorten(name, room - before);
            let wide = before + kinds.legend.width(&name);
            (Entry { series, left: 0.0, sample: unit * sample, name }, wide)
        });
        Self { rows: arranged(entries.collect(), room, unit * BETWEEN) }
    }

    pub(super) fn height(&self, kinds: &Kinds) -> f64 {
        self.rows.len() as f64 * kinds.legend.line() * 1.1
    }

    /// Leaves out what is beyond so many rows.
    pub(super) fn keep_rows(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    pub(super) fn paint(&self, (left, top): (f64, f64), paper: &Sketch, palette: &Palette, kinds: &Kinds) {
        let letters = &kinds.legend;
        for (index, row) in self.rows.iter().enumerate() {
            let top = top + index as f64 * letters.line() * 1.1;
            let baseline = top + letters.ascent();
            for entry in row {
                let left = left + entry.left;
                let sample = Area {
                    left,
                    top: baseline - letters.size * 0.74,
                    right: left + entry.sample,
                    bottom: baseline + letters.size * 0.04,
                };
                for series in &entry.series {
                    paint_sample(series, sample, paper, palette, kinds);
                }
                paper.text(&entry.name, (sample.right + letters.size * GAP, baseline), Side::Left, letters);
            }
        }
    }
}

/// Entries with their widths in one row, or in columns that line up.
fn arranged(entries: Vec<(Entry<'_>, f64)>, room: f64, between: f64) -> Vec<Vec<Entry<'_>>> {
    let all: f64 = entries.iter().map(|(_, wide)| wide + between).sum();
    let widest = entries.iter().map(|(_, wide)| *wide).fold(0.0, f64::max);
    let one_row = all - between <= room;
    // As many columns as fit, and then as few as the rows need.
    let most =
        (1..=entries.len().max(1)).filter(|columns| *columns as f64 * (widest + between) - between <= room).max();
    let rows_needed = entries.len().div_ceil(most.unwrap_or(1));
    let columns = entries.len().div_ceil(rows_needed.max(1));
    let mut rows: Vec<Vec<Entry>> = Vec::new();
    let mut right = 0.0;
    for (mut entry, wide) in entries {
        let wide = if one_row { wide } else { widest };
        if rows.last().is_none_or(|row: &Vec<Entry>| !one_row && row.len() == columns) {
            rows.push(Vec::new());
            right = 0.0;
        }
        entry.left = right;
        right += wide + between;
        if let Some(row) = rows.last_mut() {
            row.push(entry);
        }
    }
    rows
}

/// Whether a sample is a square or a mark, not a stretch of line.
fn is_small(marks: &Marks) -> bool {
    match marks {
        Marks::Points(_) | Marks::Bars(_) => true,
        Marks::Line(_) | Marks::Steps(_) | Marks::Band(_) | Marks::Cells(_) | Marks::Rule { .. } => false,
    }
}

fn paint_sample(series: &Series, sample: Area, paper: &Sketch, palette: &Palette, kinds: &Kinds) {
    let ink = Ink::of(series, palette);
    let middle = (f64::midpoint(sample.left, sample.right), f64::midpoint(sample.top, sample.bottom));
    let level = [(sample.left, middle.1), (sample.right, middle.1)];
    match &series.marks {
        Marks::Line(points) => {
            paper.line(&level, &ink.stroke(kinds.unit));
            if series.weight != Weight::Faint && (palette.kind == ThemeKind::Print || points.len() <= FEW) {
                mark(paper, ink.mark, middle, kinds.unit * 0.24, &Fill::plain(ink.faded()), None);
            }
        }
        Marks::Steps(_) | Marks::Rule { .. } => paper.line(&level, &ink.stroke(kinds.unit)),
        Marks::Points(_) => mark(paper, ink.mark, middle, kinds.unit * 0.3, &Fill::plain(ink.faded()), None),
        Marks::Band(_) => paper.rectangle(sample, &ink.band(palette), None),
        Marks::Bars(_) => {
            let half = sample.height() / 2.0;
            let square = Area { left: middle.0 - half, right: middle.0 + half, ..sample };
            paper.rectangle(square, &ink.fill(palette, kinds.unit), None);
        }
        Marks::Cells(_) => {}
    }
}

/// All colours of the scale from left to right.
pub(crate) fn heat_fill(palette: &Palette) -> Fill {
    Fill { color: heat(palette.kind, 0.5), pattern: Some(Pattern::Heat(palette.kind)) }
}

/// The scale of colours: its label, a bar, and values below it.
#[derive(Debug)]
pub(super) struct Bar<'a> {
    scale: &'a ColorScale,
    label: String,
    /// Whether the label has a line of its own.
    above: bool,
    left: f64,
    width: f64,
}

impl<'a> Bar<'a> {
    pub(super) fn of(scale: &'a ColorScale, room: f64, kinds: &Kinds) -> Self {
        let unit = kinds.unit;
        let width = (unit * 17.0).min(room);
        let left = kinds.legend.width(&scale.label) + unit;
        let above = left + width + unit > room;
        let margin = unit * 1.5; // values stand around their places
        let (left, width) = if above { (margin, width - 2.0 * margin) } else { (left + margin * 0.3, width) };
        Self { scale, label: kinds.legend.shorten(&scale.label, room), above, left, width }
    }

    pub(super) fn height(&self, kinds: &Kinds) -> f64 {
        let lines = if self.above { 2.0 } else { 1.0 };
        lines * kinds.legend.line() + kinds.tick.line()
    }

    pub(super) fn paint(&self, (left, top): (f64, f64), paper: &Sketch, palette: &Palette, kinds: &Kinds) {
        let baseline = top + kinds.legend.ascent();
        paper.text(&self.label, (left, baseline), Side::Left, &kinds.legend);
        let line = if self.above { baseline + kinds.legend.line() } else { baseline };
        let bar = Area {
            left: left + self.left,
            top: line - kinds.unit * 0.72,
            right: left + self.left + self.width,
            bottom: line + kinds.unit * 0.02,
        };
        paper.rectangle(bar, &heat_fill(palette), None);
        let ColorScale { scale, format, min, max, label: _ } = self.scale;
        let (Some(low), Some(high)) = (scale.place(*min), scale.place(*max)) else { return };
        let at = |place: f64| bar.left + if high > low { (place - low) / (high - low) } else { 0.5 } * bar.width();
        let letters = &kinds.tick;
        let apart = |ticks: &[Tick]| {
            ticks.windows(2).all(|pair| {
                let halves = f64::midpoint(letters.width(&pair[0].label), letters.width(&pair[1].label));
                at(pair[1].place) - at(pair[0].place) >= (halves + kinds.unit * 0.9).max(kinds.unit * 3.0)
            })
        };
        let ticks = if high > low {
            ticks::numbers(*scale, *format, [low, high], &apart).major
        } else {
            vec![Tick { place: low, label: format.write_tick(*min) }]
        };
        for Tick { place, label } in &ticks {
            let x = at(*place);
            let tick = [(x, bar.bottom), (x, bar.bottom + kinds.unit * 0.25)];
            paper.line(&tick, &Stroke::whole(palette.line, kinds.unit * 0.06));
            paper.text(label, (x, bar.bottom + kinds.unit * 0.35 + letters.size * 0.85), Side::Middle, letters);
        }
    }
}
