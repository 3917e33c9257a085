//! Connections: from every source of a block to every reader, and around or through every H.

use emath::{Pos2, pos2};

use super::{Node, Stack};
use crate::arch::{Architecture, Link, Merge, NetworkKind, Part};

/// How a connection goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// In an arc, past the layers between.
    Skip,
    /// From a layer to the next.
    Direct,
    /// Past an H, to where its output is added.
    Identity,
    /// Through an H.
    Branch,
}

/// One connection.
#[derive(Clone, Copy, Debug)]
pub struct Wire {
    /// The block, from 1.
    pub block: usize,
    /// The reader, one past the last layer for the transition or classifier.
    pub reader: usize,
    /// The source: 0 is what entered the block.
    pub source: usize,
    /// How it goes.
    pub way: Way,
    /// A cubic curve.
    pub curve: [Pos2; 4],
}

impl Wire {
    /// The link that it draws, if it is one: an arc into a sum that is taken apart is only a part of one.
    pub fn link(&self, network: &Architecture) -> Option<Link> {
        let Self { block, reader, source, way, curve: _ } = *self;
        let link = match (way, network.kind.merge()) {
            (Way::Skip | Way::Direct, Merge::Append) => Link::Slice { block, reader, source },
            (Way::Identity, _) => Link::Identity { block, layer: reader },
            (Way::Branch, _) => Link::Branch { block, layer: reader },
            (Way::Skip | Way::Direct, Merge::Add | Merge::Replace) => return None,
        };
        network.has_link(link).then_some(link)
    }

    /// The row that reads through it: behind a block's last layer stands a transition or the classifier.
    pub fn reader(&self, network: &Architecture) -> Part {
        let layers = network.spec.blocks[self.block - 1];
        match (self.reader <= layers, self.block < network.spec.blocks.len()) {
            (true, _) => Part::Layer { block: self.block, layer: self.reader },
            (false, true) => Part::Transition { block: self.block },
            (false, false) => Part::Classifier,
        }
    }
}

/// Arcs rise by up to `high` over what stands below them, and never over the ceiling.
pub(super) fn lay_out(network: &Architecture, stacks: &[Stack], nodes: &[Node], ceiling: f32, high: f32) -> Vec<Wire> {
    let mut wires = Vec::new();
    for block in 1..=network.spec.blocks.len() {
        let own: Vec<&Stack> = stacks.iter().filter(|stack| stack.block == block).collect();
        let of_block = |node: &&Node| matches!(node.part, Part::Layer { block: of, .. } if of == block);
        let own_nodes: Vec<&Node> = nodes.iter().filter(of_block).collect();
        match network.kind.merge() {
            Merge::Append => {
                skips(block, &own, &own_nodes, (ceiling, high), &mut wires);
                wires.extend(nodes.iter().filter_map(|node| direct(network, block, node)));
            }
            Merge::Add | Merge::Replace => {
                wires.extend(own_nodes.iter().flat_map(|node| around(network.kind, block, node)).flatten());
            }
        }
    }
    wires
}

/// Arcs nest: the farther a source, the higher its arc over the reader's stack and the farther right it comes down.
fn skips(block: usize, stacks: &[&Stack], nodes: &[&Node], (ceiling, high): (f32, f32), wires: &mut Vec<Wire>) {
    let last = stacks.len();
    // No stack before the reader's is higher, but its node may be, where stacks are flat.
    let mut highest = f32::INFINITY;
    let mut before = nodes.iter().peekable();
    for (to, reader) in stacks.iter().enumerate() {
        highest = highest.min(reader.rect.top() - 2.0);
        while let Some(node) = before.next_if(|node| node.rect.left() < reader.rect.left()) {
            highest = highest.min(node.rect.top() - 3.0);
        }
        let rise = (highest - ceiling).clamp(2.0, high.max(2.0));
        for (from, born) in stacks.iter().enumerate().take(to) {
            let source = born.reader - 1;
            let span = (to - from) as f32;
            let reach = span / (last - 1).max(1) as f32;
            let top = highest - rise * (0.18 + 0.82 * reach);
            // The outermost arc leaves at the left of what is free and arrives at its right.
            let (width, far) = (born.rect.width(), (last - 1 - from).max(1) as f32);
            let start = pos2(born.rect.left() + width * (0.92 - 0.42 * span / far), born.rect.top());
            let width = reader.rect.width();
            let end = pos2(reader.rect.left() + width * (0.08 + 0.40 * span / to.max(1) as f32), reader.rect.top());
            // A cubic comes within three quarters of the way to its two control points.
            let lift = (top - 0.125 * (start.y + end.y)) / 0.75;
            let lean = (end.x - start.x) * 0.12;
            let curve = [start, pos2(start.x + lean, lift), pos2(end.x - lean, lift), end];
            wires.push(Wire { block, reader: reader.reader, source, way: Way::Skip, curve });
        }
    }
}

