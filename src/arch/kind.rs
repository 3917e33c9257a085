//! The kinds of network, which differ in how a layer's output is merged (`merge`).

use std::fmt;
use std::str::FromStr;

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

    /// The words of all kinds in files and flags.
    pub const NAMES: [&'static str; Self::ALL.len()] = {
        let mut names = [""; Self::ALL.len()];
        let mut rank = 0;
        while rank < names.len() {
            names[rank] = Self::ALL[rank].name();
            rank += 1;
        }
        names
    };

    /// Its place in [`NetworkKind::ALL`].
    pub const fn rank(self) -> usize {
        self as usize
    }

    /// All words, one after another: `dense, residual, plain`.
    pub fn listed() -> String {
        Self::NAMES.join(", ")
    }

    /// The key of its name among the visible words.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Dense => "network.dense",
            Self::Residual => "network.residual",
            Self::Plain => "network.plain",
        }
    }

    /// The word for it in files and flags.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dense => "dense",
            Self::Residual => "residual",
            Self::Plain => "plain",
        }
    }
}

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
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| UnknownKind(text.to_owned()))
    }
}
