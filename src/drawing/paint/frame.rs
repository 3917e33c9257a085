//! What stands around the lanes: cards behind blocks with their names, counts below, and each network's name at the left.

use emath::{Pos2, Rect, pos2, vec2};

use super::marks::{Anchor, Mark, Measure, Sheet};
use super::stacks::card;
use crate::arch::{Architecture, Merge, NetworkKind};
use crate::drawing::layout::{COUNT_SIZE, Card, HEADER, Lane, Layout};
use crate::drawing::model::Column;
use crate::text::Text;
use crate::theme::{Dash, Palette, Shape, Sign};

/// Width of a network's sign.
const SIGN: f32 = 22.0;

/// Width of the names of the networks.
pub const GUTTER: f32 = 88.0;

/// The cards behind the blocks.
pub fn cards(layout: &Layout, palette: &Palette) -> Vec<Mark> {
    let card = |place: &Card| Mark::Box { rect: place.rect, radius: 8, fill: card(palette), edge: None };
    layout.cards.iter().map(card).collect()
}

/// The blocks' names and what stands between them. The name of a block that is wider than the view stays in its middle.
pub fn headers(layout: &Layout, text: &Text, palette: &Palette, view: Rect, measure: Measure) -> Vec<Mark> {
    let mut sheet = Sheet::default();
    for card in &layout.cards {
        let (left, right) = (card.rect.left().max(view.left()), card.rect.right().min(view.right()));
        let place = pos2(f32::midpoint(left, right), card.rect.top() + HEADER / 2.0);
        let fits = |words: &String| measure(words, 12.0, true) <= right - left - 6.0;
        if let Some(words) = block_names(card, text).into_iter().find(fits) {
            sheet.words(place, words, 12.0, true, palette.ink);
        }
    }
    for placed in &layout.columns {
        let words = match placed.column {
            Column::Stem => text.say("part_short.stem").to_owned(),
            Column::Transition { block } => text.fill("part_short.transition", &[("block", &block)]),
            Column::Classifier => text.say("part_short.classifier").to_owned(),
            Column::Layer { .. } | Column::Fold { .. } | Column::End { .. } => continue,
        };
        if measure(&words, 11.0, false) <= placed.right - placed.left - 4.0 {
            let place = pos2(f32::midpoint(placed.left, placed.right), HEADER / 2.0);
            sheet.words(place, words, 11.0, false, palette.quiet);
        }
    }
    sheet.marks
}

/// What a block may be called, the longest first.
fn block_names(card: &Card, text: &Text) -> Vec<String> {
    let (height, width) = card.pixels;
    let fill = |key: &str| text.fill(key, &[("block", &card.block), ("height", &height), ("width", &width)]);
    vec![fill("network_view.block"), fill("network_view.block_short"), format!("{height}×{width}")]
}

/// Channel counts under the stacks, or where they would stand while they are hidden.
pub fn counts(lane: &Lane, layout: &Layout, hidden: bool, palette: &Palette) -> Vec<Mark> {
    let mut sheet = Sheet::default();
    for count in &lane.counts {
        let (bold, ink) = if count.marks { (true, palette.ink) } else { (false, palette.quiet) };
        let words = if hidden { "?" } else { &count.words };
        sheet.words(count.rect.center(), words, COUNT_SIZE, bold, ink);
    }
    let Some(y) = lane.counts.first().map(|count| count.rect.center().y) else { return sheet.marks };
    for placed in layout.columns.iter().filter(|placed| matches!(placed.column, Column::Transition { .. })) {
        let place = pos2(f32::midpoint(placed.left, placed.right), y);
        let around = Rect::from_center_size(place, vec2(18.0, 8.0));
        if lane.counts.iter().all(|count| !count.rect.intersects(around)) {
            sheet.words(place, "→", COUNT_SIZE, false, palette.quiet);
        }
    }
    sheet.marks
}

/// A network's name, what its layers do with what they make, and its one number.
pub fn gutter(place: Rect, architecture: &Architecture, text: &Text, palette: &Palette, measure: Measure) -> Vec<Mark> {
    let ink = palette.network(architecture.kind);
    let merge = match architecture.kind.merge() {
        Merge::Append => text.say("network_view.concatenates"),
        Merge::Add => text.say("network_view.adds"),
        Merge::Replace => text.say("network_view.replaces"),
    };
    let (x, middle) = (place.left() + 4.0, place.center().y);
    let mut sheet = Sheet::default();
    let mut left = |at: Pos2, words: &str, size: f32, bold: bool, shade| {
        sheet.marks.push(Mark::Words { at, anchor: Anchor::Left, words: words.to_owned(), size, bold, shade });
    };
    // A flat lane has room for two lines.
    let (first, last) =
        if place.height() < 40.0 { (middle - 7.0, middle + 7.0) } else { (middle - 15.0, middle + 15.0) };
    let words = text.say(architecture.kind.text_key());
    let fits = |size: &f32| measure(words, *size, true) <= place.width() - 6.0;
    left(pos2(x, first), words, [13.0, 12.0, 11.0].into_iter().find(fits).unwrap_or(10.0), true, ink);
    if place.height() >= 40.0 {
        left(pos2(x, middle), merge, 11.0, false, palette.quiet);
    }
    left(pos2(x + SIGN + 6.0, last), &number(architecture, text), 11.0, false, palette.ink);
    sheet.marks.extend(sign(palette, pos2(x + SIGN / 2.0, last), architecture.kind));
    sheet.marks
}

/// A network's one number: how much each layer adds, or how wide it is.
pub fn number(architecture: &Architecture, text: &Text) -> String {
    match (architecture.kind.merge(), architecture.width) {
        (Merge::Append, _) => text.fill("network_view.growth", &[("growth", &architecture.spec.growth)]),
        (Merge::Add | Merge::Replace, Some(width)) => text.fill("network_view.width", &[("width", &width.channels(1))]),
        (Merge::Add | Merge::Replace, None) => String::new(),
    }
}

/// A network's sign around a place: a piece of its line with its shape on it.
pub fn sign(palette: &Palette, place: Pos2, kind: NetworkKind) -> Vec<Mark> {
    let ink = palette.network(kind);
    let mut sheet = Sheet::default();
    let Sign { dash, shape, .. } = Sign::of(kind);
    let (dash, gap) = match dash {
        Dash::Solid => (SIGN, 0.0),
        Dash::Dashed => (5.0, 3.0),
        Dash::Dotted => (2.0, 3.0),
    };
    let mut from = 0.0;
    while from < SIGN {
        let at = |along: f32| pos2(place.x - SIGN / 2.0 + along, place.y);
        sheet.line(at(from), at((from + dash).min(SIGN)), 2.0, ink);
        from += dash + gap;
    }
    match shape {
        Shape::Disc => sheet.marks.push(Mark::Disc { center: place, radius: 4.0, fill: ink, edge: None }),
        Shape::Square => sheet.fill(Rect::from_center_size(place, vec2(7.0, 7.0)), ink),
        Shape::Triangle => {
            let corner = |x: f32, y: f32| (place + vec2(x, y), ink);
            sheet.marks.push(Mark::Quad([corner(0.0, -4.5), corner(4.5, 3.5), corner(-4.5, 3.5), corner(0.0, -4.5)]));
        }
    }
    sheet.marks
}
