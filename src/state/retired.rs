//! Runs that were left while they went on: each ends beside the window, which does not wait for its last step.

use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use crate::training::Live;

/// The longest that closing waits for training to end.
const PATIENCE: Duration = Duration::from_millis(800);

/// Runs that are ending.
#[derive(Default)]
pub(super) struct Retired(Vec<JoinHandle<()>>);

impl Retired {
    /// Ends runs beside the window.
    pub(super) fn extend(&mut self, live: impl IntoIterator<Item = Live>) {
        live.into_iter().for_each(|live| self.take(live));
    }

    fn take(&mut self, live: Live) {
        self.0.retain(|thread| !thread.is_finished());
        live.let_end();
        // Dropping a run waits for the step at hand. Where the system gives no thread it is waited for here.
        if let Ok(thread) = Builder::new().name("retired-run".to_owned()).spawn(move || drop(live)) {
            self.0.push(thread);
        }
    }
}

impl Drop for Retired {
    /// Waits for the threads, but not for a step of many seconds: the end of the process ends that.
    fn drop(&mut self) {
        let until = Instant::now() + PATIENCE;
        while self.0.iter().any(|thread| !thread.is_finished()) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}
