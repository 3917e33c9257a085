//! What a kind of question is.

use super::question::Question;
use crate::arch::{Architecture, Part};

/// How far one must have come to find the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// To count channels.
    Channels,
    /// To know how the network is put together, and why.
    Ideas,
    /// To count parameters.
    Parameters,
}

impl Level {
    /// Every level, the easiest first.
    pub const ALL: [Self; 3] = [Self::Channels, Self::Ideas, Self::Parameters];

    /// The key of its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Channels => "exercise.level.channels",
            Self::Ideas => "exercise.level.ideas",
            Self::Parameters => "exercise.level.parameters",
        }
    }
}

/// A kind of question.
pub struct Kind {
    /// What it is called in the program.
    pub id: &'static str,
    /// The key of its name.
    pub name: &'static str,
    /// How hard it is.
    pub level: Level,
    /// The rows of a network that it can ask about.
    pub parts: fn(&Architecture) -> Vec<Part>,
    /// The question about such a row; nothing for any other.
    pub question: fn(&Architecture, Part) -> Option<Question>,
}
