//! What does not move while training goes on: slices, what flows on beside each H, mixtures, and the funnels between.

use emath::{Rect, pos2};

use super::marks::{Mark, Sheet};
use super::tint::{line_of, mixed};
use crate::arch::{Architecture, Merge, Part};
use crate::drawing::layout::{Lane, Layout, Node, Stack};
use crate::theme::{Color, Palette, ThemeKind};

/// How much of the ground lies over what flows on beside an H.
const VEIL: f32 = 0.74;
/// The same over layers that are shown as one.
const FOLD_VEIL: f32 = 0.42;
/// Slices thinner than this are drawn several at a time.
const THINNEST: f32 = 1.6;

/// The marks of all lanes.
pub fn structure(layout: &Layout, networks: &[Architecture], palette: &Palette) -> Vec<Mark> {
    let mut sheet = Sheet::default();
    for (lane, network) in layout.lanes.iter().zip(networks) {
        match lane.kind.merge() {
            Merge::Append => dense(&mut sheet, lane, network, palette),
            Merge::Add | Merge::Replace => one_path(&mut sheet, lane, network, palette),
        }
        image(&mut sheet, lane, palette);
    }
    sheet.marks
}

/// What a block's card is filled with.
pub(super) fn card(palette: &Palette) -> Color {
    match palette.kind {
        ThemeKind::Light | ThemeKind::Dark => palette.panel,
        ThemeKind::Print => palette.ground,
    }
}

fn blocks(lane: &Lane) -> impl Iterator<Item = (usize, Vec<&Stack>)> {
    let last = lane.stacks.last().map_or(0, |stack| stack.block);
    (1..=last).map(|block| (block, lane.stacks.iter().filter(|stack| stack.block == block).collect()))
}

/// Several slices that are drawn as one: the first source, the channels below, and the channels together.
struct Slice {
    source: usize,
    below: usize,
    channels: usize,
}

fn slices(entering: usize, growth: usize, layers: usize, scale: f32) -> Vec<Slice> {
    let each = growth as f32 * scale;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive count of slices")]
    let together = (THINNEST / each.max(0.001)).ceil().max(1.0) as usize;
    let mut slices = vec![Slice { source: 0, below: 0, channels: entering }];
    let mut source = 1;
    while source <= layers {
        let count = together.min(layers + 1 - source);
        slices.push(Slice { source, below: entering + growth * (source - 1), channels: growth * count });
        source += count;
    }
    slices
}

/// A source is a band from where it is made to the end of its block; beside each H it is paler.
fn dense(sheet: &mut Sheet, lane: &Lane, network: &Architecture, palette: &Palette) {
    let growth = network.spec.growth;
    let ground = |channels: usize| lane.ground - channels as f32 * lane.scale;
    for (block, stacks) in blocks(lane) {
        let (Some(first), Some(end)) = (stacks.first(), stacks.last()) else { continue };
        let layers = end.reader - 1;
        let born = born(lane, block, &stacks, layers);
        let slices = slices(first.entering, growth, layers, lane.scale);
        for slice in &slices {
            let band = Rect::from_min_max(
                pos2(born[slice.source], ground(slice.below + slice.channels)),
                pos2(end.rect.right(), ground(slice.below)),
            );
            sheet.fill(band, palette.source(slice.source));
        }
        for pair in stacks.windows(2) {
            let folded = pair[1].reader - pair[0].reader > 1;
            let veil = card(palette).with_opacity(if folded { FOLD_VEIL } else { VEIL });
            let area = Rect::from_min_max(
                pos2(pair[0].rect.right(), ground(pair[1].channels) - 1.0),
                pos2(pair[1].rect.left(), lane.ground),
            );
            sheet.fill(area, veil);
        }
        if growth as f32 * lane.scale >= 4.0 {
            seams(sheet, &slices, &stacks, ground, palette);
        }
        let onward = lane.nodes.iter().find(|node| match node.part {
            Part::Transition { block: of } => of == block,
            Part::Classifier => block == network.spec.blocks.len(),
            Part::Stem | Part::Layer { .. } => false,
        });
        if let Some(node) = onward {
            mixing(sheet, node, &slices, end.channels, palette);
        }
    }
    for node in &lane.nodes {
        if let Part::Layer { layer, .. } = node.part {
            gather(sheet, node, palette.source(layer), line_of(palette, layer));
        }
    }
    from_stem(sheet, lane, palette);
}

/// Where each source of a block begins.
fn born(lane: &Lane, block: usize, stacks: &[&Stack], layers: usize) -> Vec<f32> {
    let mut born = vec![stacks[0].rect.left(); layers + 1];
    for stack in stacks {
        born[stack.reader - 1] = stack.rect.left();
    }
    for fold in lane.folds.iter().filter(|fold| fold.block == block) {
        let count = (fold.to - fold.from + 1) as f32;
        for (hidden, born) in (1_usize..).zip(&mut born[fold.from..=fold.to]) {
            *born = fold.rect.left() + fold.rect.width() * hidden as f32 / count;
        }
    }
    born
}

/// Thin lines between the slices of a stack.
fn seams(sheet: &mut Sheet, slices: &[Slice], stacks: &[&Stack], ground: impl Fn(usize) -> f32, palette: &Palette) {
    for stack in stacks {
        for slice in slices.iter().filter(|slice| slice.source > 0 && slice.below < stack.channels) {
            let y = ground(slice.below);
            let seam = Rect::from_min_max(pos2(stack.rect.left(), y - 0.5), pos2(stack.rect.right(), y + 0.5));
            sheet.fill(seam, card(palette).with_opacity(0.75));
        }
    }
}

