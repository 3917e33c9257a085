//! Nodes, additions and folds, and the names of sources at what they made.

use emath::{Pos2, Rect, pos2, vec2};

use super::marks::{Mark, Measure, Sheet};
use super::stacks::card;
use super::tint::{Emphasis, ink_on, line_of};
use crate::arch::{Architecture, Merge, NetworkKind, Part, Stem};
use crate::drawing::alive::Alive;
use crate::drawing::layout::{Fold, Lane, Node};
use crate::text::Text;
use crate::theme::{Color, Palette, heat};

/// The height of the name of a source.
const LABEL: f32 = 14.0;

/// What nodes show besides what they are, and how much of them is seen.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// What training says.
    pub alive: &'a Alive,
    /// What is pointed at or selected.
    pub emphasis: Emphasis,
    /// What is seen.
    pub view: Rect,
}

/// Every node of a lane that has something in the view.
pub fn nodes(lane: &Lane, network: &Architecture, shown: Shown, palette: &Palette, measure: Measure) -> Vec<Mark> {
    let Shown { alive, emphasis, view } = shown;
    let mut sheet = Sheet::default();
    for node in &lane.nodes {
        let rect = node.rect;
        if !view.intersects(rect.expand(20.0)) {
            continue;
        }
        classes(&mut sheet, node, network, palette);
        let border = match node.part {
            Part::Layer { layer, .. } => line_of(palette, layer),
            Part::Stem | Part::Transition { .. } | Part::Classifier => palette.quiet,
        };
        let tint = alive.part_share(lane.kind, node.part).map(|share| heat(palette.kind, f64::from(share)));
        let fill = tint.unwrap_or(palette.ground);
        let meant = emphasis.is(lane.kind, node.part);
        let edge = if meant { (2.0, palette.accent) } else { (1.2, border) };
        if meant {
            sheet.rounded(rect.expand(4.0), 7, palette.accent.with_opacity(0.25), None);
        }
        sheet.rounded(rect, if rect.width() < 8.0 { 2 } else { 4 }, fill, Some(edge));
        name(&mut sheet, rect, &names(node.part, network), ink_on(fill), measure);
        if let Some(plus) = node.plus {
            addition(&mut sheet, plus, node.makes.left() - plus.x, lane.kind, palette);
        }
    }
    sheet.marks
}

/// What a node may be called, the longest first.
fn names(part: Part, network: &Architecture) -> Vec<String> {
    match part {
        Part::Stem => match network.spec.stem {
            Stem::ThreeByThree => vec!["3×3".to_owned()],
            Stem::SevenBySeven => vec!["7×7".to_owned()],
        },
        Part::Layer { layer, .. } => {
            let small: String = layer.to_string().chars().map(subscript).collect();
            vec![format!("H{small}"), layer.to_string()]
        }
        Part::Transition { .. } => vec!["1×1".to_owned(), "T".to_owned()],
        Part::Classifier => vec![network.input.classes.to_string()],
    }
}

fn subscript(digit: char) -> char {
    digit.to_digit(10).and_then(|digit| char::from_u32('₀' as u32 + digit)).unwrap_or(digit)
}

/// The symbol of a source: x₀ for what entered the block.
pub fn source_name(source: usize) -> String {
    format!("x{}", source.to_string().chars().map(subscript).collect::<String>())
}

fn name(sheet: &mut Sheet, rect: Rect, names: &[String], ink: Color, measure: Measure) {
    if rect.width() < 8.0 {
        return;
    }
    let size = (rect.height() - 3.0).clamp(9.0, 13.0);
    for words in names {
        for size in [size, size.min(9.5)] {
            if measure(words, size, true) <= rect.width() - 2.5 {
                sheet.words(rect.center(), words, size, true, ink);
                return;
            }
        }
    }
}

/// ⊕, painted.
fn addition(sheet: &mut Sheet, place: Pos2, radius: f32, kind: NetworkKind, palette: &Palette) {
    let ink = palette.network(kind);
    sheet.marks.push(Mark::Disc { center: place, radius, fill: palette.ground, edge: Some((1.3, ink)) });
    let arm = radius * 0.58;
    sheet.line(place - vec2(arm, 0.0), place + vec2(arm, 0.0), 1.3, ink);
    sheet.line(place - vec2(0.0, arm), place + vec2(0.0, arm), 1.3, ink);
}

