//! The history of a run in bounded memory, for figures that show all of it and for going back to any step.
//!
//! What is large and read seldom, gradient by connection and reuse, is kept apart from the records of steps, each in a
//! [`Sequence`] that grows thinner as the run grows longer. The newest of each is always there, exact. Validations are few
//! and small, and all of them are kept. Files that must be complete are written as training goes on, not from here.

use super::figures::{Edge, MeasuredChannels, Reuse};
use super::record::{Evaluation, StepRecord};
use super::sequence::{Kept, Sequence};
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
    records: Sequence<StepRecord>,
    connections: Sequence<Connections>,
    validations: Sequence<Validation>,
    measured: Vec<MeasuredChannels>,
    seconds_per_step: Option<f64>,
}

/// What was read of a network's connections at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Connections {
    /// The step.
    pub step: usize,
    /// Gradient by connection.
    pub edges: Vec<Edge>,
    /// Weight laid on each source; empty for networks that add or do neither.
    pub reuse: Vec<Reuse>,
}

/// How a network did on the validation set after one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Validation {
    /// The step.
    pub step: usize,
    /// How it did.
    pub evaluation: Evaluation,
}

/// Weight of the newest step in the time per step.
const SMOOTHING: f64 = 0.05;

impl History {
    /// An empty history that takes about `bytes` of memory at most, shared by the networks alike.
    ///
    /// A third of it is for records of steps, most of the rest for connections. A record of 120 rows takes 3 kB, the
    /// connections of a DenseNet-264 take 250 kB.
    pub fn new(kinds: &[NetworkKind], bytes: usize) -> Self {
        let each = bytes / kinds.len().max(1);
        Self { networks: kinds.iter().map(|&kind| NetworkHistory::new(kind, each)).collect() }
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

    /// The history of one network, if the run has it.
    pub fn network(&self, kind: NetworkKind) -> Option<&NetworkHistory> {
        self.networks.iter().find(|network| network.kind == kind)
    }

    /// The last step of which every network has a record; 0 before there is one.
    pub fn last_common_step(&self) -> usize {
        self.networks.iter().map(|network| network.last_step().unwrap_or(0)).min().unwrap_or(0)
    }

    /// Thins what is kept, evenly, until it takes no more than so many bytes, without room to grow.
    pub fn thin_to(&mut self, bytes: usize) {
        let each = bytes / self.networks.len().max(1);
        self.networks.iter_mut().for_each(|network| network.thin_to(each));
    }

    /// One of how many steps is kept, in the network of which the fewest are.
    pub fn every(&self) -> usize {
        self.networks.iter().map(|network| network.records.every()).max().unwrap_or(1)
    }

    /// Forgets what is after that step: a run goes on from there.
    pub fn cut_after(&mut self, step: usize) {
        for network in &mut self.networks {
            network.records.cut_after(step);
            network.connections.cut_after(step);
            network.validations.cut_after(step);
        }
    }

    /// Bytes that all of it takes.
    pub fn bytes(&self) -> usize {
        self.networks.iter().map(NetworkHistory::bytes).sum()
    }
}

impl NetworkHistory {
    fn new(kind: NetworkKind, bytes: usize) -> Self {
        let validations = bytes / 12;
        Self {
            kind,
            records: Sequence::new(bytes / 3),
            connections: Sequence::new(bytes - bytes / 3 - validations),
            validations: Sequence::new(validations),
            measured: Vec::new(),
            seconds_per_step: None,
        }
    }

    /// Most of it for the records, less for connections; validations are small.
    fn thin_to(&mut self, bytes: usize) {
        let validations = bytes / 12;
        self.validations.thin_to(validations);
        let records = bytes / 5 * 3;
        self.records.thin_to(records);
        self.connections.thin_to(bytes - records - validations);
    }

    fn push(&mut self, mut record: StepRecord) {
        let figures = &mut record.figures;
        let (edges, reuse) = (std::mem::take(&mut figures.edges), std::mem::take(&mut figures.reuse));
        if !edges.is_empty() || !reuse.is_empty() {
            self.connections.push(Connections { step: record.step, edges, reuse });
        }
        let measured = std::mem::take(&mut figures.measured);
        if !measured.is_empty() {
            self.measured = measured;
        }
        if let Some(evaluation) = record.validation {
            self.validations.push(Validation { step: record.step, evaluation });
        }
        let before = self.seconds_per_step.unwrap_or(record.seconds);
        self.seconds_per_step = Some(before + SMOOTHING * (record.seconds - before));
        self.records.push(record);
    }

