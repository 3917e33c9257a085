//! What a plan can be and still should not: settings from which nothing, or next to nothing, is learnt.

use super::plan::Plan;
use super::run_config::{Optimizer, TrainingConfig};

/// Why little can be learnt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Warning {
    /// Two numbers for each channel come out of batch norm as −1 and 1, whatever they were: their gradient is next to nothing.
    TwoNumbers {
        /// The block where two are left, from 1.
        block: usize,
    },
    /// Steps that single precision rounds away.
    SmallSteps {
        /// η.
        learning_rate: f64,
    },
    /// Weight decay that pulls harder than gradients can.
    Decay {
        /// λ.
        weight_decay: f64,
    },
}

/// Below this share of a weight a step of SGD is lost when it is added: 2^−24 of a weight whose gradient is as large as itself.
const LOST: f64 = 1e-8;
/// Share of every weight that decay takes at each step, momentum counted, from which on gradients do not make up for it.
const TAKEN: f64 = 0.05;

impl Plan {
    /// What a person should know before it is trained.
    pub fn warnings(&self) -> Vec<Warning> {
        let TrainingConfig { batch, learning_rate, optimizer, momentum, weight_decay, .. } = self.config.training;
        let two = self.networks.iter().find_map(|network| network.block_of_few_numbers(batch, 2));
        let (gain, taken) = match optimizer {
            Optimizer::Sgd => {
                let gain = learning_rate / (1.0 - momentum);
                (gain, gain * weight_decay)
            }
            Optimizer::Adam => (learning_rate, weight_decay), // it scales the sum of gradient and decay
        };
        let small = gain < LOST;
        let decays = taken >= TAKEN;
        [
            two.map(|block| Warning::TwoNumbers { block }),
            small.then_some(Warning::SmallSteps { learning_rate }),
            decays.then_some(Warning::Decay { weight_decay }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{LoadedConfig, RunConfig};
    use crate::data::describe;

    fn warnings(toml: &str) -> Vec<Warning> {
        let loaded = LoadedConfig::parse(toml, Path::new("a.toml")).unwrap();
        let data = describe(&loaded.config.data.source).unwrap();
        Plan::new(&loaded, &data).unwrap().warnings()
    }

    #[test]
    fn settings_from_which_next_to_nothing_is_learnt_are_told() {
        assert_eq!(warnings(&RunConfig::default().to_toml()), []);
        let six_blocks = "data.source = \"shapes\"\nnetwork.blocks = [1, 1, 1, 1, 1, 1]\ntraining.batch = ";
        assert_eq!(warnings(&format!("{six_blocks}2")), [Warning::TwoNumbers { block: 6 }]);
        assert_eq!(warnings(&format!("{six_blocks}3")), []);
        assert_eq!(warnings("training.learning_rate = 1e-10"), [Warning::SmallSteps { learning_rate: 1e-10 }]);
        assert_eq!(warnings("training.weight_decay = 0.5"), [Warning::Decay { weight_decay: 0.5 }]);
        assert_eq!(warnings("training.weight_decay = 0.5\ntraining.optimizer = \"adam\"").len(), 1);
        assert_eq!(warnings("training.weight_decay = 5e-4"), []);
    }
}
