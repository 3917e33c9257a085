//! The optimizers, with the field's usual settings.

use burn::optim::decay::WeightDecayConfig;
use burn::optim::{AdamConfig, LearningRate, ModuleOptimizer, Optimizer, RecordState, StateSink, StateSource};
use burn::tensor::{Device, Tensor, TensorData};

use crate::config::{self, TrainingConfig};

/// The optimizer of a run; weight decay is added to the gradient of every parameter.
///
/// SGD with Nesterov momentum is our own, Adam is burn's: β 0.9 and 0.999, ε 1e-8 (burn: 1e-5).
#[expect(clippy::cast_possible_truncation, reason = "training is in single precision")]
pub(super) fn optimizer(config: &TrainingConfig) -> ModuleOptimizer {
    let decay = config.weight_decay as f32;
    match config.optimizer {
        config::Optimizer::Sgd => Sgd { momentum: config.momentum as f32, decay }.into(),
        config::Optimizer::Adam => {
            let decay = (decay > 0.0).then(|| WeightDecayConfig::new(decay));
            AdamConfig::new().with_epsilon(1e-8).with_weight_decay(decay).init()
        }
    }
}

/// Nesterov momentum as PyTorch writes it, without dampening: g ← g + λw, v ← μv + g, w ← w − η(g + μv). At first v = g.
///
/// The same as burn's `Sgd` to the bit, in one pass over each parameter instead of one for every operation: a network has
/// a hundred small parameters, and each operation on one costs far more than its arithmetic.
#[derive(Clone, Debug)]
struct Sgd {
    momentum: f32,
    decay: f32,
}

/// v of a parameter.
#[derive(Clone, Debug)]
struct Velocity(Vec<f32>);

impl RecordState for Velocity {
    fn state_flatten(&self, prefix: &str, out: &mut StateSink) {
        out.push_tensor(prefix, "velocity", TensorData::new(self.0.clone(), [self.0.len()]));
    }

    fn state_unflatten(prefix: &str, from: &mut StateSource, _: &Device) -> Option<Self> {
        from.take_tensor(prefix, "velocity")?.try_into_vec().ok().map(Self)
    }
}

impl Optimizer for Sgd {
    type State<const D: usize> = Velocity;

    #[expect(clippy::cast_possible_truncation, reason = "training is in single precision")]
    fn step<const D: usize>(
        &self,
        lr: LearningRate,
        tensor: Tensor<D>,
        grad: Tensor<D>,
        state: Option<Velocity>,
    ) -> (Tensor<D>, Option<Velocity>) {
        let (device, shape, rate) = (tensor.device(), tensor.dims(), lr as f32);
        let (mut weights, gradients) = (numbers(tensor), numbers(grad));
        let mut velocities = state.map_or_else(|| vec![0.0; weights.len()], |Velocity(numbers)| numbers);
        for ((w, g), v) in weights.iter_mut().zip(gradients).zip(&mut velocities) {
            let g = g + *w * self.decay;
            *v = *v * self.momentum + g;
            *w -= (*v * self.momentum + g) * rate;
        }
        (Tensor::from_data(TensorData::new(weights, shape), &device), Some(Velocity(velocities)))
    }

    fn to_device<const D: usize>(state: Velocity, _: &Device) -> Velocity {
        state
    }
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_into_vec().expect("networks compute in single precision")
}

#[cfg(test)]
mod tests {
    use burn::nn::LinearConfig;
    use burn::optim::momentum::MomentumConfig;
    use burn::optim::{GradientsParams, SgdConfig};

    use super::*;

    #[test]
    fn sgd_is_burns_to_the_bit_in_one_pass() {
        for decay in [0.0, 1e-2_f32] {
            let device = Device::flex().autodiff();
            let momentum = MomentumConfig::new().with_momentum(0.9).with_dampening(0.0).with_nesterov(true);
            let burns = SgdConfig::new()
                .with_momentum(Some(momentum))
                .with_weight_decay((decay > 0.0).then(|| WeightDecayConfig::new(decay)));
            let (mut burns, mut ours) = (burns.init(), ModuleOptimizer::from(Sgd { momentum: 0.9, decay }));
            let layer = LinearConfig::new(7, 5).init(&device);
            let (mut by_burn, mut by_us) = (layer.clone(), layer);
            let x = Tensor::<2>::from_data([[0.3_f32, -1.0, 0.5, 2.0, -0.1, 0.7, 1.1]], &device);
            for rate in [0.1, 0.03, 0.01] {
                let gradients = by_burn.forward(x.clone()).powi_scalar(2).sum().backward();
                let gradients = GradientsParams::from_grads(gradients, &by_burn);
                by_burn = burns.step(rate, by_burn, gradients);
                let gradients = by_us.forward(x.clone()).powi_scalar(2).sum().backward();
                let gradients = GradientsParams::from_grads(gradients, &by_us);
                by_us = ours.step(rate, by_us, gradients);
                assert_eq!(numbers(by_us.weight.val()), numbers(by_burn.weight.val()));
            }
        }
    }
}
