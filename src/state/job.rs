//! Work that goes on beside the window, such as writing pictures: on a thread of its own, with progress, and given up when asked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread::Builder;

use super::State;
use super::command::{Effect, Picture};
use super::notice::NoticeKind;

/// Work that goes on beside the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its number, never used again.
    pub number: u64,
    /// What it does, in the language that was set when it began.
    pub words: String,
    /// Parts of it that are done.
    pub done: usize,
    /// All of its parts.
    pub of: usize,
}

/// The other end of a job.
pub(super) struct Work {
    number: u64,
    given_up: Arc<AtomicBool>,
    news: Receiver<News>,
}

enum News {
    PartDone,
    Ended(Outcome),
}

/// How a job ended.
pub(super) enum Outcome {
    /// It wrote what was asked for, there.
    Wrote(PathBuf),
    /// It made a picture for the clipboard.
    Copies(Picture),
    /// It was given up.
    GivenUp,
    /// It could not do it; why, in words.
    Failed(String),
}

/// A job's view of itself.
pub(super) struct Progress {
    given_up: Arc<AtomicBool>,
    sender: SyncSender<News>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Progress {
    /// A part is done; whether to go on.
    pub(super) fn part_done(&self) -> bool {
        self.say(News::PartDone);
        !self.given_up.load(Ordering::Relaxed)
    }

    fn say(&self, news: News) {
        drop(self.sender.send(news)); // nobody listens when the window was closed
        (self.wake)();
    }
}

impl State {
    /// Does work of so many parts beside the window.
    pub(super) fn begin_job(
        &mut self,
        words: String,
        parts: usize,
        work: impl FnOnce(&Progress) -> Outcome + Send + 'static,
    ) {
        let given_up = Arc::new(AtomicBool::new(false));
        let (sender, news) = sync_channel(parts + 1);
        let progress = Progress { given_up: Arc::clone(&given_up), sender, wake: Arc::clone(&self.wake) };
        let text = self.text();
        let does = move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&progress)))
                .unwrap_or_else(|_| Outcome::Failed(text.say("job.fault").to_owned()));
            progress.say(News::Ended(outcome));
        };
        let number = self.next_number();
        match Builder::new().name("job".to_owned()).spawn(does) {
            Ok(_) => {
                self.jobs.push(Job { number, words, done: 0, of: parts });
                self.works.push(Work { number, given_up, news });
            }
            Err(error) => self.end_job(Outcome::Failed(error.to_string())),
        }
    }

    pub(super) fn cancel_job(&mut self, number: u64) {
        for work in self.works.iter().filter(|work| work.number == number) {
            work.given_up.store(true, Ordering::Relaxed);
        }
    }

    /// Takes in what jobs report; whether anything has.
    pub(super) fn poll_jobs(&mut self) -> bool {
        let mut ended = Vec::new();
        let mut changed = false;
        for Work { number, given_up: _, news } in &self.works {
            loop {
                match news.try_recv() {
                    Ok(News::PartDone) => {
                        self.jobs.iter_mut().filter(|job| job.number == *number).for_each(|job| job.done += 1);
                    }
                    Ok(News::Ended(outcome)) => ended.push((*number, outcome)),
                    Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
                }
                changed = true;
            }
        }
        for (number, outcome) in ended {
            self.works.retain(|work| work.number != number);
            self.jobs.retain(|job| job.number != number);
            self.end_job(outcome);
        }
        changed
    }

    fn end_job(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Wrote(path) => self.say(NoticeKind::Done, "notice.saved", &[("path", &path.display())]),
            Outcome::Copies(picture) => self.effects.push(Effect::CopyPicture(picture)),
            Outcome::GivenUp => self.say(NoticeKind::Done, "notice.given_up", &[]),
            Outcome::Failed(why) => self.say(NoticeKind::Error, "notice.not_saved", &[("why", &why)]),
        }
    }
}
