//! Work that goes on beside the window, such as writing pictures.

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