/// From the node that makes a source to the next reader; what enters a block comes from the stem or a transition.
fn direct(network: &Architecture, block: usize, node: &Node) -> Option<Wire> {
    let source = match node.part {
        Part::Stem if block == 1 => 0,
        Part::Transition { block: of } if of + 1 == block => 0,
        Part::Layer { block: of, layer } if of == block => layer,
        Part::Stem | Part::Layer { .. } | Part::Transition { .. } | Part::Classifier => return None,
    };
    debug_assert!(source <= network.spec.blocks[block - 1], "a block has as many sources as layers, and x_0");
    let (start, end) = (node.rect.right_center(), node.makes.left_center());
    Some(Wire { block, reader: source + 1, source, way: Way::Direct, curve: line(start, end) })
}

/// A network's sums taken apart: from what entered a block and from each H into every later sum, and the way through H itself.
pub(super) fn unrolled(network: &Architecture, stacks: &[Stack], nodes: &[Node], ceiling: f32) -> Vec<Wire> {
    let mut wires = Vec::new();
    for node in nodes {
        let (Part::Layer { block, layer }, Some(plus)) = (node.part, node.plus) else { continue };
        wires.extend(around(network.kind, block, node).into_iter().flatten().filter(|wire| wire.way == Way::Branch));
        let entered = stacks.iter().find(|stack| (stack.block, stack.reader) == (block, 1));
        let mut sources: Vec<(usize, Pos2)> = entered.map(|stack| (0, stack.rect.center_top())).into_iter().collect();
        sources.extend(nodes.iter().filter_map(|other| match other.part {
            Part::Layer { block: of, layer: before } if of == block && before < layer => {
                Some((before, other.rect.center_top()))
            }
            Part::Stem | Part::Layer { .. } | Part::Transition { .. } | Part::Classifier => None,
        }));
        for (source, start) in sources {
            let highest = node.rect.top().min(node.reads.top()) - 2.0;
            let reach = (layer - source) as f32 / network.spec.blocks[block - 1] as f32;
            let top = highest - (highest - ceiling).max(2.0) * (0.25 + 0.75 * reach.min(1.0));
            let lift = (top - 0.125 * (start.y + plus.y)) / 0.75;
            let curve = [start, pos2(start.x, lift), pos2(plus.x, lift), plus];
            wires.push(Wire { block, reader: layer, source, way: Way::Skip, curve });
        }
    }
    wires
}

/// Through H, and past it where the output is added.
fn around(kind: NetworkKind, block: usize, node: &Node) -> [Option<Wire>; 2] {
    let Part::Layer { layer, .. } = node.part else { return [None, None] };
    let wire = |way, curve| Wire { block, reader: layer, source: layer - 1, way, curve };
    let end = node.plus.unwrap_or_else(|| node.makes.left_center());
    let through = wire(Way::Branch, line(node.rect.right_center(), end));
    let past = node.plus.filter(|_| kind.merge().has_identity()).map(|plus| {
        let start = pos2(node.reads.center().x, node.reads.top());
        let top = node.rect.top().min(node.reads.top()).min(node.makes.top()) - 7.0;
        let high = (top - 0.125 * (start.y + plus.y)) / 0.75;
        wire(Way::Identity, [start, pos2(start.x, high), pos2(plus.x, high), plus])
    });
    [Some(through), past]
}

fn line(start: Pos2, end: Pos2) -> [Pos2; 4] {
    [start, start + (end - start) / 3.0, start + (end - start) * (2.0 / 3.0), end]
}
