use std::collections::BTreeSet;

use super::*;
use crate::arch::{ImageShape, Input, NetworkSpec};
use crate::telemetry::{LayerFigures, StepFigures};
use crate::ui::network::model;

fn networks() -> Vec<Architecture> {
    let spec = NetworkSpec::bottleneck_compressed(&[3, 9], 8, 4);
    let input = Input { image: ImageShape::new(1, 8, 8), classes: 10 };
    NetworkKind::ALL.into_iter().map(|kind| Architecture::new(kind, &spec, input).unwrap()).collect()
}

/// Every edge of a network, each with a norm of its own.
fn edges(network: &Architecture) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (block, &layers) in (1..).zip(&network.spec.blocks) {
        for layer in 1..=layers + usize::from(network.kind == NetworkKind::Dense) {
            let next = edges.len() as f64 + 1.0;
            match network.kind {
                NetworkKind::Dense => edges.extend((0..layer).map(|source| Edge::Dense {
                    block,
                    layer,
                    source,
                    grad_norm: next + ((source * 7) % 11) as f64 / 100.0,
                })),
                NetworkKind::Residual | NetworkKind::Plain => {
                    edges.push(Edge::Baseline { block, layer, identity_grad_norm: next, branch_grad_norm: next + 0.5 });
                }
            }
        }
    }
    edges
}

fn told(network: &Architecture) -> (Lane, StepRecord, Connections) {
    let layers = (0..network.layers.len()).map(|index| LayerFigures {
        weight_grad_norm: 0.0,
        weight_norm: 0.0,
        activation_grad_norm: index as f64 + 0.25,
    });
    let record = StepRecord {
        step: 7,
        learning_rate: 0.1,
        train_loss: 1.5,
        train_accuracy: 0.25,
        validation: None,
        seconds: 0.0,
        figures: StepFigures { layers: layers.collect(), ..StepFigures::default() },
    };
    let connections = Connections { step: 7, edges: edges(network), reuse: Vec::new() };
    (lane_of(network, Some(&record), Some(&connections)), record, connections)
}

#[test]
fn the_step_goes_forward_then_to_the_loss_then_backward_and_ends_with_the_update() {
    let networks = networks();
    let columns = model::columns(&networks[0], 2000.0, &BTreeSet::new(), &BTreeSet::new());
    let stages = stages(&columns);
    let forward: Vec<Column> = stages
        .iter()
        .filter_map(|stage| if let Stage::Forward(column) = stage { Some(*column) } else { None })
        .collect();
    let count = forward.len();
    assert_eq!(count, networks[0].layers.len());
    assert_eq!((forward[0], forward[count - 1]), (Column::Stem, Column::Classifier));
    assert_eq!(stages[count], Stage::Loss);
    let back: Vec<Stage> = forward.iter().rev().map(|column| Stage::Backward(*column)).collect();
    assert_eq!(stages[count + 1..=2 * count], back[..]);
    assert_eq!(stages[2 * count + 1..], [Stage::Update]);
}

#[test]
fn every_number_is_the_records_and_every_edge_is_told_once_whether_or_not_layers_are_folded() {
    for network in &networks() {
        let (lane, record, connections) = told(network);
        assert_eq!(lane.outcome, Some(Outcome { loss: 1.5, accuracy: 0.25, learning_rate: 0.1 }));
        for closed in [BTreeSet::new(), BTreeSet::from([2])] {
            let columns = model::columns(network, 2000.0, &BTreeSet::new(), &closed);
            assert_eq!(columns.iter().any(|column| matches!(column, Column::Fold { .. })), !closed.is_empty());
            let mut seen = Vec::new();
            let mut made = Vec::new();
            for stage in stages(&columns) {
                let Stage::Backward(column) = stage else { continue };
                for row in lane.rows_of(column).iter().rev() {
                    made.push(row.made.unwrap());
                    let at = network.reader(row.part);
                    match &row.split {
                        Split::Sources(sources) => {
                            assert!(sources.windows(2).all(|pair| pair[0].1 >= pair[1].1), "the largest first");
                            let (block, layer) = at.unwrap();
                            seen.extend(sources.iter().map(|&(source, grad_norm)| Edge::Dense {
                                block,
                                layer,
                                source,
                                grad_norm,
                            }));
                        }
                        Split::Sum { identity, branch } => {
                            let (block, layer) = at.unwrap();
                            seen.push(Edge::Baseline {
                                block,
                                layer,
                                identity_grad_norm: *identity,
                                branch_grad_norm: *branch,
                            });
                        }
                        Split::Branch(branch) => {
                            let (block, layer) = at.unwrap();
                            let identity_grad_norm = branch - 0.5;
                            seen.push(Edge::Baseline { block, layer, identity_grad_norm, branch_grad_norm: *branch });
                        }
                        Split::One => assert!(!matches!(row.part, Part::Layer { .. })),
                    }
                }
            }
            let of_records: Vec<f64> =
                record.figures.layers.iter().rev().map(|figures| figures.activation_grad_norm).collect();
            assert_eq!(made, of_records);
            assert_eq!(seen.len(), connections.edges.len());
            for edge in &connections.edges {
                assert_eq!(seen.iter().filter(|told| *told == edge).count(), 1, "{edge:?}");
            }
        }
    }
}

#[test]
fn a_network_without_that_step_has_no_numbers() {
    let network = &networks()[0];
    let lane = lane_of(network, None, None);
    assert_eq!(lane.outcome, None);
    assert!(lane.rows.iter().all(|row| row.made.is_none() && row.split == Split::One));
}
