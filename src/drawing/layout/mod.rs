//! Where everything stands, in points from the drawing's own corner: a pure function of the architectures, the columns and the room.
//!
//! A stack is exactly as high as its channels on its lane's scale. A dense lane stands on a baseline, so that a source keeps its place from
//! where it is made to the end of its block; the other lanes lie along an axis. Knows no colours, no fonts and no training.

mod across;
mod lane;
mod wires;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::alive::Wires;
use super::model::Column;
use crate::arch::{Architecture, Merge, NetworkKind, Part};
pub use across::{Card, Placed, unit};
pub use wires::{Way, Wire};

/// Height of the row with the blocks' names.
pub const HEADER: f32 = 20.0;
/// Height of the row with channel counts under each lane.
pub const COUNTS: f32 = 15.0;
/// Size of the letters of channel counts.
pub const COUNT_SIZE: f32 = 11.0;
/// Space between lanes.
const BETWEEN: f32 = 8.0;
/// The widest digit, as a share of the letters' size, and what is left free around a count.
const DIGIT: f32 = 0.57;

/// Where everything stands.
#[derive(Clone, Debug)]
pub struct Layout {
    /// All of it.
    pub size: Vec2,
    /// Left to right.
    pub columns: Vec<Placed>,
    /// One for each block.
    pub cards: Vec<Card>,
    /// Top to bottom.
    pub lanes: Vec<Lane>,
}

/// One network.
#[derive(Clone, Debug)]
pub struct Lane {
    /// Which.
    pub kind: NetworkKind,
    /// All of it, with its arcs and counts.
    pub rect: Rect,
    /// The bottom of a dense lane's stacks, the middle of another's.
    pub ground: f32,
    /// Points for a channel.
    pub scale: f32,
    /// What is read, in order.
    pub stacks: Vec<Stack>,
    /// The rows that are shown, in order.
    pub nodes: Vec<Node>,
    /// Layers that are shown as one.
    pub folds: Vec<Fold>,
    /// Connections; those into each sum of the parts it is made of, where sums are taken apart.
    pub wires: Vec<Wire>,
    /// Channel counts.
    pub counts: Vec<Count>,
}

/// What a layer, transition or classifier reads.
#[derive(Clone, Debug)]
pub struct Stack {
    /// The block; 0 for the image.
    pub block: usize,
    /// The reader, one past the last layer for the transition or classifier.
    pub reader: usize,
    /// Its channels.
    pub channels: usize,
    /// Channels of what entered the block.
    pub entering: usize,
    /// As high as its channels.
    pub rect: Rect,
}

/// A row of the architecture: what it reads and makes, and the node between.
#[derive(Clone, Debug)]
pub struct Node {
    /// The row.
    pub part: Part,
    /// Its node.
    pub rect: Rect,
    /// What it reads.
    pub reads: Rect,
    /// What it makes: a slice of a dense lane's next stack, all of another's.
    pub makes: Rect,
    /// Where its output is added.
    pub plus: Option<Pos2>,
}

/// Layers that are shown as one.
#[derive(Clone, Debug)]
pub struct Fold {
    /// The block.
    pub block: usize,
    /// The first layer that is hidden.
    pub from: usize,
    /// The last layer that is hidden.
    pub to: usize,
    /// Between the stacks around it.
    pub rect: Rect,
}

/// A number under a lane.
#[derive(Clone, Debug)]
pub struct Count {
    /// Its words.
    pub words: String,
    /// Where.
    pub rect: Rect,
    /// Whether it is a block's first or last.
    pub marks: bool,
}

impl Layout {
    /// Lays the networks out in that room. They have the same rows, which the columns stand for. Only whether sums are taken apart is
    /// asked of what connections show.
    pub fn new(networks: &[Architecture], columns: &[Column], size: Vec2, wires: Wires) -> Self {
        let columns = across::place(columns, size.x);
        let bottom = size.y - 2.0;
        let cards = networks.first().map(|network| across::cards(network, &columns, bottom)).unwrap_or_default();
        let rooms = rooms(networks, size.y - HEADER - 2.0 - 4.0, wires);
        let mut top = HEADER + 2.0;
        let mut lanes = Vec::with_capacity(networks.len());
        for (network, room) in networks.iter().zip(rooms) {
            let rect = Rect::from_min_size(pos2(0.0, top), vec2(size.x, room.height));
            lanes.push(lane::lay_out(network, &columns, rect, room));
            top += room.height + BETWEEN;
        }
        Self { size, columns, cards, lanes }
    }
}

/// The height that a lane gets, and how it uses it.
#[derive(Clone, Copy, Debug)]
pub(super) struct LaneRoom {
    height: f32,
    /// Above the stacks, for arcs.
    arcs: f32,
    /// For stacks and nodes.
    body: f32,
    scale: f32,
    /// Height of a node.
    node: f32,
    /// Whether its sums are taken apart.
    unrolled: bool,
}

/// The most channels that anything carries in a network.
fn tallest(network: &Architecture) -> usize {
    network
        .layers
        .iter()
        .filter(|layer| layer.part != Part::Classifier)
        .map(|layer| layer.carries.max(layer.reads))
        .max()
        .unwrap_or(1)
}

/// All lanes have one scale, unless one of them would then be too flat to be seen: then each has its own.
fn rooms(networks: &[Architecture], height: f32, wires: Wires) -> Vec<LaneRoom> {
    let lanes = networks.len().max(1) as f32;
    let height = (height - BETWEEN * (lanes - 1.0)).max(40.0 * lanes);
    let node = (height * 0.058).clamp(12.0, 24.0);
    let unrolled = |kind: NetworkKind| wires == Wires::Unrolled && kind.merge() == Merge::Add;
    let arcs = |kind: NetworkKind| match kind.merge() {
        Merge::Append => (height * 0.21).clamp(16.0, 120.0),
        Merge::Add if unrolled(kind) => (height * 0.16).clamp(14.0, 90.0),
        Merge::Add => (height * 0.065).clamp(9.0, 26.0),
        Merge::Replace => 2.0,
    };
    let fixed: f32 = networks.iter().map(|network| arcs(network.kind) + COUNTS).sum();
    let free = (height - fixed).max(12.0 * lanes);
    let most: Vec<f32> = networks.iter().map(|network| tallest(network) as f32).collect();
    let (sum, max) = (most.iter().sum::<f32>(), most.iter().copied().fold(1.0, f32::max));
    // A flat lane still needs room for its nodes.
    let least = node + 6.0;
    let flat: f32 = most.iter().map(|&most| if free * most / sum < least { least } else { 0.0 }).sum();
    let tall: f32 = most.iter().filter(|&&most| free * most / sum >= least).sum();
    let shared = if tall > 0.0 { (free - flat).max(least) / tall } else { free / sum };
    let own = most.iter().any(|&most| most * 14.0 < max);
    let body = |most: f32| if own { free / lanes } else { (shared * most).max(least) };
    networks
        .iter()
        .zip(&most)
        .map(|(network, &most)| {
            let (arcs, body) = (arcs(network.kind), body(most));
            let scale = if own { body / most } else { shared.min(body / most) };
            LaneRoom { height: arcs + body + COUNTS, arcs, body, scale, node, unrolled: unrolled(network.kind) }
        })
        .collect()
}

/// How wide a count is.
fn count_width(words: &str) -> f32 {
    words.chars().map(|letter| if letter.is_ascii() { DIGIT } else { 1.0 }).sum::<f32>() * COUNT_SIZE
}

#[cfg(test)]
mod tests;
