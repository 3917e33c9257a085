//! The same figure of several runs in one chart.
//!
//! [`overlay`] puts runs on one axis: the colour says the run, and the dash says the network or the part that a colour says in the figure of
//! one run. [`behind`] lays runs in such colours behind a figure that keeps its own. [`mean_and_range`] is for runs that differ only in the seed: one line for their mean and a band from the lowest to the highest.
//! What stands faintly behind the curves of one run, single steps and ranges, is left out of both, since several runs would hide each other.

mod align;
mod mean;

pub use mean::{mean_and_range, mean_of_those};

use std::collections::BTreeSet;

use super::{Chart, ColorScale, Marks, Meaning, NoData, Panel, Series, Weight};
use crate::arch::NetworkKind;
use crate::text::Text;
use crate::theme::Dash;
use align::Alignment;

/// A run that is laid over or behind others.
#[derive(Clone, Debug, PartialEq)]
pub struct Laid {
    /// What it is called.
    pub name: String,
    /// What tells it apart from the run before it all, as a sentence; empty if nothing is to be said.
    pub about: String,
    /// Its chart.
    pub chart: Chart,
}

/// Entries of a legend that a class can read; what has no entry is named in a note.
const MOST_ENTRIES: usize = 7;

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
    let runs = |title: Option<&str>| -> Vec<Side<'_>> {
        let mut sides = Vec::new();
        for (run, (name, chart)) in charts.iter().enumerate() {
            sides.extend(panel_of(chart, title).map(|panel| Side { run: Some((run, name)), panel }));
        }
        sides
    };
    let panels = panels(titles(charts.iter().map(|(_, chart)| chart)), runs, charts.len(), text);
    let notes = notes(&charts, &panels, text);
    let (_, first) = &charts[0];
    let subtitle =
        first.subtitle.clone().filter(|own| charts.iter().all(|(_, chart)| chart.subtitle.as_ref() == Some(own)));
    let color_scale = shared_scale(charts.iter().map(|(_, chart)| chart));
    let mut chart = Chart {
        id: first.id,
        title: first.title.clone(),
        subtitle,
        about: first.about.clone(),
        panels,
        color_scale,
        notes,
        chooses: None,
    };
    let names: Vec<&str> = charts.iter().map(|(name, _)| name.as_str()).collect();
    shorten_legend(&mut chart, &names, text);
    chart.notes.extend(dashes(&chart, text));
    Ok(chart)
}

/// A figure with the curves of other runs behind its own: the colours of its networks are in front, and a colour of its own says each other run.
///
/// # Errors
///
/// With charts of different figures.
pub fn behind(front: Chart, runs: &[Laid], text: &Text) -> Result<Chart, NoData> {
    if let Some(other) = runs.iter().find(|run| run.chart.id != front.id) {
        return Err(different(&front, &other.chart, text));
    }
    if runs.is_empty() {
        return Ok(front);
    }
    let sides = |title: Option<&str>| -> Vec<Side<'_>> {
        let own = panel_of(&front, title).map(|panel| Side { run: None, panel });
        let mut sides: Vec<Side> = own.into_iter().collect();
        for (run, Laid { name, about: _, chart }) in runs.iter().enumerate() {
            sides.extend(panel_of(chart, title).map(|panel| Side { run: Some((run, name)), panel }));
        }
        sides
    };
    let charts = || std::iter::once(&front).chain(runs.iter().map(|run| &run.chart));
    let panels = panels(titles(charts()), sides, runs.len() + 1, text);
    let color_scale = shared_scale(charts());
    let mut chart = Chart { panels, color_scale, ..front };
    for Laid { name, about, chart: _ } in runs.iter().filter(|run| !run.about.is_empty()) {
        chart.notes.push(text.fill("figure.runs.note", &[("run", name), ("note", about)]));
    }
    chart.notes.extend(dashes(&chart, text));
    Ok(chart)
}

