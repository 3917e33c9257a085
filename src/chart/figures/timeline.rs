//! Time axes: where a step stands in steps, passes over the images, seconds of training, or multiply-adds.

use crate::arch::Architecture;
use crate::chart::{Axis, Format, Marks, Meaning, Series, Subject, TimeAxis, Weight};
use crate::telemetry::{NetworkHistory, StepRecord};
use crate::text::Text;

/// Where the steps of one network stand.
pub(super) struct Timeline {
    axis: TimeAxis,
    /// What a step adds, where every step adds the same: passes over the images, or multiply-adds.
    each: f64,
    /// The steps kept and where they stand. In seconds a record of a thinned history stands for the steps since the one before it.
    kept: Vec<(usize, f64)>,
}

impl Timeline {
    pub(super) fn new(subject: &Subject, history: &NetworkHistory, axis: TimeAxis) -> Self {
        let batch = subject.config.training.batch as f64;
        let each = match axis {
            TimeAxis::Step | TimeAxis::Seconds => 1.0,
            TimeAxis::Epoch => batch / subject.config.data.train.max(1) as f64,
            TimeAxis::MultiplyAdds => {
                batch * subject.network(history.kind).map_or(0, Architecture::multiply_adds) as f64
            }
        };
        let (mut before, mut seconds) = (0, 0.0);
        let place = |record: &StepRecord| {
            let place = match axis {
                TimeAxis::Step | TimeAxis::Epoch | TimeAxis::MultiplyAdds => record.step as f64 * each,
                TimeAxis::Seconds => {
                    let took = if record.seconds.is_finite() { record.seconds } else { 0.0 };
                    seconds += took * record.step.saturating_sub(before) as f64;
                    before = record.step;
                    seconds
                }
            };
            (record.step, place)
        };
        Self { axis, each, kept: history.records().map(place).collect() }
    }

    /// The steps kept, in the history's order, and where they stand.
    pub(super) fn kept(&self) -> &[(usize, f64)] {
        &self.kept
    }

    /// Where a step stands.
    pub(super) fn place(&self, step: usize) -> f64 {
        match self.axis {
            TimeAxis::Step | TimeAxis::Epoch | TimeAxis::MultiplyAdds => step as f64 * self.each,
            TimeAxis::Seconds => {
                let after = self.kept.partition_point(|(kept, _)| *kept < step);
                let (low_step, low) = if after == 0 { (0, 0.0) } else { self.kept[after - 1] };
                let Some(&(high_step, high)) = self.kept.get(after) else { return low };
                low + (high - low) * (step - low_step) as f64 / (high_step - low_step).max(1) as f64
            }
        }
    }

    /// The moment that is looked at as an upright line, if it is not the latest.
    pub(super) fn moment(&self, key: &str, subject: &Subject, text: &Text) -> Option<Series> {
        let step = subject.at?;
        let marks = Marks::Rule { upright: true, at: self.place(step) };
        let name = text.fill("figure.at_step", &[("step", &crate::text::number::grouped(step as u64))]);
        Some(Series::new(key, name, Meaning::Guide, Weight::Second, marks))
    }
}

/// The axis itself.
pub(super) fn axis(axis: TimeAxis, text: &Text) -> Axis {
    match axis {
        TimeAxis::Step => Axis::numbers(text.say("figure.time.step"), Format::Integer),
        TimeAxis::Epoch => Axis::numbers(text.say("figure.time.epoch"), Format::Significant),
        TimeAxis::Seconds => Axis::numbers(text.say("figure.time.seconds"), Format::Significant),
        TimeAxis::MultiplyAdds => Axis::numbers(text.say("figure.time.multiply_adds"), Format::Compact),
    }
}

/// The moment that is looked at as upright lines: one for all networks, or one for each where time is each network's own.
pub(super) fn moments(
    timelines: &[(crate::arch::NetworkKind, Timeline)],
    subject: &Subject,
    text: &Text,
) -> Vec<Series> {
    let own = timelines.iter().filter_map(|(kind, timeline)| {
        let key = format!("{kind}.moment");
        timeline.moment(&key, subject, text).map(|series| (timeline.axis, series))
    });
    let mut series: Vec<Series> = Vec::new();
    for (axis, mut moment) in own {
        match axis {
            TimeAxis::Seconds | TimeAxis::MultiplyAdds => series.push(moment),
            TimeAxis::Step | TimeAxis::Epoch if series.is_empty() => {
                "moment".clone_into(&mut moment.key);
                series.push(moment);
            }
            TimeAxis::Step | TimeAxis::Epoch => {}
        }
    }
    series
}
