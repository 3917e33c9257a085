//! What a person points at or has selected, and what the explain panel speaks of.

use crate::arch::{NetworkKind, Part};
use crate::config::Field;

/// A thing that can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Focus {
    /// A row of the architecture; in one network, or in all of them.
    Part(Option<NetworkKind>, Part),
    /// A figure, by its id.
    Figure(&'static str),
    /// A setting.
    Field(&'static Field),
}

impl Focus {
    /// The row of the architecture that is meant, if one is.
    pub const fn part(self) -> Option<Part> {
        match self {
            Self::Part(_, part) => Some(part),
            Self::Figure(_) | Self::Field(_) => None,
        }
    }
}
