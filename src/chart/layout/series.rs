//! The series of a panel at their places.

use super::clip;
use super::ink::{Ink, mark};
use super::kinds::Kinds;
use super::lettering::CAPITALS;
use super::sketch::{Area, Fill, Letters, Mosaic, Side, Sketch, Spot, Stroke};
use crate::chart::{Bar, Cells, ColorScale, Marks, Panel, Point, Series, Span, Ticks, Weight};
use crate::theme::{Palette, ThemeKind, heat};

/// A panel whose axes have their length.
pub(super) struct Plot<'a> {
    pub(super) panel: &'a Panel,
    pub(super) area: Area,
    /// Ends of the axes, as places.
    pub(super) ends: [[f64; 2]; 2],
    pub(super) color_scale: Option<&'a ColorScale>,
    pub(super) palette: &'static Palette,
    pub(super) kinds: &'a Kinds,
}

impl Plot<'_> {
    /// Pixels from the left for a place along x.
    pub(super) fn across(&self, place: f64) -> f64 {
        let [low, high] = self.ends[0];
        self.area.left + (place - low) / (high - low) * self.area.width()
    }

    /// Pixels from the top for a place along y.
    pub(super) fn down(&self, place: f64) -> f64 {
        let [low, high] = self.ends[1];
        self.area.bottom - (place - low) / (high - low) * self.area.height()
    }

    fn x(&self, value: f64) -> Option<f64> {
        self.panel.x.scale.place(value).map(|place| self.across(place))
    }

    fn y(&self, value: f64) -> Option<f64> {
        self.panel.y.scale.place(value).map(|place| self.down(place))
    }

    fn spot(&self, point: &Point) -> Option<Spot> {
        Some((self.x(point.x)?, self.y(point.y)?))
    }

    /// Paints one series.
    pub(super) fn series(&self, series: &Series, paper: &Sketch) {
        let ink = Ink::of(series, self.palette);
        match &series.marks {
            Marks::Line(points) => self.line(points, &ink, series.weight, paper),
            Marks::Steps(points) => self.line(&stairs(points), &ink, Weight::Faint, paper),
            Marks::Points(points) => self.points(points, &ink, series.weight, paper),
            Marks::Band(spans) => self.band(spans, &ink, paper),
            Marks::Bars(bars) => self.bars(bars, &ink, paper),
            Marks::Cells(cells) => self.cells(cells, paper),
            Marks::Rule { upright, at } => self.rule(*upright, *at, &ink, paper),
        }
    }

    /// Lines, broken where a value has no place; marks on them where they are few, or needed to tell lines apart.
    fn line(&self, points: &[Point], ink: &Ink, weight: Weight, paper: &Sketch) {
        let unit = self.kinds.unit;
        let stroke = ink.stroke(unit);
        let mut marked: Vec<Spot> = Vec::new();
        for run in self.runs(points) {
            if run.len() == 1 {
                marked.extend(run.iter().filter(|spot| self.holds(**spot)));
                self.marks(ink, &marked, unit * 0.26, paper);
                marked.clear();
                continue;
            }
            for piece in clip::line(&clip::thinned(run.clone()), self.area) {
                paper.line(&piece, &stroke);
            }
            if weight != Weight::Faint {
                marked.extend(self.marks_on_line(&run));
            }
        }
        let radius = if weight == Weight::Main { unit * 0.24 } else { unit * 0.19 };
        self.marks(ink, &marked, radius, paper);
    }

    fn runs(&self, points: &[Point]) -> Vec<Vec<Spot>> {
        let mut runs: Vec<Vec<Spot>> = vec![Vec::new()];
        for point in points {
            match (self.spot(point), runs.last_mut()) {
                (Some(spot), Some(run)) => run.push(spot),
                (None, Some(run)) if !run.is_empty() => runs.push(Vec::new()),
                (Some(_) | None, _) => {}
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// Every value where values have room; on paper at least some, since marks are how lines differ there.
    fn marks_on_line(&self, run: &[Spot]) -> Vec<Spot> {
        let unit = self.kinds.unit;
        let span = run.last().zip(run.first()).map_or(0.0, |(last, first)| last.0 - first.0);
        let distance = span / (run.len().max(2) - 1) as f64;
        let paper = self.palette.kind == ThemeKind::Print;
        let sparse = match self.panel.x.ticks {
            Ticks::Parts(_) | Ticks::Names(_) => distance >= unit * 0.9,
            Ticks::Numbers(_) => distance >= unit * 2.0,
        };
        let step = if sparse {
            1
        } else if paper && distance > 0.0 {
            (1..=run.len()).find(|step| *step as f64 * distance >= unit * 5.0).unwrap_or(run.len())
        } else {
            return Vec::new();
        };
        run.iter()
            .skip(if step == 1 { 0 } else { step / 2 })
            .step_by(step)
            .copied()
            .filter(|spot| self.holds(*spot))
            .collect()
    }

    fn holds(&self, (x, y): Spot) -> bool {
        let Area { left, top, right, bottom } = self.area;
        x >= left - 0.01 && x <= right + 0.01 && y >= top - 0.01 && y <= bottom + 0.01
    }

    fn points(&self, points: &[Point], ink: &Ink, weight: Weight, paper: &Sketch) {
        let spots: Vec<Spot> =
            points.iter().filter_map(|point| self.spot(point)).filter(|spot| self.holds(*spot)).collect();
        let radius = match weight {
            Weight::Main => 0.3,
            Weight::Second => 0.24,
            Weight::Faint => 0.13,
        };
        let radius = radius * self.kinds.unit;
        self.marks(ink, &spots, radius.min(self.closeness(&spots)), paper);
    }

    /// Marks with an edge of ground, so that they are seen on bars and on each other.
    fn marks(&self, ink: &Ink, spots: &[Spot], radius: f64, paper: &Sketch) {
        let fill = Fill::plain(ink.faded());
        let edge =
            (radius > self.kinds.unit * 0.15).then(|| Stroke::whole(self.palette.ground, self.kinds.unit * 0.05));
        for &spot in spots {
            mark(paper, ink.mark, spot, radius, &fill, edge.as_ref());
        }
    }

    /// The radius at which neighbours just do not touch.
    fn closeness(&self, spots: &[Spot]) -> f64 {
        let [first, .., last] = spots else { return f64::INFINITY };
        let span = (last.0 - first.0).abs();
        (span / spots.len().max(1) as f64 * 0.46).max(self.kinds.unit * 0.07)
    }

    fn band(&self, spans: &[Span], ink: &Ink, paper: &Sketch) {
        let bottom = self.area.bottom;
        let place = |span: &Span| {
            let high = self.y(span.high)?;
            Some([self.x(span.x)?, high, self.y(span.low).unwrap_or(bottom)])
        };
        paper.ribbon(spans.iter().filter_map(place).collect(), self.area, ink.band(self.palette));
    }

    fn bars(&self, bars: &[Bar], ink: &Ink, paper: &Sketch) {
        let fill = ink.fill(self.palette, self.kinds.unit);
        for bar in bars {
            if let Some(area) = self.bar(bar) {
                let edge = (area.width() > 5.0).then(|| Stroke::whole(self.palette.ground, self.kinds.unit * 0.05));
                paper.rectangle(area, &fill, edge.as_ref());
            }
        }
    }

    /// Where a bar stands; nothing when it is out of sight. A bar from zero stands on the axis where zero has no place.
    fn bar(&self, bar: &Bar) -> Option<Area> {
        let Area { left, top, right, bottom } = self.area;
        let (x0, x1) = (self.x(bar.x - bar.width / 2.0)?, self.x(bar.x + bar.width / 2.0)?);
        let (from, to) = (self.y(bar.from).unwrap_or(bottom), self.y(bar.to)?);
        let (upper, lower) = (from.min(to), from.max(to));
        let seen = x1 > left && x0 < right && lower >= top && upper <= bottom;
        seen.then(|| Area { left: x0.max(left), top: upper.max(top), right: x1.min(right), bottom: lower.min(bottom) })
    }

    fn cells(&self, cells: &Cells, paper: &Sketch) {
        let columns: Option<Vec<f64>> = cells.columns.iter().map(|&edge| self.x(edge)).collect();
        let rows: Option<Vec<f64>> = cells.rows.iter().map(|&edge| self.y(edge)).collect();
        let (Some(columns), Some(rows)) = (columns, rows) else { return };
        if columns.len() < 2 || rows.len() < 2 {
            return;
        }
        let side = |edges: &[f64]| (edges[edges.len() - 1] - edges[0]).abs() / (edges.len() - 1) as f64;
        let smallest = side(&columns).min(side(&rows));
        // A hair of ground between large cells of things that can be counted; others touch, at whole pixels so that no seam shows.
        let counted = [&self.panel.x, &self.panel.y].into_iter().all(|axis| !matches!(axis.ticks, Ticks::Numbers(_)));
        let gap = if counted && smallest > 9.0 { (smallest * 0.03).clamp(0.5, 2.0) } else { 0.0 };
        let color = |value: f64| {
            let shade = self.color_scale.and_then(|scale| scale.share(value));
            shade.map_or(self.palette.control, |shade| heat(self.palette.kind, shade))
        };
        let colors = cells.values.iter().map(|value| value.map(color)).collect();
        paper.cells(Mosaic { columns, rows, colors, gap }, self.area);
    }

    fn rule(&self, upright: bool, at: f64, ink: &Ink, paper: &Sketch) {
        let Area { left, top, right, bottom } = self.area;
        let ends = if upright {
            self.x(at).filter(|x| *x >= left - 0.01 && *x <= right + 0.01).map(|x| [(x, top), (x, bottom)])
        } else {
            self.y(at).filter(|y| *y >= top - 0.01 && *y <= bottom + 0.01).map(|y| [(left, y), (right, y)])
        };
        if let Some(ends) = ends {
            paper.line(&ends, &ink.stroke(self.kinds.unit));
        }
    }

    /// Values above bars, where bars are few, stand alone, and all values have room.
    pub(super) fn bar_values(&self, paper: &Sketch) {
        let (Ticks::Names(_), Ticks::Numbers(format)) = (&self.panel.x.ticks, &self.panel.y.ticks) else { return };
        let bars: Vec<&Bar> = self
            .panel
            .series
            .iter()
            .flat_map(|series| if let Marks::Bars(bars) = &series.marks { bars.as_slice() } else { &[] })
            .collect();
        let letters = Letters { color: self.palette.ink, ..self.kinds.tick };
        let mut words: Vec<(Area, String)> = Vec::new();
        for bar in &bars {
            let Some(area) = self.bar(bar) else { return };
            let stacked =
                bars.iter().any(|other| !std::ptr::eq(*other, *bar) && (other.x - bar.x).abs() < bar.width / 2.0);
            let text = format.write(bar.to - bar.from);
            if stacked || bar.to < bar.from || area.top - letters.size * 1.02 < self.area.top - self.kinds.unit * 0.5 {
                return;
            }
            words.push((area, text));
        }
        words.sort_by(|a, b| a.0.left.total_cmp(&b.0.left));
        let middle = |area: &Area| f64::midpoint(area.left, area.right);
        let apart = words.windows(2).all(|pair| {
            let halves = f64::midpoint(letters.width(&pair[0].1), letters.width(&pair[1].1));
            middle(&pair[1].0) - middle(&pair[0].0) > halves + letters.size * 0.5
        });
        let inside = words.iter().all(|(area, text)| {
            let half = letters.width(text) / 2.0;
            middle(area) - half >= self.area.left && middle(area) + half <= self.area.right
        });
        if apart && inside && !words.is_empty() {
            paper.group(&[("class", "values")], || {
                for (area, text) in &words {
                    let baseline = area.top - letters.size * (1.0 - CAPITALS);
                    paper.text(text, (middle(area), baseline), Side::Middle, &letters);
                }
            });
        }
    }
}

/// The corners of a line that stays level until the next point.
fn stairs(points: &[Point]) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::with_capacity(points.len() * 2);
    for point in points {
        if let Some(last) = corners.last() {
            corners.push(Point { x: point.x, y: last.y });
        }
        corners.push(*point);
    }
    corners
}
