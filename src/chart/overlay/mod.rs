//! The same figure of several runs in one chart.
//!
//! [`overlay`] puts runs on one axis: the colour says the run, and the dash says the network or the part that a colour says in the figure of
//! one run. [`mean_and_range`] is for runs that differ only in the seed: one line for their mean and a band from the lowest to the highest.
//! What stands faintly behind the curves of one run, single steps and ranges, is left out of both, since several runs would hide each other.

mod align;
mod mean;

pub use mean::mean_and_range;

use super::{Chart, ColorScale, Marks, Meaning, NoData, Panel, Series, Weight};
use crate::text::Text;
use crate::theme::Dash;
use align::Alignment;

/// The same figure of several runs, each with its name, on one axis; maps of cells side by side.
///
/// # Errors
///
/// Without a chart, or with charts of different figures.
pub fn overlay(charts: Vec<(String, Chart)>, text: &Text) -> Result<Chart, NoData> {
    let charts = of_one_figure(charts, text)?;
    if let [(_, only)] = &charts[..] {
        return Ok(only.clone());
    }
    let mut panels = Vec::new();
    for title in titles(&charts) {
        let same: Vec<(usize, &str, &Panel)> = (0..)
            .zip(&charts)
            .filter_map(|(run, (name, chart))| Some((run, name.as_str(), panel_of(chart, title)?)))
            .collect();
        if same.iter().any(|(_, _, panel)| has_cells(panel)) {
            panels.extend(same.into_iter().map(|(_, name, panel)| named(panel, name)));
        } else {
            panels.push(together(&same, charts.len(), text));
        }
    }
    let notes = notes(&charts, &panels, text);
    let (_, first) = &charts[0];
    let subtitle =
        first.subtitle.clone().filter(|own| charts.iter().all(|(_, chart)| chart.subtitle.as_ref() == Some(own)));
    let color_scale = shared_scale(charts.iter().map(|(_, chart)| chart));
    Ok(Chart {
        id: first.id,
        title: first.title.clone(),
        subtitle,
        about: first.about.clone(),
        panels,
        color_scale,
        notes,
        chooses: None,
    })
}

/// The charts, if they are of one figure.
fn of_one_figure(charts: Vec<(String, Chart)>, text: &Text) -> Result<Vec<(String, Chart)>, NoData> {
    let Some((_, first)) = charts.first() else {
        return Err(NoData(text.say("figure.runs.none").to_owned()));
    };
    match charts.iter().find(|(_, chart)| chart.id != first.id) {
        None => Ok(charts),
        Some((_, other)) => {
            Err(NoData(text.fill("figure.runs.different", &[("first", &first.title), ("second", &other.title)])))
        }
    }
}

/// The titles of panels in the order in which they are met.
fn titles(charts: &[(String, Chart)]) -> Vec<Option<&str>> {
    let mut titles = Vec::new();
    for panel in charts.iter().flat_map(|(_, chart)| &chart.panels) {
        if !titles.contains(&panel.title.as_deref()) {
            titles.push(panel.title.as_deref());
        }
    }
    titles
}

fn panel_of<'a>(chart: &'a Chart, title: Option<&str>) -> Option<&'a Panel> {
    chart.panels.iter().find(|panel| panel.title.as_deref() == title)
}

fn has_cells(panel: &Panel) -> bool {
    panel.series.iter().any(|series| matches!(series.marks, Marks::Cells(_)))
}

/// The panel under its run's name.
fn named(panel: &Panel, name: &str) -> Panel {
    let title = panel.title.as_ref().map_or_else(|| name.to_owned(), |title| format!("{title} · {name}"));
    Panel { title: Some(title), ..panel.clone() }
}

