//! The networks in outline: each block as a bar, as long as the channels it carries.

use eframe::egui::{Align2, CornerRadius, Rect, Sense, Ui, pos2, vec2};

use crate::arch::{Architecture, Part};
use crate::state::State;
use crate::text::number::grouped;
use crate::ui::parts::network;
use crate::ui::style::{bold_font, color, font, palette};

/// Shows every network of what is built.
pub(super) fn show(ui: &mut Ui, state: &State) {
    let Some(built) = state.built() else { return };
    let most = built.networks.iter().flat_map(|network| &network.layers).map(|layer| layer.carries).max().unwrap_or(1);
    eframe::egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for network in built.networks {
            one(ui, state, network, most);
            ui.add_space(8.0);
        }
    });
}

fn one(ui: &mut Ui, state: &State, network: &Architecture, most: usize) {
    let text = state.text();
    let colors = palette(ui);
    let ink = color(colors.network(network.kind));
    ui.horizontal(|ui| {
        network::mark(ui, network.kind);
        ui.label(eframe::egui::RichText::new(text.say(network::name(network.kind))).font(bold_font(14.0)).color(ink));
    });
    for block in 1..=network.spec.blocks.len() {
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
        let name = text.fill("ui.build.block", &[("block", &block)]);
        let painter = ui.painter();
        painter.text(place.left_center(), Align2::LEFT_CENTER, name, font(12.0), color(colors.quiet));
        let (left, room) = (place.left() + 64.0, place.width() - 64.0 - 120.0);
        let long = |channels: usize| room * channels as f32 / most as f32;
        let entering = network.entering(block);
        let carries = network.block(block).last().map_or(entering, |layer| layer.carries);
        let bar = Rect::from_min_size(pos2(left, place.top() + 3.0), vec2(long(carries), 12.0));
        painter.rect_filled(bar, CornerRadius::same(3), color(colors.network(network.kind).mix(colors.ground, 0.55)));
        let before = Rect::from_min_size(bar.min, vec2(long(entering), 12.0));
        painter.rect_filled(before, CornerRadius::same(3), ink);
        let mut words = format!("{} → {}", grouped(entering as u64), grouped(carries as u64));
        if let Some(transition) = network.layer(Part::Transition { block }) {
            words.push_str(&format!(", T {}", grouped(transition.carries as u64)));
        }
        painter.text(
            pos2(bar.right() + 8.0, place.center().y),
            Align2::LEFT_CENTER,
            words,
            font(12.0),
            color(colors.ink),
        );
    }
}
