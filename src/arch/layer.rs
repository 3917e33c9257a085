//! One row of the architecture: a stem, a layer of a block, a transition or the classifier.

use std::fmt;

/// Which row of the architecture this is; blocks and layers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Makes x_0 of the first block.
    Stem,
    /// Layer `layer` of block `block`: H and its merge.
    Layer {
        /// Counts from 1.
        block: usize,
        /// l, counts from 1 inside the block.
        layer: usize,
    },
    /// Between block `block` and the next.
    Transition {
        /// The block it follows.
        block: usize,
    },
    /// The last batch norm, global average pooling and the linear layer.
    Classifier,
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&match self {
            Self::Stem => "stem".to_owned(),
            Self::Layer { block, layer } => format!("block{block}.layer{layer}"),
            Self::Transition { block } => format!("transition{block}"),
            Self::Classifier => "classifier".to_owned(),
        })
    }
}

/// A convolution without bias, "same" padded: kernel/2 on every side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Convolution {
    /// Channels it reads.
    pub reads: usize,
    /// Channels it makes.
    pub makes: usize,
    /// Side of the square kernel, odd.
    pub kernel: usize,
    /// Step between two outputs, in pixels.
    pub stride: usize,
    /// Rows of its output.
    pub height: usize,
    /// Columns of its output.
    pub width: usize,
}

impl Convolution {
    /// Weights.
    pub const fn parameters(&self) -> u64 {
        (self.reads * self.makes * self.kernel * self.kernel) as u64
    }

    /// Multiply-adds for one image: every weight once per output pixel.
    pub const fn multiply_adds(&self) -> u64 {
        self.parameters() * (self.height * self.width) as u64
    }
}

/// One row of the architecture, with what it costs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layer {
    /// Which row this is.
    pub part: Part,
    /// Channels that enter: k0 + k(l−1) for a dense layer, w for the others.
    pub reads: usize,
    /// Channels it makes itself: k for a dense layer, w for the others, the classes for the classifier.
    pub makes: usize,
    /// Channels the next layer can read: k0 + k·l for a dense layer, w for the others.
    pub carries: usize,
    /// Rows of its output.
    pub height: usize,
    /// Columns of its output.
    pub width: usize,
    /// Its convolutions in order of use; none for the classifier.
    pub convolutions: Vec<Convolution>,
    /// Channels of each of its batch norms in order of use; empty without normalization.
    pub norms: Vec<usize>,
    /// Trainable numbers: convolutions, γ and β of the batch norms, the linear layer's weights and biases.
    pub parameters: u64,
    /// Multiply-adds of convolutions and the linear layer, for one image.
    pub multiply_adds: u64,
}

impl Layer {
    /// Channels between the two convolutions of a bottleneck layer, if this is one.
    pub fn inner(&self) -> Option<usize> {
        match (self.part, &self.convolutions[..]) {
            (Part::Layer { .. }, [first, _second]) => Some(first.makes),
            _ => None,
        }
    }
}
