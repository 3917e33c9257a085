//! One forward pass: how batch norm behaves, what dropout drops, and where gradients are overheard.

use std::cell::RefCell;
use std::sync::Arc;

use burn::tensor::{Tensor, TensorData};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::tap::{self, Place, Recorder};
use crate::arch::Part;

/// How batch norm and dropout behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Batch statistics, which also move the running ones; dropout drops.
    Training,
    /// Running statistics; nothing is dropped.
    Evaluation,
}

/// One forward pass through a network.
pub struct Pass {
    mode: Mode,
    recorder: Option<Arc<Recorder>>,
    reads_connections: bool,
    dropout: RefCell<ChaCha8Rng>,
}

impl Pass {
    /// A pass with running statistics, overheard by nobody.
    pub fn evaluation() -> Self {
        Self::new(Mode::Evaluation, None, false, 0)
    }

    /// A pass with batch statistics, whose gradients go to the recorder: those of every layer's output, and
    /// with `reads_connections` also those of what every layer of a block read. What dropout drops follows from the seed.
    pub fn training(recorder: Arc<Recorder>, reads_connections: bool, dropout_seed: u64) -> Self {
        Self::new(Mode::Training, Some(recorder), reads_connections, dropout_seed)
    }

    fn new(mode: Mode, recorder: Option<Arc<Recorder>>, reads_connections: bool, dropout_seed: u64) -> Self {
        Self { mode, recorder, reads_connections, dropout: RefCell::new(ChaCha8Rng::seed_from_u64(dropout_seed)) }
    }

    /// How batch norm and dropout behave.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The output of a row of the architecture, unchanged; its total gradient will be recorded.
    pub fn output<const D: usize>(&self, part: Part, x: Tensor<D>) -> Tensor<D> {
        self.overhear(Place::Output(part), x)
    }

    /// What a layer of a block (or what follows the block) reads, unchanged; the gradient that comes
    /// through this reader alone will be recorded.
    pub fn read(&self, block: usize, reader: usize, x: Tensor<4>) -> Tensor<4> {
        if self.reads_connections { self.overhear(Place::Read { block, reader }, x) } else { x }
    }

    fn overhear<const D: usize>(&self, place: Place, x: Tensor<D>) -> Tensor<D> {
        match &self.recorder {
            Some(recorder) => tap::tap(x, recorder.sink(place)),
            None => x,
        }
    }

    /// Dropout (Srivastava et al. 2014): in training, sets `percent` of the numbers to zero at random and scales the rest
    /// so that the expectation stays.
    pub fn dropout(&self, percent: u32, x: Tensor<4>) -> Tensor<4> {
        if percent == 0 || self.mode == Mode::Evaluation {
            return x;
        }
        let keep = 100 - percent;
        let scale = 100.0 / keep as f32;
        let threshold = (u64::from(u32::MAX) + 1) * u64::from(keep) / 100;
        let mut random = self.dropout.borrow_mut();
        let shape = x.shape();
        let mask: Vec<f32> = (0..shape.num_elements())
            .map(|_| if u64::from(random.next_u32()) < threshold { scale } else { 0.0 })
            .collect();
        let mask = Tensor::from_data(TensorData::new(mask, shape), &x.device().inner());
        x * Tensor::from_inner(mask)
    }
}
