//! A run in the background, for a window that shows it as it goes on.
//!
//! Knows no window: it is given something to call when there is news.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use super::checkpoint::{Checkpoint, Start};
use super::control::Control;
use super::ending::{Ending, NetworkResult};
use super::given::check_given;
use super::memory::{NotEnoughMemory, check_memory};
use super::run::{RunEvent, run_from};
use super::still::Still;
use super::threads::Threads;
use super::worker::words_of;
use crate::arch::NetworkKind;
use crate::config::Plan;
use crate::data::{DataError, DataSet, Loading, load_watched};
use crate::model::weights::{Note, WeightsError};
use crate::telemetry::{Glance, StepRecord};

/// What a run in the background reports: `Begins`, if there is something to say, and `Loaded` first, `Finished` or `Failed` last, after which only glances come.
pub enum LiveEvent {
    /// It begins with the weights of a file; what was done to them.
    Begins(Vec<Note>),
    /// The images are there, and training begins.
    Loaded(Arc<DataSet>),
    /// A network made a step.
    Step(NetworkKind, StepRecord),
    /// A network's training ended; nothing more will come from it.
    Ended(NetworkKind, Ending),
    /// All networks still in training have made this step, and none begins the next until the control lets it.
    Paused(usize),
    /// What a network makes of the image that is watched; comes after `Finished` too.
    Glance(NetworkKind, Glance),
    /// The class that a network takes every validation image for, after that step; none where no logit can be compared.
    Predictions(NetworkKind, usize, Vec<Option<usize>>),
    /// What a network needs to go on after the step that it made last.
    Checkpoint(Checkpoint),
    /// Steps that were made elsewhere, in the order of the run.
    Steps(Vec<(NetworkKind, StepRecord)>),
    /// All that a run folder holds of a run that rests was told; nothing comes unless that changes.
    Read,
    /// What was told of steps until now is told anew, and may be other.
    Again,
    /// What was being read is gone; nothing more comes.
    Left,
    /// Something beside the steps could not be read; what, in words.
    Unreadable(String),
    /// All networks have ended.
    Finished {
        /// What each has at its end, in the order of the plan.
        results: Vec<NetworkResult>,
    },
    /// There is no run: no memory for it, no images, or a fault of the program; what, in words.
    Failed(RunFailure),
}

