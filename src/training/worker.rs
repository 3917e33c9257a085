//! One network of a run, from its first step to its last.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::time::Instant;

use super::checkpoint::Checkpoint;
use super::control::{Begin, Control};
use super::ending::{Ending, NetworkResult};
use super::given::Given;
use super::schedule::learning_rate;
use super::session::Session;
use super::still::Still;
use super::threads::Threads;
use crate::arch::Architecture;
use crate::config::RunConfig;
use crate::data::{Batches, DataSet};
use crate::telemetry::{Divergence, Glance, StepRecord};

/// A loss that many times the one at the start ends a training.
const DIVERGED_AT: f64 = 100.0;

/// What a network's thread says.
pub(super) enum Message {
    /// It made a step.
    Step(Made),
    /// It is done; nothing more comes from it.
    Ended(NetworkResult),
    /// It found all networks paused after a step.
    Paused(usize),
    /// It looked at the image that is watched.
    Glance(Glance),
}

/// A step that a network made.
pub(super) struct Made {
    pub(super) record: StepRecord,
    /// The classes that it took the validation images for after it, if it validated.
    pub(super) classes: Option<Vec<Option<usize>>>,
    /// What it needs to go on after it, where that is kept.
    pub(super) checkpoint: Option<Checkpoint>,
}

/// The number of a network in its plan, and what it says.
pub(super) type Sender = SyncSender<(usize, Message)>;

pub(super) struct Worker<'a> {
    pub(super) index: usize,
    pub(super) architecture: &'a Architecture,
    pub(super) config: &'a RunConfig,
    pub(super) data: &'a Arc<DataSet>,
    pub(super) threads: &'a Threads,
    pub(super) control: &'a Control,
    /// Where it begins, unless with fresh weights.
    pub(super) from: Option<&'a Checkpoint>,
    pub(super) sender: Sender,
    /// The step at hand.
    pub(super) step: Cell<usize>,
}

