//! Run folders in the window: opened, followed while another process writes them, and trained on.

use std::path::Path;
use std::sync::Arc;

use super::State;
use super::keeping::InFolder;
use super::notice::NoticeKind;
use super::run::{Phase, Run, RunId, WAITING_EVENTS};
use crate::config::{LoadedConfig, Plan};
use crate::export::{Followed, RunError, RunFolder, StoppedRun};
use crate::telemetry::Events;
use crate::text::{Language, Localized as _, Text};
use crate::training::{Ending, Keeper, Live, Start, Stretch, Threads};

/// Steps that a run makes more when it has made all of its own.
const MORE_STEPS: usize = 500;

impl State {
    /// Looks at the run in a folder.
    pub(super) fn open_run(&mut self, path: &Path) {
        let wake = Arc::clone(&self.wake);
        match Followed::open(path, self.threads.clone(), move || wake()) {
            Ok(followed) => {
                self.begun += 1;
                let run = Run::opened((RunId(self.next_number()), self.begun), followed);
                self.view.image = self.view.image.min(run.plan.config.data.validation.saturating_sub(1));
                self.replace_run(run);
                self.revert();
                self.say(NoticeKind::Done, "notice.opened_run", &[("path", &path.display())]);
            }
            Err(error) => self.say(NoticeKind::Error, "notice.run_not_opened", &[("why", &error)]),
        }
    }

    /// Trains on from where the run has ended: to its last step, or beyond it.
    pub(super) fn train_on(&mut self) {
        let text = self.text();
        let Some(run) = self.run.as_mut().filter(|run| run.can_train_on()) else { return };
        let reading = run.live.take(); // whoever reads the folder would find it changed
        let (wake, threads) = (Arc::clone(&self.wake), self.threads.clone());
        let outcome = run.train_on(self.settings.language, threads, move || wake());
        self.retired.extend(reading);
        match outcome {
            Ok(stretch) => {
                self.revert();
                let (step, steps) = (stretch.step, stretch.steps);
                let values: [(&str, &dyn std::fmt::Display); 2] = [("step", &step), ("steps", &steps)];
                let mut words = text.fill("notice.goes_on", &values);
                if stretch.changes() {
                    words = format!("{words}. {}", stretch.in_words(text));
                }
                self.tell(NoticeKind::Done, words);
            }
            Err(why) => self.say_of_run(NoticeKind::Error, "notice.cannot_begin", &[("why", &why)]),
        }
    }
}

impl Run {
    /// What is told of a run folder.
    fn opened(id: (RunId, usize), followed: Followed) -> Self {
        let Followed { path, plan, live } = followed;
        let loaded = LoadedConfig { config: plan.config.clone(), ..LoadedConfig::default() };
        Self { folder: Some(path), phase: Phase::Followed, ..Self::of(id, plan, loaded, live) }
    }

    /// Whether it has ended and left what its next step depends on.
    pub fn can_train_on(&self) -> bool {
        let diverged = self.endings.len() == self.plan.networks.len()
            && self.endings.iter().all(|(_, ending)| matches!(ending, Ending::Diverged(_)));
        let kept = self.folder.is_some() || self.checkpoints.len() == self.plan.networks.len();
        self.phase == Phase::Finished && kept && !diverged
    }

    /// How many steps it makes when it is trained on; nothing if it cannot be.
    pub fn steps_more(&self) -> Option<usize> {
        let made = self.step();
        self.can_train_on().then(|| steps_to(made, self.plan.config.training.steps).saturating_sub(made))
    }

    fn train_on(
        &mut self,
        language: Language,
        threads: Threads,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Stretch, String> {
        let before = self.plan.config.training.steps;
        let saved = match &self.folder {
            None => None,
            Some(path) => {
                let stopped = StoppedRun::read(path).map_err(|error| error.to_string())?;
                let none = || RunError::NoCheckpoint { path: path.clone() }.to_string();
                Some(stopped.checkpoint.ok_or_else(none)?)
            }
        };
        let checkpoints = saved.as_ref().map_or(&self.checkpoints, |saved| &saved.networks);
        let mut plan = self.plan.clone();
        let made = checkpoints.iter().map(|checkpoint| checkpoint.step).max().unwrap_or(0);
        plan.config.training.steps = steps_to(made, before);
        let start = Start::at(&plan, checkpoints.clone()).map_err(|error| error.to_string())?;
        let keeper: Option<Box<dyn Keeper>> = match (&self.folder, &saved) {
            (Some(path), Some(saved)) => {
                let folder = RunFolder::resume(path, saved, &plan.config, &plan.networks)
                    .map_err(|error| error.in_words(Text::of(language)))?;
                Some(Box::new(InFolder { folder, path: path.clone(), language }))
            }
            (None, _) | (_, None) => None,
        };
        let stretch = Stretch::new(&plan.config.training, start.step(), before);
        self.goes_on_as(plan, start.step());
        self.live = Some(Live::start_kept(start, self.plan.clone(), (threads, WAITING_EVENTS), keeper, wake));
        Ok(stretch)
    }

    /// It trains from that step on, with other steps to make.
    fn goes_on_as(&mut self, plan: Plan, step: usize) {
        self.forget_motion();
        self.loaded.config = plan.config.clone();
        self.learning_rate = plan.config.training.learning_rate;
        self.plan = plan;
        self.history.cut_after(step);
        self.events = events_of(self);
        self.endings.clear();
        self.results.clear();
        self.at = None;
        self.tempo = super::tempo::Tempo::default();
        self.phase = Phase::Loading;
        self.revision += 1;
    }
}

/// To which step a run goes on: to its last, or beyond it.
const fn steps_to(made: usize, steps: usize) -> usize {
    if made < steps { steps } else { made + MORE_STEPS }
}

/// What happened in the steps that are kept of a run.
fn events_of(run: &Run) -> Events {
    let networks = run.history.networks().iter();
    let mut records: Vec<_> =
        networks.flat_map(|network| network.records().map(|record| (network.kind, record))).collect();
    records.sort_by_key(|(_, record)| record.step);
    let mut events = Events::default();
    for (kind, record) in records {
        events.push(kind, record);
    }
    events
}
