//! What each kind of network does at a layer's end: the one line in which the networks differ.
//!
//! Everything that draws, counts, reads or computes a network follows from [`Merge`] and asks for no kind; a kind besides has a name, a
//! colour, and channels that are counted in `build`.

use std::ops::Range;

use super::kind::NetworkKind;

/// Where what a layer made goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Merge {
    /// Beside all that the layer read: `[x_0, x_1, …, x_l]`, which the next layer reads.
    Append,
    /// On what the layer read: `x_l = H_l(x_{l−1}) + x_{l−1}`.
    Add,
    /// In place of what the layer read: `x_l = H_l(x_{l−1})`.
    Replace,
}

impl NetworkKind {
    /// What its layers do with what they make.
    pub const fn merge(self) -> Merge {
        match self {
            Self::Dense => Merge::Append,
            Self::Residual => Merge::Add,
            Self::Plain => Merge::Replace,
        }
    }
}

impl Merge {
    /// Whether what earlier layers of a block made stays as it is, to be read by every later one.
    pub const fn keeps_sources(self) -> bool {
        match self {
            Self::Append => true,
            Self::Add | Self::Replace => false,
        }
    }

    /// Whether what a layer read is added to what it makes: an identity that goes past H.
    pub const fn has_identity(self) -> bool {
        match self {
            Self::Add => true,
            Self::Append | Self::Replace => false,
        }
    }

    /// Channels that the next layer can read, after a layer that read `read` channels and made `made`.
    pub const fn carried(self, read: usize, made: usize) -> usize {
        match self {
            Self::Append => read + made,
            Self::Add | Self::Replace => made,
        }
    }

    /// Channels that a layer's output starts behind, of those that are carried on.
    pub const fn before(self, read: usize) -> usize {
        match self {
            Self::Append => read,
            Self::Add | Self::Replace => 0,
        }
    }

    /// The sources that reader `reader` of a block (from 1) reads one by one; source 0 is what entered the block, and source l what is
    /// there after layer l.
    ///
    /// # Panics
    ///
    /// When `reader` is 0.
    pub const fn sources(self, reader: usize) -> Range<usize> {
        match self {
            Self::Append => 0..reader,
            Self::Add | Self::Replace => reader - 1..reader,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::{Architecture, PRESETS, Part};

    #[test]
    fn every_layer_of_every_preset_carries_what_its_merge_says() {
        for preset in PRESETS {
            for kind in NetworkKind::ALL {
                let network = Architecture::new(kind, &preset.spec(), preset.input).unwrap();
                for layer in network.layers.iter().filter(|layer| matches!(layer.part, Part::Layer { .. })) {
                    let carried = kind.merge().carried(layer.reads, layer.makes);
                    assert_eq!(carried, layer.carries, "{kind} {} of {}", layer.part, preset.name);
                    assert_eq!(kind.merge().before(layer.reads) + layer.makes, layer.carries);
                }
            }
        }
    }

    #[test]
    fn only_what_is_appended_to_leaves_every_source_to_be_read() {
        for kind in NetworkKind::ALL {
            let merge = kind.merge();
            assert_eq!(merge.sources(1), 0..1, "the first layer reads what enters the block");
            assert_eq!(merge.sources(4).len() > 1, merge.keeps_sources());
            assert!(!(merge.keeps_sources() && merge.has_identity()), "{kind}");
        }
    }
}
