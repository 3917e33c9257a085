//! Small networks written in maps against the same networks in burn's own operations.

use std::sync::{Arc, Mutex};

use burn::tensor::activation::relu;
use burn::tensor::module::{avg_pool2d, conv2d};
use burn::tensor::ops::{AvgPoolOptions, ConvOptions};
use burn::tensor::{Device, Tensor, TensorData};

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::reference::{Numbers, difference, wide};
use crate::{
    ChannelStatistics, Convolve, FeatureMaps, GradientHook, GradientHooks, InstructionSet, Merge, Normalization,
};

/// A weight, and what it is called when it is wrong.
struct Weights {
    device: Device,
    random: Numbers,
    all: Vec<(String, Tensor<4>)>,
}

impl Weights {
    fn new(device: &Device, seed: u64) -> Self {
        Self { device: device.clone(), random: Numbers::new(seed), all: Vec::new() }
    }

    /// [d0, d1, k, k]; γ and β are [channels, 1, 1, 1].
    fn tensor(&mut self, name: &str, shape: [usize; 4], around: f32) -> Tensor<4> {
        let numbers: Vec<f32> = self.random.take(shape.iter().product()).iter().map(|x| 0.5 * x + around).collect();
        let tensor = Tensor::<4>::from_data(TensorData::new(numbers, shape), &self.device).require_grad();
        self.all.push((name.to_owned(), tensor.clone()));
        tensor
    }

    /// Batch norm before a convolution.
    fn stage(&mut self, name: &str, reads: usize, makes: usize, kernel: usize) -> Stage {
        let gamma = self.tensor(&format!("{name} γ"), [reads, 1, 1, 1], 1.0);
        let beta = self.tensor(&format!("{name} β"), [reads, 1, 1, 1], 0.1);
        let weight = self.tensor(&format!("{name} W"), [makes, reads, kernel, kernel], 0.0);
        Stage { gamma, beta, weight }
    }
}

struct Stage {
    gamma: Tensor<4>,
    beta: Tensor<4>,
    weight: Tensor<4>,
}

const EPSILON: f64 = 1e-5;

impl Stage {
    fn norm(&self) -> Normalization {
        let [channels, ..] = self.gamma.dims();
        let (gamma, beta) = (self.gamma.clone().reshape([channels]), self.beta.clone().reshape([channels]));
        Normalization { gamma, beta, epsilon: EPSILON, fixed: None }
    }

    fn with<'a>(&self, merge: Merge<'a>) -> Convolve<'a> {
        Convolve {
            norm: Some(self.norm()),
            relu: true,
            weight: self.weight.clone(),
            merge,
            hooks: GradientHooks::default(),
        }
    }

    /// The same in burn's own operations.
    fn activate(&self, x: Tensor<4>) -> Tensor<4> {
        relu(self.normalize(x))
    }

    fn normalize(&self, x: Tensor<4>) -> Tensor<4> {
        let [batch, channels, height, width] = x.dims();
        let pixels = (batch * height * width) as f64;
        let mean = |x: Tensor<4>| x.sum_dim(0).sum_dim(2).sum_dim(3).div_scalar(pixels);
        let away = x.clone() - mean(x);
        let deviation = mean(away.clone() * away.clone()).add_scalar(EPSILON).sqrt();
        let (gamma, beta) =
            (self.gamma.clone().reshape([1, channels, 1, 1]), self.beta.clone().reshape([1, channels, 1, 1]));
        away / deviation * gamma + beta
    }

    fn convolve(&self, x: Tensor<4>) -> Tensor<4> {
        convolve(self.activate(x), self.weight.clone())
    }
}

fn convolve(x: Tensor<4>, weight: Tensor<4>) -> Tensor<4> {
    let padding = weight.dims()[2] / 2;
    conv2d(x, weight, None, ConvOptions::new([1, 1], [padding; 2], [1, 1], 1))
}

fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f64> {
    wide(&tensor.into_data().try_into_vec::<f32>().expect("single precision"))
}

