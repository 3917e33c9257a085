//! The kinds of network, which differ in how a layer's output is merged (`merge`).

use std::fmt;
use std::str::FromStr;

use super::words::words;

/// How the output of layer l is merged with what came before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NetworkKind {
    /// `x_l = H_l([x_0, x_1, …, x_{l-1}])`: every layer reads all earlier ones, concatenated.
    Dense,
    /// `x_l = H_l(x_{l-1}) + x_{l-1}`: every layer adds to what it read.
    Residual,
    /// `x_l = H_l(x_{l-1})`: neither.
    Plain,
}

impl NetworkKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Dense, Self::Residual, Self::Plain];

    /// Its place in [`NetworkKind::ALL`].
    pub const fn rank(self) -> usize {
        self as usize
    }

    /// All words, one after another: `dense, residual, plain`.
    pub fn listed() -> String {
        Self::WORDS.join(", ")
    }

    /// The key of its name among the visible words.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Dense => "network.dense",
            Self::Residual => "network.residual",
            Self::Plain => "network.plain",
        }
    }
}

words!(NetworkKind { Dense = "dense", Residual = "residual", Plain = "plain" });

impl fmt::Display for NetworkKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// A word that names no kind of network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown network '{0}'; allowed: {allowed}", allowed = NetworkKind::listed())]
pub struct UnknownKind(String);

impl FromStr for NetworkKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_name(text).ok_or_else(|| UnknownKind(text.to_owned()))
    }
}
