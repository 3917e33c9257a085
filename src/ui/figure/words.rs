//! What a chart says in words: its values, and the summary for those who cannot see the picture.

use crate::arch::Part;
use crate::chart::{Axis, Chart, Marks, Panel, Series, Ticks};
use crate::text::Text;

/// The name of a row of the architecture.
pub fn part(text: &Text, part: Part) -> String {
    match part {
        Part::Stem => text.say("part.stem").to_owned(),
        Part::Layer { block, layer } => text.fill("part.layer", &[("block", &block), ("layer", &layer)]),
        Part::Transition { block } => text.fill("part.transition", &[("block", &block)]),
        Part::Classifier => text.say("part.classifier").to_owned(),
    }
}

/// The same words where they are seen: the bars of a norm are as wide as a Chinese character in the font, two strokes are not.
pub(super) fn narrow(words: &str) -> String {
    words.replace('‖', "||")
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be from 0 on")]
pub(super) fn index(place: f64) -> Option<usize> {
    let rounded = place.round();
    (0.0..1e9).contains(&rounded).then_some(rounded as usize)
}

/// The row of the architecture at a place of an axis.
pub(super) fn part_at(axis: &Axis, place: f64) -> Option<Part> {
    let Ticks::Parts(parts) = &axis.ticks else { return None };
    parts.get(index(place)?).map(|(part, _)| *part)
}

/// A value along an axis in words, with what it is.
pub(super) fn place(text: &Text, axis: &Axis, value: f64) -> String {
    match &axis.ticks {
        Ticks::Numbers(_) => format!("{}: {}", axis.label, amount(axis, value)),
        Ticks::Parts(_) => part_at(axis, value).map(|found| part(text, found)).unwrap_or_default(),
        Ticks::Names(names) => index(value).and_then(|index| names.get(index).cloned()).unwrap_or_default(),
    }
}

/// A value along an axis in words, alone.
pub(super) fn amount(axis: &Axis, value: f64) -> String {
    match &axis.ticks {
        Ticks::Numbers(format) => format.write(value),
        Ticks::Parts(parts) => index(value).and_then(|i| parts.get(i)).map(|(_, w)| w.clone()).unwrap_or_default(),
        Ticks::Names(names) => index(value).and_then(|i| names.get(i)).cloned().unwrap_or_default(),
    }
}

/// The place and the value of a mark, in words.
pub(super) fn mark(
    text: &Text,
    chart: &Chart,
    panel: &Panel,
    series: &Series,
    mark: usize,
) -> Option<(String, String)> {
    Some(match &series.marks {
        Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => {
            let point = points.get(mark)?;
            (place(text, &panel.x, point.x), amount(&panel.y, point.y))
        }
        Marks::Band(spans) => {
            let span = spans.get(mark)?;
            let range = format!("{} – {}", amount(&panel.y, span.low), amount(&panel.y, span.high));
            (place(text, &panel.x, span.x), range)
        }
        Marks::Bars(bars) => {
            let bar = bars.get(mark)?;
            (place(text, &panel.x, bar.x), amount(&panel.y, bar.to - bar.from))
        }
        Marks::Cells(cells) => {
            let value = (*cells.values.get(mark)?)?;
            let columns = cells.columns.len() - 1;
            let (column, row) = (mark % columns, mark / columns);
            let x = f64::midpoint(cells.columns[column], cells.columns[column + 1]);
            let y = f64::midpoint(cells.rows[row], cells.rows[row + 1]);
            let format = chart.color_scale.as_ref().map(|scale| scale.format.write(value));
            let places = format!("{}, {}", place(text, &panel.y, y), place(text, &panel.x, x));
            (places, format.unwrap_or_else(|| value.to_string()))
        }
        Marks::Rule { upright, at } => {
            let axis = if *upright { &panel.x } else { &panel.y };
            (series.name.clone(), amount(axis, *at))
        }
    })
}

/// The chart in a few sentences: what it shows, and the last value of every series that is a curve or a set of bars.
pub fn summary(text: &Text, chart: &Chart) -> String {
    let mut sentences: Vec<String> = chart.subtitle.iter().cloned().collect();
    for panel in &chart.panels {
        let named = panel.series.iter().filter(|series| !series.name.is_empty());
        let values: Vec<String> = named
            .filter(|series| !matches!(series.marks, Marks::Band(_) | Marks::Cells(_) | Marks::Rule { .. }))
            .filter_map(|series| {
                let last = series.marks_count().checked_sub(1)?;
                let (place, value) = mark(text, chart, panel, series, last)?;
                Some(format!("{}, {place}: {value}", series.name))
            })
            .take(12)
            .collect();
        sentences.extend(panel.title.iter().cloned());
        sentences.extend(values);
    }
    sentences.extend(chart.notes.iter().cloned());
    sentences.join(". ")
}

trait Count {
    fn marks_count(&self) -> usize;
}

impl Count for Series {
    fn marks_count(&self) -> usize {
        match &self.marks {
            Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => points.len(),
            Marks::Band(spans) => spans.len(),
            Marks::Bars(bars) => bars.len(),
            Marks::Cells(cells) => cells.values.len(),
            Marks::Rule { .. } => 1,
        }
    }
}
