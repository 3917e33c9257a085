//! How runs are to go on: what was asked for, kept from run to run.

use std::time::Duration;

/// What was asked of this run and those to come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Playback {
    /// Slow motion: the wait between steps; nothing is full speed.
    pub pace: Option<Duration>,
    /// The step after which to pause. Spent by the pause.
    pub pause_at_step: Option<usize>,
    /// The accuracy, 0 to 1, at which to pause when every network's validation reached it. Spent by the pause.
    pub pause_at_accuracy: Option<f64>,
}

impl Playback {
    /// The pace of slow motion where nobody chose another.
    pub const SLOW: Duration = Duration::from_millis(500);
}
