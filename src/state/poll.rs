//! What training reports, taken in a little at a time.

use std::time::{Duration, Instant};

use super::State;
use super::command::Effect;
use super::notice::NoticeKind;
use super::run::{News, Phase};
use crate::arch::NetworkKind;
use crate::telemetry::Divergence;
use crate::text::number::significant;
use crate::text::{Localized as _, Text};
use crate::training::{Ending, LiveEvent};

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
        for run in self.kept.iter_mut() {
            changed |= run.catch_up();
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
        let watched = self.view.image;
        let news = self.run.as_mut().and_then(|run| run.take_in(event, Some(watched)));
        match news {
            Some(News::Begins(notes)) => {
                let text = Text::of(self.settings.language);
                let told: Vec<String> = notes.iter().map(|note| note.in_words(text)).collect();
                self.say_of_run(NoticeKind::Warning, "notice.begins_with", &[("notes", &told.join("\n"))]);
            }
            Some(News::Loaded(images)) => {
                self.keep_own(&images);
                for note in images.found.notes.iter().filter(|note| note.is_warning()) {
                    self.tell(NoticeKind::Warning, note.in_words(self.text()));
                }
            }
            Some(News::Ended(kind, ending)) => self.tell_ending(kind, &ending),
            Some(News::Paused(step)) => self.spend_wishes(step),
            Some(News::Left) => self.say_of_run(NoticeKind::Warning, "notice.run_left", &[]),
            Some(News::Unreadable(why)) => {
                self.say_of_run(NoticeKind::Warning, "notice.unreadable", &[("why", &why)]);
            }
            Some(News::Finished) => self.finish(),
            Some(News::Failed(why)) => {
                let why = why.in_words(self.text());
                if let Some(run) = &mut self.run {
                    run.phase = Phase::Failed(why.clone());
                }
                let opened = self.run.as_ref().is_some_and(|run| run.folder.is_some());
                let key = if opened { "notice.run_unreadable" } else { "notice.run_failed" };
                self.say_of_run(NoticeKind::Error, key, &[("why", &why)]);
            }
            None => {}
        }
    }

    fn finish(&mut self) {
        let Some(run) = &self.run else { return };
        if run.endings.iter().any(|(_, ending)| *ending == Ending::Finished) {
            let steps = run.plan.config.training.steps;
            self.say_of_run(NoticeKind::Done, "notice.finished", &[("steps", &steps)]);
        }
        self.next_of_the_seeds();
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
