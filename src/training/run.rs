//! Several networks in step on the same batches.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use super::schedule::learning_rate;
use super::session::Session;
use super::threads::Threads;
use crate::arch::{Architecture, NetworkKind};
use crate::config::{Plan, RunConfig};
use crate::data::{Batches, DataSet};
use crate::telemetry::{Divergence, StepRecord};

/// A wish to stop, which every network of a run heeds before its next step.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks the run to stop.
    pub fn request(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked.
    pub fn requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a run reports as it goes on.
pub enum RunEvent {
    /// A network made a step.
    Step(NetworkKind, StepRecord),
    /// A network's training ended; nothing more will come from it.
    Ended(NetworkKind, Ending),
}

/// How a network's training ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// All steps were made.
    Finished,
    /// It was asked to stop.
    Stopped,
    /// Its loss was no longer usable.
    Diverged(Divergence),
    /// It failed; what went wrong in words.
    Failed(String),
}

/// What a network has at the end.
pub struct NetworkResult {
    /// Which network.
    pub kind: NetworkKind,
    /// How its training ended.
    pub ending: Ending,
    /// The weights reached, as a safetensors file; none after a failure.
    pub weights: Option<Vec<u8>>,
}

/// Reports that a network may be ahead of the slowest one: keeps networks in step and memory bounded.
const AHEAD: usize = 1;

/// A loss that many times the one at the start ends a training.
const DIVERGED_AT: f64 = 100.0;

enum Message {
    Step(StepRecord),
    Ended(NetworkResult),
}

/// Trains the plan's networks until all have ended.
///
/// `on_event` is called in this thread, step by step and within a step in the order of the plan; an error from it stops the run and
/// is returned when every thread has ended.
///
/// # Errors
///
/// What `on_event` returned, with what the networks had reached.
///
/// # Panics
///
/// When the system gives no thread.
pub fn run<E>(
    plan: &Plan,
    data: &Arc<DataSet>,
    threads: &Threads,
    stop: &Stop,
    mut on_event: impl FnMut(RunEvent) -> Result<(), E>,
) -> Result<Vec<NetworkResult>, (E, Vec<NetworkResult>)> {
    let mut running: Vec<(NetworkKind, Receiver<Message>)> = Vec::new();
    for network in &plan.networks {
        let (sender, receiver) = sync_channel(AHEAD);
        running.push((network.kind, receiver));
        let worker = Worker {
            architecture: network.clone(),
            config: plan.config.clone(),
            data: Arc::clone(data),
            threads: threads.clone(),
            stop: stop.clone(),
        };
        thread::Builder::new()
            .name(format!("train-{}", network.kind))
            .spawn(move || worker.work(&sender))
            .expect("the system gives a thread to each network");
    }
    let mut results = Vec::new();
    let mut failure = None;
    while !running.is_empty() {
        running.retain(|(kind, receiver)| {
            let event = match receiver.recv().unwrap_or_else(|_| Message::Ended(vanished(*kind))) {
                Message::Step(record) => RunEvent::Step(*kind, record),
                Message::Ended(result) => {
                    let event = RunEvent::Ended(*kind, result.ending.clone());
                    results.push(result);
                    event
                }
            };
            let goes_on = matches!(event, RunEvent::Step(..));
            if failure.is_none()
                && let Err(error) = on_event(event)
            {
                stop.request();
                failure = Some(error);
            }
            goes_on
        });
    }
    let place = |result: &NetworkResult| plan.networks.iter().position(|network| network.kind == result.kind);
    results.sort_by_key(place);
    match failure {
        None => Ok(results),
        Some(error) => Err((error, results)),
    }
}

/// A thread that ended without a word.
fn vanished(kind: NetworkKind) -> NetworkResult {
    NetworkResult { kind, ending: Ending::Failed("its thread ended without a word".to_owned()), weights: None }
}

struct Worker {
    architecture: Architecture,
    config: RunConfig,
    data: Arc<DataSet>,
    threads: Threads,
    stop: Stop,
}

impl Worker {
    fn work(self, sender: &SyncSender<Message>) {
        let kind = self.architecture.kind;
        let result = catch_unwind(AssertUnwindSafe(|| self.train(sender))).unwrap_or_else(|panic| NetworkResult {
            kind,
            ending: Ending::Failed(words_of(panic.as_ref())),
            weights: None,
        });
        // Nobody listens any more only if the run itself is gone.
        drop(sender.send(Message::Ended(result)));
    }

    fn train(&self, sender: &SyncSender<Message>) -> NetworkResult {
        let (training, seed) = (&self.config.training, self.config.seed);
        let mut session = Session::new(&self.architecture, training, seed, &self.threads);
        let mut batches =
            Batches::new(Arc::clone(&self.data), training.batch, seed).expect("the plan's batches fit its data");
        let mut limit = None;
        let mut ending = Ending::Finished;
        for step in 1..=training.steps {
            if self.stop.requested() {
                ending = Ending::Stopped;
                break;
            }
            let rate = learning_rate(training.schedule, training.learning_rate, step, training.steps);
            let batch = batches.next_batch();
            let start = Instant::now();
            let result = session.step(&batch, rate, reads_connections(step, training.probe_every, training.steps));
            let seconds = start.elapsed().as_secs_f64();

            let limit =
                *limit.get_or_insert_with(|| DIVERGED_AT * result.loss.max(chance(self.data.class_names.len())));
            let diverged = result.loss.is_nan() || result.loss > limit;
            let validates = step.is_multiple_of(training.evaluate_every) || step == training.steps;
            let train_accuracy = result.right as f64 / training.batch as f64;
            let record = StepRecord {
                step,
                learning_rate: rate,
                train_loss: result.loss,
                train_accuracy,
                validation: (validates && !diverged).then(|| session.evaluate(&self.data)),
                seconds,
                figures: result.figures,
            };
            if sender.send(Message::Step(record)).is_err() {
                ending = Ending::Stopped;
                break;
            }
            if diverged {
                let network = self.architecture.kind;
                ending = Ending::Diverged(Divergence { network, step, loss: result.loss, limit });
                break;
            }
        }
        NetworkResult { kind: self.architecture.kind, ending, weights: Some(session.weights()) }
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
fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it panicked without a word").to_owned()
}
