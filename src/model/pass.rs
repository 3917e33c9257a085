//! One forward pass: how batch norm behaves, what dropout drops, and where gradients are overheard.

use std::cell::RefCell;
use std::sync::Arc;

use burn::tensor::{Tensor, TensorData};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::cut::{Cutter, Replaced};
use super::features::Features;
use super::tap::{Passed, Place, Recorder, Sink};
use crate::arch::{Link, Part};
use crate::config::Backend;

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
    backend: Backend,
    recorder: Option<Arc<Recorder>>,
    reads_connections: bool,
    dropout: Option<RefCell<Dropout>>,
    kept: Option<RefCell<Vec<Features>>>,
    cutter: Option<Arc<Cutter>>,
}

/// Dropout (Srivastava et al. 2014) of one pass.
struct Dropout {
    percent: u32,
    random: ChaCha8Rng,
}

impl Pass {
    /// A pass with running statistics, overheard by nobody.
    pub fn evaluation(backend: Backend) -> Self {
        Self::new(Mode::Evaluation, backend)
    }

    /// A pass with batch statistics, overheard by nobody.
    pub fn training(backend: Backend) -> Self {
        Self::new(Mode::Training, backend)
    }

    const fn new(mode: Mode, backend: Backend) -> Self {
        Self { mode, backend, recorder: None, reads_connections: false, dropout: None, kept: None, cutter: None }
    }

    /// The same pass, which keeps what every row hands to the next.
    #[must_use]
    pub(super) fn keeping(self) -> Self {
        Self { kept: Some(RefCell::default()), ..self }
    }

    /// The same pass with links cut. Gradients through what is cut would be wrong: such a pass is for evaluation.
    #[must_use]
    pub fn cutting(self, cutter: Arc<Cutter>) -> Self {
        debug_assert_eq!(self.mode, Mode::Evaluation, "only an evaluation may cut");
        Self { cutter: Some(cutter), ..self }
    }

    /// The same pass with its gradients going to the recorder: those of every layer's output, and with
    /// `reads_connections` also those of what every layer of a block read, and the channels that went through every row.
    #[must_use]
    pub fn overheard_by(self, recorder: Arc<Recorder>, reads_connections: bool) -> Self {
        Self { recorder: Some(recorder), reads_connections, ..self }
    }

    /// The same pass with dropout after each convolution but the first; what it drops follows from the seed.
    #[must_use]
    pub fn with_dropout(mut self, percent: u32, seed: u64) -> Self {
        let random = ChaCha8Rng::seed_from_u64(seed);
        self.dropout = (percent > 0).then(|| RefCell::new(Dropout { percent, random }));
        self
    }

    /// How batch norm and dropout behave.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether our own kernels compute: they are for flex and know no dropout.
    pub(super) fn uses_kernels(&self) -> bool {
        match self.backend {
            Backend::Flex => self.dropout.is_none(),
            Backend::Ndarray => false,
        }
    }

    /// Where the total gradient of a row's output is to be noted.
    pub(super) fn made(&self, part: Part) -> Option<Sink> {
        self.recorder.as_ref().map(|recorder| recorder.sink(Place::Output(part)))
    }

    /// Where the gradient is to be noted of what a layer of a block (or what follows the block) reads, through this reader alone.
    pub(super) fn read(&self, block: usize, reader: usize) -> Option<Sink> {
        let recorder = self.recorder.as_ref().filter(|_| self.reads_connections)?;
        Some(recorder.sink(Place::Read { block, reader }))
    }

    /// What stands in place of channels that a reader of a block reads, if any are cut.
    pub(super) fn cut_reading(&self, block: usize, reader: usize) -> Option<Arc<Replaced>> {
        self.cutter.as_ref()?.reading(block, reader)
    }

    /// What stands in place of a term at a layer's end, by channel, if it is cut.
    pub(super) fn cut_term(&self, term: Link) -> Option<&[f32]> {
        self.cutter.as_ref()?.term(term)
    }

    /// Notes the channels that went through a row.
    pub(super) fn passed(&self, part: Part, entered: usize, left: usize) {
        if let Some(recorder) = self.recorder.as_ref().filter(|_| self.reads_connections) {
            recorder.note(part, Passed { entered, left });
        }
    }

    /// Keeps what a row hands to the next, if the pass does.
    pub(super) fn keep(&self, features: &Features) {
        if let Some(kept) = &self.kept {
            kept.borrow_mut().push(features.clone());
        }
    }

    /// What was kept, in the order of the rows: all but the classifier's.
    pub(super) fn into_kept(self) -> Vec<Features> {
        self.kept.map(RefCell::into_inner).unwrap_or_default()
    }

    /// Sets some of the numbers to zero at random and scales the rest so that the expectation stays; nothing without dropout.
    pub(super) fn drop_out(&self, x: Tensor<4>) -> Tensor<4> {
        let Some(dropout) = &self.dropout else { return x };
        let Dropout { percent, random } = &mut *dropout.borrow_mut();
        let keep = 100 - *percent;
        let scale = 100.0 / keep as f32;
        let threshold = (u64::from(u32::MAX) + 1) * u64::from(keep) / 100;
        let shape = x.shape();
        let mask: Vec<f32> = (0..shape.num_elements())
            .map(|_| if u64::from(random.next_u32()) < threshold { scale } else { 0.0 })
            .collect();
        let mask = Tensor::from_data(TensorData::new(mask, shape), &x.device().inner());
        x * Tensor::from_inner(mask)
    }
}
