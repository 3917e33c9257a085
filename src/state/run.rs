//! A run and how far it is.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::playback::Playback;
use super::tempo::Tempo;
use crate::arch::NetworkKind;
use crate::chart::Subject;
use crate::config::{LoadedConfig, Plan};
use crate::data::DataSet;
use crate::model::weights::Note;
use crate::telemetry::{CutMap, Events, Glance, History, NetworkHistory};
use crate::training::{Checkpoint, Control, Ending, Live, LiveEvent, NetworkResult, RunFailure, Start, Threads};

/// A step that is played slowly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Motion {
    /// The step; its connections were read.
    pub step: usize,
    /// Counts how often this run was asked to play: another number begins from the start.
    pub number: usize,
}

/// Tells runs apart for as long as the window is open, however alike their settings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub(super) u64);

/// What was applied: a plan that trains, is paused or has ended, with everything it reported.
pub struct Run {
    /// Which run it is.
    pub id: RunId,
    /// Which of the runs of this sitting it is, from 1.
    pub number: usize,
    /// What a person called it.
    pub name: Option<String>,
    /// Whether its curves lie behind those of the run that is looked at.
    pub pinned: bool,
    /// What is trained.
    pub plan: Plan,
    /// What training reported.
    pub history: History,
    /// What happened in it, computed from what training reported.
    pub events: Events,
    /// How far it is.
    pub phase: Phase,
    /// How each network's training ended, of those that have.
    pub endings: Vec<(NetworkKind, Ending)>,
    /// The images, once they are there.
    pub images: Option<Arc<DataSet>>,
    /// The step that is looked at; nothing follows the latest.
    pub at: Option<usize>,
    /// Counts what was reported: whatever was made from an older number may be out of date.
    pub revision: u64,
    /// η that acts now, before the schedule: the plan's, or what it was changed to since.
    pub learning_rate: f64,
    /// What each network had at its end; empty before all have ended.
    pub results: Vec<NetworkResult>,
    /// What each network needs to go on after the last step of which that was kept.
    pub checkpoints: Vec<Checkpoint>,
    /// What each network made last of an image, of those that were asked; of which image and at which step, each says.
    pub glances: Vec<(NetworkKind, Glance)>,
    /// What each network took every validation image for at its last validation: the step, and the classes in the order of
    /// the set; none where no logit can be compared.
    pub predictions: Vec<(NetworkKind, usize, Vec<Option<usize>>)>,
    /// What cutting every single link costs, of the networks of which it was found out.
    pub cuts: Vec<CutMap>,
    /// Counts what came of glances and predictions, as `revision` does of the rest.
    pub glanced: u64,
    /// The step that is played slowly in the drawing of the networks.
    pub motion: Option<Motion>,
    /// The step that is to be played once every network has made it.
    pub(super) plays: Option<usize>,
    pub(super) motions: usize,
    /// It trained when a step was to be played, and trains again when that is closed.
    pub(super) goes_on_after_motion: bool,
    /// Its folder, if it was opened from one.
    pub folder: Option<PathBuf>,
    /// What the plan was made from.
    pub(super) loaded: LoadedConfig,
    pub(super) tempo: Tempo,
    /// The training itself; when it has ended, the networks that can still be looked at.
    pub(super) live: Option<Live>,
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Images are being loaded.
    Loading,
    /// It trains.
    Running,
    /// It waits after a step.
    Paused,
    /// It is read from its folder, where another process may be writing it.
    Followed,
    /// All its networks have ended.
    Finished,
    /// It could not go on; why, in words. What was reported stays.
    Failed(String),
}

/// What a person is told of what training reported.
pub(super) enum News {
    /// It begins with the weights of a file; what was done to them.
    Begins(Vec<Note>),
    /// The images are there.
    Loaded(Arc<DataSet>),
    /// A network's training ended.
    Ended(NetworkKind, Ending),
    /// It waits after that step.
    Paused(usize),
    /// All its networks have ended.
    Finished,
    /// Its folder is gone.
    Left,
    /// Something beside its steps could not be read or kept; what, in words.
    Unreadable(String),
    /// It could not go on.
    Failed(RunFailure),
}

/// Bytes of memory for the history: thousands of steps of a large network.
const HISTORY: usize = 96 << 20;

/// Events of training that wait to be shown; then training waits.
pub(super) const WAITING_EVENTS: usize = 64;

