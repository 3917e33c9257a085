//! Several networks in step on the same batches.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::checkpoint::{Checkpoint, Start};
use super::control::Control;
use super::ending::{Ending, NetworkResult};
use super::threads::Threads;
use super::worker::{Made, Message, Worker};
use crate::arch::NetworkKind;
use crate::config::Plan;
use crate::data::DataSet;
use crate::telemetry::{Glance, StepRecord};

/// What a run reports as it goes on.
pub enum RunEvent {
    /// A network made a step.
    Step(NetworkKind, StepRecord),
    /// A network's training ended; nothing more will come from it.
    Ended(NetworkKind, Ending),
    /// All networks still in training have made this step, and none begins the next until it is let go on.
    Paused(usize),
    /// What a network makes of the image that is watched.
    Glance(NetworkKind, Glance),
    /// The class that a network takes every validation image for, after that step; none where no logit can be compared.
    Predictions(NetworkKind, usize, Vec<Option<usize>>),
    /// What a network needs to go on after the step that it made last: every so often as the configuration says, and before its end.
    Checkpoint(Checkpoint),
}

/// Trains the plan's networks from fresh weights, as [`run_from`] does.
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
    control: &Control,
    on_event: impl FnMut(RunEvent) -> Result<(), E>,
) -> Result<Vec<NetworkResult>, (E, Vec<NetworkResult>)> {
    run_from(&Start::fresh(), plan, data, threads, control, on_event)
}

/// Trains the plan's networks from where they are to begin until all have ended, as the control allows.
///
/// From a checkpoint on, everything but the time is as if the run had never been interrupted.
///
/// `on_event` is called in this thread, step by step and within a step in the order of the plan; an error from it stops the run and
/// is returned when every thread has ended. A control is for one run.
///
/// # Errors
///
/// What `on_event` returned, with what the networks had reached.
///
/// # Panics
///
/// When the system gives no thread.
pub fn run_from<E>(
    start: &Start,
    plan: &Plan,
    data: &Arc<DataSet>,
    threads: &Threads,
    control: &Control,
    on_event: impl FnMut(RunEvent) -> Result<(), E>,
) -> Result<Vec<NetworkResult>, (E, Vec<NetworkResult>)> {
    control.enter(plan.networks.len(), start.step());
    thread::scope(|scope| {
        let _stops_all = StopAtPanic(control);
        let (sender, receiver) = sync_channel(plan.networks.len());
        for (index, architecture) in plan.networks.iter().enumerate() {
            let (config, sender, step) = (&plan.config, sender.clone(), Cell::new(0));
            let from = start.of(architecture.kind);
            let worker = Worker { index, architecture, config, data, threads, control, from, sender, step };
            thread::Builder::new()
                .name(format!("train-{}", architecture.kind))
                .spawn_scoped(scope, move || worker.work())
                .expect("the system gives a thread to each network");
        }
        drop(sender);
        let kinds = plan.networks.iter().map(|network| network.kind).collect();
        Collector { kinds, control, on_event, failure: None }.collect(&receiver)
    })
}

/// Lets the networks' threads end when the one that waits for them panics.
struct StopAtPanic<'a>(&'a Control);

impl Drop for StopAtPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.request_stop();
        }
    }
}

/// Brings what the networks say into the order of steps and, within a step, of the plan.
struct Collector<'a, E, F> {
    kinds: Vec<NetworkKind>,
    control: &'a Control,
    on_event: F,
    failure: Option<E>,
}

/// What a network said that is not reported yet, in order, and what it has at its end.
#[derive(Default)]
struct Network {
    steps: VecDeque<Made>,
    result: Option<NetworkResult>,
    ended: bool,
}

impl<E, F: FnMut(RunEvent) -> Result<(), E>> Collector<'_, E, F> {
    fn collect(mut self, receiver: &Receiver<(usize, Message)>) -> Result<Vec<NetworkResult>, (E, Vec<NetworkResult>)> {
        let mut networks: Vec<Network> = self.kinds.iter().map(|_| Network::default()).collect();
        let mut turn = 0;
        for (index, message) in receiver {
            match message {
                Message::Step(made) => networks[index].steps.push_back(made),
                Message::Glance(glance) => self.report(RunEvent::Glance(self.kinds[index], glance)),
                Message::Ended(result) => networks[index].result = Some(result),
                Message::Paused(after) => {
                    // Every step up to this one was reported; an end would have to wait for a turn that does not come.
                    (0..networks.len()).for_each(|index| self.report_end(index, &mut networks[index]));
                    self.report(RunEvent::Paused(after));
                }
            }
            while networks.iter().any(|network| !network.ended) {
                let network = &mut networks[turn];
                if let Some(Made { record, classes, checkpoint }) = network.steps.pop_front() {
                    let (kind, step) = (self.kinds[turn], record.step);
                    self.report(RunEvent::Step(kind, record));
                    if let Some(classes) = classes {
                        self.report(RunEvent::Predictions(kind, step, classes));
                    }
                    if let Some(checkpoint) = checkpoint {
                        self.report(RunEvent::Checkpoint(checkpoint));
                    }
                } else if !network.ended {
                    self.report_end(turn, network);
                    if !network.ended {
                        break; // its turn, and it has not spoken
                    }
                }
                turn = (turn + 1) % networks.len();
            }
        }
        let results = self.kinds.iter().zip(networks);
        let results = results.map(|(&kind, network)| network.result.unwrap_or_else(|| vanished(kind))).collect();
        match self.failure {
            None => Ok(results),
            Some(error) => Err((error, results)),
        }
    }

    /// Reports a network's end, if it has come and all of its steps were reported.
    fn report_end(&mut self, index: usize, network: &mut Network) {
        if let Some(result) = network.result.as_mut().filter(|_| network.steps.is_empty() && !network.ended) {
            network.ended = true;
            if let Some(checkpoint) = result.checkpoint.take() {
                self.report(RunEvent::Checkpoint(checkpoint));
            }
            self.report(RunEvent::Ended(self.kinds[index], result.ending.clone()));
        }
    }

    fn report(&mut self, event: RunEvent) {
        if self.failure.is_none()
            && let Err(error) = (self.on_event)(event)
        {
            self.control.request_stop();
            self.failure = Some(error);
        }
    }
}

/// A thread that ended without a word.
fn vanished(kind: NetworkKind) -> NetworkResult {
    NetworkResult {
        kind,
        ending: Ending::Failed("its thread ended without a word".to_owned()),
        weights: None,
        checkpoint: None,
        still: None,
    }
}
