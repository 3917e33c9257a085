//! What the settings cost, network by network, while they are changed; and how much more that is than what trains now.

use std::cmp::Ordering;

use eframe::egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use crate::state::{Comparison, Costs, State};
use crate::text::Text;
use crate::text::number::{bytes, compact, grouped};
use crate::theme::Palette;
use crate::ui::parts::network;
use crate::ui::parts::segmented::fit;
use crate::ui::parts::words::longest;
use crate::ui::style::{bold_font, color, font, palette};

/// One row: its texts, the number, and how it is written short and in full.
struct Row {
    key: &'static str,
    number: fn(&Costs) -> u64,
    short: fn(f64) -> String,
    full: fn(&Costs) -> String,
}

const ROWS: [Row; 3] = [
    Row {
        key: "parameters",
        number: |costs| costs.parameters,
        short: compact,
        full: |costs| grouped(costs.parameters),
    },
    Row {
        key: "multiply_adds",
        number: |costs| costs.multiply_adds,
        short: compact,
        full: |costs| grouped(costs.multiply_adds),
    },
    Row {
        key: "activations",
        number: |costs| costs.activation_bytes_shared,
        short: bytes,
        full: |costs| grouped(costs.activation_bytes_shared),
    },
];

const LINE: f32 = 17.0;
const SMALL: f32 = 14.0;
const HEAD: f32 = 20.0;

/// Shows the costs; `short` leaves out what stands in small letters.
pub(super) fn show(ui: &mut Ui, state: &State, short: bool) {
    let text = state.text();
    let costs = state.costs();
    // What cannot be costs nothing that could be told; the place stays as high, so that nothing jumps.
    let networks = costs.len().max(1);
    // Three networks side by side leave no room for exact numbers.
    let short = short || networks > 2;
    let differs = state.pending();
    let pitch = if short { LINE + 2.0 } else { LINE + SMALL + 3.0 };
    let height = HEAD + ROWS.len() as f32 * pitch;
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let labels = if networks > 2 { 93.0 } else { 100.0 };
    let column = ((place.width() - labels) / networks as f32).min(96.0);
    let first = place.right() - column * networks as f32;
    for (index, comparison) in costs.iter().enumerate() {
        let right = first + column * (index + 1) as f32;
        head(
            ui,
            text,
            comparison,
            Rect::from_min_max(pos2(right - column, place.top()), pos2(right, place.top() + HEAD - 4.0)),
        );
    }
    for (row, index) in ROWS.iter().zip(0_u8..) {
        let top = place.top() + HEAD + f32::from(index) * pitch;
        let line = Rect::from_min_max(pos2(place.left(), top), pos2(place.right(), top + pitch - 2.0));
        let label = Rect::from_min_max(line.min, pos2(first, line.bottom()));
        title(ui, text, row, label, short);
        if costs.is_empty() {
            nothing(ui, line);
        }
        for (index, comparison) in costs.iter().enumerate() {
            let right = first + column * (index + 1) as f32;
            let cell = Rect::from_min_max(pos2(right - column, top), pos2(right, line.bottom()));
            number(ui, text, row, comparison, cell, (differs, short));
        }
    }
}

fn head(ui: &mut Ui, text: &Text, comparison: &Comparison, place: Rect) {
    let colors = palette(ui);
    let name = text.say(&format!("option.training.networks.{}", comparison.kind.name()));
    let words = longest(ui, &[name, ""], &bold_font(12.0), place.width() - 2.0);
    if words.is_empty() {
        // Its mark says the same.
        let at = pos2(place.right() - network::WIDTH / 2.0, place.center().y);
        network::paint(ui.painter(), colors, at, comparison.kind);
    } else {
        let galley = fit(ui, words, bold_font(12.0), place.width(), color(colors.network(comparison.kind)));
        let at = pos2(place.right() - galley.size().x, place.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, color(colors.ink));
    }
    let width = comparison.draft.and_then(|costs| costs.width);
    let response = ui.interact(place, ui.scope_id().with(("cost", comparison.kind.name())), Sense::hover());
    if let Some(width) = width {
        response.on_hover_text(text.fill("ui.cost.width", &[("width", &width)]));
    }
}