impl Run {
    /// Begins to train; nothing is known of it yet.
    pub(super) fn start(
        (id, number): (RunId, usize),
        plan: Plan,
        loaded: LoadedConfig,
        threads: Threads,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let live = Live::start(Start::fresh(), plan.clone(), threads, WAITING_EVENTS, wake);
        Self::of((id, number), plan, loaded, live)
    }

    /// A run of which nothing is known yet.
    pub(super) fn of((id, number): (RunId, usize), plan: Plan, loaded: LoadedConfig, live: Live) -> Self {
        let kinds: Vec<NetworkKind> = plan.networks.iter().map(|network| network.kind).collect();
        Self {
            id,
            number,
            name: None,
            pinned: false,
            history: History::new(&kinds, HISTORY),
            events: Events::default(),
            phase: Phase::Loading,
            endings: Vec::new(),
            images: None,
            at: None,
            revision: 0,
            learning_rate: plan.config.training.learning_rate,
            results: Vec::new(),
            checkpoints: Vec::new(),
            glances: Vec::new(),
            predictions: Vec::new(),
            cuts: Vec::new(),
            glanced: 0,
            motion: None,
            plays: None,
            motions: 0,
            goes_on_after_motion: false,
            folder: None,
            loaded,
            tempo: Tempo::default(),
            live: Some(live),
            plan,
        }
    }