/// The loss, the gradients of all weights and of the images.
fn gradients(averages: &Tensor<2>, weights: &Weights) -> Vec<(String, Vec<f64>)> {
    // Any function of the averages that treats each of them differently.
    let along = Numbers::new(5).take(averages.dims().iter().product());
    let along = Tensor::<2>::from_data(TensorData::new(along, averages.dims()), &averages.device());
    let loss = (averages.clone() * averages.clone() * along).sum();
    let gradients = loss.backward();
    let of = |(name, weight): &(String, Tensor<4>)| (name.clone(), values(weight.grad(&gradients).expect("was used")));
    weights.all.iter().map(of).collect()
}

fn compare(found: &Tensor<2>, expected: &Tensor<2>, weights: &Weights) {
    assert!(difference(&values(found.clone()), &values(expected.clone())) < 1e-4, "averages");
    for ((name, found), (_, expected)) in gradients(found, weights).iter().zip(gradients(expected, weights)) {
        let apart = difference(found, &expected);
        assert!(apart < 1e-3, "{name}: {apart:.1e} apart");
    }
}

#[test]
fn a_dense_network_agrees_with_burn() {
    for instructions in InstructionSet::available() {
        let device = Device::flex().autodiff();
        let mut weights = Weights::new(&device, 3);
        let images = weights.tensor("images", [3, 2, 9, 7], 0.0);
        let stem = weights.tensor("stem", [5, 2, 3, 3], 0.0);
        let layers: Vec<[Stage; 2]> = (0..3)
            .map(|l| [weights.stage(&format!("{l}.1"), 5 + 3 * l, 12, 1), weights.stage(&format!("{l}.2"), 12, 3, 3)])
            .collect();
        let transition = weights.stage("transition", 14, 6, 1);
        let last = weights.stage("basic", 6, 4, 3);
        let head = weights.stage("head", 10, 1, 1);
        weights.all.pop(); // the head has no convolution

        let read = FeatureMaps::with_instructions(images.clone(), None, instructions);
        let plain = Convolve {
            norm: None,
            relu: false,
            weight: stem.clone(),
            merge: Merge::Replace,
            hooks: GradientHooks::default(),
        };
        let mut x = read.convolve(plain);
        for [first, second] in &layers {
            let inner = x.convolve(first.with(Merge::Replace));
            x = inner.convolve(second.with(Merge::Append(&x)));
        }
        let halved = x.halve(Some(transition.norm()), None);
        let weight = transition.weight.clone();
        let x = halved.convolve(Convolve {
            norm: None,
            relu: false,
            weight,
            merge: Merge::Replace,
            hooks: GradientHooks::default(),
        });
        let x = x.convolve(last.with(Merge::Append(&x)));
        let found = x.average(Some(head.norm()), None);

        let mut x = convolve(images, stem);
        for [first, second] in &layers {
            let made = second.convolve(first.convolve(x.clone()));
            x = Tensor::cat(vec![x, made], 1);
        }
        let x = avg_pool2d(transition.convolve(x), AvgPoolOptions::new([2, 2]));
        let x = Tensor::cat(vec![x.clone(), last.convolve(x)], 1);
        let [batch, channels, ..] = x.dims();
        let expected = head.activate(x).mean_dim(2).mean_dim(3).reshape([batch, channels]);
        compare(&found, &expected, &weights);
    }
}

