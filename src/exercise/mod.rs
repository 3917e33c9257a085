//! Predict, then see: questions about the numbers of a real network, why an answer is off, and a score.
//!
//! A [`Question`] hides one integer of an [`Architecture`](crate::arch::Architecture) and asks for it. The answer is always the architecture's own
//! number; what is computed here are the *wrong* answers that people commonly give, each with the reason why it is wrong. Knows no window:
//! how a number is hidden is for those who show it.

mod words;
mod question;
mod block;
mod kind;
mod kinds;
mod verdict;
mod score;

pub use kind::{KINDS, Kind};
pub use question::{Mistake, Quantity, Question};
pub use score::{Score, Scores};
pub use verdict::{Apart, Unreadable, Verdict};
pub use words::{Value, Words};

#[cfg(test)]
mod tests;
