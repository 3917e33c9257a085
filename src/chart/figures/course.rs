//! How loss or accuracy went in one network: single steps, their running mean, and validations.

use super::curve;
use super::moment::Seen;
use super::parts;
use super::timeline::Timeline;
use crate::arch::NetworkKind;
use crate::chart::{Marks, Meaning, Point, Series, Weight};
use crate::telemetry::{Evaluation, StepRecord};
use crate::text::Text;
use crate::text::number::significant;
use crate::theme::Dash;

/// Steps whose mean is drawn, where the history keeps every step.
const MEAN_OF: usize = 50;
/// Records that the mean is taken of at least, where the history keeps only some steps.
const RECORDS: usize = 20;
/// Points of a curve, about.
const MOST_POINTS: usize = 700;

/// What is followed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Mean cross-entropy.
    Loss,
    /// Share classified right.
    Accuracy,
}

impl Measure {
    fn in_training(self, record: &StepRecord) -> f64 {
        match self {
            Self::Loss => record.train_loss,
            Self::Accuracy => record.train_accuracy,
        }
    }

    fn in_validation(self, evaluation: Evaluation) -> f64 {
        match self {
            Self::Loss => evaluation.loss,
            Self::Accuracy => evaluation.accuracy,
        }
    }
}

/// One network's course by one measure; nothing in it that is not finite.
pub(super) struct Course<'a> {
    pub(super) kind: NetworkKind,
    pub(super) timeline: &'a Timeline,
    /// Single steps.
    pub(super) single: Vec<(usize, f64)>,
    /// Where each of them stands.
    places: Vec<f64>,
    /// For each of them the mean of the last steps.
    mean: Vec<f64>,
    /// Validations.
    pub(super) validations: Vec<Validated>,
}

/// A validation beside training.
#[derive(Clone, Copy)]
pub(super) struct Validated {
    pub(super) step: usize,
    /// In validation.
    pub(super) value: f64,
    /// The mean in training of the last steps up to there.
    pub(super) training: Option<f64>,
}

/// Steps whose mean says something with this history: a thinned one has few records in fifty steps.
pub(super) fn steps_of_mean(seen: &Seen) -> usize {
    let (first, last) = (seen.history.first_step().unwrap_or(1), seen.history.last_step().unwrap_or(1));
    let gaps = seen.history.records().count().saturating_sub(1).max(1);
    MEAN_OF.max(RECORDS * (last - first).div_ceil(gaps))
}

impl<'a> Course<'a> {
    pub(super) fn of(seen: &Seen, timeline: &'a Timeline, measure: Measure, mean_of: usize) -> Self {
        let values = seen.history.records().map(|record| measure.in_training(record)).zip(timeline.kept());
        let finite = values.filter(|(value, _)| value.is_finite());
        let (single, places): (Vec<_>, Vec<_>) = finite.map(|(value, &(step, place))| ((step, value), place)).unzip();
        let mean = curve::running_mean(&single, mean_of);
        let validations = seen.history.validations().filter_map(|validation| {
            let value = measure.in_validation(validation.evaluation);
            let training = up_to(&single, validation.step).map(|index| mean[index]);
            value.is_finite().then_some(Validated { step: validation.step, value, training })
        });
        let validations = validations.collect();
        Self { kind: seen.kind, timeline, single, places, mean, validations }
    }

    /// The last mean in training and the last value in validation up to a step.
    pub(super) fn at(&self, step: usize) -> (Option<f64>, Option<f64>) {
        let mean = up_to(&self.single, step).map(|index| self.mean[index]);
        let validated = self.validations.iter().rev().find(|validated| validated.step <= step);
        (mean, validated.map(|validated| validated.value))
    }

    /// Single steps, behind everything.
    pub(super) fn single_steps(&self) -> Series {
        let points: Vec<Point> = self.places.iter().zip(&self.single).map(|(&x, &(_, y))| Point { x, y }).collect();
        let points = curve::with_extremes(&points, MOST_POINTS);
        let key = format!("{}.training.single", self.kind);
        Series::new(key, "", Meaning::Network(self.kind), Weight::Faint, Marks::Line(points))
    }

    /// The running mean as a line, validations as points on a line of second rank.
    pub(super) fn curves(&self, text: &Text) -> Vec<Series> {
        let (kind, meaning) = (self.kind, Meaning::Network(self.kind));
        let network = parts::name(text, kind);
        let kept = curve::evenly(self.mean.len(), MOST_POINTS);
        let mean: Vec<Point> = kept.map(|index| Point { x: self.places[index], y: self.mean[index] }).collect();
        let training = text.fill("figure.loss.training", &[("network", &network)]);
        let mut series =
            vec![Series::new(format!("{kind}.training"), training, meaning, Weight::Main, Marks::Line(mean))];
        if !self.validations.is_empty() {
            let point = |validated: &Validated| Point { x: self.timeline.place(validated.step), y: validated.value };
            let points: Vec<Point> = self.validations.iter().map(point).collect();
            let name = text.fill("figure.loss.validation", &[("network", &network)]);
            let notes: Vec<String> = self.validations.iter().map(|validated| validated.beside_training(text)).collect();
            let key = format!("{kind}.validation");
            let line = Marks::Line(points.clone());
            let line = Series::new(key.clone(), name.clone(), meaning, Weight::Second, line);
            // Training and validation differ in the dash, networks in colour and mark.
            series.push(Series { dash: Some(Dash::Dotted), ..line.with_notes(notes.clone()) });
            let points = Marks::Points(points);
            series.push(Series::new(key + ".points", name, meaning, Weight::Main, points).with_notes(notes));
        }
        series
    }
}

/// The last of the steps up to that one.
fn up_to(values: &[(usize, f64)], step: usize) -> Option<usize> {
    values.partition_point(|(of, _)| *of <= step).checked_sub(1)
}

impl Validated {
    /// Validation minus training, with their numbers.
    pub(super) fn beside_training(&self, text: &Text) -> String {
        let Some(training) = self.training else { return String::new() };
        text.fill(
            "figure.loss.difference",
            &[
                ("validation", &significant(self.value, 4)),
                ("training", &significant(training, 4)),
                ("gap", &significant(self.value - training, 3)),
            ],
        )
    }

    /// Validation minus training.
    pub(super) fn gap(&self) -> Option<f64> {
        self.training.map(|training| self.value - training)
    }
}
