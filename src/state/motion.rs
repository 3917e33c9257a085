//! The step that is played slowly in the drawing of the networks: asked for, made with its connections read, shown, closed.

use super::State;
use super::notice::NoticeKind;
use super::playing::{Beginning, differs};
use super::run::{Motion, Phase, Run};
use crate::telemetry::NetworkHistory;

impl State {
    /// Makes a step that can be played, and plays it; an ended run plays what it has.
    pub(super) fn play_step(&mut self) {
        if self.hidden().is_some() {
            return; // it would tell what is asked
        }
        (self.view.networks, self.view.maps) = (true, false);
        self.view.maximised = None;
        match &mut self.run {
            Some(run)
                if (run.has_ended() || run.phase == Phase::Followed)
                    && !differs(run, self.draft.plan.as_ref().ok()) =>
            {
                run.play_kept();
                if run.motion.is_none() {
                    self.say_of_run(NoticeKind::Warning, "notice.nothing_to_play", &[]);
                }
            }
            Some(run) if !run.has_ended() && !differs(run, self.draft.plan.as_ref().ok()) => {
                // A step that is played while another is, goes on as the first one was to.
                let goes_on = run.is_running() && run.plays.is_none() || run.goes_on_after_motion;
                run.step_to_play();
                run.goes_on_after_motion = goes_on;
            }
            // The drawing shows what waits; a step of the run has no place in it, and the run is not replaced unasked.
            Some(run) if !run.has_ended() => self.say_of_run(NoticeKind::Warning, "notice.changes_wait", &[]),
            Some(_) | None => self.start_draft(Beginning::PlayedStep),
        }
    }

    /// The step that is played in the drawing of the networks, unless they are being built anew.
    pub fn motion(&self) -> Option<Motion> {
        self.run.as_ref()?.motion.filter(|_| self.view.networks && !self.pending())
    }

    /// Closes what lies on top; after that the played step, before what is selected.
    pub(super) fn close(&mut self) {
        if std::mem::take(&mut self.view.blank) {
            return;
        }
        let shown = self.motion().is_some() && self.view.maximised.is_none() && !self.view.something_on_top();
        match self.run.as_mut().filter(|_| shown) {
            Some(run) => {
                if std::mem::take(&mut run.goes_on_after_motion) {
                    run.at = None;
                    run.go_on(&self.playback);
                } else {
                    run.forget_motion();
                }
            }
            None if self.exercise.is_some() && self.view.maximised.is_none() && !self.view.something_on_top() => {
                self.toggle_exercise();
            }
            None if self.view.presenting && !self.view.can_close() => self.toggle_presentation(),
            None => self.view.close(),
        }
    }
}

impl Run {
    /// Pauses after one more step, which is then played.
    pub(super) fn step_to_play(&mut self) {
        self.forget_motion();
        self.at = None;
        self.plays = self.live.as_ref().map(|live| live.control().step_with_connections());
        if self.phase == Phase::Paused {
            self.phase = Phase::Running;
        }
    }

    /// Every network has made that step, or has ended: if a step was to be played, it can be.
    pub(super) fn play_what_was_asked(&mut self, made: usize) {
        if self.plays.is_some_and(|step| step <= made) {
            self.plays = None;
            self.play_kept();
        }
    }

    /// Plays the last step that has connections, of those not after the one that is looked at.
    fn play_kept(&mut self) {
        let last = |network: &NetworkHistory| match self.at {
            Some(step) => network.connections_at(step).map(|connections| connections.step),
            None => network.last_connections().map(|connections| connections.step),
        };
        if let Some(step) = self.history.networks().iter().filter_map(last).max() {
            // The drawing shows the numbers of that step and no later ones.
            self.at = Some(step).filter(|step| *step != self.step());
            let number = self.motions + 1;
            self.motions = number;
            self.motion = Some(Motion { step, number });
        }
    }

    pub(super) fn forget_motion(&mut self) {
        (self.motion, self.plays, self.goes_on_after_motion) = (None, None, false);
    }
}