    /// What figures are made from.
    pub fn subject(&self) -> Subject<'_> {
        Subject {
            config: &self.plan.config,
            networks: &self.plan.networks,
            history: Some(&self.history),
            at: self.at,
            cuts: &self.cuts,
        }
    }

    /// Whether another plan would need new weights, batches or data.
    pub fn differs_from(&self, plan: &Plan) -> bool {
        let mut config = plan.config.clone();
        config.training.learning_rate = self.plan.config.training.learning_rate; // acts at once
        config != self.plan.config || plan.input != self.plan.input
    }

    /// The last step that every network still in training has made.
    pub fn step(&self) -> usize {
        let ended = |kind| self.endings.iter().any(|(ended, _)| *ended == kind);
        let networks = self.history.networks();
        let going = networks.iter().filter(|network| !ended(network.kind));
        let made = |network: &NetworkHistory| network.last_step().unwrap_or(0);
        going.map(made).min().or_else(|| networks.iter().map(made).max()).unwrap_or(0)
    }

    /// The first step of which there is a record.
    pub fn first_step(&self) -> Option<usize> {
        self.history.networks().iter().filter_map(NetworkHistory::first_step).min()
    }

    /// The step that figures show: the one looked at, or the latest.
    pub fn shown_step(&self) -> usize {
        self.at.unwrap_or_else(|| self.step())
    }

    /// How much of the steps was made, 0 to 1.
    pub fn progress(&self) -> f64 {
        self.step() as f64 / self.plan.config.training.steps as f64
    }

    /// Training steps that a network makes in a second when it computes; neither validation nor waiting is in it.
    pub fn steps_per_second(&self, kind: NetworkKind) -> Option<f64> {
        self.history.network(kind)?.seconds_per_step().filter(|seconds| *seconds > 0.0).map(f64::recip)
    }

    /// The time until all steps are made if it goes on as it went lately, with validation and slow motion; nothing unless it runs.
    pub fn time_left(&self) -> Option<Duration> {
        let steps = self.plan.config.training.steps.saturating_sub(self.step());
        let seconds = self.tempo.seconds_per_step().filter(|_| self.is_running())? * steps as f64;
        Duration::try_from_secs_f64(seconds).ok()
    }

    /// Whether steps are being made, or will be once the images are there.
    pub fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Loading | Phase::Running)
    }

    /// Whether it waits to be let go on.
    pub fn is_paused(&self) -> bool {
        self.phase == Phase::Paused
    }

    /// Whether nothing more will come from it.
    pub fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Finished | Phase::Failed(_))
    }

    /// Images read so far and how many there will be, while they are being loaded.
    pub fn loading(&self) -> Option<(usize, usize)> {
        let live = self.live.as_ref().filter(|_| self.phase == Phase::Loading)?;
        Some(live.loading()).filter(|(_, of)| *of > 0)
    }

    /// Takes in what training reported, and gives what a person may want to know of it. Feature maps are kept of the image that is watched.
    pub(super) fn take_in(&mut self, event: LiveEvent, watched: Option<usize>) -> Option<News> {
        match event {
            LiveEvent::Begins(notes) => return Some(News::Begins(notes)),
            LiveEvent::Loaded(images) => {
                self.images = Some(Arc::clone(&images));
                if self.phase == Phase::Loading {
                    self.phase = Phase::Running; // a run that is to wait says so next
                }
                return Some(News::Loaded(images));
            }
            LiveEvent::Steps(steps) => {
                for (kind, record) in steps {
                    self.events.push(kind, &record);
                    self.history.push(kind, record);
                }
            }
            LiveEvent::Read => self.is_read(),
            LiveEvent::Again => self.is_read_again(),
            LiveEvent::Left => {
                self.is_read();
                self.live = None;
                return Some(News::Left);
            }
            LiveEvent::Unreadable(why) => return Some(News::Unreadable(why)),
            LiveEvent::Step(kind, record) => {
                self.events.push(kind, &record);
                self.history.push(kind, record);
            }
            LiveEvent::Ended(kind, ending) => {
                if let Ending::Diverged(divergence) = ending {
                    self.events.diverged(divergence);
                }
                self.endings.push((kind, ending.clone()));
                return Some(News::Ended(kind, ending));
            }
            LiveEvent::Paused(step) if self.is_held() => {
                self.phase = Phase::Paused;
                self.tempo.rest();
                self.play_what_was_asked(step);
                return Some(News::Paused(step));
            }
            LiveEvent::Paused(_) => {} // it was let go on since
            LiveEvent::Glance(kind, glance) => {
                if watched == Some(glance.image) {
                    self.take_glance(kind, glance);
                }
            }
            LiveEvent::Predictions(kind, step, classes) => self.take_predictions(kind, step, classes),
            LiveEvent::Checkpoint(checkpoint) => {
                self.checkpoints.retain(|other| other.network != checkpoint.network);
                self.checkpoints.push(checkpoint);
            }
            LiveEvent::Finished { results } => {
                self.phase = Phase::Finished;
                self.results = results;
                self.play_what_was_asked(usize::MAX);
                return Some(News::Finished);
            }
            LiveEvent::Failed(why) => {
                self.live = None;
                return Some(News::Failed(why));
            }
        }
        None
    }

    /// All of its folder was read, and nobody writes it.
    pub(super) fn is_read(&mut self) {
        self.phase = Phase::Finished;
        self.play_what_was_asked(usize::MAX);
    }

    /// Its folder is read again from the beginning.
    pub(super) fn is_read_again(&mut self) {
        self.phase = Phase::Followed;
        self.history.cut_after(0);
        self.events = Events::default();
        self.endings.clear();
    }

    /// Steers the training, if it goes on.
    pub(super) fn steer(&self, steer: impl FnOnce(&Control)) {
        if let Some(live) = &self.live {
            steer(live.control());
        }
    }

    pub(super) fn pause(&mut self) {
        self.steer(Control::pause);
        self.tempo.rest();
        if self.phase == Phase::Running {
            self.phase = Phase::Paused;
        }
    }

    /// Goes on, to the step at which a pause is wished for, if it lies ahead.
    pub(super) fn go_on(&mut self, playback: &Playback) {
        self.forget_motion();
        let until = playback.pause_at_step.filter(|step| *step > self.step());
        self.steer(|control| match until {
            Some(step) => control.run_until(step),
            None => control.resume(),
        });
        if self.phase == Phase::Paused {
            self.phase = Phase::Running;
        }
    }

    /// Makes one step more and waits.
    pub(super) fn step_once(&mut self) {
        self.forget_motion();
        self.steer(|control| control.step(1));
        if self.phase == Phase::Paused {
            self.phase = Phase::Running;
        }
    }

    pub(super) fn set_learning_rate(&mut self, rate: f64) {
        self.learning_rate = rate;
        self.steer(|control| control.set_learning_rate(Some(rate)));
    }

    /// Whether no step will begin that no network has begun.
    pub(super) fn is_held(&self) -> bool {
        self.live.as_ref().is_none_or(|live| live.control().is_paused())
    }

    /// Whether every network still in training has validated that accuracy at that step.
    pub(super) fn all_reached(&self, accuracy: f64, step: usize) -> bool {
        let ended = |kind| self.endings.iter().any(|(ended, _)| *ended == kind);
        let mut going = self.history.networks().iter().filter(|network| !ended(network.kind));
        going.all(|network| {
            network.validation_at(step).is_some_and(|last| last.step == step && last.evaluation.accuracy >= accuracy)
        })
    }
}
