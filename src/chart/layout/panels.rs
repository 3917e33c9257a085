//! Panels in a grid: their sizes, their axes and their titles.

use std::collections::BTreeSet;

use super::along::{Along, Room, along_x, along_y};
use super::extent::{Ends, ends};
use super::kinds::Kinds;
use super::series::Plot;
use super::sketch::{Area, Side, Sketch, Spot, Stroke};
use crate::chart::{Chart, Marks, Panel, Ticks};
use crate::theme::Palette;

/// Panels in rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) rows: usize,
    pub(super) columns: usize,
}

impl Grid {
    fn of(count: usize, columns: usize) -> Self {
        let columns = columns.clamp(1, count.max(1));
        Self { rows: count.max(1).div_ceil(columns), columns }
    }

    /// What gives each panel the best proportions in that room and leaves the least empty.
    pub(super) fn fitting(count: usize, (width, height): (f64, f64), kinds: &Kinds) -> Self {
        let around = kinds.unit * 5.0;
        let unfit = |columns: usize| {
            let Self { rows, columns } = Self::of(count, columns);
            let plot_width = (width / columns as f64 - around).max(1.0);
            let plot_height = (height / rows as f64 - around).max(1.0);
            let empty = (rows * columns).saturating_sub(count) as f64;
            (plot_width / plot_height / 1.45).ln().abs() + empty * 0.3
        };
        let columns = (1..=count.max(1)).min_by(|a, b| unfit(*a).total_cmp(&unfit(*b))).unwrap_or(1);
        Self::of(count, columns)
    }

    /// What fits a width, with the height that gives each panel good proportions.
    pub(super) fn flowing(chart: &Chart, width: f64, kinds: &Kinds) -> (Self, f64) {
        let count = chart.panels.len();
        let most = (width / (kinds.unit * 19.0)).floor().max(1.0);
        let columns = (1..=count.clamp(1, 4)).filter(|columns| *columns as f64 <= most).max().unwrap_or(1);
        let rows = count.max(1).div_ceil(columns);
        let grid = Self::of(count, count.div_ceil(rows)); // as even as can be
        let cell = width / grid.columns as f64;
        let share = if chart.panels.iter().any(has_cells) { 0.74 } else { 0.56 };
        let height = (cell * share).clamp(kinds.unit * 11.0, kinds.unit * 32.0) + kinds.unit * 4.5;
        (grid, height * grid.rows as f64)
    }
}

/// The least height in which a row of panels says something.
pub(super) fn least_height(rows: usize, kinds: &Kinds) -> f64 {
    rows as f64 * kinds.unit * 9.0
}

/// What stands around the plots, the same for all, so that they line up.
struct Gutters {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// The highest of the labels along x.
    ticks: f64,
    title: bool,
    /// Lines of the names of the axes.
    y_lines: usize,
    x_name: bool,
}

/// What panels are painted with.
pub(super) struct Tools<'a> {
    pub(super) paper: &'a Sketch,
    pub(super) palette: &'static Palette,
    pub(super) kinds: &'a Kinds,
    /// What stands in a panel without values.
    pub(super) empty: &'a str,
    /// What is seen of each panel, where it is not all.
    pub(super) views: &'a [Option<Ends>],
    /// Names of series that are left out.
    pub(super) hidden: &'a BTreeSet<String>,
}

/// Where a panel's values are painted, for those who ask what is at a place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plotted {
    /// The panel with what stands around it.
    pub(crate) cell: Area,
    /// Between its axes.
    pub(crate) area: Area,
    /// The ends of its axes, as places: `[[left, right], [bottom, top]]`.
    pub(crate) ends: Ends,
}

impl Plotted {
    /// The pixels of a place on both axes.
    pub(crate) fn spot(&self, x: f64, y: f64) -> Spot {
        let [[left, right], [bottom, top]] = self.ends;
        let across = self.area.left + (x - left) / (right - left) * self.area.width();
        (across, self.area.bottom - (y - bottom) / (top - bottom) * self.area.height())
    }

    /// The places at a spot.
    pub(crate) fn place(&self, (x, y): Spot) -> (f64, f64) {
        let [[left, right], [bottom, top]] = self.ends;
        let across = left + (x - self.area.left) / self.area.width() * (right - left);
        (across, bottom + (self.area.bottom - y) / self.area.height() * (top - bottom))
    }
}

