//! How often a frame is drawn while training reports: at most thirty times a second.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use eframe::egui::Context;

/// The time from one frame to the next.
const FRAME: Duration = Duration::from_millis(33);

/// A frame that is later than that may have been forgotten.
const LOST: Duration = Duration::from_millis(500);

/// Wakes the window from other threads, not more often than it can show.
pub(super) struct Pulse {
    context: Context,
    start: Instant,
    /// When the last frame began, in microseconds from the start.
    last_frame: AtomicU64,
    /// Whether a frame was asked for since then: who reports a hundred times a second wakes the window's thread no oftener than it shows.
    asked: AtomicBool,
}

impl Pulse {
    pub(super) fn new(context: Context) -> Self {
        Self { context, start: Instant::now(), last_frame: AtomicU64::new(0), asked: AtomicBool::new(false) }
    }

    /// A frame begins.
    pub(super) fn frame_begins(&self) {
        self.last_frame.store(self.now(), Ordering::Relaxed);
        // Whoever reports from here on asks again, even if this frame still takes the report in.
        self.asked.store(false, Ordering::SeqCst);
    }

    /// There is something to show: in the next frame that is due.
    pub(super) fn wake(&self) {
        let since = Duration::from_micros(self.now().saturating_sub(self.last_frame.load(Ordering::Relaxed)));
        // A frame that was asked for and did not come, as of a window that was out of sight, is asked for again.
        if self.asked.swap(true, Ordering::SeqCst) && since < LOST {
            return;
        }
        self.context.request_repaint_after(FRAME.saturating_sub(since));
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}
