//! The history of a run in bounded memory, for figures that show all of it.
//!
//! Every record is kept until there are `capacity` of them; then every second one is dropped and from there on
//! only every second step is kept, and so on. The last record is always there, exact, and so is the
//! last validation. Files that must be complete are written as training goes on, not from here.

use super::record::{Evaluation, StepRecord};
use crate::arch::NetworkKind;

/// The histories of a run's networks.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    networks: Vec<NetworkHistory>,
}

/// The history of one network.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkHistory {
    /// Which network.
    pub kind: NetworkKind,
    capacity: usize,
    every: usize,
    kept: Vec<StepRecord>,
    last: Option<StepRecord>,
    last_validation: Option<(usize, Evaluation)>,
}

impl History {
    /// An empty history that keeps at most `capacity` records of each network.
    ///
    /// # Panics
    ///
    /// With a capacity below 2.
    pub fn new(kinds: &[NetworkKind], capacity: usize) -> Self {
        Self { networks: kinds.iter().map(|&kind| NetworkHistory::new(kind, capacity)).collect() }
    }

    /// Adds a network's next record.
    ///
    /// # Panics
    ///
    /// When the run has no such network.
    pub fn push(&mut self, kind: NetworkKind, record: StepRecord) {
        let network = self.networks.iter_mut().find(|network| network.kind == kind);
        network.expect("the history was made for the run's networks").push(record);
    }

    /// The history of every network, in the run's order.
    pub fn networks(&self) -> &[NetworkHistory] {
        &self.networks
    }
}

impl NetworkHistory {
    fn new(kind: NetworkKind, capacity: usize) -> Self {
        assert!(capacity >= 2, "a history keeps at least two records");
        Self { kind, capacity, every: 1, kept: Vec::new(), last: None, last_validation: None }
    }

    fn push(&mut self, record: StepRecord) {
        if let Some(validation) = record.validation {
            self.last_validation = Some((record.step, validation));
        }
        if (record.step - 1).is_multiple_of(self.every) {
            if self.kept.len() == self.capacity {
                self.every *= 2;
                self.kept.retain(|kept| (kept.step - 1).is_multiple_of(self.every));
            }
            if (record.step - 1).is_multiple_of(self.every) {
                self.kept.push(record.clone());
            }
        }
        self.last = Some(record);
    }

    /// The records kept, oldest first, the last one always among them.
    pub fn records(&self) -> impl Iterator<Item = &StepRecord> {
        let kept_last = self.kept.last().map(|record| record.step);
        let last = self.last.as_ref().filter(|last| Some(last.step) != kept_last);
        self.kept.iter().chain(last)
    }

    /// The last record.
    pub fn last(&self) -> Option<&StepRecord> {
        self.last.as_ref()
    }

    /// The last validation and its step.
    pub fn last_validation(&self) -> Option<(usize, Evaluation)> {
        self.last_validation
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::StepFigures;

    fn record(step: usize) -> StepRecord {
        let validation = step.is_multiple_of(100).then_some(Evaluation { loss: 1.0 / step as f64, accuracy: 0.5 });
        StepRecord {
            step,
            learning_rate: 0.1,
            train_loss: step as f64,
            train_accuracy: 0.0,
            validation,
            seconds: 0.0,
            figures: StepFigures::default(),
        }
    }

    #[test]
    fn a_history_keeps_evenly_spaced_steps_in_bounded_memory_and_the_last_one_exact() {
        let mut history = History::new(&[NetworkKind::Dense], 64);
        for step in 1..=100_003 {
            history.push(NetworkKind::Dense, record(step));
            let network = &history.networks()[0];
            assert!(network.records().count() <= 65);
            assert_eq!(network.last().unwrap().step, step);
        }
        let network = &history.networks()[0];
        let steps: Vec<usize> = network.records().map(|record| record.step).collect();
        assert_eq!(steps[..3], [1, 2049, 4097]);
        assert_eq!(steps.last(), Some(&100_003));
        assert!(network.records().all(|record| record.train_loss == record.step as f64));
        assert_eq!(network.last_validation().unwrap().0, 100_000);
    }

    #[test]
    fn a_short_history_keeps_every_step_once() {
        let mut history = History::new(&[NetworkKind::Plain], 64);
        for step in 1..=10 {
            history.push(NetworkKind::Plain, record(step));
        }
        let steps: Vec<usize> = history.networks()[0].records().map(|record| record.step).collect();
        assert_eq!(steps, (1..=10).collect::<Vec<_>>());
    }
}
