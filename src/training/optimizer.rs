//! burn's optimizers with the field's usual settings.

use burn::optim::decay::WeightDecayConfig;
use burn::optim::momentum::MomentumConfig;
use burn::optim::{AdamConfig, ModuleOptimizer, SgdConfig};

use crate::config::{Optimizer, TrainingConfig};

/// The optimizer of a run; weight decay is added to the gradient of every parameter.
///
/// SGD with Nesterov momentum as PyTorch writes it: v ← μv + g, w ← w − η(g + μv), without dampening, which
/// burn would set to 0.1. Adam: β 0.9 and 0.999, ε 1e-8 (burn: 1e-5).
pub(super) fn optimizer(config: &TrainingConfig) -> ModuleOptimizer {
    #[expect(clippy::cast_possible_truncation, reason = "training is in single precision")]
    let decay = (config.weight_decay > 0.0).then(|| WeightDecayConfig::new(config.weight_decay as f32));
    match config.optimizer {
        Optimizer::Sgd => {
            let momentum = MomentumConfig::new().with_momentum(config.momentum).with_dampening(0.0).with_nesterov(true);
            SgdConfig::new().with_momentum(Some(momentum)).with_weight_decay(decay).init()
        }
        Optimizer::Adam => AdamConfig::new().with_epsilon(1e-8).with_weight_decay(decay).init(),
    }
}
