//! Runs that differ only in the seed as one: a line for the mean, a band from the lowest to the highest.

use super::{has_cells, of_one_figure, panel_of, shared_scale, titles};
use crate::chart::{
    Bar, Cells, Chart, Format, Marks, Meaning, NoData, Panel, Point, Scale, Series, Span, Ticks, Weight,
};
use crate::text::Text;

/// The mean of the same figure of runs that differ only in the seed, with the range from the lowest to the highest run.
///
/// Where runs have no values at the same places, as with seconds, the values of the others are taken between their neighbours. Along
/// powers of ten the mean is the geometric one. Panels and series that only some runs have are the mean of those.
///
/// # Errors
///
/// Without a chart, or with charts of different figures.
pub fn mean_and_range(charts: Vec<(String, Chart)>, text: &Text) -> Result<Chart, NoData> {
    let charts = of_one_figure(charts, text)?;
    if let [(_, only)] = &charts[..] {
        return Ok(only.clone());
    }
    let count = charts.len();
    let scale = shared_scale(charts.iter().map(|(_, chart)| chart));
    let cell_scale = scale.as_ref().map_or(Scale::Linear, |scale| scale.scale);
    let mut panels = Vec::new();
    for title in titles(charts.iter().map(|(_, chart)| chart)) {
        let same: Vec<&Panel> = charts.iter().filter_map(|(_, chart)| panel_of(chart, title)).collect();
        if let Some(panel) = mean_panel(&same, cell_scale, text) {
            panels.push(panel);
        }
    }
    if panels.is_empty() {
        return Err(NoData(text.say("figure.runs.nothing_alike").to_owned()));
    }
    let (_, first) = &charts[0];
    let alike = |note: &&String| charts.iter().all(|(_, chart)| chart.notes.contains(note));
    let names: Vec<&str> = charts.iter().map(|(name, _)| name.as_str()).collect();
    let mut notes: Vec<String> = first.notes.iter().filter(alike).cloned().collect();
    notes.push(text.fill("figure.runs.mean", &[("count", &count), ("names", &names.join(", "))]));
    Ok(Chart {
        id: first.id,
        title: first.title.clone(),
        subtitle: first
            .subtitle
            .clone()
            .filter(|own| charts.iter().all(|(_, chart)| chart.subtitle.as_ref() == Some(own))),
        about: first.about.clone(),
        panels,
        color_scale: scale,
        notes,
        chooses: None,
    })
}

/// The same of those runs that have the figure.
///
/// # Errors
///
/// When none has it: why the first has not.
pub fn mean_of_those(charts: Vec<(String, Result<Chart, NoData>)>, text: &Text) -> Result<Chart, NoData> {
    let (mut shown, mut failed) = (Vec::new(), None);
    for (name, chart) in charts {
        match chart {
            Ok(chart) => shown.push((name, chart)),
            Err(why) => failed = failed.or(Some(why)),
        }
    }
    match failed.filter(|_| shown.is_empty()) {
        Some(why) => Err(why),
        None => mean_and_range(shown, text),
    }
}

/// The mean of panels that stand along the same rows, names or kind of numbers.
fn mean_panel(panels: &[&Panel], cell_scale: Scale, text: &Text) -> Option<Panel> {
    let first = *panels.first()?;
    let alike = |panel: &&&Panel| match (&first.x.ticks, &panel.x.ticks) {
        (Ticks::Numbers(_), Ticks::Numbers(_)) => true,
        (own, other) => own == other,
    };
    let panels: Vec<&Panel> = panels.iter().filter(alike).copied().collect();
    let mut series = Vec::new();
    for own in &first.series {
        let same: Vec<&Series> =
            panels.iter().filter_map(|panel| panel.series.iter().find(|other| other.key == own.key)).collect();
        series.extend(mean_series(&same, if has_cells(first) { cell_scale } else { first.y.scale }, first, text));
    }
    // Ranges lie behind all lines.
    series.sort_by_key(|series| !matches!(series.marks, Marks::Band(_)));
    let mut panel = Panel { title: first.title.clone(), x: first.x.clone(), y: first.y.clone(), series };
    panel.y.range = super::align::range(panels.into_iter(), |panel| &panel.y, super::align::Direction::Y);
    (!panel.series.is_empty()).then_some(panel)
}

