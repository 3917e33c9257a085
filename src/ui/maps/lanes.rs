//! Both networks from left to right: for each row a column of the maps that it hands on, framed in the colour of their source.

use eframe::egui::{
    Align2, CornerRadius, CursorIcon, EventFilter, Id, Key, Modifiers, Rangef, Rect, Role, Sense, Ui, WidgetInfo, vec2,
};

use super::columns::{self, Columns, stack};
use super::pictures::{Pictures, enlarge, grid, under_pointer};
use super::sources::{name_of_map, shade};
use super::touch::{Touched, is_meant, ring};
use super::{Lane, Looked};
use crate::arch::{Architecture, Part};
use crate::state::{Command, Focus, State};
use crate::text::Text;
use crate::ui::network::{formula, title};
use crate::ui::parts::network;
use crate::ui::style::{bold_font, color, font, palette};

/// Height of the row of names above the lanes.
pub(super) const HEADER: f32 = 20.0;

/// The short name of a row.
fn short(text: &Text, part: Part) -> String {
    match part {
        Part::Stem => text.say("part_short.stem").to_owned(),
        Part::Layer { block, layer } => text.fill("part_short.layer", &[("block", &block), ("layer", &layer)]),
        Part::Transition { block } => text.fill("part_short.transition", &[("block", &block)]),
        Part::Classifier => text.say("part_short.classifier").to_owned(),
    }
}

/// Names of the rows, each a control that shows its row in detail.
pub(super) struct Header<'a> {
    pub(super) state: &'a State,
    pub(super) network: &'a Architecture,
    pub(super) selected: Option<Part>,
    pub(super) id: Id,
}

impl Header<'_> {
    /// One name in that place.
    pub(super) fn tab(&self, ui: &mut Ui, row: usize, place: Rect, touched: &mut Touched) {
        let Some(layer) = self.network.layers.get(row) else { return };
        let (text, part) = (self.state.text(), layer.part);
        let id = self.id.with(("row", row));
        let focused = ui.memory(|memory| memory.has_focus(id));
        let response = ui.interact(place, id, Sense::click());
        let selected = self.selected == Some(part);
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, title(text, part)));
        let colors = palette(ui);
        let inner = place.shrink2(vec2(1.0, 2.0));
        let ink = if selected {
            ui.painter().rect_filled(inner, CornerRadius::same(4), color(colors.accent));
            colors.on_accent
        } else if response.hovered() {
            ui.painter().rect_filled(inner, CornerRadius::same(4), color(colors.control));
            colors.ink
        } else {
            colors.quiet
        };
        let lay = |size: f32| {
            let letters = if selected { bold_font(size) } else { font(size) };
            ui.painter().layout_no_wrap(short(text, part), letters, color(ink))
        };
        let words = lay(11.0);
        let words = if words.size().x > inner.width() - 2.0 { lay(9.5) } else { words };
        ui.painter().galley(place.center() - words.size() / 2.0, words, color(ink));
        if focused {
            ring(ui, inner.shrink(1.0));
            self.walk(ui, row, id, touched);
        }
        if response.hovered() {
            touched.pointed = Some(Focus::Part(None, part));
        }
        let response = response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(title(text, part));
        if response.clicked() {
            touched.selects = Some(Command::Select((!selected).then_some(Focus::Part(None, part))));
        }
    }

    /// Arrow keys go from name to name, and take along what is shown in detail.
    fn walk(&self, ui: &Ui, row: usize, id: Id, touched: &mut Touched) {
        let arrows = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let by = isize::from(pressed(Key::ArrowRight)) - isize::from(pressed(Key::ArrowLeft));
        let to = row.saturating_add_signed(by).min(self.network.layers.len() - 1);
        if to != row {
            ui.memory_mut(|memory| memory.request_focus(self.id.with(("row", to))));
            if self.selected.is_some() {
                let part = self.network.layers[to].part;
                touched.selects = Some(Command::Select(Some(Focus::Part(None, part))));
            }
        }
    }
}

/// Cards behind the blocks, through all lanes.
pub(super) fn cards(ui: &Ui, columns: &Columns, left: f32, down: Rangef) {
    for (_, place) in &columns.blocks {
        let rect = Rect::from_x_y_ranges(place.min + left..=place.max + left, down);
        ui.painter().rect_filled(rect, CornerRadius::same(8), color(palette(ui).panel));
    }
}

/// The maps of one network in a lane that begins at `left` and reaches `down`.
pub(super) fn lane(
    ui: &mut Ui,
    looked: &Looked<'_>,
    lane: &Lane<'_>,
    columns: &Columns,
    (left, down): (f32, Rangef),
    touched: &mut Touched,
) {
    let (text, state) = (looked.state.text(), looked.state);
    let Some(glance) = lane.glance else { return };
    let colors = palette(ui);
    let kind = lane.network.kind;
    let mut pictures = Pictures::of(lane.sheet);
    let mut touches = Vec::new();
    for (row, place) in &columns.places {
        let (Some(layer), Some(maps)) = (lane.network.layers.get(*row), glance.rows.get(*row)) else { continue };
        let area = Rect::from_x_y_ranges(place.min + left..=place.max + left, down);
        if !ui.is_rect_visible(area) {
            continue;
        }
        let maps = maps.handed_on();
        let room = area.shrink2(vec2(1.0, 2.0));
        let stack = stack(maps, room.size());
        let size = columns::size(&stack);
        let rest = maps.channels - stack.count;
        let high = size.y + if rest > 0 { columns::REST } else { 0.0 };
        let corner = eframe::egui::pos2(area.center().x - size.x / 2.0, area.center().y - high / 2.0).round();
        let first = pictures.shown.len();
        pictures.add(*row, grid(corner, stack.cell, stack.across, stack.count), shade(colors, lane.network, *row));
        let shown = first..pictures.shown.len();
        let frame = Rect::from_min_size(corner, size);
        if rest > 0 {
            let place = frame.center_bottom() + vec2(0.0, columns::REST / 2.0);
            let words = format!("+{rest}");
            ui.painter().text(place, Align2::CENTER_CENTER, words, font(12.0), color(colors.quiet));
        }
        touches.push((*row, layer, maps, area, frame, shown));
    }
    let shown = pictures.paint(ui.painter());
    for (row, layer, maps, area, frame, range) in touches {
        let focus = Focus::Part(Some(kind), layer.part);
        let response = ui.interact(area, looked.id.with((kind, row)), Sense::click());
        let selected = state.view.selected.and_then(Focus::part) == Some(layer.part);
        response.widget_info(|| {
            let (name, row) = (text.say(network::name(kind)), title(text, layer.part));
            let formula = formula(text, lane.network, layer, false);
            let said = text.fill("maps.column", &[("network", &name), ("row", &row), ("formula", &formula)]);
            WidgetInfo::selected(Role::Button, true, selected, said)
        });
        if is_meant(state, kind, layer.part) || response.has_focus() {
            ring(ui, frame);
        }
        if response.hovered() {
            touched.pointed = Some(focus);
        }
        if response.clicked() {
            touched.select(state, focus);
        }
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        match under_pointer(ui, &shown[range]) {
            Some(shown) => {
                enlarge(response, lane.sheet, shown, maps, text, &name_of_map(text, lane.network, row, shown.channel));
            }
            None => _ = response.on_hover_text(title(text, layer.part)),
        }
    }
}
