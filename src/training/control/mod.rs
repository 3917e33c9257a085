//! How a person steers a run that goes on: pause, single steps, slow motion, another learning rate, stop.
//!
//! A [`Control`] is asked from any thread; the networks' threads ask it before every step. What may begin when is
//! decided by [`State`], which knows no thread. Waiting is done here, on a condition variable, and costs nothing.

mod state;
mod watch;

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::arch::{Cuts, NetworkKind, Part};
pub(super) use state::Begin;
use state::{State, Verdict};
pub(super) use watch::Watched;

/// What came of waiting for news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The run is to stop.
    Stop,
    /// Nothing until then.
    Nothing,
    /// Something else is watched.
    Watched {
        /// The validation image, if any.
        image: Option<usize>,
        /// The layer that is looked into.
        inside: Option<Part>,
        /// The links that are cut in each network, where any are.
        cuts: BTreeMap<NetworkKind, Cuts>,
        /// The step that is looked at; nothing is the newest.
        at: Option<usize>,
        /// Counts what was asked for.
        number: u64,
    },
}

/// A handle on one run; clones are handles on the same run.
///
/// Networks stay in step whatever is asked, and a pause leaves all of them after the same step. Pausing, single steps and
/// pace change no result; the learning rate does, from the same step on for every network. What is asked before the run
/// begins holds from its start.
#[derive(Clone, Debug)]
pub struct Control(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Default for Control {
    fn default() -> Self {
        Self::new()
    }
}

impl Control {
    /// A control that lets a run go on to its end.
    pub fn new() -> Self {
        Self(Arc::new(Shared { state: Mutex::new(State::new(Instant::now())), changed: Condvar::new() }))
    }

    /// Pauses after the step that is being made; networks that have not begun it make it too.
    pub fn pause(&self) {
        self.change(State::pause);
    }

    /// Goes on, and drops what [`step`](Self::step) and [`run_until`](Self::run_until) asked for.
    pub fn resume(&self) {
        self.change(State::resume);
    }

    /// Makes `count` more steps and pauses: more than the networks have begun, or than were asked for the last time and are
    /// not yet made, so that asking twice in a row makes twice as many.
    pub fn step(&self, count: usize) {
        self.change(|state| state.step(count));
    }

    /// Makes the next step that no network has begun and pauses; that step reads connections, whatever the configuration says.
    /// Gives its number, which lies beyond the last step if that was begun already.
    pub fn step_with_connections(&self) -> usize {
        let mut state = self.state();
        let step = state.step_with_connections();
        drop(state);
        self.0.changed.notify_all();
        step
    }

    /// Goes on and pauses when every network has made step `step`; at once if it was begun already.
    pub fn run_until(&self, step: usize) {
        self.change(|state| state.run_until(step));
    }

    /// Pauses after the next validation at which the accuracy of every network still in training is at least that, from 0 to 1.
    ///
    /// *Every*, so that all curves show how they got there. The wish is spent by the pause it brings; `None` takes it back.
    pub fn pause_at_accuracy(&self, accuracy: Option<f64>) {
        self.change(|state| state.pause_at_accuracy(accuracy));
    }

    /// Slow motion: waits that long between the step that all networks have made and the next. `None` is full speed.
    pub fn set_pace(&self, pace: Option<Duration>) {
        self.change(|state| state.set_pace(pace));
    }

    /// Another learning rate, scaled by the schedule as the configuration's is, from the next step that no network has
    /// begun. `None` is the configuration's.
    pub fn set_learning_rate(&self, learning_rate: Option<f64>) {
        self.change(|state| state.set_learning_rate(learning_rate));
    }

    /// Lets every network tell what it makes of that validation image: at once, whether it trains, waits or has ended, and again after
    /// later steps, as often as little of the time allows; a pause ends with what is newest. `None` costs nothing, and so does an
    /// image that there is not. Changes no result.
    pub fn watch(&self, image: Option<usize>) {
        self.watch_at(image, None);
    }

    /// The same with the step that is looked at, where weights of earlier steps were kept; a run in training shows the newest.
    pub fn watch_at(&self, image: Option<usize>, at: Option<usize>) {
        self.change(|state| state.watch(image, at));
    }

    /// Lets every network tell, with what it makes of the image that is watched, what is inside that layer; what is no layer has nothing
    /// inside. Changes no result.
    pub fn look_inside(&self, inside: Option<Part>) {
        self.change(|state| state.look_inside(inside));
    }

    /// The layer that is looked into.
    pub(super) fn inside(&self) -> Option<Part> {
        self.state().watched().inside
    }

    /// Cuts these links in what the networks tell of the image that is watched, and lets them tell at once how they then do on the validation
    /// images. The weights are not touched, and training goes on as it would.
    pub fn cut(&self, cuts: &BTreeMap<NetworkKind, Cuts>) {
        self.change(|state| state.cut(cuts));
    }

    /// The links that are cut in a network, if any are.
    pub(super) fn cuts_of(&self, network: NetworkKind) -> Option<Cuts> {
        self.state().watched().cuts.get(&network).cloned()
    }

    /// Asks the run to stop: each network heeds it before its next step, and between two batches of a validation.
    pub fn request_stop(&self) {
        self.change(State::request_stop);
    }

    /// Lets every network make the step that any has begun, validation included, and then asks the run to stop: all end after the same
    /// step, from which they can go on.
    pub fn request_end(&self) {
        self.change(State::request_end);
    }

    /// Whether the run was asked to end before its last step.
    pub fn end_requested(&self) -> bool {
        self.state().end_requested()
    }

    /// Whether the run was asked to stop.
    pub fn stop_requested(&self) -> bool {
        self.state().stop_requested()
    }

    /// Whether no step will begin that no network has begun: the run is paused, or will be when the step at hand is made.
    pub fn is_paused(&self) -> bool {
        self.state().is_paused()
    }

    /// A run of so many networks begins, which have all made that step.
    pub(super) fn enter(&self, networks: usize, made: usize) {
        self.change(|state| state.enter(networks, made, Instant::now()));
    }

    /// Waits until a network may begin a step, or there is something else to do.
    pub(super) fn begin(&self, network: usize, step: usize, after_validation: bool) -> Begin {
        self.wait(|state, now| state.may_begin(network, step, after_validation, now))
    }

    /// Waits, for a network that makes no more steps, until there is something to look at; stops when no network makes any.
    pub(super) fn linger(&self, network: usize) -> Begin {
        self.wait(|state, now| state.may_leave(network, now))
    }

    fn wait(&self, verdict: impl Fn(&mut State, Instant) -> Verdict) -> Begin {
        let mut state = self.state();
        loop {
            let now = Instant::now();
            state = match verdict(&mut state, now) {
                Verdict::Now(begin) => return begin,
                Verdict::Wait => self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Verdict::WaitUntil(moment) => {
                    let waited = self.0.changed.wait_timeout(state, moment.saturating_duration_since(now));
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    /// Waits until something else is watched than what was asked for under that number; nothing at a stop.
    pub(super) fn watched_after(&self, number: Option<u64>) -> Option<Watched> {
        let mut state = self.state();
        while !state.end_requested() {
            if number != Some(state.watched().number) {
                return Some(state.watched().clone());
            }
            state = self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    /// Waits until something else is watched than what was asked for under that number, or until then.
    pub(crate) fn news_until(&self, until: Instant, number: Option<u64>) -> News {
        let mut state = self.state();
        loop {
            if state.stop_requested() {
                return News::Stop;
            }
            let watched = state.watched();
            if number != Some(watched.number) {
                let Watched { image, inside, cuts, at, number } = watched.clone();
                return News::Watched { image, inside, cuts, at, number };
            }
            let Some(rest) = until.checked_duration_since(Instant::now()).filter(|rest| !rest.is_zero()) else {
                return News::Nothing;
            };
            state = self.0.changed.wait_timeout(state, rest).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// A network has looked at an image, which took so long.
    pub(super) fn glanced(&self, network: usize, took: Duration) {
        self.change(|state| state.glanced(network, took, Instant::now()));
    }

    /// A network has made a step and reported it, with its accuracy if it validated.
    pub(super) fn made(&self, network: usize, step: usize, accuracy: Option<f64>) {
        self.change(|state| state.made(network, step, accuracy, Instant::now()));
    }

    /// A network will make no more steps.
    pub(super) fn ended(&self, network: usize) {
        self.change(|state| state.ended(network, Instant::now()));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.0.changed.notify_all();
    }
}