/// Why there is no run, or why it could not go on.
#[derive(Debug, thiserror::Error)]
pub enum RunFailure {
    /// Not enough memory for it.
    Memory(#[from] NotEnoughMemory),
    /// No weights for it to begin with.
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// No images for it.
    Images(#[from] DataError),
    /// What was written of it is damaged; what, in words.
    Unreadable(String),
    /// A fault of the program; what it said.
    Fault(String),
}

/// A run on threads of its own. Dropping it stops the run and waits for its threads.
pub struct Live {
    control: Control,
    /// Whether somebody keeps what is reported.
    is_kept: bool,
    events: Option<Receiver<LiveEvent>>,
    thread: Option<JoinHandle<()>>,
    loading: Arc<Loading>,
}

impl Live {
    /// Loads the plan's images and trains its networks from where they are to begin.
    ///
    /// At most `capacity` events wait to be read; then training waits. `wake` is called after each event, from another thread.
    ///
    /// # Panics
    ///
    /// When the system gives no thread.
    pub fn start(
        start: Start,
        plan: Plan,
        threads: Threads,
        capacity: usize,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self::start_kept(start, plan, (threads, capacity), None, wake)
    }

    /// The same, and lets somebody keep what is reported. Dropping it then lets all networks end after the same step.
    ///
    /// # Panics
    ///
    /// When the system gives no thread.
    pub fn start_kept(
        start: Start,
        plan: Plan,
        (threads, capacity): (Threads, usize),
        keeper: Option<Box<dyn Keeper>>,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let is_kept = keeper.is_some();
        let control = Control::new();
        let (sender, events) = sync_channel(capacity);
        let loading = Arc::new(Loading::default());
        let reporter = Reporter { sender, wake, loading: Arc::clone(&loading) };
        let thread = {
            let control = control.clone();
            Builder::new()
                .name("live".to_owned())
                .spawn(move || reporter.live((&start, &plan, &threads), keeper, &control))
        };
        let thread = Some(thread.expect("the system gives a thread to the run"));
        Self { control, is_kept, events: Some(events), thread, loading }
    }

    /// A run that is made elsewhere: `tell` says what is to be known of it, on a thread of its own, until it is told that nobody listens.
    ///
    /// # Panics
    ///
    /// When the system gives no thread.
    pub fn told(
        capacity: usize,
        wake: impl Fn() + Send + Sync + 'static,
        tell: impl FnOnce(&dyn Teller, &Control) -> Result<Option<RunFailure>, Gone> + Send + 'static,
    ) -> Self {
        let control = Control::new();
        let (sender, events) = sync_channel(capacity);
        let loading = Arc::new(Loading::default());
        let reporter = Reporter { sender, wake, loading: Arc::clone(&loading) };
        let thread = {
            let control = control.clone();
            Builder::new().name("follow".to_owned()).spawn(move || {
                let failure = match catch_unwind(AssertUnwindSafe(|| tell(&reporter, &control))) {
                    Ok(Ok(None) | Err(Gone)) => return,
                    Ok(Ok(Some(failure))) => failure,
                    Err(panic) => RunFailure::Fault(words_of(panic.as_ref())),
                };
                drop(reporter.tell(LiveEvent::Failed(failure))); // if nobody listens, nobody misses it
            })
        };
        let thread = Some(thread.expect("the system gives a thread to the run"));
        Self { control, is_kept: false, events: Some(events), thread, loading }
    }

    /// The control of the run.
    pub fn control(&self) -> &Control {
        &self.control
    }

    /// Images read so far, and how many there will be; 0 of 0 before that is known.
    pub fn loading(&self) -> (usize, usize) {
        self.loading.progress()
    }

    /// Asks it to end, without waiting: one that is kept after a step that all networks have made, from which it can go on.
    pub fn let_end(&self) {
        if self.is_kept {
            self.control.request_end();
        } else {
            self.control.request_stop();
        }
    }

    /// The events that are there, without waiting for more.
    pub fn events(&self) -> impl Iterator<Item = LiveEvent> {
        self.events.iter().flat_map(Receiver::try_iter)
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.let_end();
        self.loading.stop();
        drop(self.events.take()); // whoever waits for room in the channel learns that nobody listens
        if let Some(thread) = self.thread.take() {
            drop(thread.join()); // a panic was told, or nobody listens any more
        }
    }
}

/// What was done to the weights that a run begins with; nothing where it goes on.
fn given(start: &Start, plan: &Plan) -> Result<Vec<Note>, WeightsError> {
    if start.step() == 0 { check_given(plan) } else { Ok(Vec::new()) }
}

/// Nobody listens any more.
#[derive(Clone, Debug)]
pub struct Gone;

/// Keeps what a run reports, such as in a folder.
pub trait Keeper: Send {
    /// Takes in an event.
    ///
    /// # Errors
    ///
    /// Why it could not be kept, in words; then nothing more is given to it but the end.
    fn take(&mut self, event: &RunEvent) -> Result<(), String>;

    /// Takes in what all networks have at their end.
    ///
    /// # Errors
    ///
    /// Why it could not be kept, in words.
    fn end(self: Box<Self>, results: &[NetworkResult]) -> Result<(), String>;
}

/// Says what is to be known of a run.
pub trait Teller {
    /// Waits until there is room for the event.
    ///
    /// # Errors
    ///
    /// When nobody listens any more.
    fn tell(&self, event: LiveEvent) -> Result<(), Gone>;
}

impl<W: Fn()> Teller for Reporter<W> {
    fn tell(&self, event: LiveEvent) -> Result<(), Gone> {
        self.sender.send(event).map_err(|_| Gone)?;
        (self.wake)();
        Ok(())
    }
}

struct Reporter<W> {
    sender: SyncSender<LiveEvent>,
    wake: W,
    loading: Arc<Loading>,
}

impl<W: Fn()> Reporter<W> {
    fn live(&self, run: (&Start, &Plan, &Threads), keeper: Option<Box<dyn Keeper>>, control: &Control) {
        let (_, _, threads) = run;
        threads.admit_this_thread();
        let failure = match catch_unwind(AssertUnwindSafe(|| self.train_and_show(run, keeper, control))) {
            Ok(Ok(None) | Err(Gone)) => return,
            Ok(Ok(Some(failure))) => failure,
            Err(panic) => RunFailure::Fault(words_of(panic.as_ref())),
        };
        drop(self.tell(LiveEvent::Failed(failure))); // if nobody listens, nobody misses it
    }

    /// Trains, and then shows what the networks make of what is watched until the run is dropped; the reason if there is no run.
    fn train_and_show(
        &self,
        (start, plan, threads): (&Start, &Plan, &Threads),
        keeper: Option<Box<dyn Keeper>>,
        control: &Control,
    ) -> Result<Option<RunFailure>, Gone> {
        if let Err(error) = check_memory(plan) {
            return Ok(Some(error.into()));
        }
        match given(start, plan) {
            Ok(notes) if notes.is_empty() => {}
            Ok(notes) => self.tell(LiveEvent::Begins(notes))?,
            Err(error) => return Ok(Some(error.into())),
        }
        let data = &plan.config.data;
        let images = match load_watched(data, data.train, data.validation, plan.config.seed, &self.loading) {
            Ok(images) => Arc::new(images),
            Err(error) => return Ok(Some(error.into())),
        };
        self.tell(LiveEvent::Loaded(Arc::clone(&images)))?;
        let (mut keeper, mut not_kept) = (keeper, None);
        let outcome = run_from(start, plan, &images, threads, control, |event| {
            if let Some(keeper) = keeper.as_mut().filter(|_| not_kept.is_none())
                && let Err(words) = keeper.take(&event)
            {
                self.tell(LiveEvent::Unreadable(words.clone()))?;
                not_kept = Some(words);
            }
            let told = self.tell(match event {
                RunEvent::Step(kind, record) => LiveEvent::Step(kind, record),
                RunEvent::Ended(kind, ending) => LiveEvent::Ended(kind, ending),
                RunEvent::Paused(after) => LiveEvent::Paused(after),
                RunEvent::Glance(kind, glance) => LiveEvent::Glance(kind, glance),
                RunEvent::Predictions(kind, step, classes) => LiveEvent::Predictions(kind, step, classes),
                RunEvent::Checkpoint(checkpoint) => LiveEvent::Checkpoint(checkpoint),
            });
            if told.is_err() && keeper.is_some() {
                control.request_end(); // nobody listens, and what is kept goes on to a step that all have made
                return Ok(());
            }
            told
        });
        if let Some(keeper) = keeper {
            let results = match &outcome {
                Ok(results) | Err((_, results)) => results,
            };
            if let Err(words) = keeper.end(results) {
                drop(self.tell(LiveEvent::Unreadable(words)));
            }
        }
        let mut results = outcome.map_err(|(gone, _)| gone)?;
        let stills: Vec<_> =
            results.iter_mut().filter_map(|result| Some((result.kind, result.still.take()?))).collect();
        self.tell(LiveEvent::Finished { results })?;
        self.show(&stills, &images, control)?;
        Ok(None)
    }

    /// Tells what networks that have ended make of what is watched, until the run is dropped.
    fn show(&self, stills: &[(NetworkKind, Arc<Still>)], images: &DataSet, control: &Control) -> Result<(), Gone> {
        let mut number = None;
        while let Some(watched) = control.watched_after(number) {
            number = Some(watched.number);
            let Some(image) = watched.image else { continue };
            for (kind, still) in stills.iter().take_while(|_| !control.stop_requested()) {
                let goes_on = || !control.stop_requested();
                let (cuts, inside) = (watched.cuts.get(kind), watched.inside);
                if let Some(glance) = still.glance_cut(images, (image, inside), cuts, goes_on) {
                    self.tell(LiveEvent::Glance(*kind, glance))?;
                }
            }
        }
        Ok(())
    }
}
