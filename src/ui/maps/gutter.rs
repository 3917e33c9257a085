//! At the left of a lane: the network's name, and what it takes the image for.

use eframe::egui::{Rect, Ui, pos2};

use super::classes::likeliest;
use super::{Lane, Looked};
use crate::ui::parts::icon::{self, Icon};
use crate::ui::parts::network;
use crate::ui::parts::segmented::fit;
use crate::ui::style::{bold_font, color, font, palette};

/// The name alone, at the height of the first line in that place.
pub(super) fn name(ui: &Ui, looked: &Looked<'_>, lane: &Lane<'_>, place: Rect) {
    let kind = lane.network.kind;
    let ink = color(palette(ui).network(kind));
    let words = looked.state.text().say(network::name(kind));
    let name = called(ui, words, place.width() - 6.0, ink);
    ui.painter().galley(pos2(place.left() + 2.0, place.top()), name, ink);
}

/// Shows it in that place.
pub(super) fn show(ui: &Ui, looked: &Looked<'_>, lane: &Lane<'_>, place: Rect) {
    let (text, colors) = (looked.state.text(), palette(ui));
    let kind = lane.network.kind;
    let ink = color(colors.network(kind));
    let (x, middle) = (place.left() + 2.0, place.center().y);
    let name = called(ui, text.say(network::name(kind)), place.width() - 6.0, ink);
    let predicted = lane.glance.and_then(|glance| likeliest(&glance.probabilities));
    let high = place.height() >= 56.0;
    let first = middle - if high { 17.0 } else { 8.0 };
    ui.painter().galley(pos2(x, first - name.size().y / 2.0), name, ink);
    if let Some(class) = predicted {
        let (icon, shade) = match looked.truth() {
            Some(truth) if truth == class => (Icon::Check, colors.good),
            Some(_) => (Icon::Cross, colors.error),
            None => (Icon::Right, colors.quiet),
        };
        let y = middle + if high { 1.0 } else { 9.0 };
        icon::paint(ui.painter(), pos2(x + 6.0, y), 11.0, icon, color(shade));
        let words = fit(ui, looked.class_name(class), font(12.0), place.width() - 20.0, color(colors.ink));
        ui.painter().galley(pos2(x + 15.0, y - words.size().y / 2.0), words, color(colors.ink));
    }
    if high {
        network::paint(ui.painter(), colors, pos2(x + network::WIDTH / 2.0, middle + 18.0), kind);
    }
}

/// A name in the largest letters with which it finds room.
fn called(ui: &Ui, words: &str, room: f32, ink: eframe::egui::Color32) -> std::sync::Arc<eframe::egui::Galley> {
    let whole = |size: &f32| !fit(ui, words, bold_font(*size), room, ink).elided;
    let size = [13.0, 12.0, 11.0].into_iter().find(whole).unwrap_or(10.0);
    fit(ui, words, bold_font(size), room, ink)
}
