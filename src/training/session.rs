//! One network that learns.

use std::collections::BTreeMap;

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, Tensor, TensorData};

use super::checkpoint::Checkpoint;
use super::evaluation::{EVALUATION_BATCH, Tally, right, rows};
use super::optimizer::Optimizer;
use super::still::{Still, images};
use super::threads::Threads;
use crate::arch::Architecture;
use crate::config::{Backend, TrainingConfig};
use crate::data::{Batch, DataSet};
use crate::model::tap::Recorder;
use crate::model::weights::{TensorFile, WeightsError, restore, tensors_of, to_safetensors};
use crate::model::{Network, Pass, device, probe};
use crate::telemetry::{Evaluation, StepFigures};

/// A network, its optimizer and how far they are.
pub struct Session {
    network: Network,
    optimizer: Optimizer,
    backend: Backend,
    device: Device,
    threads: Threads,
    seed: u64,
    steps_done: u32,
}

/// What one training step gives.
#[derive(Clone, Debug, PartialEq)]
pub struct StepResult {
    /// Mean cross-entropy of the batch before the update.
    pub loss: f64,
    /// Images of the batch that were classified right before the update.
    pub right: usize,
    /// Logits of the batch before the update, `[batch, classes]`.
    pub logits: Vec<Vec<f32>>,
    /// What was read from the backward pass.
    pub figures: StepFigures,
}

/// What a validation gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Validated {
    /// How the network does.
    pub evaluation: Evaluation,
    /// The class that it takes every validation image for, in their order; none where no logit can be compared.
    pub classes: Vec<Option<usize>>,
}

impl Session {
    /// A network with fresh weights from the seed.
    pub fn new(architecture: &Architecture, config: &TrainingConfig, seed: u64, threads: &Threads) -> Self {
        let device = device(config.backend).autodiff();
        Self {
            network: Network::new(architecture, seed, &device),
            optimizer: Optimizer::new(config),
            backend: config.backend,
            device,
            threads: threads.clone(),
            seed,
            steps_done: 0,
        }
    }

    /// Begins with those weights of its network that are given, by name.
    pub(super) fn begin_with(&mut self, weights: BTreeMap<String, Vec<f32>>) {
        self.network.take(weights);
    }

    /// Takes every weight from a file: all of them, or none.
    ///
    /// # Errors
    ///
    /// When they are not exactly the network's.
    pub fn load(&mut self, file: &TensorFile) -> Result<(), WeightsError> {
        self.network.load(file)
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Lets somebody change the weights.
    pub fn change_weights(&mut self, change: impl FnOnce(&mut Network)) {
        change(&mut self.network);
    }

    /// The weights as a safetensors file.
    pub fn weights(&mut self) -> Vec<u8> {
        to_safetensors(&mut self.network, self.steps_done)
    }

    /// What it needs to go on after that step, and the loss that ends its training.
    pub(super) fn checkpoint(&mut self, step: usize, limit: Option<f64>) -> Checkpoint {
        Checkpoint {
            network: self.network.architecture().kind,
            step,
            updates: self.steps_done,
            limit,
            divergence: None,
            weights: tensors_of(&mut self.network),
            optimizer: self.optimizer.tensors(&mut self.network),
        }
    }

    /// Goes back, or on, to a checkpoint of a network like this one.
    pub(super) fn restore(&mut self, checkpoint: &Checkpoint) {
        restore(&mut self.network, &checkpoint.weights);
        self.optimizer.restore(&checkpoint.optimizer);
        self.steps_done = checkpoint.updates;
    }

    /// One step: forward, backward, figures, update. Reads edges and reuse only `with_connections`.
    ///
    /// A loss that is not finite is reported without an update, so that the weights stay those it came from.
    pub fn step(&mut self, batch: &Batch, learning_rate: f64, with_connections: bool) -> StepResult {
        self.threads.clone().work(|| self.compute_step(batch, learning_rate, with_connections))
    }

    fn compute_step(&mut self, batch: &Batch, learning_rate: f64, with_connections: bool) -> StepResult {
        let recorder = Recorder::new();
        let dropout = self.network.architecture().spec.dropout_percent;
        let pass = Pass::training(self.backend)
            .overheard_by(recorder.clone(), with_connections)
            .with_dropout(dropout, self.dropout_seed());
        let logits = self.network.forward(images(batch, &self.device), &pass); // [batch, classes]
        let loss = cross_entropy(logits.clone(), &batch.labels);
        let loss_value = f64::from(loss.clone().into_scalar::<f32>());
        let logits = rows(logits);
        let right = right(&logits, &batch.labels);

        let mut gradients = loss.backward();
        let gradients = GradientsParams::from_module(&mut gradients, &self.network);
        let figures = probe::read(&self.network, &gradients, &recorder, with_connections);
        if loss_value.is_finite() {
            self.steps_done += 1;
            self.optimizer.step(learning_rate, &mut self.network, gradients, self.steps_done);
        }
        StepResult { loss: loss_value, right, logits, figures }
    }

    /// How the network does on the whole validation set, with its running statistics.
    ///
    /// Between batches it asks whether to go on; nothing comes of a set that was not seen to its end.
    pub fn evaluate(&self, data: &DataSet, goes_on: impl Fn() -> bool + Sync) -> Option<Validated> {
        self.threads.work(|| self.compute_evaluation(data, &goes_on))
    }

    fn compute_evaluation(&self, data: &DataSet, goes_on: &impl Fn() -> bool) -> Option<Validated> {
        let network = self.network.valid();
        let device = self.device.clone().inner();
        let mut tally = Tally::default();
        for batch in data.validation_batches(EVALUATION_BATCH) {
            if !goes_on() {
                return None;
            }
            let logits = network.forward(images(&batch, &device), &Pass::evaluation(self.backend));
            tally.add(&rows(logits), &batch.labels);
        }
        Some(Validated { evaluation: tally.evaluation(), classes: tally.classes })
    }

    /// The network as it stands now.
    pub fn still(&self) -> Still {
        Still {
            network: self.network.valid(),
            backend: self.backend,
            device: self.device.clone().inner(),
            threads: self.threads.clone(),
            step: self.steps_done as usize,
        }
    }

    /// A seed of its own for every step, so that what dropout drops does not depend on how a run got there.
    fn dropout_seed(&self) -> u64 {
        let step = u64::from(self.steps_done);
        self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ step.wrapping_mul(0xD1B5_4A32_D192_ED03)
    }
}

/// Mean over the batch of `−log softmax(logits)[label]`.
fn cross_entropy(logits: Tensor<2>, labels: &[usize]) -> Tensor<1> {
    let [batch, classes] = logits.dims();
    let mut one_hot = vec![0.0_f32; batch * classes];
    for (row, &label) in one_hot.chunks_exact_mut(classes).zip(labels) {
        row[label] = 1.0;
    }
    let one_hot = Tensor::<2>::from_data(TensorData::new(one_hot, [batch, classes]), &logits.device().inner());
    let scale = -1.0 / batch as f64;
    (log_softmax(logits, 1) * Tensor::from_inner(one_hot)).sum().mul_scalar(scale)
}
