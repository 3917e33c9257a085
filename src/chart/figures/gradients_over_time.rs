//! Gradient norms by row and time: one heat map for each network, all on one logarithmic colour scale.

use super::absent::Absent;
use super::moment::{Moment, Seen};
use super::timeline::{self, Timeline};
use super::{chart, curve, gradient, parts};
use crate::chart::{
    Axis, Cells, Chart, Choice, ColorScale, Figure, Format, GradientMeasure, Group, Marks, Meaning, NoData, Options,
    Panel, Scale, Series, Shows, Subject, Weight,
};
use crate::telemetry::StepRecord;
use crate::text::Text;

/// The figure.
pub(super) const FIGURE: Figure = Figure {
    id: "gradients-over-time",
    build,
    group: Group::Maps,
    shows: Shows::Run,
    choices: &[Choice::Time, Choice::Gradient],
    tells_answers: false,
};

/// Columns of a map at most.
const MOST_COLUMNS: usize = 160;
/// Records of a column that are read at most: more change neither the mean nor the picture.
const MOST_READ: usize = 4;
/// Shares of the cells below and above the ends of the colour scale.
const OUTSIDE: f64 = 0.02;

/// The chart of the whole run, with a mark at the moment that is looked at.
fn build(subject: &Subject, options: &Options, text: &Text) -> Result<Chart, NoData> {
    let moment = Moment::of(subject, text)?;
    let several = moment.networks.len() > 1;
    let (mut panels, mut all, mut absent, mut together) = (Vec::new(), Vec::new(), Vec::new(), 1);
    for seen in &moment.networks {
        let rows = parts::rows(seen.network);
        let timeline = Timeline::new(subject, seen.history, options.time);
        let (cells, records) = cells(seen, options.gradient, &timeline);
        together = together.max(records);
        let values = cells.values.iter().map(|value| value.unwrap_or(f64::NAN));
        absent.extend(Absent::among(values).notes(parts::name(text, seen.kind), text));
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
    let mut chart = chart(&FIGURE, text, Some(moment.words(text)), panels);
    let label = gradient::label(options.gradient, text).to_owned();
    chart.color_scale = Some(ColorScale { label, scale: Scale::Log, format: Format::Significant, min, max });
    chart.notes = moment.notes(subject, text);
    chart.notes.extend(absent);
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
    let weights: Vec<u64> = layers.iter().map(gradient::weights_of).collect();
    let mut values = vec![None; layers.len() * columns.len()];
    for (place, column) in columns.iter().enumerate() {
        let mut means = vec![GeometricMean::default(); layers.len()];
        for record in column.iter().step_by(column.len().div_ceil(MOST_READ)) {
            for ((mean, figures), &weights) in means.iter_mut().zip(&record.figures.layers).zip(&weights) {
                if let Some(norm) = gradient::value(measure, figures, weights) {
                    mean.take(norm);
                }
            }
        }
        for (row, mean) in means.iter().enumerate() {
            values[row * columns.len() + place] = mean.value();
        }
    }
    let edges = edges(&records, together, timeline);
    let rows = (0..=layers.len()).map(|row| row as f64 - 0.5).collect();
    (Cells { columns: edges, rows, values }, together)
}

/// Where columns meet: halfway between the last record of one and the first of the next, and half a record beyond both ends.
fn edges(records: &[&StepRecord], together: usize, timeline: &Timeline) -> Vec<f64> {
    let place = |index: usize| timeline.place(records[index].step);
    let last = records.len() - 1;
    let (before, after) = if last == 0 {
        let half = (place(0) - timeline.place(records[0].step - 1)) / 2.0;
        (half, half)
    } else {
        ((place(1) - place(0)) / 2.0, (place(last) - place(last - 1)) / 2.0)
    };
    let between =
        (together..records.len()).step_by(together).map(|index| f64::midpoint(place(index - 1), place(index)));
    let ends = ((place(0) - before).max(0.0), place(last) + after);
    let mut edges: Vec<f64> = std::iter::once(ends.0).chain(between).chain([ends.1]).collect();
    for index in 1..edges.len() {
        edges[index] = edges[index].max(edges[index - 1].next_up()); // steps that took no time are no column without width
    }
    edges
}

/// The mean of the logarithms as a value, the middle in a picture whose colours are logarithms; zero when all are zero.
#[derive(Clone, Copy, Default)]
struct GeometricMean {
    logarithms: f64,
    count: u32,
    zeros: u32,
}

impl GeometricMean {
    fn take(&mut self, value: f64) {
        if value > 0.0 {
            self.logarithms += value.ln();
            self.count += 1;
        } else {
            self.zeros += 1;
        }
    }

    fn value(self) -> Option<f64> {
        match (self.count, self.zeros) {
            (0, 0) => None,
            (0, _) => Some(0.0),
            (count, _) => Some((self.logarithms / f64::from(count)).exp()),
        }
    }
}