    /// The records kept, oldest first, the newest always among them.
    ///
    /// Their figures are those of the layers; what was read of connections is found through
    /// [`connections_at`](Self::connections_at), and what was measured of channels through [`measured`](Self::measured).
    pub fn records(&self) -> impl DoubleEndedIterator<Item = &StepRecord> {
        self.records.iter()
    }

    /// The newest record.
    pub fn last(&self) -> Option<&StepRecord> {
        self.records.last()
    }

    /// The last record kept that is not after that step.
    pub fn at(&self, step: usize) -> Option<&StepRecord> {
        self.records.at(step)
    }

    /// The steps whose records are kept.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.records.iter().map(|record| record.step)
    }

    /// The first step of which there is a record.
    pub fn first_step(&self) -> Option<usize> {
        self.steps().next()
    }

    /// The last step of which there is a record: how far the network is.
    pub fn last_step(&self) -> Option<usize> {
        self.last().map(|record| record.step)
    }

    /// Every validation, oldest first: exact points of a curve. They grow thinner only when a twelfth of the network's memory
    /// is full of them: with 64 MB after 100,000.
    pub fn validations(&self) -> impl DoubleEndedIterator<Item = Validation> {
        self.validations.iter().copied()
    }

    /// The newest validation.
    pub fn last_validation(&self) -> Option<Validation> {
        self.validations.last().copied()
    }

    /// The last validation that is not after that step.
    pub fn validation_at(&self, step: usize) -> Option<Validation> {
        self.validations.at(step).copied()
    }

    /// The newest reading of connections.
    pub fn last_connections(&self) -> Option<&Connections> {
        self.connections.last()
    }

    /// The last reading of connections kept that is not after that step.
    pub fn connections_at(&self, step: usize) -> Option<&Connections> {
        self.connections.at(step)
    }

    /// The channels that the newest reading found on the tensors, by the architecture's rows; empty before the first.
    pub fn measured(&self) -> &[MeasuredChannels] {
        &self.measured
    }

    /// Seconds that a training step takes, smoothed over some tens of steps; neither validation nor waiting is in it.
    pub fn seconds_per_step(&self) -> Option<f64> {
        self.seconds_per_step
    }

    /// Bytes that all of it takes.
    pub fn bytes(&self) -> usize {
        self.records.bytes() + self.connections.bytes() + self.validations.bytes()
    }
}

impl Kept for StepRecord {
    fn step(&self) -> usize {
        self.step
    }

    fn heap_bytes(&self) -> usize {
        size_of_val(&self.figures.layers[..])
    }
}

impl Kept for Connections {
    fn step(&self) -> usize {
        self.step
    }

    fn heap_bytes(&self) -> usize {
        size_of_val(&self.edges[..]) + size_of_val(&self.reuse[..])
    }
}

impl Kept for Validation {
    fn step(&self) -> usize {
        self.step
    }

