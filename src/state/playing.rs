//! Commands that start, pause and steer runs.

use std::sync::Arc;
use std::time::Duration;

use super::State;
use super::notice::NoticeKind;
use super::run::{Phase, Run, RunId};
use crate::config::{LoadedConfig, Plan, Value, fields};
use crate::text::Localized as _;

/// How a run begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    /// It goes on.
    Running,
    /// It makes one step and waits.
    OneStep,
    /// It makes one step, which is played slowly, and waits.
    PlayedStep,
}

impl State {
    /// Trains the draft from step 0.
    pub(super) fn apply_draft(&mut self) {
        self.start_draft(Beginning::Running);
    }

    pub(super) fn run_or_pause(&mut self) {
        match &mut self.run {
            // Images are loaded on while it is paused; then it waits before its first step.
            Some(run) if run.phase == Phase::Loading && run.is_held() => run.go_on(&self.playback),
            Some(run) if run.phase == Phase::Followed => {
                self.say_of_run(NoticeKind::Warning, "notice.followed", &[]);
            }
            Some(run) if run.is_running() => run.pause(),
            // Only applying replaces a run that is not over, whatever waits in the draft.
            Some(run) if run.is_paused() => {
                run.at = None; // whoever trains wants to see it
                run.go_on(&self.playback);
            }
            Some(run) if run.has_ended() && self.draft.plan.as_ref().is_ok_and(|plan| !run.differs_from(plan)) => {
                self.say_of_run(NoticeKind::Warning, "notice.ended_already", &[]);
            }
            Some(_) | None => self.start_draft(Beginning::Running),
        }
    }

    pub(super) fn one_step(&mut self) {
        match &mut self.run {
            Some(run) if run.phase == Phase::Followed => {
                self.say_of_run(NoticeKind::Warning, "notice.followed", &[]);
            }
            Some(run) if !run.has_ended() => run.step_once(),
            Some(run) if run.has_ended() && !differs(run, self.draft.plan.as_ref().ok()) => {
                self.say_of_run(NoticeKind::Warning, "notice.ended_already", &[]);
            }
            Some(_) | None => self.start_draft(Beginning::OneStep),
        }
    }

    /// Starts the run again with the same weights and batches, and with the learning rate that acts now.
    pub(super) fn restart(&mut self) {
        if let Some((plan, loaded)) = self.plan_of_run() {
            self.start(plan, loaded, Beginning::Running);
        }
    }

    /// Starts the run again with the next seed; before a run, the draft.
    pub(super) fn new_seed(&mut self) {
        let next = |seed: u64| (seed + 1) & i64::MAX.cast_unsigned();
        if let Some((mut plan, mut loaded)) = self.plan_of_run() {
            let seed = next(plan.config.seed);
            (plan.config.seed, loaded.config.seed) = (seed, seed);
            self.draft.set(&fields::SEED, Value::Integer(seed.into()));
            self.start(plan, loaded, Beginning::Running);
        } else {
            let seed = next(self.draft.config().seed);
            self.draft.set(&fields::SEED, Value::Integer(seed.into()));
            self.start_draft(Beginning::Running);
        }
    }

    /// Trains the run that is looked at, or the draft, with so many further seeds, one run after the other; all of them are pinned.
    pub(super) fn train_seeds(&mut self, count: usize) {
        let seed = self.run.as_ref().map_or(self.draft.config().seed, |run| run.plan.config.seed);
        if self.run.is_none() {
            self.start_draft(Beginning::Running);
        }
        let Some(run) = &mut self.run else { return };
        run.pinned = true;
        if run.is_paused() {
            run.go_on(&self.playback);
        }
        let ended = run.has_ended();
        self.seeds = (1..).map(|more| (seed + more) & i64::MAX.cast_unsigned()).take(count.saturating_sub(1)).collect();
        if ended {
            self.next_of_the_seeds();
        }
    }

    /// Goes on with the next seed that was asked for.
    pub(super) fn next_of_the_seeds(&mut self) {
        let Some(seed) = self.seeds.pop_front() else { return };
        let Some((mut plan, mut loaded)) = self.plan_of_run() else { return };
        (plan.config.seed, loaded.config.seed) = (seed, seed);
        let rest = std::mem::take(&mut self.seeds);
        self.start(plan, loaded, Beginning::Running);
        self.seeds = rest;
        if let Some(run) = &mut self.run {
            run.pinned = true;
        }
        self.revert();
    }

    pub(super) fn set_pace(&mut self, pace: Option<Duration>) {
        self.playback.pace = pace;
        if let Some(run) = &mut self.run {
            run.tempo.forget();
            run.steer(|control| control.set_pace(pace));
        }
    }

    pub(super) fn pause_at_step(&mut self, step: Option<usize>) {
        let step = step.filter(|step| *step > 0);
        self.playback.pause_at_step = step;
        let Some(run) = &mut self.run else { return };
        if let Some(step) = step.filter(|step| *step <= run.step() && !run.has_ended()) {
            self.say_of_run(NoticeKind::Warning, "notice.step_is_past", &[("step", &step)]);
        } else if run.is_running() {
            run.go_on(&self.playback);
        }
    }

    pub(super) fn pause_at_accuracy(&mut self, accuracy: Option<f64>) {
        self.playback.pause_at_accuracy = accuracy;
        if let Some(run) = &mut self.run {
            run.steer(|control| control.pause_at_accuracy(accuracy));
        }
    }

    /// What the run is made from, with the learning rate that acts now.
    fn plan_of_run(&self) -> Option<(Plan, LoadedConfig)> {
        let run = self.run.as_ref()?;
        let (mut plan, mut loaded) = (run.plan.clone(), run.loaded.clone());
        plan.config.training.learning_rate = run.learning_rate;
        loaded.config.training.learning_rate = run.learning_rate;
        Some((plan, loaded))
    }

    /// Trains the draft, or lets it be trained once it is known what its images are.
    pub(super) fn start_draft(&mut self, beginning: Beginning) {
        if self.draft.data().is_none() {
            self.begins_when_found = Some(beginning);
            return;
        }
        match &self.draft.plan {
            Ok(plan) => self.start(plan.clone(), self.draft.loaded().clone(), beginning),
            Err(problems) => {
                let why = problems.in_words(self.text());
                self.say_of_run(NoticeKind::Error, "notice.cannot_begin", &[("why", &why)]);
            }
        }
    }

    fn start(&mut self, plan: Plan, loaded: LoadedConfig, beginning: Beginning) {
        self.remember_own();
        self.begun += 1;
        let wake = Arc::clone(&self.wake);
        let id = RunId(self.next_number());
        let mut run = Run::start((id, self.begun), plan, loaded, self.threads.clone(), move || wake());
        let playback = self.playback;
        run.steer(|control| {
            control.set_pace(playback.pace);
            control.pause_at_accuracy(playback.pause_at_accuracy);
        });
        match beginning {
            Beginning::Running => run.go_on(&playback),
            Beginning::OneStep => run.step_once(),
            Beginning::PlayedStep => run.step_to_play(),
        }
        run.phase = Phase::Loading;
        self.view.image = self.view.image.min(run.plan.config.data.validation.saturating_sub(1));
        self.replace_run(run);
    }

    /// Looks at another run; the one before is kept.
    pub(super) fn replace_run(&mut self, run: Run) {
        self.seeds.clear(); // whoever begins something else does not wait for them
        self.put_aside();
        self.run = Some(run);
    }
}

/// Whether the draft would need a run of its own; not while it cannot be.
pub(super) fn differs(run: &Run, draft: Option<&Plan>) -> bool {
    draft.is_none_or(|plan| run.differs_from(plan))
}
