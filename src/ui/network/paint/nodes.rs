//! Nodes, additions and folds, and the names of sources at what they made.

use eframe::egui::{CornerRadius, Painter, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::stacks::card;
use super::tint::{Emphasis, ink_on, line_of};
use crate::arch::{Architecture, NetworkKind, Part, Stem};
use crate::text::Text;
use crate::theme::{Palette, heat};
use crate::ui::network::alive::Alive;
use crate::ui::network::layout::{Fold, Lane, Node};
use crate::ui::style::{bold_font, color, font};

/// Paints every node of a lane, `by` points from where it was laid out.
pub(in crate::ui::network) fn nodes(
    painter: &Painter,
    lane: &Lane,
    network: &Architecture,
    alive: &Alive,
    emphasis: Emphasis,
    palette: &Palette,
    by: Vec2,
) {
    for node in &lane.nodes {
        let rect = node.rect.translate(by);
        if !painter.clip_rect().intersects(rect.expand(20.0)) {
            continue;
        }
        classes(painter, node, network, palette, by);
        let border = match node.part {
            Part::Layer { layer, .. } => line_of(palette, layer),
            Part::Stem | Part::Transition { .. } | Part::Classifier => palette.quiet,
        };
        let tint = alive.part_share(lane.kind, node.part).map(|share| heat(palette.kind, f64::from(share)));
        let fill = tint.unwrap_or(palette.ground);
        let meant = emphasis.is(lane.kind, node.part);
        let stroke = if meant { Stroke::new(2.0, color(palette.accent)) } else { Stroke::new(1.2, color(border)) };
        let radius = CornerRadius::same(if rect.width() < 8.0 { 2 } else { 4 });
        if meant {
            let halo = palette.accent.with_opacity(0.25);
            painter.rect_filled(rect.expand(4.0), CornerRadius::same(7), color(halo));
        }
        painter.rect(rect, radius, color(fill), stroke, StrokeKind::Inside);
        name(painter, rect, &names(node.part, network), color(ink_on(fill)));
        if let Some(plus) = node.plus {
            addition(painter, plus + by, node.makes.left() - plus.x, lane.kind, palette);
        }
    }
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

fn name(painter: &Painter, rect: Rect, names: &[String], ink: eframe::egui::Color32) {
    if rect.width() < 8.0 {
        return;
    }
    let size = (rect.height() - 3.0).clamp(9.0, 13.0);
    for words in names {
        for size in [size, size.min(9.5)] {
            let galley = painter.layout_no_wrap(words.clone(), bold_font(size), ink);
            if galley.size().x <= rect.width() - 2.5 {
                painter.galley(rect.center() - galley.size() / 2.0, galley, ink);
                return;
            }
        }
    }
}

/// ⊕, painted.
fn addition(painter: &Painter, place: eframe::egui::Pos2, radius: f32, kind: NetworkKind, palette: &Palette) {
    let ink = color(palette.network(kind));
    painter.circle(place, radius, color(palette.ground), Stroke::new(1.3, ink));
    let arm = radius * 0.58;
    painter.line_segment([place - vec2(arm, 0.0), place + vec2(arm, 0.0)], Stroke::new(1.3, ink));
    painter.line_segment([place - vec2(0.0, arm), place + vec2(0.0, arm)], Stroke::new(1.3, ink));
}

/// Lines from the classifier to its classes, or to some when there are many.
fn classes(painter: &Painter, node: &Node, network: &Architecture, palette: &Palette, by: Vec2) {
    if node.part != Part::Classifier {
        return;
    }
    let (from, to) = (node.rect.translate(by).right_center(), node.makes.translate(by));
    let count = network.input.classes.clamp(1, 10);
    let high = (node.rect.height() * 1.5).min(count as f32 * 5.0);
    for class in 0..count {
        let share = if count > 1 { class as f32 / (count - 1) as f32 - 0.5 } else { 0.0 };
        let end = pos2(to.center().x, to.center().y.min(from.y) + high * share);
        painter.line_segment([from, end], Stroke::new(0.8, color(palette.line)));
        painter.circle_filled(end, 1.4, color(palette.quiet));
    }
}

/// Where the button of a fold is.
pub(in crate::ui::network) fn fold_button(lane: &Lane, fold: &Fold) -> Rect {
    let size = vec2((fold.rect.width() - 6.0).clamp(8.0, 128.0), 18.0);
    let middle = match lane.kind {
        NetworkKind::Dense => (lane.ground - fold.rect.height() * 0.3).min(lane.ground - 9.0),
        NetworkKind::Residual | NetworkKind::Plain => lane.ground,
    };
    Rect::from_center_size(pos2(fold.rect.center().x, middle), size)
}

/// The names of the sources that a row reads, above the stacks in which they are new; with their channels where there is text for them.
pub(in crate::ui::network) fn slices(
    painter: &Painter,
    lane: &Lane,
    network: &Architecture,
    emphasis: Emphasis,
    text: Option<&Text>,
    palette: &Palette,
    by: Vec2,
) {
    let Some((of, part)) = emphasis.part else { return };
    if lane.kind != NetworkKind::Dense || of.is_some_and(|of| of != lane.kind) {
        return;
    }
    let (block, reader) = match part {
        Part::Layer { block, layer } => (block, layer),
        Part::Transition { block } => (block, network.spec.blocks[block - 1] + 1),
        Part::Classifier => (network.spec.blocks.len(), network.spec.blocks.last().map_or(0, |layers| layers + 1)),
        Part::Stem => return,
    };
    let read = lane.stacks.iter().filter(|stack| stack.block == block && stack.reader <= reader);
    let mut last = f32::NEG_INFINITY;
    for stack in read {
        let source = stack.reader - 1;
        let small: String = source.to_string().chars().map(subscript).collect();
        let channels = if source == 0 { stack.entering } else { network.spec.growth };
        let words = text.map(|text| text.fill("network_view.slice", &[("source", &small), ("channels", &channels)]));
        let short = format!("x{small}");
        let shade = palette.source(source);
        let below = if source == 0 { 0 } else { stack.entering + network.spec.growth * (source - 1) };
        let top = lane.ground - (below + channels) as f32 * lane.scale;
        let middle = top + channels as f32 * lane.scale / 2.0 + by.y;
        let x = stack.rect.center().x + by.x;
        let galley = words
            .into_iter()
            .chain([short])
            .map(|words| painter.layout_no_wrap(words, font(11.0), color(ink_on(shade))));
        let room = stack.rect.width() * 2.4;
        let Some(galley) = galley.into_iter().find(|galley| galley.size().x + 6.0 <= room.max(22.0)) else { continue };
        let place = Rect::from_center_size(pos2(x, middle), galley.size() + vec2(6.0, 0.0));
        if place.left() < last {
            continue;
        }
        last = place.right() + 1.0;
        painter.rect(
            place,
            CornerRadius::same(4),
            color(shade),
            Stroke::new(1.0, color(card(palette))),
            StrokeKind::Outside,
        );
        painter.galley(place.center() - galley.size() / 2.0, galley, color(ink_on(shade)));
    }
}
