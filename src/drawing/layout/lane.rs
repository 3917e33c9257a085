//! One lane: its stacks, nodes, folds and counts from left to right.

use emath::{Pos2, Rect, pos2, vec2};

use super::across::Placed;
use super::{COUNTS, Count, Fold, Lane, LaneRoom, Node, Stack, count_width, wires};
use crate::arch::{Architecture, Layer, Merge, NetworkKind, Part};
use crate::drawing::model::Column;

/// Space between two counts.
const APART: f32 = 5.0;
/// The radius of the sign of an addition, as a share of a node's height.
const PLUS: f32 = 0.34;

pub(super) fn lay_out(network: &Architecture, columns: &[Placed], rect: Rect, room: LaneRoom) -> Lane {
    let ground = match network.kind.merge() {
        Merge::Append => rect.top() + room.arcs + room.body,
        Merge::Add | Merge::Replace => rect.top() + room.arcs + room.body / 2.0,
    };
    let shelf = Shelf { kind: network.kind, ground, scale: room.scale, node: room.node };
    let stacks = stacks(network, columns, shelf);
    let mut nodes = Vec::with_capacity(columns.len());
    let mut folds = Vec::new();
    let mut row = 0;
    let mut stack = 0;
    for placed in columns {
        let rows = &network.layers[row..row + placed.column.rows()];
        match (placed.column, rows) {
            (Column::Fold { block, from, to }, [first, .., last]) => {
                let place = shelf.pile(placed.stack, placed.right, 0, first.reads.max(last.carries));
                folds.push(Fold { block, from, to, rect: place });
            }
            (
                column @ (Column::Stem | Column::Layer { .. } | Column::Transition { .. } | Column::Classifier),
                [layer, ..],
            ) => {
                if let Some(part) = column.part() {
                    // A transition reads the stack at the end of its block, which is a column of its own.
                    let reads = if has_stack(column) { stack } else { stack - 1 };
                    nodes.push(node(layer, part, placed, stacks[reads].rect, stacks.get(reads + 1), shelf));
                }
            }
            (Column::End { .. } | Column::Fold { .. }, _) | (_, []) => {}
        }
        row += placed.column.rows();
        stack += usize::from(has_stack(placed.column));
    }
    let counts = counts(&stacks, columns, rect.bottom() - COUNTS / 2.0);
    let ceiling = rect.top() + 1.0;
    let wires = if room.unrolled {
        wires::unrolled(network, &stacks, &nodes, ceiling)
    } else {
        wires::lay_out(network, &stacks, &nodes, ceiling, room.arcs)
    };
    Lane { kind: network.kind, rect, ground, scale: room.scale, stacks, nodes, folds, wires, counts }
}

const fn has_stack(column: Column) -> bool {
    match column {
        Column::Stem | Column::Layer { .. } | Column::Fold { .. } | Column::End { .. } => true,
        Column::Transition { .. } | Column::Classifier => false,
    }
}

/// Where channels are piled up.
#[derive(Clone, Copy)]
struct Shelf {
    kind: NetworkKind,
    ground: f32,
    scale: f32,
    /// The height of a node.
    node: f32,
}

impl Shelf {
    /// The place of `channels` channels on `below` others.
    fn pile(self, left: f32, right: f32, below: usize, channels: usize) -> Rect {
        let (below, high) = (below as f32 * self.scale, channels as f32 * self.scale);
        let bottom = match self.kind.merge() {
            Merge::Append => self.ground - below,
            Merge::Add | Merge::Replace => self.ground + high / 2.0,
        };
        Rect::from_min_max(pos2(left, bottom - high), pos2(right, bottom))
    }
}

fn stacks(network: &Architecture, columns: &[Placed], shelf: Shelf) -> Vec<Stack> {
    let mut row = 0;
    let mut stacks = Vec::with_capacity(columns.len());
    let mut entering = 0;
    for placed in columns {
        let (block, reader, channels) = match placed.column {
            Column::Stem => (0, 1, network.layers[row].reads),
            Column::Layer { block, layer } | Column::Fold { block, from: layer, .. } => {
                (block, layer, network.layers[row].reads)
            }
            Column::End { block } => (block, network.spec.blocks[block - 1] + 1, network.layers[row - 1].carries),
            Column::Transition { .. } | Column::Classifier => {
                row += 1;
                continue;
            }
        };
        row += placed.column.rows();
        if reader == 1 {
            entering = channels;
        }
        let rect = shelf.pile(placed.left, placed.stack, 0, channels);
        stacks.push(Stack { block, reader, channels, entering, rect });
    }
    stacks
}

/// A row between what it reads and the stack that its output goes to.
fn node(layer: &Layer, part: Part, placed: &Placed, reads: Rect, next: Option<&Stack>, shelf: Shelf) -> Node {
    let dense_layer = shelf.kind.merge().keeps_sources() && matches!(part, Part::Layer { .. });
    let gap = placed.right - placed.stack;
    let makes = match (part, next) {
        (Part::Layer { .. }, _) if dense_layer => shelf.pile(placed.right, placed.right, layer.reads, layer.makes),
        (Part::Classifier, _) | (_, None) => {
            let x = placed.right - gap * 0.16;
            Rect::from_center_size(pos2(x, reads.center().y), vec2(0.0, shelf.node))
        }
        (_, Some(next)) => next.rect,
    };
    let adds = shelf.kind.merge().has_identity() && matches!(part, Part::Layer { .. });
    let radius = (shelf.node * PLUS).min(gap * 0.2);
    let plus = adds.then(|| pos2(placed.right - radius, shelf.ground));
    let free = if adds { gap - 2.0 * radius } else { gap };
    let width = (free * if adds { 0.88 } else { 0.8 }).min(shelf.node * 1.7).max(1.0);
    let middle = match shelf.kind.merge() {
        Merge::Append => f32::midpoint(reads.center().y, makes.center().y),
        Merge::Add | Merge::Replace => shelf.ground,
    };
    let lowest = match shelf.kind.merge() {
        Merge::Append => shelf.ground - shelf.node / 2.0,
        Merge::Add | Merge::Replace => f32::INFINITY,
    };
    let x = if part == Part::Classifier { placed.stack + gap * 0.4 } else { placed.stack + free / 2.0 };
    let center: Pos2 = pos2(x, middle.min(lowest));
    Node { part, rect: Rect::from_center_size(center, vec2(width, shelf.node)), reads, makes, plus }
}

/// Counts under the stacks: the first and last of each block, and the others where there is room for all of a block.
fn counts(stacks: &[Stack], columns: &[Placed], middle: f32) -> Vec<Count> {
    let marks = |stack: &Stack, next: Option<&Stack>| {
        stack.block > 0 && (stack.reader == 1 || next.is_none_or(|next| next.block != stack.block))
    };
    let limits =
        columns.first().zip(columns.last()).map_or((0.0, 0.0), |(first, last)| (first.left - 4.0, last.right + 4.0));
    let mut counts: Vec<Count> = Vec::new();
    for pass in [true, false] {
        for (index, stack) in stacks.iter().enumerate() {
            let marks = marks(stack, stacks.get(index + 1));
            if marks != pass {
                continue;
            }
            let words = stack.channels.to_string();
            let size = vec2(count_width(&words), COUNTS - 2.0);
            let rect = Rect::from_center_size(pos2(stack.rect.center().x, middle), size);
            let free = counts.iter().all(|other| !other.rect.expand2(vec2(APART, 0.0)).intersects(rect));
            if free && rect.left() >= limits.0 && rect.right() <= limits.1 {
                counts.push(Count { words, rect, marks });
            }
        }
    }
    counts
}
