//! Networks of every kind that have learnt a little from the built-in images, on both backends.

use std::sync::Arc;

use super::*;
use crate::arch::{Architecture, NetworkKind, Normalization, Part, Stem};
use crate::config::{LoadedConfig, Plan};
use crate::data::{Batches, describe, load};
use crate::model::Pass;
use crate::telemetry::FeatureMaps;
use crate::training::Session;

/// The three networks after some steps, with the images.
fn learnt(change: impl FnOnce(&mut LoadedConfig)) -> (Arc<DataSet>, Vec<(Architecture, Session)>) {
    let mut loaded = LoadedConfig::default();
    let config = &mut loaded.config;
    (config.data.train, config.data.validation) = (64, 20);
    (config.network.blocks, config.network.k0, config.network.growth) = (vec![2, 2], 6, 4);
    (config.training.networks, config.training.batch) = (NetworkKind::ALL.to_vec(), 4);
    change(&mut loaded);
    let plan = Plan::new(&loaded, &describe(&loaded.config.data).unwrap()).unwrap();
    let data = &plan.config.data;
    let images = Arc::new(load(data, data.train, data.validation, plan.config.seed).unwrap());
    let threads = Threads::new(2).unwrap();
    let networks = plan.networks.iter().map(|architecture| {
        let mut session = Session::new(architecture, &plan.config.training, 1, &threads);
        let mut batches = Batches::new(Arc::clone(&images), 4, 1).unwrap();
        for _ in 0..STEPS {
            session.step(&batches.next_batch(), 0.01, false);
        }
        (architecture.clone(), session)
    });
    let networks = networks.collect();
    (images, networks)
}

const STEPS: usize = 2;

/// Every way in which networks are computed.
const WAYS: [fn(&mut LoadedConfig); 5] = [
    |_| {},
    |loaded| loaded.config.training.backend = Backend::Ndarray,
    |loaded| loaded.config.network.bottleneck = !loaded.config.network.bottleneck,
    |loaded| loaded.config.network.stem = Stem::SevenBySeven,
    |loaded| {
        loaded.config.network.normalization = Normalization::None;
        loaded.config.network.dropout_percent = 20;
    },
];

fn shape(maps: &FeatureMaps) -> (usize, usize, usize) {
    assert_eq!(maps.values.len(), maps.channels * maps.height * maps.width);
    (maps.channels, maps.height, maps.width)
}

#[test]
fn every_row_makes_and_reads_maps_of_the_shapes_of_the_architecture() {
    for way in WAYS {
        let (data, networks) = learnt(way);
        for (architecture, session) in networks {
            let glance = session.still().glance(&data, 7, None).unwrap();
            assert_eq!((glance.step, glance.image), (STEPS, 7));
            assert_eq!(glance.rows.len(), architecture.layers.len());
            for (index, (row, layer)) in glance.rows.iter().zip(&architecture.layers).enumerate() {
                let name = format!("{} {}", architecture.kind, layer.part);
                assert_eq!(shape(&row.made), (layer.makes, layer.height, layer.width), "{name}");
                let adds = architecture.kind.merge().has_identity() && matches!(layer.part, Part::Layer { .. });
                assert_eq!(row.sum.as_ref().map(shape), adds.then(|| shape(&row.made)), "{name}");
                let read: usize = glance.read_by(&architecture, index).iter().map(|(_, maps)| maps.channels).sum();
                assert_eq!(read, if layer.part == Part::Stem { 0 } else { layer.reads }, "{name}");
                assert!(row.made.values.iter().any(|value| *value != 0.0), "{name} makes something");
            }
        }
    }
}

#[test]
fn the_logits_are_those_of_a_validation_and_the_probabilities_their_softmax() {
    for way in WAYS {
        let (data, networks) = learnt(way);
        for (architecture, session) in networks {
            let still = session.still();
            let batch = data.validation_batches(20).next().unwrap();
            let logits = still.network.forward(images(&batch, &still.device), &Pass::evaluation(still.backend));
            let logits: Vec<f32> = logits.into_data().try_into_vec().unwrap();
            let classes = session.evaluate(&data, || true).unwrap().classes;
            for (image, expected) in logits.chunks_exact(10).enumerate() {
                let glance = still.glance(&data, image, None).unwrap();
                // The linear layer may add up in another order for one image than for many.
                for (found, expected) in glance.rows.last().unwrap().made.values.iter().zip(expected) {
                    let near = (found - expected).abs() <= 1e-5 * expected.abs().max(1.0);
                    assert!(near, "{} {image}: {found}, not {expected}", architecture.kind);
                }
                let sum: f32 = glance.probabilities.iter().sum();
                assert!((sum - 1.0).abs() < 1e-5, "{sum}");
                let likeliest = (0..10).max_by(|a, b| glance.probabilities[*a].total_cmp(&glance.probabilities[*b]));
                assert_eq!(likeliest, classes[image]);
            }
        }
    }
}

#[test]
fn a_residual_layer_hands_on_what_it_read_plus_what_it_made() {
    for way in WAYS {
        let (data, networks) = learnt(way);
        let (architecture, session) =
            networks.into_iter().find(|(network, _)| network.kind == NetworkKind::Residual).unwrap();
        let glance = session.still().glance(&data, 3, None).unwrap();
        for (index, row) in glance.rows.iter().enumerate() {
            let Some(sum) = &row.sum else { continue };
            let read = glance.read_by(&architecture, index);
            let [(_, before)] = read[..] else { panic!("a residual layer reads one row") };
            let size = sum.values.iter().fold(0.0_f32, |size, value| size.max(value.abs()));
            for ((before, branch), sum) in before.values.iter().zip(&row.made.values).zip(&sum.values) {
                assert!((before + branch - sum).abs() <= 1e-5 * size, "{before} + {branch} is not {sum}");
            }
        }
    }
}

#[test]
fn an_image_that_there_is_not_is_not_looked_at() {
    let (data, networks) = learnt(|_| {});
    let still = networks[0].1.still();
    assert!(still.glance(&data, 19, None).is_some());
    assert_eq!(still.glance(&data, 20, None), None);
    assert_eq!(still.glance(&data, usize::MAX, None), None);
}

#[test]
fn looking_changes_nothing_that_is_learnt() {
    let (data, networks) = learnt(|_| {});
    let (_, looked_at) = learnt(|_| {});
    let mut batches = Batches::new(Arc::clone(&data), 4, 2).unwrap();
    let batch = batches.next_batch();
    for ((_, mut session), (_, mut looked_at)) in networks.into_iter().zip(looked_at) {
        looked_at.still().glance(&data, 5, None).unwrap();
        assert_eq!(looked_at.step(&batch, 0.01, true), session.step(&batch, 0.01, true));
        assert_eq!(looked_at.weights(), session.weights());
    }
}