/// One panel with the series of all runs.
fn together(panels: &[(usize, &str, &Panel)], runs: usize, text: &Text) -> Panel {
    let alignment = Alignment::of(panels.iter().map(|(_, _, panel)| *panel));
    let mut series: Vec<Series> = Vec::new();
    for &(run, name, panel) in panels {
        for own in &panel.series {
            let marks = alignment.place(&own.marks, &panel.x.ticks);
            match own.meaning {
                Meaning::Guide => {
                    if !series.iter().any(|known| known.marks == marks && known.meaning == Meaning::Guide) {
                        let taken = series.iter().any(|known| known.key == own.key);
                        let key = if taken { format!("run{}.{}", run + 1, own.key) } else { own.key.clone() };
                        series.push(Series { key, marks, ..own.clone() });
                    }
                }
                Meaning::Network(_) | Meaning::Portion(..) | Meaning::Source(_) | Meaning::Run(_)
                    if own.weight == Weight::Faint => {}
                Meaning::Network(_) | Meaning::Portion(..) | Meaning::Source(_) | Meaning::Run(_) => {
                    series.push(of_run(own, marks, run, runs, name, text));
                }
            }
        }
    }
    let first = panels[0].2;
    let mut x = first.x.clone();
    x.ticks = alignment.ticks().clone();
    x.range = align::range(panels.iter().map(|(_, _, panel)| *panel), |panel| &panel.x, align::Direction::X);
    let mut y = first.y.clone();
    y.range = align::range(panels.iter().map(|(_, _, panel)| *panel), |panel| &panel.y, align::Direction::Y);
    Panel { title: first.title.clone(), x, y, series }
}

/// A series in its run's colour.
fn of_run(series: &Series, marks: Marks, run: usize, runs: usize, name: &str, text: &Text) -> Series {
    let part = match series.meaning {
        Meaning::Network(kind) => kind.rank(),
        Meaning::Guide => 0,
        Meaning::Portion(_, part) | Meaning::Source(part) | Meaning::Run(part) => part,
    };
    let is_bars = matches!(marks, Marks::Bars(_));
    let (marks, weight) = match marks {
        Marks::Bars(bars) => {
            // Parts of a bar that a tint tells apart in one run keep their rank here.
            let is_portion = matches!(series.meaning, Meaning::Portion(..));
            let weight = if is_portion && part > 0 { Weight::Second } else { series.weight };
            (Marks::Bars(align::beside(&bars, run, runs)), weight)
        }
        marks => (marks, series.weight),
    };
    let dash = [Dash::Solid, Dash::Dashed, Dash::Dotted][part % 3];
    Series {
        role: None,
        key: format!("run{}.{}", run + 1, series.key),
        name: if series.name.is_empty() {
            String::new()
        } else {
            text.fill("figure.runs.name", &[("series", &series.name), ("run", &name)])
        },
        meaning: Meaning::Run(run),
        weight,
        dash: (!is_bars).then_some(dash),
        marks,
        notes: series.notes.clone(),
    }
}

/// What all charts say once, what single ones say under the run's name.
fn notes(charts: &[(String, Chart)], panels: &[Panel], text: &Text) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    let same_subtitle = charts.iter().all(|(_, chart)| chart.subtitle == charts[0].1.subtitle);
    for (name, chart) in charts {
        let subtitle = chart.subtitle.iter().filter(|_| !same_subtitle);
        for note in subtitle.chain(&chart.notes) {
            let everywhere = charts.iter().all(|(_, other)| other.notes.contains(note));
            let words =
                if everywhere { note.clone() } else { text.fill("figure.runs.note", &[("run", name), ("note", note)]) };
            if !notes.contains(&words) {
                notes.push(words);
            }
        }
    }
    let faint = |panel: &Panel| {
        panel.series.iter().any(|series| series.weight == Weight::Faint && series.meaning != Meaning::Guide)
    };
    if charts.iter().flat_map(|(_, chart)| &chart.panels).any(faint) && !panels.iter().any(faint) {
        notes.push(text.say("figure.runs.without_faint").to_owned());
    }
    notes
}

/// A scale on which the values of all charts have a place.
fn shared_scale<'a>(charts: impl Iterator<Item = &'a Chart>) -> Option<ColorScale> {
    charts.filter_map(|chart| chart.color_scale.clone()).reduce(|all, one| ColorScale {
        min: all.min.min(one.min),
        max: all.max.max(one.max),
        ..all
    })
}

#[cfg(test)]
mod tests;
