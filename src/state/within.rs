//! The channel whose making is looked at, and how one comes out again.

use crate::arch::{NetworkKind, Part};

/// A channel of a layer that is looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// Of which network.
    pub kind: NetworkKind,
    /// Of which layer.
    pub part: Part,
    /// Which of those that the layer makes, from 0.
    pub channel: usize,
    /// Which of the maps between the two convolutions of H, from 0; nothing for what H makes of them.
    pub inner: Option<usize>,
}

impl Within {
    /// A step out: from a map between the convolutions to what H makes, and from there to the layer.
    pub const fn out(self) -> Option<Self> {
        match self.inner {
            Some(_) => Some(Self { inner: None, ..self }),
            None => None,
        }
    }
}