/// Lines from the classifier to its classes, or to some when there are many.
fn classes(sheet: &mut Sheet, node: &Node, network: &Architecture, palette: &Palette) {
    if node.part != Part::Classifier {
        return;
    }
    let (from, to) = (node.rect.right_center(), node.makes);
    let count = network.input.classes.clamp(1, 10);
    let high = (node.rect.height() * 1.5).min(count as f32 * 5.0);
    for class in 0..count {
        let share = if count > 1 { class as f32 / (count - 1) as f32 - 0.5 } else { 0.0 };
        let end = pos2(to.center().x, to.center().y.min(from.y) + high * share);
        sheet.line(from, end, 0.8, palette.line);
        sheet.marks.push(Mark::Disc { center: end, radius: 1.4, fill: palette.quiet, edge: None });
    }
}

/// Where the button of a fold is.
pub fn fold_button(lane: &Lane, fold: &Fold) -> Rect {
    let size = vec2((fold.rect.width() - 6.0).clamp(8.0, 128.0), 18.0);
    let middle = match lane.kind.merge() {
        Merge::Append => (lane.ground - fold.rect.height() * 0.3).min(lane.ground - 9.0),
        Merge::Add | Merge::Replace => lane.ground,
    };
    Rect::from_center_size(pos2(fold.rect.center().x, middle), size)
}

/// A fold's button with the longest words that fit.
pub fn fold(place: Rect, words: &[String], hovered: bool, palette: &Palette, measure: Measure) -> Vec<Mark> {
    let mut sheet = Sheet::default();
    let fits = words.iter().map(|words| (words, measure(words, 11.0, false)));
    if let Some((words, width)) = fits.into_iter().find(|(_, width)| *width <= place.width() - 6.0) {
        let ink = if hovered { palette.ink } else { palette.quiet.mix(palette.ink, 0.5) };
        let line = if hovered { palette.accent } else { palette.line };
        let button = Rect::from_center_size(place.center(), vec2(width + 12.0, place.height()));
        sheet.rounded(button, 9, palette.ground, Some((1.0, line)));
        sheet.words(button.center(), words, 11.0, false, ink);
    }
    sheet.marks
}

/// The names of the sources that a row reads, above the stacks in which they are new; with their channels where there is text for them.
pub fn slices(
    lane: &Lane,
    network: &Architecture,
    emphasis: Emphasis,
    text: Option<&Text>,
    palette: &Palette,
    measure: Measure,
) -> Vec<Mark> {
    let mut sheet = Sheet::default();
    let Some((of, part)) = emphasis.part else { return sheet.marks };
    if !lane.kind.merge().keeps_sources() || of.is_some_and(|of| of != lane.kind) {
        return sheet.marks;
    }
    let Some((block, reader)) = network.reader(part) else { return sheet.marks };
    let read = lane.stacks.iter().filter(|stack| stack.block == block && stack.reader <= reader);
    let mut last = f32::NEG_INFINITY;
    for stack in read {
        let source = stack.reader - 1;
        let short = source_name(source);
        let channels = if source == 0 { stack.entering } else { network.spec.growth };
        let words = text.map(|text| text.fill("network_view.slice", &[("source", &short), ("channels", &channels)]));
        let shade = palette.source(source);
        let below = if source == 0 { 0 } else { stack.entering + network.spec.growth * (source - 1) };
        let top = lane.ground - (below + channels) as f32 * lane.scale;
        let middle = top + channels as f32 * lane.scale / 2.0;
        let room = stack.rect.width() * 2.4;
        let fits = words.into_iter().chain([short]).map(|words| (measure(&words, 11.0, false), words));
        let Some((width, words)) = fits.into_iter().find(|(width, _)| width + 6.0 <= room.max(22.0)) else { continue };
        let place = Rect::from_center_size(pos2(stack.rect.center().x, middle), vec2(width + 6.0, LABEL));
        if place.left() < last {
            continue;
        }
        last = place.right() + 1.0;
        sheet.rounded(place.expand(1.0), 5, shade, Some((1.0, card(palette))));
        sheet.words(place.center(), words, 11.0, false, ink_on(shade));
    }
    sheet.marks
}