/// What the colours of runs behind others say, in the order in which they are laid: none is near a network's.
pub const BEHIND: [Meaning; 3] = [Meaning::Run(2), Meaning::Run(4), Meaning::Run(3)];

/// One run's panel; without a run it is that of the figure in front, which keeps its looks.
struct Side<'a> {
    run: Option<(usize, &'a String)>,
    panel: &'a Panel,
}

/// The panels of every title: the series of all sides together, or maps of cells beside each other.
fn panels<'a>(
    titles: Vec<Option<&str>>,
    sides: impl Fn(Option<&str>) -> Vec<Side<'a>>,
    places: usize,
    text: &Text,
) -> Vec<Panel> {
    let mut panels = Vec::new();
    for title in titles {
        let same = sides(title);
        if same.iter().any(|side| has_cells(side.panel)) {
            panels.extend(same.into_iter().map(|side| match side.run {
                Some((_, name)) => named(side.panel, name),
                None => side.panel.clone(),
            }));
        } else {
            panels.push(together(&same, places, text));
        }
    }
    panels
}

/// Leaves so many runs in the legend as it has room for, and names the others in a note.
fn shorten_legend(chart: &mut Chart, names: &[&str], text: &Text) {
    let series = || chart.panels.iter().flat_map(|panel| &panel.series);
    let others: BTreeSet<&str> = series()
        .filter(|series| !matches!(series.meaning, Meaning::Run(_)))
        .map(Series::entry)
        .filter(|entry| !entry.is_empty())
        .collect();
    let room = MOST_ENTRIES.saturating_sub(others.len());
    if names.len() <= room {
        return;
    }
    for series in chart.panels.iter_mut().flat_map(|panel| &mut panel.series) {
        if matches!(series.meaning, Meaning::Run(run) if run >= room) {
            series.entry = Some(String::new());
        }
    }
    chart.notes.push(text.fill("figure.runs.not_in_legend", &[("names", &names[room..].join(", "))]));
}

/// Which network a dash says, where colours say the runs and there are several networks.
fn dashes(chart: &Chart, text: &Text) -> Option<String> {
    let series = chart.panels.iter().flat_map(|panel| &panel.series);
    let lines = series.filter(|series| matches!(series.meaning, Meaning::Run(_)));
    let kind = |series: &Series| {
        let key = series.key.split_once('.').map_or("", |(_, key)| key);
        let kind = NetworkKind::ALL.into_iter().find(|kind| key.split('.').next() == Some(kind.name()));
        kind.filter(|_| matches!(series.marks, Marks::Line(_) | Marks::Steps(_)))
    };
    let kinds: BTreeSet<NetworkKind> = lines.filter_map(kind).collect();
    let words = |kind: &NetworkKind| {
        let key = match dash_of(kind.rank()) {
            Dash::Solid => "figure.runs.solid",
            Dash::Dashed => "figure.runs.dashed",
            Dash::Dotted => "figure.runs.dotted",
        };
        text.fill(key, &[("network", &text.say(kind.text_key()))])
    };
    (kinds.len() > 1)
        .then(|| text.fill("figure.runs.dashes", &[("networks", &text.listed("kept.and", kinds.iter().map(words)))]))
}

/// The dash of a network or a part where the colour says the run.
fn dash_of(part: usize) -> Dash {
    [Dash::Solid, Dash::Dashed, Dash::Dotted][part % 3]
}

fn different(first: &Chart, other: &Chart, text: &Text) -> NoData {
    NoData(text.fill("figure.runs.different", &[("first", &first.title), ("second", &other.title)]))
}

/// The charts, if they are of one figure.
fn of_one_figure(charts: Vec<(String, Chart)>, text: &Text) -> Result<Vec<(String, Chart)>, NoData> {
    let Some((_, first)) = charts.first() else {
        return Err(NoData(text.say("figure.runs.none").to_owned()));
    };
    match charts.iter().find(|(_, chart)| chart.id != first.id) {
        None => Ok(charts),
        Some((_, other)) => Err(different(first, other, text)),
    }
}

