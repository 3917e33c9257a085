//! What a person is told without having asked.

use std::time::Instant;

/// A message that stays until it is dismissed, or fades if it only confirms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its number, never used again.
    pub number: u64,
    /// What kind it is.
    pub kind: NoticeKind,
    /// What it says, in the language that was set when it came.
    pub words: String,
    /// When it came.
    pub told: Instant,
    /// Whether it speaks of the run, and means nothing once another has begun.
    pub of_run: bool,
}

/// Kinds of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done; fades.
    Done,
    /// Something deserves a look; stays.
    Warning,
    /// Something failed; stays.
    Error,
}
