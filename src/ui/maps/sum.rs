//! A residual layer: what was there before, what its branch H made, and the sum of the two, channel under channel on one scale.
//!
//! Only the sum goes on. Its parts are nowhere in what the next layer reads.

use eframe::egui::{Align2, Context, CursorIcon, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::pictures::{Pictures, cell, enlarge, frame, under_pointer};
use super::sheet::{Group, Sheet, scale};
use super::sources::{number, shade};
use super::touch::{Touched, ring};
use super::{Lane, Looked};
use crate::state::{Command, Focus, Within};
use crate::telemetry::{FeatureMaps, Glance};
use crate::ui::network::title;
use crate::ui::parts::network;
use crate::ui::style::{bold_font, color, font, palette};

/// The three of the layer that is shown, as pictures on one scale.
#[derive(Default)]
pub(super) struct Sum {
    sheet: Sheet,
    drawn: Option<(usize, u64)>,
}

/// What was before, the branch and the sum.
fn parts(glance: &Glance, row: usize) -> Option<[&FeatureMaps; 3]> {
    let maps = glance.rows.get(row)?;
    Some([glance.rows.get(row.checked_sub(1)?)?.handed_on(), &maps.made, maps.sum.as_ref()?])
}

impl Sum {
    /// Draws the three of that row, unless they were drawn of that glance.
    pub(super) fn refresh(&mut self, context: &Context, glance: &Glance, row: usize, number: u64) {
        let Some(parts) = parts(glance, row).filter(|_| self.drawn != Some((row, number))) else { return };
        let scale = scale(parts);
        self.sheet.draw(context, &parts.map(|maps| Group { maps, scale }));
        self.drawn = Some((row, number));
    }
}

/// Width of the words at the left.
const WORDS: f32 = 64.0;

/// Shows the three, one above the other.
pub(super) fn show(ui: &mut Ui, looked: &Looked<'_>, lane: &Lane<'_>, row: usize, room: Rect, touched: &mut Touched) {
    let (Some(glance), Some(sum), Some(layer)) = (lane.glance, lane.sum, lane.network.layers.get(row)) else { return };
    let Some(parts) = parts(glance, row) else { return };
    let (text, colors) = (looked.state.text(), palette(ui));
    let channels = parts[2].channels.max(1) as f32;
    let across = (room.width() - WORDS - 4.0) / channels;
    let side = (room.height() / 3.0).min(across) - 2.0;
    let side = (side - frame(side)).floor().clamp(12.0, 72.0);
    let cell = cell(parts[2], side);
    let gap = frame(side);
    let step = vec2(cell.x + gap, cell.y + gap + 2.0);
    ui.set_min_size(vec2(WORDS + 4.0 + step.x * channels, room.height()));
    let corner = ui.min_rect().min;
    let top = corner.y + ((room.height() - step.y * 3.0) / 2.0).max(0.0).floor();
    let shades =
        [shade(colors, lane.network, row - 1), colors.source(number(layer.part)), shade(colors, lane.network, row)];
    let words = ["maps.sum.before", "maps.sum.branch", "maps.sum.sum"];
    let mut pictures = Pictures::of(&sum.sheet);
    for (index, (maps, shade)) in parts.into_iter().zip(shades).enumerate() {
        let y = top + step.y * index as f32 + 1.0;
        for channel in 0..maps.channels {
            let place = Rect::from_min_size(pos2(corner.x + WORDS + 2.0 + step.x * channel as f32, y + gap), cell);
            pictures.one(index, channel, place, shade);
        }
        let letters = if index == 2 { bold_font(12.0) } else { font(12.0) };
        let ink = color(if index == 2 { colors.ink } else { colors.quiet });
        let place = pos2(corner.x + 2.0, y + gap + cell.y / 2.0);
        ui.painter().text(place, Align2::LEFT_CENTER, text.say(words[index]), letters, ink);
    }
    let shown = pictures.paint(ui.painter());
    let kind = lane.network.kind;
    for (index, maps) in parts.into_iter().enumerate() {
        let y = top + step.y * index as f32;
        let place = Rect::from_min_size(pos2(corner.x, y), vec2(WORDS + 4.0 + step.x * channels, step.y));
        let response = ui.interact(place, looked.id.with((kind, "part", index)), Sense::click());
        let (name, of) = (text.say(network::name(kind)), title(text, layer.part));
        let keys = ["maps.sum.before_about", "maps.sum.branch_about", "maps.sum.sum_about"];
        let about = text.fill(keys[index], &[("network", &name), ("row", &of), ("channels", &maps.channels)]);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &about));
        if response.hovered() {
            touched.pointed = Some(Focus::Part(Some(kind), layer.part));
        }
        let of_row = shown.iter().filter(|shown| shown.group == index).copied().collect::<Vec<_>>();
        if response.has_focus() {
            ring(ui, place);
        }
        if response.clicked() {
            let channel = under_pointer(ui, &of_row).map_or(0, |shown| shown.channel);
            touched.selects = Some(Command::LookInto(Some(Within { kind, part: layer.part, channel, inner: None })));
        }
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        match under_pointer(ui, &of_row) {
            Some(shown) => {
                let channel = text.fill("maps.channel", &[("number", &(shown.channel + 1)), ("count", &maps.channels)]);
                let open = text.say("maps.inside.open").to_owned();
                enlarge(response, &sum.sheet, shown, maps, text, &[channel, about, open]);
            }
            None => _ = response.on_hover_text(about),
        }
    }
}
