//! The optimizers, with the field's usual settings, and what they keep of every parameter.

use std::collections::BTreeMap;

use burn::optim::GradientsParams;

use crate::config::{self, TrainingConfig};
use crate::model::Network;
use crate::model::weights::{NamedTensor, places, update};

/// The optimizer of a run; weight decay is added to the gradient of every parameter.
///
/// The same as burn's `Sgd` and `Adam` to the bit, in one pass over each parameter instead of one for every operation: a network has
/// a hundred small parameters, and each operation on one costs far more than its arithmetic.
#[derive(Clone, Debug)]
pub(super) struct Optimizer {
    rule: Rule,
    decay: f32,
    /// What is kept of each parameter: as many lists of its length as the rule has names for.
    kept: BTreeMap<String, Vec<Vec<f32>>>,
}

#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Nesterov momentum as PyTorch writes it, without dampening: g ← g + λw, v ← μv + g, w ← w − η(g + μv). At first v = g.
    Sgd { momentum: f32 },
    /// Adam (Kingma and Ba 2015) with β 0.9 and 0.999 and ε 1e-8: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
    /// w ← w − η·m̂/(√v̂ + ε), where m̂ and v̂ are freed from the zeros that they began with.
    Adam,
}

impl Optimizer {
    #[expect(clippy::cast_possible_truncation, reason = "training is in single precision")]
    pub(super) fn new(config: &TrainingConfig) -> Self {
        let rule = match config.optimizer {
            config::Optimizer::Sgd => Rule::Sgd { momentum: config.momentum as f32 },
            config::Optimizer::Adam => Rule::Adam,
        };
        Self { rule, decay: config.weight_decay as f32, kept: BTreeMap::new() }
    }

    /// Moves every parameter of the network, in its update of that number, counted from 1.
    #[expect(clippy::cast_possible_truncation, reason = "training is in single precision")]
    pub(super) fn step(&mut self, rate: f64, network: &mut Network, gradients: GradientsParams, number: u32) {
        let Self { rule, decay, kept } = self;
        let (rate, lists) = (rate as f32, rule.names().len());
        update(network, gradients, |name, weights, gradient| {
            if !kept.contains_key(name) {
                kept.insert(name.to_owned(), vec![vec![0.0; weights.len()]; lists]);
            }
            let kept = kept.get_mut(name).expect("it was put there");
            rule.step(rate, *decay, number, Parameter { weights, gradient, kept });
        });
    }

    /// What is kept, by names such as `velocity.features.conv0.weight`; zeros before the first update.
    pub(super) fn tensors(&self, network: &mut Network) -> Vec<NamedTensor> {
        let mut tensors = self.places(network);
        for tensor in &mut tensors {
            let (list, parameter) = tensor.name.split_once('.').expect("a list and a parameter");
            let index = self.rule.names().iter().position(|name| *name == list).expect("a list of the rule");
            if let Some(kept) = self.kept.get(parameter) {
                tensor.values.clone_from(&kept[index]);
            }
        }
        tensors
    }

    /// Takes back what [`tensors`](Self::tensors) gave.
    pub(super) fn restore(&mut self, tensors: &[NamedTensor]) {
        self.kept.clear();
        for NamedTensor { name, shape: _, values } in tensors {
            let (_, parameter) = name.split_once('.').expect("a list and a parameter");
            self.kept.entry(parameter.to_owned()).or_default().push(values.clone());
        }
    }

    /// The tensors that are kept of a network, with zeros for their numbers: list after list of each parameter.
    pub(super) fn places(&self, network: &mut Network) -> Vec<NamedTensor> {
        let parameters = places(network).into_iter().filter(|(.., learnt)| *learnt);
        let of = |(name, shape, _): (String, Vec<usize>, bool)| {
            let values = vec![0.0; shape.iter().product()];
            self.rule.names().iter().map(move |list| NamedTensor {
                name: format!("{list}.{name}"),
                shape: shape.clone(),
                values: values.clone(),
            })
        };
        parameters.flat_map(of).collect()
    }
}

/// A parameter on its way to new weights.
struct Parameter<'a> {
    weights: &'a mut [f32],
    gradient: &'a [f32],
    kept: &'a mut [Vec<f32>],
}