/// Paints every panel into the area; for each where it stands, or nothing where there is no room to say anything.
pub(super) fn paint(chart: &Chart, Grid { rows, columns }: Grid, area: Area, tools: &Tools) -> Vec<Option<Plotted>> {
    let Tools { paper, palette, kinds, views, .. } = *tools;
    let ends: Vec<Ends> = chart.panels.iter().enumerate().map(|(index, panel)| seen(panel, index, views)).collect();
    let mut plotted = Vec::with_capacity(ends.len());
    let between = kinds.unit * 1.8;
    let width = (area.width() - between * (columns - 1) as f64) / columns as f64;
    let gap = if rows > 1 { kinds.unit * 0.9 } else { 0.0 };
    let height = (area.height() - gap * (rows - 1) as f64) / rows as f64;
    let gutters = gutters(chart, &ends, (width, height), kinds);
    for (index, panel) in chart.panels.iter().enumerate() {
        let (row, column) = (index / columns, index % columns);
        let left = area.left + column as f64 * (width + between);
        let top = area.top + row as f64 * (height + gap);
        let cell = Area { left, top, right: left + width, bottom: top + height };
        let plot_area = Area {
            left: cell.left + gutters.left,
            top: cell.top + gutters.top,
            right: cell.right - gutters.right,
            bottom: cell.bottom - gutters.bottom,
        };
        if plot_area.width() < kinds.unit * 2.0 || plot_area.height() < kinds.unit * 2.0 {
            plotted.push(None);
            continue;
        }
        let plot =
            Plot { panel, area: plot_area, ends: ends[index], color_scale: chart.color_scale.as_ref(), palette, kinds };
        let prefix = format!("{}-panel{}", chart.id, index + 1);
        paper.group(&[("id", &prefix), ("class", "panel")], || {
            paint_panel(&plot, cell, &gutters, &prefix, tools);
        });
        plotted.push(Some(Plotted { cell, area: plot_area, ends: plot.ends }));
    }
    plotted
}

/// What is seen of a panel: all of it, unless a view says otherwise.
fn seen(panel: &Panel, index: usize, views: &[Option<Ends>]) -> Ends {
    views.get(index).copied().flatten().unwrap_or_else(|| ends(panel))
}

fn gutters(chart: &Chart, ends: &[Ends], (width, height): (f64, f64), kinds: &Kinds) -> Gutters {
    let unit = kinds.unit;
    // Where there is little room, the names of the axes go first, then the titles.
    let names = height >= unit * 9.0;
    let title = height >= unit * 6.0 && chart.panels.iter().any(|panel| panel.title.is_some());
    let lines = |panel: &Panel| kinds.label.wrap(&panel.y.label, width, 2).len();
    let y_lines = if names { chart.panels.iter().map(lines).max().unwrap_or(0) } else { 0 };
    let x_name = names && chart.panels.iter().any(|panel| !panel.x.label.is_empty());
    let top = f64::from(u8::from(title)) * kinds.panel.line() + y_lines as f64 * kinds.label.line() + unit * 0.7;
    let below = if x_name { kinds.label.line() } else { 0.0 };
    let ticks = kinds.tick.line();
    let mut gutters = Gutters { left: 0.0, right: unit * 0.6, top, bottom: 0.0, ticks, title, y_lines, x_name };
    for _ in 0..2 {
        gutters.bottom = unit * 0.5 + gutters.ticks + below;
        for (panel, &[x, y]) in chart.panels.iter().zip(ends) {
            let down = along_y(&panel.y, y, (height - gutters.top - gutters.bottom).max(1.0), width * 0.3, kinds);
            gutters.left = gutters.left.max(down.reach + unit * 0.5);
            let length = (width - gutters.left - gutters.right).max(1.0);
            let room = Room { length, before: gutters.left, after: unit * 4.0, below: height * 0.35 };
            let across = along_x(&panel.x, x, room, kinds);
            gutters.ticks = gutters.ticks.max(across.reach);
            if let (Some(last), false) = (across.places.major.last(), across.upright) {
                let from_end = (x[1] - last.place) / (x[1] - x[0]) * length;
                gutters.right = gutters.right.max((kinds.tick.width(&last.label) / 2.0 - from_end).min(unit * 4.0));
            }
        }
    }
    gutters.bottom = unit * 0.5 + gutters.ticks + below;
    gutters
}

fn paint_panel(plot: &Plot, cell: Area, gutters: &Gutters, prefix: &str, tools: &Tools) {
    let Tools { paper, empty, hidden, .. } = *tools;
    let Plot { panel, area, kinds, palette, .. } = plot;
    let mut top = cell.top;
    if gutters.title {
        let words = kinds.panel.shorten(panel.title.as_deref().unwrap_or_default(), cell.width());
        paper.text(&words, (cell.left, top + kinds.panel.ascent()), Side::Left, &kinds.panel);
        top += kinds.panel.line();
    }
    for line in kinds.label.wrap(&panel.y.label, cell.width(), gutters.y_lines) {
        paper.text(&line, (cell.left, top + kinds.label.ascent()), Side::Left, &kinds.label);
        top += kinds.label.line();
    }
    let Gutters { left, right, ticks, .. } = *gutters;
    let room = Room { length: area.width(), before: left, after: right, below: ticks };
    let across = along_x(&panel.x, plot.ends[0], room, kinds);
    let down = along_y(&panel.y, plot.ends[1], area.height(), gutters.left - kinds.unit * 0.5, kinds);
    paper.group(&[("class", "grid")], || paint_grid(plot, &across, &down, paper));
    for series in panel.series.iter().filter(|series| !hidden.contains(series.entry())) {
        let id = format!("{prefix}-{}", id_of(&series.key));
        let count = count(&series.marks).to_string();
        paper.group(&[("id", &id), ("class", "series"), ("data-key", &series.key), ("data-values", &count)], || {
            plot.series(series, paper);
        });
    }
    plot.bar_values(paper);
    paper.group(&[("class", "axis")], || {
        paint_x(plot, &across, gutters, cell, paper);
        paint_y(plot, &down, paper);
    });
    if panel.series.iter().all(|series| count(&series.marks) == 0) {
        let middle = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
        let words = kinds.label.shorten(empty, area.width());
        paper.text(&words, (middle.0, middle.1 + kinds.label.size * 0.36), Side::Middle, &kinds.label);
    }
    let baseline = if has_cells(panel) { None } else { Some(palette.line) };
    if let Some(color) = baseline {
        let zero = panel.y.scale.place(0.0).map(|place| plot.down(place));
        let y = zero.filter(|y| *y < area.bottom && *y > area.top).unwrap_or(area.bottom);
        paper.line(&[(area.left, y), (area.right, y)], &Stroke::whole(color, kinds.unit * 0.07));
    }
}

