//! What stands from left to right: the columns that all lanes share, with long blocks folded.
//!
//! The networks of a run have the same rows, so one list of columns serves every lane. Knows no points and no colours.

use std::collections::BTreeSet;

use crate::arch::{Architecture, Part};

/// One column of the drawing. Blocks and layers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The image and the stem.
    Stem,
    /// What a layer reads, and its H.
    Layer {
        /// The block.
        block: usize,
        /// The layer.
        layer: usize,
    },
    /// What layer `from` reads, and the layers up to `to` as one.
    Fold {
        /// The block.
        block: usize,
        /// The first layer that is hidden.
        from: usize,
        /// The last layer that is hidden.
        to: usize,
    },
    /// What a block holds at its end.
    End {
        /// The block.
        block: usize,
    },
    /// A transition.
    Transition {
        /// The block before it.
        block: usize,
    },
    /// The classifier and the classes.
    Classifier,
}

impl Column {
    /// How wide it is, as a multiple of a layer's column.
    pub const fn share(self) -> f32 {
        match self {
            Self::Stem => 1.5,
            Self::Layer { .. } => 1.0,
            Self::Fold { .. } => 2.2,
            Self::End { .. } => 0.32,
            Self::Transition { .. } => 1.6,
            Self::Classifier => 1.7,
        }
    }

    /// The rows of the architecture that it stands for.
    pub const fn rows(self) -> usize {
        match self {
            Self::Stem | Self::Layer { .. } | Self::Transition { .. } | Self::Classifier => 1,
            Self::Fold { from, to, .. } => to - from + 1,
            Self::End { .. } => 0,
        }
    }

    /// The row of the architecture that it shows, if it shows one.
    pub const fn part(self) -> Option<Part> {
        match self {
            Self::Stem => Some(Part::Stem),
            Self::Layer { block, layer } => Some(Part::Layer { block, layer }),
            Self::Transition { block } => Some(Part::Transition { block }),
            Self::Classifier => Some(Part::Classifier),
            Self::Fold { .. } | Self::End { .. } => None,
        }
    }
}

/// A layer's column is at least so wide before blocks are folded, in points.
const ROOM_FOR_A_LAYER: f32 = 30.0;
/// Columns that a folded block has at least, for what stays and the fold.
const LEAST: usize = 4;

/// The columns for a room that wide. A person's own choice, to unfold a block or to fold it, comes before what the room says.
pub fn columns(network: &Architecture, width: f32, opened: &BTreeSet<usize>, closed: &BTreeSet<usize>) -> Vec<Column> {
    let blocks = &network.spec.blocks;
    let limit = limit(blocks, width);
    let mut columns = vec![Column::Stem];
    for (block, &layers) in (1..).zip(blocks) {
        let limit = match (opened.contains(&block), closed.contains(&block)) {
            (true, _) => layers,
            (false, true) => LEAST,
            (false, false) => limit,
        };
        match fold(layers, limit) {
            Some((from, to)) => {
                columns.extend((1..from).map(|layer| Column::Layer { block, layer }));
                columns.push(Column::Fold { block, from, to });
                columns.extend((to + 1..=layers).map(|layer| Column::Layer { block, layer }));
            }
            None => columns.extend((1..=layers).map(|layer| Column::Layer { block, layer })),
        }
        columns.push(Column::End { block });
        columns.push(if block < blocks.len() { Column::Transition { block } } else { Column::Classifier });
    }
    columns
}

/// The most columns that a block may have so that all find room; never under [`LEAST`].
fn limit(blocks: &[usize], width: f32) -> usize {
    let longest = blocks.iter().copied().max().unwrap_or(1);
    let rest = Column::Stem.share()
        + Column::Classifier.share()
        + Column::Transition { block: 1 }.share() * blocks.len().saturating_sub(1) as f32
        + Column::End { block: 1 }.share() * blocks.len() as f32;
    let shares = |limit: usize| -> f32 {
        let share = |&layers: &usize| match fold(layers, limit) {
            Some((from, to)) => (layers - (to - from + 1)) as f32 + Column::Fold { block: 1, from, to }.share(),
            None => layers as f32,
        };
        rest + blocks.iter().map(share).sum::<f32>()
    };
    (LEAST..=longest).rev().find(|&limit| shares(limit) * ROOM_FOR_A_LAYER <= width).unwrap_or(LEAST)
}

/// The layers that are hidden so that a block has no more columns than that.
fn fold(layers: usize, limit: usize) -> Option<(usize, usize)> {
    if layers <= limit || layers < LEAST + 1 {
        return None;
    }
    let kept = limit.max(LEAST) - 1;
    let head = kept.div_ceil(2);
    Some((head + 1, layers - (kept - head)))
}
