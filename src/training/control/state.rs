//! What may begin when: the rules by which networks stay in step, pause, and change their learning rate together.
//!
//! Knows no thread and reads no clock, so that its rules can be tested one by one.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::watch::{Told, Watched};
use crate::arch::{Cuts, NetworkKind, Part};

/// Steps that a network may begin before the slowest has made them, beside the one that the slowest is making.
const AHEAD: usize = 2;

/// What a network is to do before a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::training) enum Begin {
    /// Make the step.
    Go {
        /// Instead of the configuration's.
        learning_rate: Option<f64>,
        /// Whether the step is to read connections, though it would not by itself.
        connections: bool,
    },
    /// Say that all networks are paused after this step, and ask again. One network is told once for each pause.
    Paused(usize),
    /// Tell what it makes of this image, and how long that took, and ask again.
    Glance(usize),
    /// End.
    Stop,
}

/// What a network that asks is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    Now(Begin),
    /// Ask again when something changed.
    Wait,
    /// Ask again then, or when something changed.
    WaitUntil(Instant),
}

/// A run and what was asked of it.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that was asked for or told, by itself")]
pub(super) struct State {
    stop: bool,
    /// Whether networks that may begin no step are to end.
    ends: bool,
    /// The last step that may begin.
    last: usize,
    /// Whether `last` was counted in single steps.
    counted: bool,
    /// Whether the pause after `last` was told.
    told: bool,
    pause_at: Option<f64>,
    pace: Option<Duration>,
    learning_rate: Option<f64>,
    watched: Watched,
    /// Whether the next step that no network has begun is to read connections. Spent by that step.
    connections: bool,
    /// How the steps are made that some network has begun and some has not made.
    decided: Vec<Decided>,
    networks: Vec<Network>,
    /// The last step that a network has begun.
    begun: usize,
    /// When the slowest network had made its last step.
    since: Instant,
}

/// What the first network that began a step found; the others make it alike.
#[derive(Clone, Copy, Debug)]
struct Decided {
    step: usize,
    learning_rate: Option<f64>,
    connections: bool,
}

#[derive(Clone, Debug)]
struct Network {
    running: bool,
    made: usize,
    /// The step of the last validation, and its accuracy.
    validation: Option<(usize, f64)>,
    /// What it has told of what is watched.
    told: Told,
}

