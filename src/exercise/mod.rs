//! Predict, then see: questions about the numbers of a real network, why an answer is off, and a score.
//!
//! A [`Question`] hides one integer of an [`Architecture`](crate::arch::Architecture) and asks for it, or has sentences to choose from. The number is
//! always the architecture's own; what is computed here are the *wrong* answers that people commonly give, each with the reason why it is wrong. Knows no window:
//! how a number is hidden is for those who show it.

mod words;
mod question;
mod block;
mod kind;
mod kinds;
mod series;
mod arithmetic;
mod verdict;
mod score;

pub use arithmetic::Unreadable;
pub use kind::{Kind, Level};
pub use kinds::KINDS;
pub use question::{Answer, Choice, Mistake, Number, Quantity, Question};
pub use score::{Score, Scores};
pub use verdict::{Apart, Verdict};
pub use words::{Value, Words};

#[cfg(test)]
mod tests;