/// All that a layer reads runs together into what it makes.
fn gather(sheet: &mut Sheet, node: &Node, shade: Color, line: Color) {
    let end = node.plus.map_or(node.makes.left(), |plus| plus.x);
    let left = (node.reads.right(), node.reads.top(), node.reads.bottom());
    let right = (end, node.makes.top(), node.makes.bottom());
    sheet.funnel(left, right, shade.with_opacity(0.10), shade.with_opacity(0.85));
    for (start, end) in [(left.1, right.1), (left.2, right.2)] {
        sheet.line(pos2(left.0, start), pos2(right.0, end), 1.0, line.with_opacity(0.5));
    }
}

/// Slices lose their colours on the way through a transition or the classifier.
fn mixing(sheet: &mut Sheet, node: &Node, slices: &[Slice], channels: usize, palette: &Palette) {
    let to = if node.part == Part::Classifier {
        node.rect.shrink2(emath::vec2(0.0, node.rect.height() * 0.1))
    } else {
        node.makes
    };
    let share = |channels_below: usize| channels_below as f32 / channels.max(1) as f32;
    for slice in slices {
        let (low, high) = (share(slice.below), share(slice.below + slice.channels));
        let at = |rect: Rect, share: f32| rect.bottom() - rect.height() * share;
        let left = (node.reads.right(), at(node.reads, high), at(node.reads, low));
        let right = (to.left(), at(to, high), at(to, low));
        let shade = palette.source(slice.source);
        sheet.funnel(left, right, shade.with_opacity(0.8), palette.source(0).with_opacity(0.8));
    }
}

fn from_stem(sheet: &mut Sheet, lane: &Lane, palette: &Palette) {
    let Some(node) = lane.nodes.iter().find(|node| node.part == Part::Stem) else { return };
    let left = (node.reads.right(), node.reads.top(), node.reads.bottom());
    let right = (node.makes.left(), node.makes.top(), node.makes.bottom());
    let shade = palette.source(0);
    sheet.funnel(left, right, shade.with_opacity(0.25), shade.with_opacity(0.8));
}

/// The image's channels, at least a line.
fn image(sheet: &mut Sheet, lane: &Lane, palette: &Palette) {
    if let Some(stack) = lane.stacks.first().filter(|stack| stack.block == 0) {
        let low = 2.0 - stack.rect.height();
        let rect = if low > 0.0 { stack.rect.expand2(emath::vec2(0.0, low / 2.0)) } else { stack.rect };
        sheet.fill(rect, palette.quiet);
    }
}

/// A lane with one path: sums are mixtures that nobody can take apart, replaced features have their maker's colour.
fn one_path(sheet: &mut Sheet, lane: &Lane, network: &Architecture, palette: &Palette) {
    let shade_of = |sources: usize| match lane.kind.merge() {
        Merge::Replace => palette.source(sources - 1),
        Merge::Add | Merge::Append => mixed(palette, sources),
    };
    from_stem(sheet, lane, palette);
    for (block, stacks) in blocks(lane) {
        for stack in &stacks {
            match lane.kind.merge() {
                Merge::Add => marble(sheet, stack.rect, stack.reader, palette),
                Merge::Replace | Merge::Append => sheet.fill(stack.rect, shade_of(stack.reader)),
            }
        }
        for pair in stacks.windows(2).filter(|pair| pair[1].reader - pair[0].reader > 1) {
            let edge = |stack: &Stack, x: f32| (x, stack.rect.top(), stack.rect.bottom());
            let (left, right) = (edge(pair[0], pair[0].rect.right()), edge(pair[1], pair[1].rect.left()));
            let shade = |stack: &Stack| shade_of(stack.reader).with_opacity(0.55);
            sheet.funnel(left, right, shade(pair[0]), shade(pair[1]));
        }
        for node in &lane.nodes {
            match node.part {
                Part::Layer { block: of, layer } if of == block => {
                    gather(sheet, node, palette.source(layer), line_of(palette, layer));
                }
                Part::Transition { block: of } if of == block => {
                    leave(sheet, node, node.makes, shade_of(stacks.last().map_or(1, |end| end.reader)), palette);
                }
                Part::Classifier if block == network.spec.blocks.len() => {
                    leave(sheet, node, node.rect, shade_of(stacks.last().map_or(1, |end| end.reader)), palette);
                }
                Part::Stem | Part::Layer { .. } | Part::Transition { .. } | Part::Classifier => {}
            }
        }
    }
}

fn leave(sheet: &mut Sheet, node: &Node, to: Rect, shade: Color, palette: &Palette) {
    let left = (node.reads.right(), node.reads.top(), node.reads.bottom());
    let right = (to.left(), to.top(), to.bottom());
    sheet.funnel(left, right, shade.with_opacity(0.8), palette.source(0).with_opacity(0.8));
}

/// Colours stirred together: each corner of a grid leans to one of them, and they run into each other.
fn marble(sheet: &mut Sheet, rect: Rect, sources: usize, palette: &Palette) {
    let mean = mixed(palette, sources);
    if sources < 2 || rect.height() < 1.0 {
        sheet.fill(rect, mean);
        return;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pieces")]
    let pieces = |length: f32, each: f32| (length / each).ceil().clamp(1.0, 24.0) as usize;
    let (across, down) = (pieces(rect.width(), 9.0), pieces(rect.height(), 8.0));
    let shade =
        |column: usize, row: usize| mean.mix(palette.source((column * 3 + row * 5 + column * row) % sources), 0.42);
    let shades = (0..=across).flat_map(|column| (0..=down).map(move |row| shade(column, row))).collect();
    sheet.marks.push(Mark::Marble { rect, across, down, shades });
}
