//! Gradient norms by row and time: one heat map for each network, all on one logarithmic colour scale.

use super::moment::{Moment, Seen};
use super::timeline::{self, Timeline};
use super::{chart, curve, gradient, parts};
use crate::chart::{
    Axis, Cells, Chart, ColorScale, Format, GradientMeasure, Marks, Meaning, NoData, Options, Panel, Scale, Series,
    Subject, Weight,
};
use crate::telemetry::StepRecord;
use crate::text::Text;

/// Columns of a map at most.
const MOST_COLUMNS: usize = 160;
/// Records of a column that are read at most: more change neither the mean nor the picture.
const MOST_READ: usize = 8;
/// Shares of the cells below and above the ends of the colour scale.
const OUTSIDE: f64 = 0.02;

/// The chart of the whole run, with a mark at the moment that is looked at.
pub(in crate::chart) fn build(subject: &Subject, options: &Options, text: &Text) -> Result<Chart, NoData> {
    let moment = Moment::of(subject, text)?;
    let several = moment.networks.len() > 1;
    let (mut panels, mut all, mut together) = (Vec::new(), Vec::new(), 1);
    for seen in &moment.networks {
        let rows = parts::rows(seen.network);
        let timeline = Timeline::new(subject, seen.history, options.time);
        let (cells, records) = cells(seen, options.gradient, &timeline);
        together = together.max(records);
        all.extend(cells.values.iter().flatten().copied().filter(|&value| value > 0.0));
        let meaning = Meaning::Network(seen.kind);
        let mut series = vec![Series::new(seen.kind.name(), "", meaning, Weight::Main, Marks::Cells(cells))];
        series.extend(timeline.moment("moment", subject, text));
        panels.push(Panel {
            title: several.then(|| parts::name(text, seen.kind).to_owned()),
            x: timeline::axis(options.time, text),
            y: Axis::along(text.say("figure.row"), parts::ticks(text, &rows)),
            series,
        });
    }
    let ends = (curve::quantile(&mut all, OUTSIDE), curve::quantile(&mut all, 1.0 - OUTSIDE));
    let (Some(min), Some(max)) = ends else {
        return Err(NoData(text.say("figure.gradients-over-time.nothing").to_owned()));
    };
    let mut chart = chart("gradients-over-time", text, Some(moment.words(text)), panels);
    let label = gradient::label(options.gradient, text).to_owned();
    chart.color_scale = Some(ColorScale { label, scale: Scale::Log, format: Format::Significant, min, max });
    chart.notes = moment.notes(subject, text);
    if together > 1 {
        let read = together.min(MOST_READ);
        chart.notes.push(text.fill("figure.gradients-over-time.columns", &[("records", &together), ("read", &read)]));
    }
    Ok(chart)
}

/// The map of one network, and how many records a column stands for.
fn cells(seen: &Seen, measure: GradientMeasure, timeline: &Timeline) -> (Cells, usize) {
    let records: Vec<&StepRecord> = seen.history.records().collect();
    let together = records.len().div_ceil(MOST_COLUMNS);
    let columns: Vec<&[&StepRecord]> = records.chunks(together).collect();
    let layers = &seen.network.layers;
    let mut values = Vec::with_capacity(layers.len() * columns.len());
    for (row, layer) in layers.iter().enumerate() {
        let weights = gradient::weights_of(layer);
        for column in &columns {
            let every = column.len().div_ceil(MOST_READ);
            let norms = column.iter().step_by(every).filter_map(|record| record.figures.layers.get(row));
            values.push(geometric_mean(norms.filter_map(|figures| gradient::value(measure, figures, weights))));
        }
    }
    let mut edges = Vec::with_capacity(columns.len() + 1);
    let place = |record: &StepRecord| timeline.place(record.step);
    edges.push(timeline.place(records[0].step.saturating_sub(1)));
    for pair in columns.windows(2) {
        let (before, after) = (pair[0][pair[0].len() - 1], pair[1][0]);
        edges.push(f64::midpoint(place(before), place(after)));
    }
    edges.push(place(records[records.len() - 1]));
    for index in 1..edges.len() {
        edges[index] = edges[index].max(edges[index - 1].next_up()); // steps that took no time are no column without width
    }
    let rows = (0..=layers.len()).map(|row| row as f64 - 0.5).collect();
    (Cells { columns: edges, rows, values }, together)
}

/// The mean of the logarithms as a value, the middle in a picture whose colours are logarithms; zero when all are zero.
fn geometric_mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count, mut zeros) = (0.0, 0_usize, 0_usize);
    for value in values {
        if value > 0.0 {
            sum += value.ln();
            count += 1;
        } else {
            zeros += 1;
        }
    }
    match (count, zeros) {
        (0, 0) => None,
        (0, _) => Some(0.0),
        _ => Some((sum / count as f64).exp()),
    }
}