/// One series of every run as its mean, and its range where there is one to see.
fn mean_series(same: &[&Series], scale: Scale, panel: &Panel, text: &Text) -> Vec<Series> {
    let first = same[0];
    if first.meaning == Meaning::Guide {
        let alike = same.iter().all(|series| series.marks == first.marks);
        return if alike { vec![first.clone()] } else { Vec::new() };
    }
    if first.weight == Weight::Faint {
        return Vec::new();
    }
    match &first.marks {
        Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => {
            let others: Vec<&[Point]> = same.iter().filter_map(|series| points_of(&series.marks)).collect();
            let spans = spans(points, &others, scale);
            let notes = spans.iter().map(|(_, span)| between(span.low, span.high, panel, text)).collect();
            let means: Vec<Point> = spans.iter().map(|(mean, span)| Point { x: span.x, y: *mean }).collect();
            let (marks, ranged) = match &first.marks {
                Marks::Steps(_) => (Marks::Steps(means), true),
                Marks::Points(_) => (Marks::Points(means), false),
                _ => (Marks::Line(means), true),
            };
            let mean = Series { marks, notes, ..first.clone() };
            let band = Marks::Band(spans.into_iter().map(|(_, span)| span).collect());
            let range = Series::new(format!("{}.range", first.key), "", first.meaning, Weight::Second, band);
            if ranged { vec![range, mean] } else { vec![mean] }
        }
        Marks::Bars(bars) => {
            let others: Vec<&[Bar]> = same
                .iter()
                .filter_map(|series| if let Marks::Bars(bars) = &series.marks { Some(&bars[..]) } else { None })
                .collect();
            let (bars, notes) = mean_bars(bars, &others, panel, text);
            vec![Series { marks: Marks::Bars(bars), notes, ..first.clone() }]
        }
        Marks::Cells(cells) => {
            let others: Vec<&Cells> = same
                .iter()
                .filter_map(|series| if let Marks::Cells(cells) = &series.marks { Some(cells) } else { None })
                .collect();
            let alike = others.iter().all(|other| other.values.len() == cells.values.len());
            let marks = Marks::Cells(if alike { mean_cells(cells, &others, scale) } else { cells.clone() });
            if alike { vec![Series { marks, notes: Vec::new(), ..first.clone() }] } else { Vec::new() }
        }
        Marks::Band(_) | Marks::Rule { .. } => Vec::new(),
    }
}

fn points_of(marks: &Marks) -> Option<&[Point]> {
    match marks {
        Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => Some(points),
        Marks::Band(_) | Marks::Bars(_) | Marks::Cells(_) | Marks::Rule { .. } => None,
    }
}

/// Mean and range at every place of the first run at which every run has a value.
fn spans(points: &[Point], runs: &[&[Point]], scale: Scale) -> Vec<(f64, Span)> {
    let span = |point: &Point| {
        let values: Vec<f64> = runs.iter().map(|run| value_at(run, point.x)).collect::<Option<_>>()?;
        let (low, high) = (
            values.iter().copied().fold(f64::INFINITY, f64::min),
            values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        );
        Some((mean(&values, scale), Span { x: point.x, low, high }))
    };
    points.iter().filter_map(span).collect()
}

/// The value at a place, between its neighbours if there is none at it.
fn value_at(points: &[Point], x: f64) -> Option<f64> {
    let after = points.partition_point(|point| point.x < x);
    let next = points.get(after)?;
    if next.x == x {
        return Some(next.y);
    }
    let before = points.get(after.checked_sub(1)?)?;
    Some(before.y + (next.y - before.y) * (x - before.x) / (next.x - before.x))
}

/// The arithmetic mean, or along powers of ten the geometric one if every value has a logarithm.
fn mean(values: &[f64], scale: Scale) -> f64 {
    let count = values.len() as f64;
    match scale {
        Scale::Log if values.iter().all(|&value| value > 0.0) => {
            (values.iter().map(|value| value.ln()).sum::<f64>() / count).exp()
        }
        Scale::Log | Scale::Linear => values.iter().sum::<f64>() / count,
    }
}

fn mean_bars(bars: &[Bar], runs: &[&[Bar]], panel: &Panel, text: &Text) -> (Vec<Bar>, Vec<String>) {
    let alike = |bar: &Bar| -> Option<(Bar, String)> {
        let same: Vec<&Bar> =
            runs.iter().map(|run| run.iter().find(|other| other.x == bar.x)).collect::<Option<_>>()?;
        let [from, to] = [|bar: &Bar| bar.from, |bar: &Bar| bar.to]
            .map(|end| mean(&same.iter().map(|bar| end(bar)).collect::<Vec<_>>(), Scale::Linear));
        let lengths = || same.iter().map(|bar| bar.to - bar.from);
        let (low, high) = (lengths().fold(f64::INFINITY, f64::min), lengths().fold(f64::NEG_INFINITY, f64::max));
        Some((Bar { from, to, ..*bar }, between(low, high, panel, text)))
    };
    bars.iter().filter_map(alike).unzip()
}

fn mean_cells(cells: &Cells, runs: &[&Cells], scale: Scale) -> Cells {
    let mean_of = |index: usize| {
        let values: Vec<f64> = runs.iter().map(|run| run.values[index]).collect::<Option<_>>()?;
        Some(mean(&values, scale))
    };
    Cells { values: (0..cells.values.len()).map(mean_of).collect(), ..cells.clone() }
}

/// From the lowest to the highest run, in the words of the panel's axis.
fn between(low: f64, high: f64, panel: &Panel, text: &Text) -> String {
    let format = match panel.y.ticks {
        Ticks::Numbers(format) => format,
        Ticks::Parts(_) | Ticks::Names(_) => Format::Significant,
    };
    text.fill("figure.runs.between", &[("low", &format.write(low)), ("high", &format.write(high))])
}
