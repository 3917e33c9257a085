//! Numbers and names in the sentences of a verdict.

use super::Case;
use crate::arch::NetworkKind;
use crate::config::Field;
use crate::experiment::description::{Along, Measure};
use crate::experiment::summary::{Cell, Range};
use crate::text::number;

/// What an axis is called in a sentence: by the paper's symbol where its setting has one.
fn axis_name(name: &str) -> &str {
    Field::named(name).and_then(|field| field.symbol).unwrap_or(name)
}

impl Case<'_> {
    /// What a side is called: a network by its name, a value as it is.
    pub(super) fn name(&self, side: &str) -> String {
        NetworkKind::from_name(side).map_or_else(|| side.to_owned(), |kind| self.text.say(kind.text_key()).to_owned())
    }

    /// A value of the measure.
    pub(super) fn value(&self, value: f64) -> String {
        match self.experiment.compare.measure {
            Measure::Accuracy | Measure::BestAccuracy | Measure::Gap => number::percent(value),
            Measure::Loss | Measure::StemGradient => number::significant(value, 3),
        }
    }

    /// Mean and range: `86.6 % (86.4 %–86.7 %)`; one value alone.
    pub(super) fn range(&self, range: &Range) -> String {
        let Range { mean, low, high, count } = *range;
        match count {
            1 => self.value(mean),
            _ => format!("{} ({}–{})", self.value(mean), self.value(low), self.value(high)),
        }
    }

    /// A place along something, with its unit.
    pub(super) fn along(&self, along: Along, value: f64) -> String {
        let (key, value) = match along {
            Along::Parameters => ("experiment.along.parameters", number::compact(value)),
            Along::MultiplyAdds => ("experiment.along.multiply_adds", number::compact(value)),
            Along::Depth => ("experiment.along.depth", number::significant(value, 3)),
            Along::Seconds => ("experiment.along.seconds", number::significant(value, 3)),
            Along::Axis(axis) => {
                return format!("{} = {value}", axis_name(&self.experiment.axes[axis].name));
            }
        };
        self.text.fill(key, &[("value", &value)])
    }

    /// Where a cell stands on the axes: `network.growth = 8`.
    pub(super) fn place(&self, cell: &Cell) -> String {
        let axes = self.experiment.axes.iter().zip(&cell.place);
        let places: Vec<String> =
            axes.map(|(axis, &at)| format!("{} = {}", axis_name(&axis.name), axis.values[at].name)).collect();
        places.join(", ")
    }

    /// What the measure is called.
    pub(super) fn measure(&self) -> &str {
        self.text.say(match self.experiment.compare.measure {
            Measure::Accuracy => "experiment.measure.accuracy",
            Measure::BestAccuracy => "experiment.measure.best_accuracy",
            Measure::Loss => "experiment.measure.loss",
            Measure::Gap => "experiment.measure.gap",
            Measure::StemGradient => "experiment.measure.stem_gradient",
        })
    }

    /// What a line is called: its network, and its values on the axes along which it does not run.
    pub(super) fn line_name(&self, cell: &Cell) -> String {
        crate::experiment::figure::line_name(self.experiment, cell, self.text)
    }
}
