//! Mean and range over the seeds at every place of the axes: all that a verdict and a figure may read.

use super::description::{Along, Experiment, Measure};
use super::outcome::{Outcome, Status};
use super::trial::Trial;
use crate::arch::NetworkKind;

/// All cells of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// One for each network at each place, in the order of trials.
    pub cells: Vec<Cell>,
    /// Runs that are wanted.
    pub wanted: usize,
    /// Runs that are made.
    pub made: usize,
    /// Accuracy of somebody who guesses.
    pub chance: f64,
}

/// One network at one place: what its seeds gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Which network.
    pub network: NetworkKind,
    /// Its value on each axis, by place.
    pub place: Vec<usize>,
    /// Trainable numbers.
    pub parameters: u64,
    /// Multiply-adds of one image forward.
    pub multiply_adds: u64,
    /// Convolutions on the way, and the linear layer.
    pub depth: usize,
    /// Runs that made all their steps.
    pub finished: usize,
    /// Runs that diverged.
    pub diverged: usize,
    /// Runs that could not be made.
    pub failed: usize,
    /// Of each measure, over the runs that finished.
    ranges: Vec<Option<Range>>,
    /// Seconds of training, over the same.
    pub seconds: Option<Range>,
}

/// Several values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Their mean.
    pub mean: f64,
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// How many.
    pub count: usize,
}

impl Range {
    /// Of these values, if there are any.
    pub fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        let values: Vec<f64> = values.collect();
        let count = values.len();
        (count > 0).then(|| Self {
            mean: values.iter().sum::<f64>() / count as f64,
            low: values.iter().copied().fold(f64::INFINITY, f64::min),
            high: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            count,
        })
    }

    /// Whether all of one are above all of the other. One value each is told apart from nothing.
    pub fn is_apart(&self, other: &Self) -> bool {
        self.count > 1 && other.count > 1 && (self.low > other.high || other.low > self.high)
    }

    /// Of how many pairs like these, drawn from the same values, one would lie apart by chance: half of the number of ways to choose
    /// which values are whose.
    pub fn odds(&self, other: &Self) -> f64 {
        (1..=self.count).map(|step| (other.count + step) as f64 / step as f64).product::<f64>() / 2.0
    }
}

impl Cell {
    /// What that measure was.
    pub fn range(&self, measure: Measure) -> Option<Range> {
        self.ranges[measure as usize]
    }

    /// Where it stands along that.
    pub fn along(&self, experiment: &Experiment, along: Along) -> Option<f64> {
        match along {
            Along::Parameters => Some(self.parameters as f64),
            Along::MultiplyAdds => Some(self.multiply_adds as f64),
            Along::Depth => Some(self.depth as f64),
            Along::Seconds => self.seconds.map(|seconds| seconds.mean),
            Along::Axis(axis) => experiment.axes[axis].values[self.place[axis]].number,
        }
    }

    /// Its values on every axis but one.
    pub fn beside(&self, over: usize) -> Vec<usize> {
        self.place.iter().enumerate().filter(|(axis, _)| *axis != over).map(|(_, &at)| at).collect()
    }

    /// Whether it is that network, or has that value on an axis.
    pub fn is(&self, experiment: &Experiment, side: &str) -> bool {
        let mut values = experiment.axes.iter().zip(&self.place).map(|(axis, &at)| axis.values[at].name.as_str());
        self.network.name() == side || values.any(|name| name == side)
    }
}

impl Summary {
    /// Of these outcomes, one or none for each trial.
    ///
    /// # Panics
    ///
    /// When there is no trial.
    pub fn of(trials: &[Trial], outcomes: &[Option<Outcome>]) -> Self {
        let mut cells: Vec<(&Trial, Vec<&Outcome>)> = Vec::new();
        for (trial, outcome) in trials.iter().zip(outcomes) {
            let alike =
                |(other, _): &&mut (&Trial, Vec<_>)| other.network == trial.network && other.place == trial.place;
            match cells.iter_mut().find(alike) {
                Some((_, of_cell)) => of_cell.extend(outcome),
                None => cells.push((trial, outcome.iter().collect())),
            }
        }
        let classes = trials.first().expect("an experiment has a run").plan.input.classes;
        Self {
            cells: cells.into_iter().map(|(trial, outcomes)| cell(trial, &outcomes)).collect(),
            wanted: trials.len(),
            made: outcomes.iter().flatten().count(),
            chance: 1.0 / classes as f64,
        }
    }
}

impl Summary {
    /// Cells by line: one network with the same values on every axis but that along which lines run, in that axis' order.
    pub fn lines(&self, experiment: &Experiment) -> Vec<Vec<&Cell>> {
        let over = experiment.compare.over;
        let mut lines: Vec<Vec<&Cell>> = Vec::new();
        for cell in &self.cells {
            let alike =
                |line: &&mut Vec<&Cell>| line[0].network == cell.network && line[0].beside(over) == cell.beside(over);
            match lines.iter_mut().find(alike) {
                Some(line) => line.push(cell),
                None => lines.push(vec![cell]),
            }
        }
        for line in &mut lines {
            line.sort_by_key(|cell| cell.place[over]);
        }
        lines
    }
}

fn cell(trial: &Trial, outcomes: &[&Outcome]) -> Cell {
    let network = trial.architecture();
    let count = |status: Status| outcomes.iter().filter(|outcome| outcome.status() == status).count();
    let finished = || outcomes.iter().filter(|outcome| outcome.status() == Status::Finished);
    let ranges = Measure::ALL.map(|measure| Range::of(finished().filter_map(|outcome| value(outcome, measure))));
    Cell {
        network: trial.network,
        place: trial.place.clone(),
        parameters: network.parameters(),
        multiply_adds: network.multiply_adds(),
        depth: network.depth().total(),
        finished: count(Status::Finished),
        diverged: count(Status::Diverged),
        failed: count(Status::Failed),
        ranges: ranges.to_vec(),
        seconds: Range::of(finished().map(|outcome| outcome.seconds)),
    }
}

/// What is measured of a run.
pub(super) fn value(outcome: &Outcome, measure: Measure) -> Option<f64> {
    match measure {
        Measure::Accuracy => outcome.final_accuracy,
        Measure::BestAccuracy => outcome.best_accuracy,
        Measure::Loss => outcome.final_loss,
        Measure::Gap => outcome.gap,
        Measure::StemGradient => outcome.stem_gradient,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_apart_when_no_value_of_one_is_among_the_other() {
        let range = |values: &[f64]| Range::of(values.iter().copied()).unwrap();
        assert!(range(&[0.1, 0.2, 0.3]).is_apart(&range(&[0.4, 0.5, 0.6])));
        assert!(!range(&[0.1, 0.5, 0.3]).is_apart(&range(&[0.4, 0.5, 0.6])));
        assert!(!range(&[0.1]).is_apart(&range(&[0.4])), "one value each says nothing");
        assert_eq!(range(&[0.0; 3]).odds(&range(&[0.0; 3])), 10.0); // 2 of (6 over 3)
        assert_eq!(range(&[0.0; 2]).odds(&range(&[0.0; 2])), 3.0);
        assert_eq!(Range::of(std::iter::empty()), None);
    }
}
