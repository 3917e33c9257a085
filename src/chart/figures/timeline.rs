//! Time axes: where a step stands in steps, passes over the images, or seconds of training.

use crate::chart::{Axis, Format, Marks, Meaning, Series, Subject, TimeAxis, Weight};
use crate::telemetry::NetworkHistory;
use crate::text::Text;

/// Where the steps of one network stand.
pub(super) struct Timeline {
    axis: TimeAxis,
    images_per_step: f64,
    images: f64,
    /// Kept steps and the seconds up to their end; only for seconds. Of a thinned history every record stands for the steps since the one before it.
    seconds: Vec<(usize, f64)>,
}

impl Timeline {
    pub(super) fn new(subject: &Subject, history: &NetworkHistory, axis: TimeAxis) -> Self {
        let mut seconds = Vec::new();
        match axis {
            TimeAxis::Step | TimeAxis::Epoch => {}
            TimeAxis::Seconds => {
                let (mut before, mut sum) = (0, 0.0);
                for record in history.records() {
                    let took = if record.seconds.is_finite() { record.seconds } else { 0.0 };
                    sum += took * record.step.saturating_sub(before) as f64;
                    before = record.step;
                    seconds.push((record.step, sum));
                }
            }
        }
        let images_per_step = subject.config.training.batch as f64;
        Self { axis, images_per_step, images: subject.config.data.train.max(1) as f64, seconds }
    }

    /// Where a step stands.
    pub(super) fn place(&self, step: usize) -> f64 {
        match self.axis {
            TimeAxis::Step => step as f64,
            TimeAxis::Epoch => step as f64 * self.images_per_step / self.images,
            TimeAxis::Seconds => {
                let after = self.seconds.partition_point(|(kept, _)| *kept < step);
                let (low_step, low) = if after == 0 { (0, 0.0) } else { self.seconds[after - 1] };
                let Some(&(high_step, high)) = self.seconds.get(after) else { return low };
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
            TimeAxis::Seconds => series.push(moment),
            TimeAxis::Step | TimeAxis::Epoch if series.is_empty() => {
                "moment".clone_into(&mut moment.key);
                series.push(moment);
            }
            TimeAxis::Step | TimeAxis::Epoch => {}
        }
    }
    series
}
