//! Which images are asked for, and in which form.

use super::source::Source;
use crate::arch::words;

/// A source with the settings that decide how it is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Request {
    /// Where the images come from.
    pub source: Source,
    /// The side to which pictures are brought, in pixels; data of one size keep theirs.
    pub size: usize,
    /// Which of two kinds of label is read.
    pub labels: Labels,
}

/// Which labels are read, where the data have two kinds: CIFAR-100.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Labels {
    /// A hundred classes.
    #[default]
    Fine,
    /// Twenty superclasses.
    Coarse,
}

words!(Labels { Fine = "fine", Coarse = "coarse" });

impl Request {
    /// The side of pictures when nobody says another.
    pub const SIZE: usize = 32;
}

impl From<&Source> for Request {
    fn from(source: &Source) -> Self {
        Self { source: source.clone(), size: Self::SIZE, labels: Labels::Fine }
    }
}

impl From<&Request> for Request {
    fn from(request: &Request) -> Self {
        request.clone()
    }
}