/// The titles of panels in the order in which they are met.
fn titles<'a>(charts: impl Iterator<Item = &'a Chart>) -> Vec<Option<&'a str>> {
    let mut titles = Vec::new();
    for panel in charts.flat_map(|chart| &chart.panels) {
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

/// One panel with the series of all sides: guides, then the runs, then what is in front.
fn together(sides: &[Side<'_>], places: usize, text: &Text) -> Panel {
    let alignment = Alignment::of(sides.iter().map(|side| side.panel));
    let has_front = sides.iter().any(|side| side.run.is_none());
    let (mut guides, mut behind, mut front): (Vec<Series>, Vec<Series>, Vec<Series>) = Default::default();
    for Side { run, panel } in sides {
        for own in &panel.series {
            let marks = alignment.place(&own.marks, &panel.x.ticks);
            match (own.meaning, run) {
                (Meaning::Guide, None) => guides.push(Series { marks, ..own.clone() }),
                // The moment of the run in front is its own, and so are its levels.
                (Meaning::Guide, Some(_)) if has_front && !own.name.is_empty() => {}
                (Meaning::Guide, Some((run, _))) => {
                    if !guides.iter().any(|known| known.marks == marks) {
                        let taken = guides.iter().any(|known| known.key == own.key);
                        let key = if taken { format!("run{}.{}", run + 1, own.key) } else { own.key.clone() };
                        guides.push(Series { key, marks, ..own.clone() });
                    }
                }
                (Meaning::Network(_) | Meaning::Portion(..) | Meaning::Source(_) | Meaning::Run(_), None) => {
                    let marks = match marks {
                        Marks::Bars(bars) => Marks::Bars(align::beside(&bars, 0, places)),
                        marks => marks,
                    };
                    front.push(Series { marks, ..own.clone() });
                }
                (Meaning::Network(_) | Meaning::Portion(..) | Meaning::Source(_) | Meaning::Run(_), Some(_))
                    if own.weight == Weight::Faint => {}
                (
                    Meaning::Network(_) | Meaning::Portion(..) | Meaning::Source(_) | Meaning::Run(_),
                    Some((run, name)),
                ) => {
                    let place = (run + usize::from(has_front), places);
                    let meaning = if has_front { BEHIND[run % BEHIND.len()] } else { Meaning::Run(*run) };
                    let series = of_run(own, marks, (*run, name), place, text);
                    behind.push(Series { meaning, ..series });
                }
            }
        }
    }
    let panels = || sides.iter().map(|side| side.panel);
    let first = sides[0].panel;
    let mut x = first.x.clone();
    x.ticks = alignment.ticks().clone();
    x.range = align::range(panels(), |panel| &panel.x, align::Direction::X);
    let mut y = first.y.clone();
    y.range = align::range(panels(), |panel| &panel.y, align::Direction::Y);
    let series = guides.into_iter().chain(behind).chain(front).collect();
    Panel { title: first.title.clone(), x, y, series }
}

/// A series in its run's colour; bars stand at that place of so many.
fn of_run(
    series: &Series,
    marks: Marks,
    (run, name): (usize, &str),
    (place, places): (usize, usize),
    text: &Text,
) -> Series {
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
            (Marks::Bars(align::beside(&bars, place, places)), weight)
        }
        marks => (marks, series.weight),
    };
    Series {
        role: None,
        key: format!("run{}.{}", run + 1, series.key),
        name: if series.name.is_empty() {
            String::new()
        } else {
            text.fill("figure.runs.name", &[("series", &series.name), ("run", &name)])
        },
        entry: Some(name.to_owned()),
        meaning: Meaning::Run(run),
        weight,
        dash: (!is_bars).then_some(dash_of(part)),
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
