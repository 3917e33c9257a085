//! Facts that hold to the last digit, whatever the weights.

use std::sync::Arc;

use burn::tensor::{Device, Tensor, TensorData};
use densescope::arch::{Architecture, ImageShape, Input, NetworkKind, NetworkSpec, Part};
use densescope::config::Backend;
use densescope::model::tap::{Place, Recorder};
use densescope::model::weights::map_weights;
use densescope::model::{Network, Pass, device};

const INPUT: Input = Input { image: ImageShape { channels: 1, height: 6, width: 6 }, classes: 3 };

fn network(kind: NetworkKind, device: &Device) -> Network {
    let spec = NetworkSpec::bottleneck_compressed(&[3], 5, 2);
    Network::new(&Architecture::new(kind, &spec, INPUT).unwrap(), 4, device)
}

fn images(device: &Device) -> Tensor<4> {
    let values: Vec<f32> = (0..144).map(|index| (index as f32 * 0.7).sin()).collect();
    Tensor::from_data(TensorData::new(values, [4, 1, 6, 6]), device)
}

/// What the taps hear when the loss is a weighted sum of the logits, times a factor.
fn hear(network: &Network, device: &Device, factor: f32) -> Arc<Recorder> {
    let recorder = Recorder::new();
    let logits = network.forward(images(device), &Pass::training(Backend::Flex).overheard_by(recorder.clone(), true));
    let weights = Tensor::<2>::from_data([[1.0, -2.0, 0.5]], device);
    (logits * weights).sum().mul_scalar(factor).backward();
    recorder
}

fn squares(recorder: &Recorder, place: Place) -> Vec<f64> {
    recorder.heard(place).expect("a gradient passed").channel_squares
}

/// Equal but for the rounding of single precision: batch norm's parts of a gradient are added in another order.
#[track_caller]
fn assert_close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-5 * expected, "{found} for {expected}");
    }
}

fn is_branch(name: &str) -> bool {
    name.contains("layer") && name.contains(".conv")
}

#[test]
fn with_every_branch_zeroed_the_gradient_at_x_0_of_a_dense_block_is_its_slice_of_the_outputs() {
    let device = device(Backend::Flex).autodiff();
    let mut network = network(NetworkKind::Dense, &device);
    map_weights(&mut network, |name, value| if is_branch(name) { 0.0 } else { value });
    let recorder = hear(&network, &device, 1.0);
    let carried = squares(&recorder, Place::Read { block: 1, reader: 4 });
    let total = squares(&recorder, Place::Output(Part::Stem));
    assert!(total.iter().sum::<f64>() > 0.0);
    assert_close(&total, &carried[..5]);
}

#[test]
fn a_residual_block_whose_branches_are_zeroed_passes_the_gradient_unchanged() {
    let device = device(Backend::Flex).autodiff();
    let mut network = network(NetworkKind::Residual, &device);
    map_weights(&mut network, |name, value| if is_branch(name) { 0.0 } else { value });
    let recorder = hear(&network, &device, 1.0);
    let before = squares(&recorder, Place::Output(Part::Stem));
    let after = squares(&recorder, Place::Output(Part::Layer { block: 1, layer: 3 }));
    assert!(after.iter().sum::<f64>() > 0.0);
    assert_eq!(before, after);
}

#[test]
fn scaling_the_loss_by_a_power_of_two_scales_every_norm_exactly() {
    let device = device(Backend::Flex).autodiff();
    for kind in NetworkKind::ALL {
        let network = network(kind, &device);
        let (once, four_times) = (hear(&network, &device, 1.0), hear(&network, &device, 4.0));
        for layer in &network.architecture().layers {
            let place = Place::Output(layer.part);
            let scaled: Vec<f64> = squares(&once, place).iter().map(|square| 16.0 * square).collect();
            assert_eq!(squares(&four_times, place), scaled, "{kind} {}", layer.part);
        }
    }
}

#[test]
fn weights_of_one_give_a_reuse_map_of_one() {
    use burn::optim::GradientsParams;
    use densescope::model::probe;
    use densescope::model::weights::map_weights;

    let device = device(Backend::Flex).autodiff();
    let mut network = network(NetworkKind::Dense, &device);
    map_weights(&mut network, |_, _| 1.0);
    let recorder = Recorder::new();
    let logits = network.forward(images(&device), &Pass::training(Backend::Flex).overheard_by(recorder.clone(), true));
    let gradients = GradientsParams::from_grads(logits.sum().backward(), &network);
    let figures = probe::read(&network, &gradients, &recorder, true);
    assert_eq!(figures.reuse.len(), 1 + 2 + 3 + 4);
    assert!(figures.reuse.iter().all(|reuse| reuse.mean_abs_weight == 1.0));
}

#[test]
fn the_slices_of_a_concatenations_gradient_add_up_to_the_total_derivative() {
    // Readers 2, 3 and the head read x_1. By linearity the total derivative is the sum of their parts; with
    // two of three readers cut, the part of the third is all there is.
    let device = device(Backend::Flex).autodiff();
    let mut network = network(NetworkKind::Dense, &device);
    map_weights(&mut network, |name, value| if is_branch(name) && !name.contains("denselayer1") { 0.0 } else { value });
    let recorder = hear(&network, &device, 1.0);
    let total = squares(&recorder, Place::Output(Part::Layer { block: 1, layer: 1 }));
    let through_head = &squares(&recorder, Place::Read { block: 1, reader: 4 })[5..7];
    assert_close(&total, through_head);
    for reader in 2..=3 {
        assert!(squares(&recorder, Place::Read { block: 1, reader }).iter().all(|&square| square == 0.0));
    }
}
