//! How well each network does at the moment that is looked at, against how many parameters it has: one point for each.

use super::moment::{Moment, Seen};
use super::{chart, parts};
use crate::chart::{Axis, Chart, Figure, Format, Marks, Meaning, Panel, Point, Series, Subject, Weight};
use crate::telemetry::Evaluation;
use crate::text::Text;
use crate::text::number::grouped;

/// The chart: the last validation of each network, or before its first one its last step of training.
pub(super) fn build(figure: &Figure, moment: &Moment, subject: &Subject, text: &Text) -> Chart {
    let ends: Vec<(&Seen, Evaluation)> = moment.networks.iter().map(|seen| (seen, end_of(seen))).collect();
    let most = ends.iter().map(|(seen, _)| seen.network.parameters()).max().unwrap_or(0) as f64;
    let panel = |title: &str, y: Axis, value: fn(Evaluation) -> f64| {
        let points = ends.iter().filter(|(_, end)| value(*end).is_finite()).map(|(seen, end)| {
            let parameters = seen.network.parameters();
            let point = Point { x: parameters as f64, y: value(*end) };
            let note = text.fill("figure.loss.note_parameters", &[("parameters", &grouped(parameters))]);
            let (kind, name) = (seen.kind, parts::name(text, seen.kind));
            let marks = Marks::Points(vec![point]);
            Series::new(kind.name(), name, Meaning::Network(kind), Weight::Main, marks).with_notes(vec![note])
        });
        let x = Axis::numbers(text.say("figure.costs.parameters"), Format::Compact).between(0.0, most * 1.15);
        Panel { title: Some(text.say(title).to_owned()), x, y, series: points.collect() }
    };
    let loss = Axis::numbers(text.say("figure.loss.loss_axis"), Format::Significant).with_zero();
    let accuracy = Axis::numbers(text.say("figure.loss.accuracy_axis"), Format::Percent).between(0.0, 1.0);
    let panels = vec![
        panel("figure.loss.loss", loss, |end| end.loss),
        panel("figure.loss.accuracy", accuracy, |end| end.accuracy),
    ];
    let mut chart = chart(figure, text, Some(moment.words(text)), panels);
    chart.notes = moment.notes(subject, text);
    for (seen, _) in ends.iter().filter(|(seen, _)| seen.history.validation_at(seen.record.step).is_none()) {
        let network = parts::name(text, seen.kind);
        chart.notes.push(text.fill("figure.loss.not_validated", &[("network", &network)]));
    }
    chart
}

fn end_of(seen: &Seen) -> Evaluation {
    let training = Evaluation { loss: seen.record.train_loss, accuracy: seen.record.train_accuracy };
    seen.history.validation_at(seen.record.step).map_or(training, |validation| validation.evaluation)
}