impl Rule {
    /// What is kept of each parameter.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Sgd { .. } => &["velocity"],
            Self::Adam => &["first_moment", "second_moment"],
        }
    }

    fn step(self, rate: f32, decay: f32, number: u32, parameter: Parameter<'_>) {
        const BETA: [f32; 2] = [0.9, 0.999];
        const EPSILON: f32 = 1e-8;
        let Parameter { weights, gradient, kept } = parameter;
        match (self, kept) {
            (Self::Sgd { momentum }, [velocity]) => {
                for ((w, g), v) in weights.iter_mut().zip(gradient).zip(velocity) {
                    let g = g + *w * decay;
                    *v = *v * momentum + g;
                    *w -= (*v * momentum + g) * rate;
                }
            }
            (Self::Adam, [first, second]) => {
                let number = i32::try_from(number).unwrap_or(i32::MAX);
                let root = (1.0 - BETA[1].powi(number)).sqrt();
                let factor = root / (1.0 - BETA[0].powi(number));
                for (((w, g), m), v) in weights.iter_mut().zip(gradient).zip(first).zip(second) {
                    let g = if decay > 0.0 { *w * decay + g } else { *g };
                    *m = *m * BETA[0] + g * (1.0 - BETA[0]);
                    *v = *v * BETA[1] + g * g * (1.0 - BETA[1]);
                    *w -= *m * factor / (v.sqrt() + EPSILON * root) * rate;
                }
            }
            (Self::Sgd { .. } | Self::Adam, _) => unreachable!("as many lists are kept as the rule has names for"),
        }
    }
}

#[cfg(test)]
mod tests {
    use burn::optim::decay::WeightDecayConfig;
    use burn::optim::momentum::MomentumConfig;
    use burn::optim::{AdamConfig, ModuleOptimizer, SgdConfig};
    use burn::tensor::{Device, Tensor};

    use super::*;
    use crate::arch::{Architecture, ImageShape, Input, NetworkKind};
    use crate::config::RunConfig;
    use crate::model::Pass;
    use crate::model::weights::tensors_of;

    fn network(device: &Device) -> Network {
        let mut config = RunConfig::default();
        config.network.blocks = vec![2, 1];
        let image = ImageShape { channels: 1, height: 8, width: 8 };
        let architecture = Architecture::new(NetworkKind::Dense, &config.network, Input { image, classes: 3 })
            .expect("it can be built");
        Network::new(&architecture, 1, device)
    }

    fn gradients(network: &Network, device: &Device) -> GradientsParams {
        let images = (0..2 * 64).map(|pixel| (f64::from(pixel) * 0.37).sin()).collect::<Vec<_>>();
        let images = Tensor::<1>::from_data(images.as_slice(), device).reshape([2, 1, 8, 8]);
        let pass = Pass::training(config::Backend::Flex);
        let mut gradients = network.forward(images, &pass).powi_scalar(2).sum().backward();
        GradientsParams::from_module(&mut gradients, network)
    }

    /// Both in five steps of their own, whose learning rate changes.
    fn assert_same_to_the_bit(mut burns: ModuleOptimizer, training: &TrainingConfig) {
        let device = Device::flex().autodiff();
        let (mut by_burn, mut by_us) = (network(&device), network(&device));
        let mut ours = Optimizer::new(training);
        for (number, rate) in (1..).zip([0.1, 0.03, 0.01, 0.01, 1e-3]) {
            let of_burn = gradients(&by_burn, &device);
            by_burn = burns.step(rate, by_burn, of_burn);
            let of_us = gradients(&by_us, &device);
            ours.step(rate, &mut by_us, of_us, number);
            assert_eq!(tensors_of(&mut by_us), tensors_of(&mut by_burn), "step {number}");
        }
    }

    #[test]
    fn sgd_and_adam_are_burns_to_the_bit_in_one_pass() {
        for decay in [0.0, 1e-2] {
            let training = TrainingConfig { weight_decay: decay, ..RunConfig::default().training };
            #[expect(clippy::cast_possible_truncation, reason = "training is in single precision")]
            let burns_decay = (decay > 0.0).then(|| WeightDecayConfig::new(decay as f32));
            let momentum = MomentumConfig::new().with_momentum(0.9).with_dampening(0.0).with_nesterov(true);
            let sgd = SgdConfig::new().with_momentum(Some(momentum)).with_weight_decay(burns_decay.clone());
            assert_same_to_the_bit(sgd.init(), &training);
            let adam = AdamConfig::new().with_epsilon(1e-8).with_weight_decay(burns_decay);
            let training = TrainingConfig { optimizer: config::Optimizer::Adam, ..training };
            assert_same_to_the_bit(adam.init(), &training);
        }
    }
}
