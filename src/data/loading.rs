//! How far loading is, and a way to stop it, both from another thread.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::error::DataError;

/// What a loading and whoever waits for it share.
#[derive(Debug, Default)]
pub struct Loading {
    done: AtomicUsize,
    all: AtomicUsize,
    stopped: AtomicBool,
}

impl Loading {
    /// Images read so far, and how many there will be; 0 of 0 before that is known.
    pub fn progress(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    /// Makes the loading end with [`DataError::Stopped`] within a few images.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Announces so many images from now on.
    pub(super) fn begin(&self, images: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(images, Ordering::Relaxed);
    }

    /// One more image was read.
    pub(super) fn advance(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Refuses to go on after [`Self::stop`].
    pub(super) fn check(&self) -> Result<(), DataError> {
        if self.stopped.load(Ordering::Relaxed) { Err(DataError::Stopped) } else { Ok(()) }
    }
}