impl Worker<'_> {
    pub(super) fn work(self) {
        self.threads.admit_this_thread();
        let kind = self.architecture.kind;
        let result = catch_unwind(AssertUnwindSafe(|| self.train())).unwrap_or_else(|panic| {
            let (words, step) = (words_of(panic.as_ref()), self.step.get());
            let ending = Ending::Failed(format!("at step {step}: {words}"));
            NetworkResult { kind, ending, weights: None, checkpoint: None, still: None }
        });
        let still = result.still.clone();
        self.say(Message::Ended(result));
        self.control.ended(self.index);
        if let Some(still) = still {
            // What goes wrong here goes wrong again when all have ended, and is told then.
            drop(catch_unwind(AssertUnwindSafe(|| self.linger(&still))));
        }
    }

    /// Goes on looking at what is watched while other networks train.
    fn linger(&self, still: &Still) {
        while let Begin::Glance(image) = self.control.linger(self.index) {
            self.glance(|| self.seen(still, image));
        }
    }

    /// What a network makes of an image, with the links cut that are to be.
    fn seen(&self, still: &Still, image: usize) -> Option<Glance> {
        let (cuts, inside) = (self.control.cuts_of(self.architecture.kind), self.control.inside());
        still.glance_cut(self.data, (image, inside), cuts.as_ref(), || !self.control.stop_requested())
    }

    /// Takes the time of a look at an image, and tells what was seen; whether anybody listens.
    fn glance(&self, look: impl FnOnce() -> Option<Glance>) -> bool {
        let start = Instant::now();
        let glance = look();
        self.control.glanced(self.index, start.elapsed());
        glance.is_none_or(|glance| self.say(Message::Glance(glance)))
    }

    /// Whether anybody listens.
    fn say(&self, message: Message) -> bool {
        self.sender.send((self.index, message)).is_ok()
    }

    fn train(&self) -> NetworkResult {
        let (training, seed) = (&self.config.training, self.config.seed);
        let mut session = Session::new(self.architecture, training, seed, self.threads);
        let mut batches = match Batches::new(Arc::clone(self.data), training.batch, seed) {
            Ok(batches) => batches.augmented(self.config.data.augment),
            // Pictures turned out to be damaged, and too few are left.
            Err(error) => {
                let (kind, ending) = (self.architecture.kind, Ending::Failed(error.to_string()));
                return NetworkResult { kind, ending, weights: None, checkpoint: None, still: None };
            }
        };
        if let Some(from) = self.from {
            session.restore(from);
            batches.seek(from.step);
        } else if let Some(file) = &training.from {
            match Given::of(file, self.architecture) {
                Ok(Some(given)) => session.begin_with(given.weights),
                Ok(None) => {} // those of another network of the run
                Err(error) => {
                    let ending = Ending::Failed(error.to_string());
                    return NetworkResult {
                        kind: self.architecture.kind,
                        ending,
                        weights: None,
                        checkpoint: None,
                        still: None,
                    };
                }
            }
        }
        let mut limit = self.from.and_then(|from| from.limit);
        let mut made = self.from.map_or(0, |from| from.step);
        let diverged = self.from.and_then(|from| from.divergence);
        let mut ending = diverged.map_or(Ending::Finished, Ending::Diverged);
        while ending == Ending::Finished && made < training.steps {
            let step = made + 1;
            self.step.set(step);
            let Some((base_rate, asked)) = self.begin(step, &session) else {
                ending = Ending::Stopped;
                break;
            };
            let rate = learning_rate(training.schedule, base_rate, step, training.steps);
            let batch = batches.next_batch();
            let start = Instant::now();
            let reads = asked || reads_connections(step, training.probe_every, training.steps);
            let result = session.step(&batch, rate, reads);
            let seconds = start.elapsed().as_secs_f64();
            made = step;

            let limit =
                *limit.get_or_insert_with(|| DIVERGED_AT * result.loss.max(chance(self.data.class_names.len())));
            let diverged = result.loss.is_nan() || result.loss > limit;
            let validated = (self.validates(step) && !diverged)
                .then(|| session.evaluate(self.data, || !self.control.stop_requested()))
                .flatten();
            let (validation, classes) = validated.map(|validated| (validated.evaluation, validated.classes)).unzip();
            let train_accuracy = result.right as f64 / training.batch as f64;
            let record = StepRecord {
                step,
                learning_rate: rate,
                train_loss: result.loss,
                train_accuracy,
                validation,
                seconds,
                figures: result.figures,
            };
            // A network that ends here leaves a checkpoint with its end.
            let keeps = step.is_multiple_of(training.checkpoint_every) && step < training.steps && !diverged;
            let checkpoint = keeps.then(|| session.checkpoint(step, Some(limit)));
            if !self.say(Message::Step(Made { record, classes, checkpoint })) {
                ending = Ending::Stopped;
            } else if diverged {
                let network = self.architecture.kind;
                ending = Ending::Diverged(Divergence { network, step, loss: result.loss, limit });
            } else {
                self.control.made(self.index, step, validation.map(|validation| validation.accuracy));
            }
        }
        let divergence = match &ending {
            Ending::Diverged(divergence) => Some(*divergence),
            Ending::Finished | Ending::Stopped | Ending::Failed(_) => None,
        };
        let checkpoint = (made > 0).then(|| Checkpoint { divergence, ..session.checkpoint(made, limit) });
        let still = Some(Arc::new(session.still()));
        NetworkResult { kind: self.architecture.kind, ending, weights: Some(session.weights()), checkpoint, still }
    }

    /// Waits until a step may begin, and gives the learning rate that the schedule is to scale and whether connections are
    /// asked for; nothing at a stop.
    fn begin(&self, step: usize, session: &Session) -> Option<(f64, bool)> {
        loop {
            match self.control.begin(self.index, step, self.validates(step - 1)) {
                Begin::Go { learning_rate, connections } => {
                    let rate = learning_rate.unwrap_or(self.config.training.learning_rate);
                    return Some((rate, connections));
                }
                Begin::Paused(after) if self.say(Message::Paused(after)) => {}
                Begin::Glance(image) if self.look(session, image) => {}
                Begin::Paused(_) | Begin::Glance(_) | Begin::Stop => return None,
            }
        }
    }

    /// Looks at an image, and into the layer that is looked into; whether anybody listens.
    fn look(&self, session: &Session, image: usize) -> bool {
        self.glance(|| self.seen(&session.still(), image))
    }

    fn validates(&self, step: usize) -> bool {
        let training = &self.config.training;
        step > 0 && (step.is_multiple_of(training.evaluate_every) || step == training.steps)
    }
}

/// Whether a step reads edges and reuse: the first, every `every`th and the last.
fn reads_connections(step: usize, every: usize, steps: usize) -> bool {
    step == 1 || step.is_multiple_of(every) || step == steps
}

/// The loss of a network that knows nothing.
fn chance(classes: usize) -> f64 {
    (classes as f64).ln()
}

/// What a panic said.
pub(super) fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it panicked without a word").to_owned()
}
