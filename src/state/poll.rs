//! What training reports, taken in a little at a time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::State;
use super::command::Effect;
use super::notice::NoticeKind;
use super::run::Phase;
use crate::arch::NetworkKind;
use crate::telemetry::Divergence;
use crate::text::number::significant;
use crate::text::{Localized as _, Text};
use crate::training::{Ending, LiveEvent, NetworkResult};

/// The longest that one call goes on, so that a window stays smooth.
const PATIENCE: Duration = Duration::from_millis(4);

/// Events that one call takes at most.
const MOST_EVENTS: usize = 256;

impl State {
    /// Takes in what training reported; whether anything has. There may be more, for the next call.
    pub fn poll(&mut self) -> bool {
        let until = Instant::now() + PATIENCE;
        let jobs_changed = self.poll_jobs() | self.poll_images();
        let (mut changed, mut steps_changed) = (false, false);
        for _ in 0..MOST_EVENTS {
            let Some(event) = self.next_event() else { break };
            steps_changed |= !matches!(event, LiveEvent::Glance(..) | LiveEvent::Predictions(..));
            self.take_in(event);
            changed = true;
            if Instant::now() >= until {
                break;
            }
        }
        if let Some(run) = self.run.as_mut().filter(|_| steps_changed) {
            run.revision += 1;
            if run.phase == Phase::Running {
                run.tempo.reached(run.step(), Instant::now());
            }
        }
        changed || jobs_changed
    }

    /// What the window is to do because of commands and of what was reported, in order; each is given once.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    fn next_event(&self) -> Option<LiveEvent> {
        self.run.as_ref()?.live.as_ref()?.events().next()
    }

    fn take_in(&mut self, event: LiveEvent) {
        let Some(run) = &mut self.run else { return };
        match event {
            LiveEvent::Loaded(images) => {
                let warned: Vec<_> = images.found.notes.iter().filter(|note| note.is_warning()).cloned().collect();
                run.images = Some(Arc::clone(&images));
                run.phase = Phase::Running; // a run that is to wait says so next
                self.keep_own(&images);
                for note in warned {
                    self.tell(NoticeKind::Warning, note.in_words(self.text()));
                }
            }
            LiveEvent::Step(kind, record) => {
                run.events.push(kind, &record);
                run.history.push(kind, record);
            }
            LiveEvent::Ended(kind, ending) => {
                if let Ending::Diverged(divergence) = ending {
                    run.events.diverged(divergence);
                }
                run.endings.push((kind, ending.clone()));
                self.tell_ending(kind, &ending);
            }
            LiveEvent::Paused(step) if run.is_held() => {
                run.phase = Phase::Paused;
                run.tempo.rest();
                run.play_what_was_asked(step);
                self.spend_wishes(step);
            }
            LiveEvent::Paused(_) => {} // it was let go on since
            LiveEvent::Glance(kind, glance) => self.take_glance(kind, glance),
            LiveEvent::Predictions(kind, step, classes) => self.take_predictions(kind, step, classes),
            LiveEvent::Checkpoint(checkpoint) => {
                run.checkpoints.retain(|other| other.network != checkpoint.network);
                run.checkpoints.push(checkpoint);
            }
            LiveEvent::Finished { results } => self.finish(results),
            LiveEvent::Failed(why) => {
                let why = why.in_words(Text::of(self.settings.language));
                run.phase = Phase::Failed(why.clone());
                run.live = None;
                self.say_of_run(NoticeKind::Error, "notice.run_failed", &[("why", &why)]);
            }
        }
    }

    fn finish(&mut self, results: Vec<NetworkResult>) {
        let Some(run) = &mut self.run else { return };
        run.phase = Phase::Finished;
        run.results = results;
        run.play_what_was_asked(usize::MAX);
        if run.endings.iter().any(|(_, ending)| *ending == Ending::Finished) {
            let steps = run.plan.config.training.steps;
            self.say_of_run(NoticeKind::Done, "notice.finished", &[("steps", &steps)]);
        }
    }

    fn tell_ending(&mut self, kind: NetworkKind, ending: &Ending) {
        let network = self.text().say(&format!("network.{kind}"));
        match ending {
            Ending::Finished | Ending::Stopped => {}
            Ending::Diverged(Divergence { network: _, step, loss, limit }) => {
                let text = self.text();
                let loss = if loss.is_finite() {
                    text.fill(
                        "notice.loss_over",
                        &[("loss", &significant(*loss, 2)), ("limit", &significant(*limit, 3))],
                    )
                } else {
                    text.say("notice.loss_no_number").to_owned()
                };
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("network", &network), ("step", step), ("loss", &loss)];
                self.say_of_run(NoticeKind::Warning, "notice.diverged", &values);
            }
            Ending::Failed(why) => {
                self.say_of_run(NoticeKind::Error, "notice.network_failed", &[("network", &network), ("why", why)]);
            }
        }
    }

    /// A pause that was wished for has come.
    fn spend_wishes(&mut self, step: usize) {
        let Some(run) = &self.run else { return };
        if self.playback.pause_at_step == Some(step) {
            self.playback.pause_at_step = None;
            self.say_of_run(NoticeKind::Done, "notice.paused_at_step", &[("step", &step)]);
        } else if let Some(accuracy) = self.playback.pause_at_accuracy
            && run.all_reached(accuracy, step)
        {
            self.playback.pause_at_accuracy = None;
            let accuracy = crate::text::number::percent(accuracy);
            self.say_of_run(NoticeKind::Done, "notice.paused_at_accuracy", &[("accuracy", &accuracy), ("step", &step)]);
        }
    }
}
