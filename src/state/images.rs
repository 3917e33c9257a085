//! The images that a folder offers, looked at beside the window: what is there, and a few of each class.
//!
//! What is inside the program is known at once. A folder may hold a hundred thousand pictures; until it is known what is in it, the
//! draft has no plan, and a run that was asked for begins when it has.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread::Builder;

use super::State;
use super::notice::NoticeKind;
use crate::config::{Value, fields};
use crate::data::{DataError, Description, Loading, Request, Samples, sample};

/// Images of each class that are shown.
const OF_EACH_CLASS: usize = 8;

/// What was found where images were looked for.
pub struct Found {
    /// What was asked for.
    pub(super) request: Request,
    /// A few images of each class.
    pub samples: Samples,
}

/// A look at images that goes on.
pub(super) struct Looking {
    request: Request,
    loading: Arc<Loading>,
    news: Receiver<Result<(Description, Samples), DataError>>,
}

impl Drop for Looking {
    /// Nobody waits for it any more.
    fn drop(&mut self) {
        self.loading.stop();
    }
}

impl State {
    /// Pictures read of those that are being looked at, and how many there are; nothing when none are.
    pub fn looking(&self) -> Option<(usize, usize)> {
        self.looking.as_ref().map(|looking| looking.loading.progress())
    }

    /// What the draft's source offers, with a few images of it, once they were looked at.
    pub fn found(&self) -> Option<&Found> {
        self.found.as_ref().filter(|found| found.request == self.draft.request())
    }

    /// Makes a folder, or a file that names one of several sets in its folder, the source of images, and shows what is in it.
    pub(super) fn take_images(&mut self, path: &Path) {
        self.set(&fields::SOURCE, Value::Text(path.display().to_string()));
        self.view.images = true;
    }

    /// Looks at the draft's images where they are not known, or are to be seen.
    pub(super) fn look_at_images(&mut self) {
        let request = self.draft.request();
        let to_be_seen = self.view.images && self.found().is_none();
        let wanted = match self.draft.data() {
            None => true,
            Some(Ok(_)) => to_be_seen,
            Some(Err(_)) => false,
        };
        if !wanted {
            self.looking = None;
            return;
        }
        if self.looking.as_ref().is_some_and(|looking| looking.request == request) {
            return;
        }
        let loading = Arc::new(Loading::default());
        let (sender, news) = sync_channel(1);
        let wake = Arc::clone(&self.wake);
        let looks = {
            let (request, loading, seed) = (request.clone(), Arc::clone(&loading), self.draft.config().seed);
            move || {
                let outcome = sample(&request, OF_EACH_CLASS, seed, &loading);
                drop(sender.send(outcome)); // nobody listens when something else is looked at
                wake();
            }
        };
        match Builder::new().name("images".to_owned()).spawn(looks) {
            Ok(_) => self.looking = Some(Looking { request, loading, news }),
            Err(error) => self.tell(NoticeKind::Error, error.to_string()),
        }
    }

    /// Takes in what was found; whether anything was.
    pub(super) fn poll_images(&mut self) -> bool {
        let Some(looking) = &self.looking else { return false };
        let outcome = match looking.news.try_recv() {
            Ok(outcome) => outcome,
            Err(TryRecvError::Empty) => return false,
            Err(TryRecvError::Disconnected) => {
                let why = self.text().say("job.fault").to_owned();
                self.looking = None;
                self.tell(NoticeKind::Error, why);
                return true;
            }
        };
        let request = looking.request.clone();
        self.looking = None;
        if request == self.draft.request() {
            match outcome {
                Ok((description, samples)) => {
                    self.draft.take_found(Ok(description));
                    self.found = Some(Found { request, samples });
                }
                Err(error) => {
                    self.draft.take_found(Err(error));
                }
            }
            if let Some(beginning) = self.begins_when_found.take() {
                self.start_draft(beginning);
            }
        }
        self.look_at_images();
        true
    }
}