fn title(ui: &mut Ui, text: &Text, row: &Row, place: Rect, short: bool) {
    let colors = palette(ui);
    let words = text.say(&format!("ui.cost.{}", row.key));
    let unit = text.say(&format!("ui.cost.{}_unit", row.key));
    let galley = fit(ui, words, font(13.0), place.width() - 4.0, color(colors.ink));
    ui.painter().galley(pos2(place.left(), place.top()), galley, color(colors.ink));
    if !short {
        let unit = longest(ui, &[unit, ""], &font(12.0), place.width() - 2.0);
        let galley = fit(ui, unit, font(12.0), place.width(), color(colors.quiet));
        ui.painter().galley(pos2(place.left(), place.top() + LINE), galley, color(colors.quiet));
    }
    let response = ui.interact(place, ui.scope_id().with(("cost", row.key)), Sense::hover());
    let about = text.say(&format!("ui.cost.{}_about", row.key));
    response.on_hover_text(about);
}

fn number(ui: &mut Ui, text: &Text, row: &Row, comparison: &Comparison, place: Rect, (differs, short): (bool, bool)) {
    let colors = palette(ui);
    let Some(draft) = comparison.draft else {
        nothing(ui, place);
        return;
    };
    let now = (row.number)(&draft);
    let words = (row.short)(now as f64);
    let (second, ink) = match comparison.run {
        Some(run) if differs => change(colors, text, (row.number)(&run), now),
        Some(_) | None => ((row.full)(&draft), colors.quiet),
    };
    // Where there is no room for the change in words, its arrow stands before the number.
    let arrow = second.chars().next().filter(|arrow| short && ['▲', '▼'].contains(arrow));
    let size = match (short, place.width()) {
        (true, ..60.0) => 12.0,
        (true, _) => 13.0,
        (false, _) => 14.0,
    };
    let galley = fit(ui, &words, bold_font(size), place.width(), color(colors.ink));
    let left = place.right() - galley.size().x;
    ui.painter().galley(pos2(left, place.top()), galley, color(colors.ink));
    if let Some(arrow) = arrow {
        ui.painter().text(pos2(left - 3.0, place.top() + 2.0), Align2::RIGHT_TOP, arrow, font(12.0), color(ink));
    }
    if !short {
        let galley = fit(ui, &second, font(12.0), place.width(), color(ink));
        ui.painter().galley(pos2(place.right() - galley.size().x, place.top() + LINE), galley, color(ink));
    }
    let id = ui.scope_id().with((row.key, comparison.kind.name()));
    let response = ui.interact(place, id, Sense::hover());
    let name = text.say(network::name(comparison.kind));
    let label = text.say(&format!("ui.cost.{}", row.key));
    response.widget_info(|| {
        eframe::egui::WidgetInfo::labeled(
            eframe::egui::Role::Label,
            true,
            format!("{name}, {label}: {words}, {second}"),
        )
    });
    response.on_hover_ui(|ui| {
        crate::ui::parts::words::strong(ui, name);
        ui.label(format!("{label}: {}", (row.full)(&draft)));
        if let Some(run) = comparison.run.filter(|_| differs) {
            ui.label(&second);
            ui.label(text.fill("ui.cost.now", &[("number", &(row.full)(&run))]));
        }
    });
}

/// Stands where there is no number.
fn nothing(ui: &Ui, place: Rect) {
    ui.painter().text(place.right_top(), Align2::RIGHT_TOP, "–", bold_font(14.0), color(palette(ui).quiet));
}

/// How much more or less than what trains now, in words and by an arrow.
fn change(palette: &Palette, text: &Text, before: u64, now: u64) -> (String, crate::theme::Color) {
    let share = if before == 0 { 0.0 } else { now as f64 / before as f64 - 1.0 };
    let percent = share.abs() * 100.0;
    let digits = usize::from(percent < 9.95);
    let words = if share >= 9.0 {
        format!("▲ ×{:.0}", share + 1.0)
    } else {
        match now.cmp(&before) {
            Ordering::Greater => format!("▲ +{percent:.digits$} %"),
            Ordering::Less => format!("▼ −{percent:.digits$} %"),
            Ordering::Equal => text.say("ui.cost.same").to_owned(),
        }
    };
    (words, if now == before { palette.quiet } else { palette.warning })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use crate::theme::ThemeKind;

    #[test]
    fn a_change_is_told_by_an_arrow_and_a_share() {
        let (palette, text) = (Palette::of(ThemeKind::Light), Text::of(Language::English));
        for (before, now, words) in [
            (100, 112, "▲ +12 %"),
            (1000, 1005, "▲ +0.5 %"),
            (100, 50, "▼ −50 %"),
            (100, 100, "the same"),
            (10, 200, "▲ ×20"),
        ] {
            assert_eq!(change(palette, text, before, now).0, words);
        }
    }
}
