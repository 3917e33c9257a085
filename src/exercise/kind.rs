//! The kinds of question there are: each is one file in `kinds` and one line here.

use super::kinds;
use super::question::Question;
use crate::arch::{Architecture, Part};

/// A kind of question.
pub struct Kind {
    /// Its name.
    pub id: &'static str,
    /// The rows of a network that it can ask about.
    pub parts: fn(&Architecture) -> Vec<Part>,
    /// The question about such a row; nothing for any other.
    pub question: fn(&Architecture, Part) -> Option<Question>,
}

/// Every kind of question.
pub const KINDS: &[Kind] = &[
    kinds::reads::KIND,
    kinds::carries::KIND,
    kinds::transition_reads::KIND,
    kinds::transition_makes::KIND,
    kinds::bottleneck::KIND,
    kinds::basic::KIND,
    kinds::residual::KIND,
];
