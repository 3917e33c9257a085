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
            let place = pos2((placed.left + placed.right) / 2.0, HEADER / 2.0) + by;
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

/// Channel counts under the stacks.
pub(in crate::ui::network) fn counts(painter: &Painter, lane: &Lane, layout: &Layout, palette: &Palette, by: Vec2) {
    for count in &lane.counts {
        let (letters, ink) = if count.marks {
            (bold_font(COUNT_SIZE), color(palette.ink))
        } else {
            (font(COUNT_SIZE), color(palette.quiet))
        };
        painter.text(count.rect.center() + by, Align2::CENTER_CENTER, &count.words, letters, ink);
    }
    let Some(y) = lane.counts.first().map(|count| count.rect.center().y) else { return };
    for placed in layout.columns.iter().filter(|placed| matches!(placed.column, Column::Transition { .. })) {
        if placed.right - placed.left > 26.0 {
            let place = pos2((placed.left + placed.right) / 2.0, y) + by;
            painter.text(place, Align2::CENTER_CENTER, "→", font(COUNT_SIZE), color(palette.quiet));
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
    let high = if place.height() < 48.0 { 12.0 } else { 16.0 };
    let painter = painter.with_clip_rect(place.intersect(painter.clip_rect()));
    painter.text(
        pos2(x, middle - high),
        Align2::LEFT_CENTER,
        text.say(network::name(architecture.kind)),
        bold_font(13.0),
        ink,
    );
    painter.text(pos2(x, middle), Align2::LEFT_CENTER, merge, font(11.0), color(palette.quiet));
    network::paint(&painter, palette, pos2(x + network::WIDTH / 2.0, middle + high), architecture.kind);
    painter.text(
        pos2(x + network::WIDTH + 6.0, middle + high),
        Align2::LEFT_CENTER,
        number,
        font(11.0),
        color(palette.ink),
    );
}
