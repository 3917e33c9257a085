//! What stands around the lanes: cards behind blocks with their names, counts below, and each network's name at the left.

use eframe::egui::{Align2, CornerRadius, Painter, Rect, Vec2, pos2};

use super::stacks::card;
use crate::arch::{Architecture, NetworkKind};
use crate::text::Text;
use crate::theme::Palette;
use crate::ui::network::layout::{COUNT_SIZE, Card, HEADER, Lane, Layout};
use crate::ui::network::model::Column;
use crate::ui::parts::network;
use crate::ui::style::{bold_font, color, font};

/// Width of the names of the networks.
pub(in crate::ui::network) const GUTTER: f32 = 88.0;

/// The cards behind the blocks.
pub(in crate::ui::network) fn cards(painter: &Painter, layout: &Layout, palette: &Palette, by: Vec2) {
    for place in &layout.cards {
        painter.rect_filled(place.rect.translate(by), CornerRadius::same(8), color(card(palette)));
    }
}

/// The blocks' names and what stands between them.
pub(in crate::ui::network) fn headers(painter: &Painter, layout: &Layout, text: &Text, palette: &Palette, by: Vec2) {
    for card in &layout.cards {
        let place = card.rect.translate(by);
        let row = Rect::from_min_size(place.min, eframe::egui::vec2(place.width(), HEADER));
        // The name of a block that is wider than the place stays in its middle.
        let seen = painter.clip_rect().x_range();
        let row = Rect::from_x_y_ranges(row.left().max(seen.min)..=row.right().min(seen.max), row.y_range());
        let galleys = block_names(card, text)
            .into_iter()
            .map(|words| painter.layout_no_wrap(words, bold_font(12.0), color(palette.ink)));
        if let Some(galley) = galleys.into_iter().find(|galley| galley.size().x <= row.width() - 6.0) {
            painter.galley(row.center() - galley.size() / 2.0, galley, color(palette.ink));
        }
    }
    for placed in &layout.columns {
        let words = match placed.column {
            Column::Stem => text.say("part_short.stem").to_owned(),
            Column::Transition { block } => text.fill("part_short.transition", &[("block", &block)]),
            Column::Classifier => text.say("part_short.classifier").to_owned(),
            Column::Layer { .. } | Column::Fold { .. } | Column::End { .. } => continue,
        };
        let galley = painter.layout_no_wrap(words, font(11.0), color(palette.quiet));
        if galley.size().x <= placed.right - placed.left - 4.0 {
            let place = pos2(f32::midpoint(placed.left, placed.right), HEADER / 2.0) + by;
            painter.galley(place - galley.size() / 2.0, galley, color(palette.quiet));
        }
    }
}

/// What a block may be called, the longest first.
fn block_names(card: &Card, text: &Text) -> Vec<String> {
    let (height, width) = card.pixels;
    let fill = |key: &str| text.fill(key, &[("block", &card.block), ("height", &height), ("width", &width)]);
    vec![fill("network_view.block"), fill("network_view.block_short"), format!("{height}×{width}")]
}

/// Channel counts under the stacks, or where they would stand while they are hidden.
pub(in crate::ui::network) fn counts(
    painter: &Painter,
    lane: &Lane,
    layout: &Layout,
    hidden: bool,
    palette: &Palette,
    by: Vec2,
) {
    for count in &lane.counts {
        let (letters, ink) = if count.marks {
            (bold_font(COUNT_SIZE), color(palette.ink))
        } else {
            (font(COUNT_SIZE), color(palette.quiet))
        };
        painter.text(
            count.rect.center() + by,
            Align2::CENTER_CENTER,
            if hidden { "?" } else { &count.words },
            letters,
            ink,
        );
    }
    let Some(y) = lane.counts.first().map(|count| count.rect.center().y) else { return };
    for placed in layout.columns.iter().filter(|placed| matches!(placed.column, Column::Transition { .. })) {
        let place = pos2(f32::midpoint(placed.left, placed.right), y);
        let around = Rect::from_center_size(place, eframe::egui::vec2(18.0, 8.0));
        if lane.counts.iter().all(|count| !count.rect.intersects(around)) {
            painter.text(place + by, Align2::CENTER_CENTER, "→", font(COUNT_SIZE), color(palette.quiet));
        }
    }
}

/// A network's name, what its layers do with what they make, and its one number.
pub(in crate::ui::network) fn gutter(
    painter: &Painter,
    place: Rect,
    architecture: &Architecture,
    text: &Text,
    palette: &Palette,
) {
    let ink = color(palette.network(architecture.kind));
    let number = match (architecture.kind, architecture.width) {
        (NetworkKind::Dense, _) => text.fill("network_view.growth", &[("growth", &architecture.spec.growth)]),
        (NetworkKind::Residual | NetworkKind::Plain, Some(width)) => {
            text.fill("network_view.width", &[("width", &width.channels(1))])
        }
        (NetworkKind::Residual | NetworkKind::Plain, None) => String::new(),
    };
    let merge = match architecture.kind {
        NetworkKind::Dense => text.say("network_view.concatenates"),
        NetworkKind::Residual => text.say("network_view.adds"),
        NetworkKind::Plain => text.say("network_view.replaces"),
    };
    let (x, middle) = (place.left() + 4.0, place.center().y);
    let painter = painter.with_clip_rect(place.intersect(painter.clip_rect()));
    // A flat lane has room for two lines.
    let (first, last) =
        if place.height() < 40.0 { (middle - 7.0, middle + 7.0) } else { (middle - 15.0, middle + 15.0) };
    let words = text.say(network::name(architecture.kind));
    let sizes = [13.0, 12.0, 11.0, 10.0].map(|size| painter.layout_no_wrap(words.to_owned(), bold_font(size), ink));
    let fits = sizes.iter().position(|galley| galley.size().x <= place.width() - 6.0).unwrap_or(sizes.len() - 1);
    let name = std::sync::Arc::clone(&sizes[fits]);
    painter.galley(pos2(x, first - name.size().y / 2.0), name, ink);
    if place.height() >= 40.0 {
        painter.text(pos2(x, middle), Align2::LEFT_CENTER, merge, font(11.0), color(palette.quiet));
    }
    network::paint(&painter, palette, pos2(x + network::WIDTH / 2.0, last), architecture.kind);
    painter.text(pos2(x + network::WIDTH + 6.0, last), Align2::LEFT_CENTER, number, font(11.0), color(palette.ink));
}