impl State {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            stop: false,
            ends: false,
            last: usize::MAX,
            counted: false,
            told: false,
            pause_at: None,
            pace: None,
            learning_rate: None,
            watched: Watched::default(),
            connections: false,
            decided: Vec::new(),
            networks: Vec::new(),
            begun: 0,
            since: now,
        }
    }

    pub(super) fn pause(&mut self) {
        self.limit(self.begun);
    }

    pub(super) fn resume(&mut self) {
        self.limit(usize::MAX);
    }

    pub(super) fn step(&mut self, count: usize) {
        let from = if self.counted { self.last } else { self.begun };
        self.limit(from.saturating_add(count));
        self.counted = true;
    }

    /// Lets one step begin that no network has begun, which reads connections; gives its number.
    pub(super) fn step_with_connections(&mut self) -> usize {
        let step = self.begun.saturating_add(1);
        self.limit(step);
        self.connections = true;
        step
    }

    pub(super) fn run_until(&mut self, step: usize) {
        self.limit(step.max(self.begun));
    }

    /// Lets steps begin up to this one, which is none below those begun.
    fn limit(&mut self, last: usize) {
        self.told &= last == self.last;
        self.last = last;
        self.counted = false;
    }

    pub(super) fn pause_at_accuracy(&mut self, accuracy: Option<f64>) {
        self.pause_at = accuracy;
    }

    pub(super) fn set_pace(&mut self, pace: Option<Duration>) {
        self.pace = pace;
    }

    pub(super) fn set_learning_rate(&mut self, learning_rate: Option<f64>) {
        self.learning_rate = learning_rate;
    }

    pub(super) fn watch(&mut self, image: Option<usize>, at: Option<usize>) {
        self.watched.watch(image, at);
    }

    pub(super) fn look_inside(&mut self, inside: Option<Part>) {
        self.watched.look_inside(inside);
    }

    pub(super) fn request_stop(&mut self) {
        self.stop = true;
    }

    pub(super) fn request_end(&mut self) {
        self.pause();
        self.ends = true;
    }

    pub(super) fn end_requested(&self) -> bool {
        self.ends || self.stop
    }

    pub(super) fn cut(&mut self, cuts: &BTreeMap<NetworkKind, Cuts>) {
        self.watched.cut(cuts);
    }

    pub(super) fn watched(&self) -> &Watched {
        &self.watched
    }

    pub(super) fn stop_requested(&self) -> bool {
        self.stop
    }

    pub(super) fn is_paused(&self) -> bool {
        self.last == self.begun
    }

    pub(super) fn enter(&mut self, networks: usize, made: usize, now: Instant) {
        self.networks = vec![Network { running: true, made, validation: None, told: Told::nothing(now) }; networks];
        self.decided.clear();
        (self.begun, self.since) = (made, now);
    }

    /// Whether a network may begin a step; `after_validation` when the step before it validates.
    pub(super) fn may_begin(&mut self, network: usize, step: usize, after_validation: bool, now: Instant) -> Verdict {
        debug_assert!(self.networks[network].running && self.networks[network].made + 1 == step);
        if self.stop {
            return Verdict::Now(Begin::Stop);
        }
        let slowest = self.slowest();
        if step > self.last {
            if self.ends {
                return Verdict::Now(Begin::Stop);
            }
            if slowest >= self.last && !self.told {
                self.told = true;
                return Verdict::Now(Begin::Paused(self.last));
            }
            return self.glance_of(network, now, Duration::MAX).unwrap_or(Verdict::Wait);
        }
        if let Some(glance) = self.glance_of(network, now, Duration::ZERO) {
            return glance;
        }
        // Whoever may pause after a validation must not run ahead of it.
        let together = self.pace.is_some() || (self.pause_at.is_some() && after_validation);
        let ahead = if together { 0 } else { AHEAD };
        if step > slowest + 1 + ahead {
            return Verdict::Wait;
        }
        // The first network to begin a step waits for the pace; the others follow it.
        if let Some(moment) = self.pace.filter(|_| step > self.begun).and_then(|pace| self.since.checked_add(pace))
            && now < moment
        {
            let glance = self.glance_of(network, now, moment.saturating_duration_since(now));
            return glance.unwrap_or(Verdict::WaitUntil(moment));
        }
        let Decided { step: _, learning_rate, connections } = self.decided(step);
        Verdict::Now(Begin::Go { learning_rate, connections })
    }

    /// Whether a network that makes no more steps may leave: when no other makes any. Until then it tells what it makes of what is watched.
    pub(super) fn may_leave(&mut self, network: usize, now: Instant) -> Verdict {
        if self.stop || self.running().count() == 0 {
            return Verdict::Now(Begin::Stop);
        }
        self.glance_of(network, now, Duration::MAX).unwrap_or(Verdict::Wait)
    }

    /// The image that a network is to look at now, which has nothing else to do for so long.
    fn glance_of(&mut self, network: usize, now: Instant, idle: Duration) -> Option<Verdict> {
        let image = self.networks[network].told.next(&self.watched, now, idle)?;
        Some(Verdict::Now(Begin::Glance(image)))
    }

    pub(super) fn glanced(&mut self, network: usize, took: Duration, now: Instant) {
        let networks = self.networks.len();
        self.networks[network].told.took(took, networks, now);
    }

    /// How a step is made: what the first network that begins it finds.
    fn decided(&mut self, step: usize) -> Decided {
        if step > self.begun {
            self.begun = step;
            let connections = std::mem::take(&mut self.connections);
            self.decided.push(Decided { step, learning_rate: self.learning_rate, connections });
        }
        let decided = self.decided.iter().find(|decided| decided.step == step);
        *decided.expect("a step that was begun and is not made by all was decided on")
    }

    pub(super) fn made(&mut self, network: usize, step: usize, accuracy: Option<f64>, now: Instant) {
        let of = &mut self.networks[network];
        of.made = step;
        of.told.is_older();
        if let Some(accuracy) = accuracy {
            of.validation = Some((step, accuracy));
        }
        self.moved_on(now);
    }

    pub(super) fn ended(&mut self, network: usize, now: Instant) {
        let of = &mut self.networks[network];
        of.running = false;
        of.told.is_older();
        self.moved_on(now);
    }

    /// Something was made or ended.
    fn moved_on(&mut self, now: Instant) {
        let slowest = self.slowest();
        if self.decided.iter().any(|decided| decided.step <= slowest) {
            self.decided.retain(|decided| decided.step > slowest);
            self.since = now;
        }
        if let Some(least) = self.pause_at
            && self.running().count() > 0
            && self
                .running()
                .all(|network| network.validation.is_some_and(|(step, accuracy)| step == slowest && accuracy >= least))
        {
            self.pause_at = None;
            self.pause();
        }
    }

    fn running(&self) -> impl Iterator<Item = &Network> {
        self.networks.iter().filter(|network| network.running)
    }

    /// The last step that every network has made that is still in training.
    fn slowest(&self) -> usize {
        self.running().map(|network| network.made).min().unwrap_or(self.begun)
    }
}

#[cfg(test)]
mod tests;
