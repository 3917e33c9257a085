//! The settings of a run as plain values, with the defaults of a run that was told nothing.

use std::path::PathBuf;

use crate::arch::{NetworkKind, NetworkSpec, PRESETS, Preset, words};
use crate::data::{Augment, Labels, Request, Source};

/// Everything that shapes a run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunConfig {
    /// Weights, batches and generated images follow from it.
    pub seed: u64,
    /// What the networks see.
    pub data: DataConfig,
    /// What the networks are.
    pub network: NetworkSpec,
    /// How they learn.
    pub training: TrainingConfig,
}

/// What the networks see.
#[derive(Clone, Debug, PartialEq)]
pub struct DataConfig {
    /// Where the images come from.
    pub source: Source,
    /// Training images used.
    pub train: usize,
    /// Validation images used.
    pub validation: usize,
    /// The side to which pictures are brought, in pixels; data of one size keep theirs.
    pub size: usize,
    /// Which of CIFAR-100's two kinds of label are learned.
    pub labels: Labels,
    /// How training images are changed before they are learned from.
    pub augment: Augment,
}

/// How the networks learn.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingConfig {
    /// Which networks are trained, on the same batches.
    pub networks: Vec<NetworkKind>,
    /// Images in a batch.
    pub batch: usize,
    /// Batches to learn from.
    pub steps: usize,
    /// The rule that turns gradients into new weights.
    pub optimizer: Optimizer,
    /// η at the start.
    pub learning_rate: f64,
    /// How η changes over the run.
    pub schedule: Schedule,
    /// μ of SGD.
    pub momentum: f64,
    /// λ, on every parameter.
    pub weight_decay: f64,
    /// Steps between validations.
    pub evaluate_every: usize,
    /// Steps between two readings of `edges` and `reuse`.
    pub probe_every: usize,
    /// Steps between checkpoints.
    pub checkpoint_every: usize,
    /// The weights to begin with; none for new ones.
    pub from: Option<PathBuf>,
    /// What computes.
    pub backend: Backend,
}

/// The rule that turns gradients into new weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optimizer {
    /// Stochastic gradient descent with Nesterov momentum, dampening 0.
    Sgd,
    /// Adam (Kingma and Ba 2015): β 0.9 and 0.999, ε 1e-8.
    Adam,
}

/// How the learning rate changes over the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// A tenth after half the steps, a hundredth after three quarters (paper, section 4.2).
    Step,
    /// Half a cosine from the start to zero.
    Cosine,
    /// The same throughout.
    Constant,
}

/// What computes the tensors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// burn-flex, the fast one.
    Flex,
    /// burn-ndarray, a slow, independent second opinion.
    Ndarray,
}

words!(Optimizer { Sgd = "sgd", Adam = "adam" });
words!(Schedule { Step = "step", Cosine = "cosine", Constant = "constant" });
words!(Backend { Flex = "flex", Ndarray = "ndarray" });

impl Default for RunConfig {
    fn default() -> Self {
        Self {
            seed: 1,
            data: DataConfig {
                source: Source::FashionMnist,
                train: 5000,
                validation: 1000,
                size: Request::SIZE,
                labels: Labels::Fine,
                augment: Augment::None,
            },
            network: PRESETS[0].spec(),
            training: TrainingConfig {
                networks: vec![NetworkKind::Dense, NetworkKind::Residual],
                batch: 32,
                steps: 2000,
                optimizer: Optimizer::Sgd,
                learning_rate: 0.1,
                schedule: Schedule::Step,
                momentum: 0.9,
                weight_decay: 1e-4,
                evaluate_every: 100,
                probe_every: 10,
                checkpoint_every: 500,
                from: None,
                backend: Backend::Flex,
            },
        }
    }
}

impl From<&DataConfig> for Request {
    fn from(data: &DataConfig) -> Self {
        Self { source: data.source.clone(), size: data.size, labels: data.labels }
    }
}

impl RunConfig {
    /// The default run with a preset's networks and what else its sentence speaks of, on built-in images with its number of channels.
    pub fn from_preset(preset: &Preset) -> Self {
        let mut config = Self::of_network(preset.spec(), preset.input.image.channels);
        config.training.networks = preset.networks.to_vec();
        config.training.learning_rate = preset.learning_rate;
        config
    }

    /// The default run with these networks, on built-in images with that number of channels, where there are any.
    pub fn of_network(network: NetworkSpec, channels: usize) -> Self {
        let mut config = Self { network, ..Self::default() };
        if channels == 3 {
            config.data.source = Source::Shapes;
        }
        config
    }
}
