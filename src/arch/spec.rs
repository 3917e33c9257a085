//! What a person chooses about the networks: one description for all three kinds.

use std::fmt;

use super::width::Width;
use super::words::words;

/// The first convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stem {
    /// One 3×3 convolution with stride 1, for small images.
    ThreeByThree,
    /// 7×7 convolution with stride 2, batch norm, ReLU and 3×3 max pooling with stride 2, for ImageNet's images.
    SevenBySeven,
}

/// What stands before every ReLU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Normalization {
    /// Batch norm (Ioffe and Szegedy 2015): eps 1e-5, momentum 0.1.
    Batch,
    /// Nothing: shows what batch norm hides.
    None,
}

/// How the last convolution of a residual branch starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResidualStart {
    /// He normal, as every other.
    He,
    /// At zero, so that the network starts as the identity: without batch norm, He weights make activations grow block by block.
    Zero,
}

words!(ResidualStart { He = "he", Zero = "zero" });
words!(Stem { ThreeByThree = "3x3", SevenBySeven = "7x7" });
words!(Normalization { Batch = "batch", None = "none" });

/// How the width w of `residual` and `plain` is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WidthRule {
    /// The quarter whose network has the number of parameters nearest the DenseNet's.
    MatchParameters,
    /// The quarter whose network has the number of multiply-adds nearest the DenseNet's.
    MatchMultiplyAdds,
    /// A number of the person's own.
    Fixed(Width),
}

impl WidthRule {
    /// The words for what is matched, in files and flags.
    pub const WORDS: &[&str] = &["match-parameters", "match-multiply-adds"];

    /// What is matched, by its word.
    pub fn from_name(word: &str) -> Option<Self> {
        match word {
            "match-parameters" => Some(Self::MatchParameters),
            "match-multiply-adds" => Some(Self::MatchMultiplyAdds),
            _ => None,
        }
    }
}

impl fmt::Display for WidthRule {
    /// As files and flags write it: a word, or the number.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MatchParameters => formatter.write_str("match-parameters"),
            Self::MatchMultiplyAdds => formatter.write_str("match-multiply-adds"),
            Self::Fixed(width) => width.fmt(formatter),
        }
    }
}

/// θ, the share of its channels that a transition keeps, in percent from 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Compression {
    /// 100·θ.
    pub percent: u32,
}

impl Compression {
    /// ⌊θ·m⌋, at least 1, in integers: in floats ⌊0.7·90⌋ is 62, which is wrong (paper, section 3, *Compression*).
    pub const fn apply(self, channels: usize) -> usize {
        let kept = channels * self.percent as usize / 100;
        if kept == 0 { 1 } else { kept }
    }
}

/// One description of all three networks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NetworkSpec {
    /// Layers in each block.
    pub blocks: Vec<usize>,
    /// The first convolution.
    pub stem: Stem,
    /// k0 of the first block of `dense`: the channels the stem makes.
    pub k0: usize,
    /// k, the growth rate: the channels each layer of `dense` makes.
    pub growth: usize,
    /// Whether H has two convolutions: for `dense` a 1×1 to 4k channels before the 3×3.
    pub bottleneck: bool,
    /// θ, what a transition of `dense` keeps.
    pub compression: Compression,
    /// What stands before every ReLU.
    pub normalization: Normalization,
    /// The width of `residual` and `plain`.
    pub baseline_width: WidthRule,
    /// Share of the outputs of each convolution but the first that training sets to zero, in percent (paper, section 4.2).
    pub dropout_percent: u32,
    /// How the last convolution of a residual branch starts; the other kinds have no such branch.
    pub residual_start: ResidualStart,
}

impl NetworkSpec {
    /// Channels between the two convolutions of a dense bottleneck layer, as a multiple of k (paper, section 3).
    pub const BOTTLENECK_FACTOR: usize = 4;

    /// A dense network with bottlenecks, half compression and the small stem: DenseNet-BC.
    pub fn bottleneck_compressed(blocks: &[usize], k0: usize, growth: usize) -> Self {
        Self {
            blocks: blocks.to_vec(),
            stem: Stem::ThreeByThree,
            k0,
            growth,
            bottleneck: true,
            compression: Compression { percent: 50 },
            normalization: Normalization::Batch,
            baseline_width: WidthRule::MatchParameters,
            dropout_percent: 0,
            residual_start: ResidualStart::He,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compression_floors_in_integers() {
        assert_eq!(Compression { percent: 70 }.apply(90), 63, "in floats 0.7·90 floors to 62");
        assert_eq!(Compression { percent: 50 }.apply(69), 34);
        assert_eq!(Compression { percent: 100 }.apply(160), 160);
        assert_eq!(Compression { percent: 1 }.apply(7), 1, "at least one channel is left");
    }
}