fn has_cells(panel: &Panel) -> bool {
    panel.series.iter().any(|series| matches!(series.marks, Marks::Cells(_)))
}

/// Quiet lines at round values; none behind cells, and none at names.
fn paint_grid(plot: &Plot, across: &Along, down: &Along, paper: &Sketch) {
    let Plot { panel, area, kinds, palette, .. } = plot;
    if has_cells(panel) {
        return;
    }
    let fine = Stroke::whole(palette.grid.mix(palette.ground, 0.45), kinds.unit * 0.04);
    let line = Stroke::whole(palette.grid, kinds.unit * 0.06);
    let level = |place: f64, stroke: &Stroke| {
        let y = plot.down(place);
        paper.line(&[(area.left, y), (area.right, y)], stroke);
    };
    let upright = |place: f64, stroke: &Stroke| {
        let x = plot.across(place);
        paper.line(&[(x, area.top), (x, area.bottom)], stroke);
    };
    if let Ticks::Numbers(_) = panel.y.ticks {
        let power = area.height() / (plot.ends[1][1] - plot.ends[1][0]);
        if power > kinds.unit * 2.5 {
            down.places.minor.iter().for_each(|place| level(*place, &fine));
        }
        down.places.major.iter().for_each(|tick| level(tick.place, &line));
    }
    let bars = panel.series.iter().any(|series| matches!(series.marks, Marks::Bars(_)));
    if let (Ticks::Numbers(_), false) = (&panel.x.ticks, bars) {
        let power = area.width() / (plot.ends[0][1] - plot.ends[0][0]);
        if power > kinds.unit * 4.0 {
            across.places.minor.iter().for_each(|place| upright(*place, &fine));
        }
        across.places.major.iter().for_each(|tick| upright(tick.place, &line));
    }
}

fn paint_x(plot: &Plot, across: &Along, gutters: &Gutters, cell: Area, paper: &Sketch) {
    let Plot { panel, area, kinds, palette, .. } = plot;
    let letters = &kinds.tick;
    let short = Stroke::whole(palette.line, kinds.unit * 0.06);
    for tick in &across.places.major {
        let x = plot.across(tick.place);
        paper.line(&[(x, area.bottom), (x, area.bottom + kinds.unit * 0.28)], &short);
        let top = area.bottom + kinds.unit * 0.4;
        if across.upright {
            paper.upright(&tick.label, (x + letters.size * 0.36, top), Side::Right, letters);
        } else {
            paper.text(&tick.label, (x, top + letters.ascent()), Side::Middle, letters);
        }
    }
    if !gutters.x_name {
        return;
    }
    let words = kinds.label.shorten(&panel.x.label, cell.width());
    // In the middle of the plot, unless it would reach out of the cell.
    let half = kinds.label.width(&words) / 2.0;
    let middle = f64::midpoint(area.left, area.right).min(cell.right - half).max(cell.left + half);
    let baseline = area.bottom + kinds.unit * 0.5 + gutters.ticks + kinds.label.ascent();
    paper.text(&words, (middle, baseline), Side::Middle, &kinds.label);
}

fn paint_y(plot: &Plot, down: &Along, paper: &Sketch) {
    let letters = &plot.kinds.tick;
    for tick in &down.places.major {
        let at = (plot.area.left - plot.kinds.unit * 0.45, plot.down(tick.place) + letters.size * 0.36);
        paper.text(&tick.label, at, Side::Right, letters);
    }
}

/// How many values a series has.
fn count(marks: &Marks) -> usize {
    match marks {
        Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => points.len(),
        Marks::Band(spans) => spans.len(),
        Marks::Bars(bars) => bars.len(),
        Marks::Cells(cells) => cells.values.iter().flatten().count(),
        Marks::Rule { .. } => 1,
    }
}

/// The key with only what an id may have.
fn id_of(key: &str) -> String {
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
    key.chars().map(|character| if allowed(character) { character } else { '-' }).collect()
}
