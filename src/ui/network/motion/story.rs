//! One step as a list of stages with its real numbers: forward from the stem to the classifier, the loss, backward to the stem, the update.
//!
//! A pure function of the architectures, the columns and the records. Knows no words, no places and no time. The meaning of every number is
//! that of the mathematics page: a source's number is the part of its gradient that comes through one reader, and only a row's own number is
//! the total derivative.

use crate::arch::{Architecture, Merge, NetworkKind, Part};
use crate::chart::Subject;
use crate::drawing::model::Column;
use crate::telemetry::{Connections, Edge, StepRecord};

/// What is seen at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// A column computes.
    Forward(Column),
    /// The outputs are compared with the labels.
    Loss,
    /// The gradient goes back through a column.
    Backward(Column),
    /// The weights change.
    Update,
}

/// A step of all networks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Story {
    /// In order.
    pub(super) stages: Vec<Stage>,
    /// One for each network, in the run's order.
    pub(super) lanes: Vec<Lane>,
}

/// A step of one network.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lane {
    /// Which.
    pub(super) kind: NetworkKind,
    /// Mean loss of the batch and the share that was right; nothing for a network that had ended before.
    pub(super) outcome: Option<Outcome>,
    /// One for each row of the architecture, in its order.
    pub(super) rows: Vec<Row>,
}

/// What a step came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Outcome {
    /// Mean cross-entropy of the batch.
    pub(super) loss: f64,
    /// Share classified right.
    pub(super) accuracy: f64,
    /// η of the step.
    pub(super) learning_rate: f64,
}

/// What the gradient does at one row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Which.
    pub(super) part: Part,
    /// ‖∂L/∂x‖ by its output.
    pub(super) made: Option<f64>,
    /// How what it sends back is shared out.
    pub(super) split: Split,
}

/// How a gradient is shared out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Split {
    /// At a concatenation: source and norm of the part through this reader, the largest first.
    Sources(Vec<(usize, f64)>),
    /// At an addition: past H and through it.
    Sum {
        /// Through the identity.
        identity: f64,
        /// What H sends back.
        branch: f64,
    },
    /// Through H alone.
    Branch(f64),
    /// There is one way back, and no number of its own.
    One,
}

impl Story {
    /// The step of that number, as far as the subject has it; columns say what is folded.
    pub(super) fn new(subject: &Subject, step: usize, columns: &[Column]) -> Self {
        let lanes = subject.networks.iter().map(|network| lane(subject, network, step)).collect();
        Self { stages: stages(columns), lanes }
    }
}

fn stages(columns: &[Column]) -> Vec<Stage> {
    let rows = || columns.iter().copied().filter(|column| column.rows() > 0);
    let forward = rows().map(Stage::Forward).chain([Stage::Loss]);
    forward.chain(rows().rev().map(Stage::Backward)).chain([Stage::Update]).collect()
}

fn lane(subject: &Subject, network: &Architecture, step: usize) -> Lane {
    let history = subject.history_of(network.kind);
    let record = history.and_then(|history| history.at(step)).filter(|record| record.step == step);
    let connections = history.and_then(|history| history.connections_at(step)).filter(|read| read.step == step);
    lane_of(network, record, connections)
}

fn lane_of(network: &Architecture, record: Option<&StepRecord>, connections: Option<&Connections>) -> Lane {
    let edges = connections.map_or(&[][..], |connections| &connections.edges);
    let row = |(index, layer): (usize, &crate::arch::Layer)| Row {
        part: layer.part,
        made: record.and_then(|record| record.figures.layers.get(index)).map(|figures| figures.activation_grad_norm),
        split: split(network, layer.part, edges),
    };
    let outcome = record.map(|record| Outcome {
        loss: record.train_loss,
        accuracy: record.train_accuracy,
        learning_rate: record.learning_rate,
    });
    Lane { kind: network.kind, outcome, rows: network.layers.iter().enumerate().map(row).collect() }
}

fn split(network: &Architecture, part: Part, edges: &[Edge]) -> Split {
    let Some((block, layer)) = network.reader(part) else { return Split::One };
    let mut sources = Vec::new();
    for edge in edges {
        match *edge {
            Edge::Dense { block: of, layer: to, source, grad_norm } if (of, to) == (block, layer) => {
                sources.push((source, grad_norm));
            }
            Edge::Baseline { block: of, layer: to, identity_grad_norm, branch_grad_norm }
                if (of, to) == (block, layer) =>
            {
                return match network.kind.merge() {
                    Merge::Replace => Split::Branch(branch_grad_norm),
                    Merge::Add | Merge::Append => Split::Sum { identity: identity_grad_norm, branch: branch_grad_norm },
                };
            }
            Edge::Dense { .. } | Edge::Baseline { .. } => {}
        }
    }
    sources.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    if sources.is_empty() { Split::One } else { Split::Sources(sources) }
}

impl Lane {
    /// The rows that a column stands for.
    pub(super) fn rows_of(&self, column: Column) -> &[Row] {
        let is = |row: &Row| match (column, row.part) {
            (Column::Fold { block, from, to }, Part::Layer { block: of, layer }) => {
                of == block && (from..=to).contains(&layer)
            }
            (Column::Fold { .. }, Part::Stem | Part::Transition { .. } | Part::Classifier) => false,
            (
                Column::Stem
                | Column::Layer { .. }
                | Column::Transition { .. }
                | Column::Classifier
                | Column::End { .. },
                part,
            ) => column.part() == Some(part),
        };
        let first = self.rows.iter().position(is).unwrap_or(0);
        let count = self.rows[first..].iter().take_while(|row| is(row)).count();
        &self.rows[first..first + count]
    }
}

#[cfg(test)]
mod tests;