/// One layer with the given kernel and one reader of what it merges to, against burn. Rejects a case that tells nothing.
fn check_layer(kernel: usize, [batch, reads, height, width]: [usize; 4], makes: usize, seed: u64) -> TestCaseResult {
    for instructions in InstructionSet::available() {
        let device = Device::flex().autodiff();
        let mut weights = Weights::new(&device, seed);
        let images = weights.tensor("images", [reads, batch, width, height], 0.0);
        let stage = weights.stage("layer", reads, makes, kernel);
        weights.all.pop();
        let weight = weights.tensor("layer W", [reads, makes, kernel, kernel], 0.0);
        // Both are read as views whose numbers do not lie in order.
        let view = |leaf: &Tensor<4>| leaf.clone().permute([1, 0, 3, 2]);
        let layer = || Stage { gamma: stage.gamma.clone(), beta: stage.beta.clone(), weight: view(&weight) };
        let head = weights.stage("head", reads + makes, 1, 1);
        weights.all.pop(); // the head has no convolution

        let x = view(&images);
        let before = stage.normalize(x.clone());
        let x = Tensor::cat(vec![x.clone(), layer().convolve(x)], 1);
        let bends = |before: Tensor<4>| values(before).iter().any(|y| y.abs() < 3e-5);
        // Where ReLU bends, rounding decides, and batch norm over next to no pixels leaves nothing but rounding.
        prop_assume!(batch * height * width >= 8 && !bends(before) && !bends(head.normalize(x.clone())));
        let expected = head.activate(x).mean_dim(2).mean_dim(3).reshape([batch, reads + makes]);

        let x = FeatureMaps::with_instructions(view(&images), None, instructions);
        let found = x.convolve(layer().with(Merge::Append(&x))).average(Some(head.norm()), None);
        compare(&found, &expected, &weights);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn layers_of_any_shape_agree_with_burn(
        kernel in prop::sample::select(vec![1, 3]),
        batch in 1..=64_usize,
        reads in prop_oneof![3 => 1..20_usize, 1 => 1..=200_usize],
        makes in prop_oneof![3 => 1..20_usize, 1 => 1..=200_usize],
        height in 1..=33_usize,
        width in 1..=33_usize,
        seed: u64,
    ) {
        // One weight for each channel that batch norm then divides by: its gradient is zero but for rounding.
        prop_assume!(kernel * reads > 1);
        // Where there are many numbers one of them is at a bend of ReLU.
        let batch = batch.min((2000 / ((reads + makes) * height * width)).max(1));
        check_layer(kernel, [batch, reads, height, width], makes, seed)?;
    }
}

#[test]
fn a_residual_and_a_plain_network_agree_with_burn() {
    for (instructions, residual) in InstructionSet::available().into_iter().flat_map(|set| [(set, true), (set, false)])
    {
        let device = Device::flex().autodiff();
        let mut weights = Weights::new(&device, 4);
        let images = weights.tensor("images", [4, 6, 6, 8], 0.0);
        let layers: Vec<[Stage; 2]> = (0..2)
            .map(|l| [weights.stage(&format!("{l}.1"), 6, 6, 3), weights.stage(&format!("{l}.2"), 6, 6, 3)])
            .collect();
        let basic = weights.stage("basic", 6, 6, 3);
        let head = weights.stage("head", 6, 1, 1);
        weights.all.pop(); // the head has no convolution

        let mut x = FeatureMaps::with_instructions(images.clone(), None, instructions);
        for [first, second] in &layers {
            let inner = x.convolve(first.with(Merge::Replace));
            x = inner.convolve(second.with(if residual { Merge::Add(&x) } else { Merge::Replace }));
        }
        let x = x.convolve(basic.with(if residual { Merge::Add(&x) } else { Merge::Replace }));
        let found = x.average(Some(head.norm()), None);

        let mut x = images;
        for [first, second] in &layers {
            let made = second.convolve(first.convolve(x.clone()));
            x = if residual { made + x } else { made };
        }
        let made = basic.convolve(x.clone());
        let x = if residual { made + x } else { made };
        let expected = head.activate(x).mean_dim(2).mean_dim(3).reshape([4, 6]);
        compare(&found, &expected, &weights);
    }
}

/// A hook and what it was called with.
fn hook() -> (Option<GradientHook>, Arc<Mutex<Vec<f64>>>) {
    let called_with = Arc::new(Mutex::new(Vec::new()));
    let to = called_with.clone();
    (Some(GradientHook::new(move |_, squares| *to.lock().unwrap() = squares)), called_with)
}

#[test]
fn hooks_are_called_with_the_gradient_of_each_channel_in_total_and_by_reader() {
    let device = Device::flex().autodiff();
    let mut weights = Weights::new(&device, 6);
    let images = weights.tensor("images", [3, 4, 6, 6], 0.0);
    let (first, head) = (weights.stage("first", 4, 2, 3), weights.stage("head", 6, 1, 1));
    let ((total, told_total), (by_first, told_first), (by_head, told_head)) = (hook(), hook(), hook());
    let (made, told_made) = hook();
    let x = FeatureMaps::from_tensor(images.clone(), total);
    let hooks = GradientHooks { made, read: by_first };
    let x = x.convolve(Convolve { hooks, ..first.with(Merge::Append(&x)) });
    let averages = x.average(Some(head.norm()), by_head);
    averages.powi_scalar(2).sum().backward();

    // Each reader of its own copy.
    let copy = |of: &Tensor<4>| of.clone().detach().require_grad();
    let (read_first, read_head) = (copy(&images), copy(&images));
    let made = first.convolve(read_first.clone());
    let read_made = copy(&made);
    let averages = head.activate(Tensor::cat(vec![read_head.clone(), read_made.clone()], 1)).mean_dim(2).mean_dim(3);
    let gradients = averages.powi_scalar(2).sum().backward();
    let through_head = Tensor::from_inner(read_head.grad(&gradients).unwrap());
    let of_made = Tensor::from_inner(read_made.grad(&gradients).unwrap());
    let gradients = (made * of_made.clone()).sum().backward();
    let through_first = Tensor::from_inner(read_first.grad(&gradients).unwrap());
    let squares = |gradient: &Tensor<4>| values((gradient.clone() * gradient.clone()).sum_dim(0).sum_dim(2).sum_dim(3));
    let close = |called_with: &Mutex<Vec<f64>>, expected: &[f64]| {
        assert!(difference(&called_with.lock().unwrap(), expected) < 1e-4);
    };
    close(&told_made, &squares(&of_made));
    close(&told_first, &squares(&through_first));
    close(&told_total, &squares(&(through_first + through_head.clone())));
    close(&told_head, &[squares(&through_head), squares(&of_made)].concat());
}

#[test]
fn maps_become_the_tensor_they_came_from_and_gradient_passes_through() {
    let device = Device::flex().autodiff();
    let numbers = Numbers::new(8).take(3 * 4 * 5 * 2);
    // Read through a transposed view.
    let wide_images = Tensor::<4>::from_data(TensorData::new(numbers, [3, 4, 2, 5]), &device).require_grad();
    let images = wide_images.clone().swap_dims(2, 3);
    let back = FeatureMaps::from_tensor(images.clone(), None).into_tensor();
    assert_eq!(values(back.clone()), values(images));
    let gradients = (back.clone() * back).sum().backward();
    let expected: Vec<f64> = values(wide_images.clone()).iter().map(|x| 2.0 * x).collect();
    assert_eq!(values(wide_images.grad(&gradients).unwrap()), expected);
}

#[test]
fn without_automatic_differentiation_fixed_statistics_are_used() {
    let device = Device::flex();
    let images = Tensor::<4>::from_data(TensorData::new(vec![1.0_f32, 3.0, 5.0, 7.0], [1, 1, 2, 2]), &device);
    let one = |x: f32| Tensor::<1>::from_data(TensorData::new(vec![x], [1]), &device);
    let x = FeatureMaps::from_tensor(images, None);
    assert_eq!(x.statistics(), [ChannelStatistics { mean: 4.0, variance: 5.0 }]);
    let fixed = Some(vec![ChannelStatistics { mean: 3.0, variance: 4.0 }]);
    let norm = Normalization { gamma: one(2.0), beta: one(0.5), epsilon: 0.0, fixed };
    // 2 · (x − 3)/2 + ½, at least zero: 0, ½, 2½, 4½
    assert_eq!(values(x.average(Some(norm), None)), [1.875]);
}