    fn heap_bytes(&self) -> usize {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::{LayerFigures, StepFigures};

    const MEGABYTE: usize = 1 << 20;

    /// A record of a network with that many rows, and with that many connections at the first and every tenth step.
    fn record(step: usize, rows: usize, connections: usize) -> StepRecord {
        let validation = step.is_multiple_of(100).then_some(Evaluation { loss: 1.0 / step as f64, accuracy: 0.5 });
        let layer = LayerFigures { weight_grad_norm: step as f64, weight_norm: 1.0, activation_grad_norm: 1.0 };
        let (edge, source) = (
            Edge::Dense { block: 1, layer: 1, source: 0, grad_norm: step as f64 },
            Reuse { block: 1, layer: 1, source: 0, mean_abs_weight: step as f64 },
        );
        let read = step == 1 || step.is_multiple_of(10);
        let connections = if read { connections } else { 0 };
        StepRecord {
            step,
            learning_rate: 0.1,
            train_loss: step as f64,
            train_accuracy: 0.0,
            validation,
            seconds: 0.25,
            figures: StepFigures {
                layers: vec![layer; rows],
                edges: vec![edge; connections],
                reuse: vec![source; connections],
                measured: Vec::new(),
            },
        }
    }

    fn filled(bytes: usize, steps: usize, rows: usize, connections: usize) -> History {
        let mut history = History::new(&[NetworkKind::Dense], bytes);
        for step in 1..=steps {
            history.push(NetworkKind::Dense, record(step, rows, connections));
        }
        history
    }

    #[test]
    fn a_long_run_of_a_large_network_stays_within_its_memory_and_its_newest_figures_are_exact() {
        // The rows and connections of a DenseNet-264.
        let history = filled(64 * MEGABYTE, 50_003, 135, 3489);
        assert!(history.bytes() < 64 * MEGABYTE, "{}", history.bytes());
        let network = &history.networks()[0];
        assert_eq!(
            network.last(),
            Some(&StepRecord { figures: record(50_003, 135, 0).figures, ..record(50_003, 0, 0) })
        );
        assert_eq!(network.last_connections(), network.connections_at(50_003));
        let Connections { step, edges, reuse } = network.last_connections().unwrap();
        assert_eq!((*step, edges.len(), reuse.len()), (50_000, 3489, 3489));
        assert!(network.records().count() > 2000, "{}", network.records().count());
        assert!(network.records().all(|record| record.train_loss == record.step as f64));
        assert_eq!(network.validations().count(), 500);
    }

    #[test]
    fn one_can_go_back_to_any_step() {
        let history = filled(MEGABYTE, 20_000, 20, 30);
        let network = history.network(NetworkKind::Dense).unwrap();
        assert_eq!((network.first_step(), network.last_step()), (Some(1), Some(20_000)));
        let steps: Vec<usize> = network.steps().collect();
        for step in [1, 2, 777, 5000, 19_999, 20_000, 30_000] {
            let nearest = steps.iter().copied().filter(|kept| *kept <= step).max();
            assert_eq!(network.at(step).map(|record| record.step), nearest, "{step}");
            let connections = network.connections_at(step).unwrap();
            assert!(
                connections.step <= step
                    && matches!(connections.edges[0], Edge::Dense { grad_norm, .. } if grad_norm == connections.step as f64)
            );
        }
        assert_eq!(network.at(0), None);
        assert_eq!(network.validation_at(99), None);
        assert_eq!(network.validation_at(12_345).unwrap().step, 12_300);
        assert_eq!(network.seconds_per_step(), Some(0.25));
    }

    #[test]
    fn a_short_history_keeps_every_step_and_every_reading_once() {
        let history = filled(MEGABYTE, 25, 5, 3);
        let network = &history.networks()[0];
        assert_eq!(network.steps().collect::<Vec<_>>(), (1..=25).collect::<Vec<_>>());
        assert_eq!([1, 9, 10, 19, 25].map(|step| network.connections_at(step).unwrap().step), [1, 1, 10, 10, 20]);
    }

    #[test]
    fn what_is_after_a_step_is_forgotten_and_the_run_goes_on_from_there() {
        let mut history = filled(MEGABYTE, 25, 5, 3);
        history.cut_after(12);
        for step in 13..=15 {
            history.push(NetworkKind::Dense, record(step, 5, 3));
        }
        let network = &history.networks()[0];
        assert_eq!(network.steps().collect::<Vec<_>>(), (1..=15).collect::<Vec<_>>());
        assert_eq!(network.last_connections().map(|connections| connections.step), Some(10));
    }

    #[test]
    fn networks_are_as_far_as_the_slowest() {
        let mut history = History::new(&[NetworkKind::Dense, NetworkKind::Plain], MEGABYTE);
        history.push(NetworkKind::Dense, record(1, 1, 0));
        assert_eq!(history.last_common_step(), 0);
        history.push(NetworkKind::Plain, record(1, 1, 0));
        assert_eq!(history.last_common_step(), 1);
        assert_eq!(history.network(NetworkKind::Residual), None);
    }
}
