//! Left to right: how wide each column is, and the cards behind the blocks.

use emath::{Rect, pos2};

use super::HEADER;
use crate::arch::Architecture;
use crate::drawing::model::Column;

/// A column and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// What it is.
    pub column: Column,
    /// Its left end.
    pub left: f32,
    /// Where its stack ends and its node's room begins.
    pub stack: f32,
    /// Its right end.
    pub right: f32,
}

/// What stands behind a block in all lanes.
#[derive(Clone, Copy, Debug)]
pub struct Card {
    /// The block.
    pub block: usize,
    /// Rows and columns of its images.
    pub pixels: (usize, usize),
    /// Its layers.
    pub layers: usize,
    /// Whether some of them are folded.
    pub folded: bool,
    /// All of it, its name included.
    pub rect: Rect,
}

/// The widest that a stack may be.
const STACK: f32 = 30.0;
/// A stack's share of a layer's column.
const SHARE: f32 = 0.32;
/// Free at both ends.
const MARGIN: f32 = 4.0;

/// Width of a layer's column when all columns share that width.
pub fn unit(columns: &[Column], width: f32) -> f32 {
    let shares: f32 = columns.iter().map(|column| column.share()).sum();
    ((width - 2.0 * MARGIN) / shares.max(1.0)).max(0.5)
}

pub(super) fn place(columns: &[Column], width: f32) -> Vec<Placed> {
    let unit = unit(columns, width);
    let stack = (unit * SHARE).min(STACK);
    let mut left = MARGIN;
    let place = |&column: &Column| {
        let right = left + unit * column.share();
        let of_stack = match column {
            Column::Stem => stack * 0.7,
            Column::Layer { .. } | Column::Fold { .. } | Column::End { .. } => stack,
            Column::Transition { .. } | Column::Classifier => 0.0,
        };
        // The end of a block is its stack alone.
        let right = if matches!(column, Column::End { .. }) { left + stack } else { right };
        let placed = Placed { column, left, stack: left + of_stack, right };
        left = right;
        placed
    };
    columns.iter().map(place).collect()
}

pub(super) fn cards(network: &Architecture, columns: &[Placed], bottom: f32) -> Vec<Card> {
    let block_of = |placed: &Placed| match placed.column {
        Column::Layer { block, .. } | Column::Fold { block, .. } | Column::End { block } => Some(block),
        Column::Stem | Column::Transition { .. } | Column::Classifier => None,
    };
    let card = |(block, &layers): (usize, &usize)| {
        let mut own = columns.iter().filter(|placed| block_of(placed) == Some(block));
        let first = own.next()?;
        let folded =
            columns.iter().any(|placed| matches!(placed.column, Column::Fold { block: of, .. } if of == block));
        let last = own.next_back().unwrap_or(first);
        let pad = ((first.stack - first.left) * 0.5).min(8.0);
        let layer = network.block(block).next()?;
        let rect = Rect::from_min_max(pos2(first.left - pad, 0.0), pos2(last.right + pad, bottom.max(HEADER)));
        Some(Card { block, pixels: (layer.height, layer.width), layers, folded, rect })
    };
    (1..).zip(&network.spec.blocks).filter_map(card).collect()
}
