//! Gradient norms by row at one moment: every network on one logarithmic axis.

use super::absent::Absent;
use super::moment::{Moment, Seen};
use super::{chart, curve, gradient, parts};
use crate::chart::{
    Axis, Chart, Choice, Figure, Format, GradientMeasure, Group, Marks, Meaning, NoData, Options, Panel, Point, Series,
    Shows, Span, Subject, Weight,
};
use crate::telemetry::StepRecord;
use crate::text::Text;

/// The figure.
pub(super) const FIGURE: Figure = Figure {
    id: "gradients",
    build,
    group: Group::Gradients,
    shows: Shows::Run,
    choices: &[Choice::Gradient],
    tells_answers: false,
};

/// Records whose range stands behind the moment.
const RECENT: usize = 100;

/// The chart of the moment that is looked at.
fn build(subject: &Subject, options: &Options, text: &Text) -> Result<Chart, NoData> {
    let moment = Moment::of(subject, text)?;
    let measure = options.gradient;
    let rows = parts::rows(moment.networks[0].network);
    let mut series = parts::block_guides(&rows);
    series.extend(moment.networks.iter().filter_map(|seen| recent(seen, measure)));
    let mut notes = moment.notes(subject, text);
    for seen in &moment.networks {
        let (points, hover) = at_moment(seen, measure, text);
        let (key, name) = (seen.kind.name(), parts::name(text, seen.kind));
        let layers = seen.network.layers.iter().zip(&seen.record.figures.layers);
        let norms = layers.map(|(layer, figures)| gradient::any_value(measure, figures, gradient::weights_of(layer)));
        notes.extend(Absent::among(norms).notes(name, text));
        let meaning = Meaning::Network(seen.kind);
        series.push(
            Series::new(key, name, meaning, Weight::Second, Marks::Line(points.clone())).with_notes(hover.clone()),
        );
        let points = Marks::Points(points);
        series.push(Series::new(format!("{key}.points"), name, meaning, Weight::Main, points).with_notes(hover));
    }
    let panel = Panel {
        title: None,
        x: parts::axis(text, &rows),
        y: Axis::numbers(gradient::label(measure, text), Format::Significant).logarithmic(),
        series,
    };
    let banded = panel.series.iter().any(|series| matches!(series.marks, Marks::Band(_)));
    let words = moment.words(text);
    let words = if banded { text.fill("figure.gradients.band", &[("moment", &words)]) } else { words };
    let mut chart = chart(&FIGURE, text, Some(words), vec![panel]);
    chart.notes = notes;
    Ok(chart)
}

/// The rows' norms at the moment.
fn at_moment(seen: &Seen, measure: GradientMeasure, text: &Text) -> (Vec<Point>, Vec<String>) {
    let rows = seen.network.layers.iter().zip(&seen.record.figures.layers).enumerate();
    rows.filter_map(|(row, (layer, figures))| {
        let weights = gradient::weights_of(layer);
        let y = gradient::value(measure, figures, weights)?;
        Some((Point { x: row as f64, y }, gradient::note(measure, figures, weights, text)))
    })
    .unzip()
}

/// From the twentieth part to the nineteenth of the recent norms of each row: a single spike does not set the scale.
fn recent(seen: &Seen, measure: GradientMeasure) -> Option<Series> {
    let until = seen.record.step;
    let records: Vec<&StepRecord> =
        seen.history.records().rev().skip_while(|record| record.step > until).take(RECENT).collect();
    if records.len() < 2 {
        return None;
    }
    let mut norms: Vec<Vec<f64>> = seen.network.layers.iter().map(|_| Vec::with_capacity(records.len())).collect();
    let weights: Vec<u64> = seen.network.layers.iter().map(gradient::weights_of).collect();
    for record in &records {
        for ((norms, figures), &weights) in norms.iter_mut().zip(&record.figures.layers).zip(&weights) {
            norms.extend(gradient::value(measure, figures, weights).filter(|&norm| norm > 0.0));
        }
    }
    let span = |(row, norms): (usize, &mut Vec<f64>)| {
        let (low, high) = (curve::quantile(norms, 0.05)?, curve::quantile(norms, 0.95)?);
        Some(Span { x: row as f64, low, high })
    };
    let spans: Vec<Span> = norms.iter_mut().enumerate().filter_map(span).collect();
    let key = format!("{}.recent", seen.kind);
    Some(Series::new(key, "", Meaning::Network(seen.kind), Weight::Faint, Marks::Band(spans)))
}
