//! One row of one network: the maps that it read, source by source and unchanged, and those that it made.

use eframe::egui::{Align2, CursorIcon, Pos2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::pictures::{Pictures, Shown, cell, enlarge, frame, grid, under_pointer};
use super::sources::{Source, made_by, name_of_map, number, read_by, shade};
use super::touch::{Touched, ring};
use super::{Lane, Looked, sum};
use crate::arch::{Layer, Merge, Part};
use crate::state::{Command, Focus, Within};
use crate::telemetry::{FeatureMaps, Glance};
use crate::text::Text;
use crate::ui::network::{formula, title};
use crate::ui::parts::{network, segmented};
use crate::ui::style::{bold_font, color, font, palette};

/// Height of the formula above the pictures, and of the words above each group.
const FORMULA: f32 = 17.0;
const CAPTION: f32 = 14.0;
/// Space between groups, and for the arrow between what is read and what is made.
const APART: f32 = 8.0;
const ARROW: f32 = 30.0;
/// Sides of pictures that are tried, the largest first.
const SIDES: [f32; 18] =
    [72.0, 64.0, 56.0, 48.0, 42.0, 36.0, 32.0, 28.0, 25.0, 22.0, 20.0, 18.0, 16.0, 14.0, 13.0, 12.0, 11.0, 10.0];

/// Shows a row in that place.
pub(super) fn show(ui: &mut Ui, looked: &Looked<'_>, lane: &Lane<'_>, row: usize, place: Rect, touched: &mut Touched) {
    let (Some(_), Some(layer)) = (lane.glance, lane.network.layers.get(row)) else { return };
    headline(ui, looked.state.text(), lane, layer, Rect::from_min_size(place.min, vec2(place.width(), FORMULA)));
    let room = place.with_min_y(place.top() + FORMULA);
    let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt((lane.network.kind, "detail")));
    child.style_mut().always_scroll_the_only_direction = true;
    let area = ScrollArea::horizontal().id_salt("pictures").auto_shrink(false);
    area.show(&mut child, |ui| match (lane.network.kind.merge(), layer.part) {
        (Merge::Add, Part::Layer { .. }) => sum::show(ui, looked, lane, row, room, touched),
        (Merge::Append | Merge::Add | Merge::Replace, _) => {
            flow(ui, looked, lane, row, room, touched);
        }
    });
}

/// What the row computes, with its numbers, and what that means for the maps.
fn headline(ui: &Ui, text: &Text, lane: &Lane<'_>, layer: &Layer, place: Rect) {
    let colors = palette(ui);
    let ink = color(colors.ink);
    let words = formula(text, lane.network, layer, false);
    let painter = ui.painter();
    let formula = segmented::fit(ui, &words, bold_font(12.0), place.width(), ink);
    let after = place.left() + formula.size().x + 12.0;
    painter.galley(pos2(place.left(), place.center().y - formula.size().y / 2.0), formula, ink);
    let meaning = match (lane.network.kind.merge(), layer.part) {
        (Merge::Append, Part::Layer { .. }) => "maps.meaning.dense",
        (Merge::Add, Part::Layer { .. }) => "maps.meaning.residual",
        (Merge::Replace, Part::Layer { .. }) => "maps.meaning.plain",
        (_, Part::Transition { .. }) => "maps.meaning.transition",
        (_, Part::Stem | Part::Classifier) => return,
    };
    let quiet = color(colors.quiet);
    let words = painter.layout_no_wrap(text.say(meaning).to_owned(), font(12.0), quiet);
    if after + words.size().x <= place.right() {
        painter.galley(pos2(after, place.center().y - words.size().y / 2.0), words, quiet);
    }
}

/// Some maps that stand together under their caption.
struct Group<'a> {
    source: Source,
    maps: &'a FeatureMaps,
    /// What it may be called, the longest first.
    captions: [String; 2],
    made: bool,
}

fn groups<'a>(text: &Text, lane: &Lane<'_>, glance: &'a Glance, row: usize) -> Vec<Group<'a>> {
    let network = lane.network;
    let maps = |row: usize| glance.rows.get(row).map(crate::telemetry::RowMaps::handed_on);
    let read = read_by(network, row).into_iter().filter_map(|source| {
        let channels = source.channels;
        let long = match (network.kind.merge(), number(network.layers[source.row].part)) {
            (Merge::Append, 0) => text.fill("maps.caption.entered", &[("channels", &channels)]),
            (Merge::Append, layer) => text.fill("maps.caption.layer", &[("channels", &channels), ("layer", &layer)]),
            (Merge::Add | Merge::Replace, _) => text.fill("maps.caption.read", &[("channels", &channels)]),
        };
        Some(Group { source, maps: maps(source.row)?, captions: [long, channels.to_string()], made: false })
    });
    let mut groups: Vec<_> = read.collect();
    let part = network.layers.get(row).map(|layer| layer.part);
    // The classifier's are one pixel each; the bars at the right say more.
    if let (Some(source), Some(maps)) = (made_by(network, row), maps(row))
        && part != Some(Part::Classifier)
    {
        let channels = source.channels;
        let key = match (network.kind.merge(), part) {
            (Merge::Append, Some(Part::Layer { .. })) => "maps.caption.adds",
            (Merge::Append | Merge::Add | Merge::Replace, _) => "maps.caption.makes",
        };
        let captions = [text.fill(key, &[("channels", &channels)]), format!("+{channels}")];
        groups.push(Group { source, maps, captions, made: true });
    }
    groups
}

/// How large pictures are, and how many stand above each other.
#[derive(Clone, Copy)]
struct Fit {
    side: f32,
    width: f32,
}

/// Columns of a group, and its size.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts of pictures in a place")]
fn size_of(maps: &FeatureMaps, side: f32, height: f32) -> (usize, eframe::egui::Vec2) {
    let cell = cell(maps, side);
    let gap = frame(cell.max_elem());
    let rows = ((height - gap) / (cell.y + gap)).floor().max(1.0) as usize;
    let across = maps.channels.div_ceil(rows).max(1);
    let down = maps.channels.div_ceil(across);
    (across, vec2(gap + across as f32 * (cell.x + gap), gap + down as f32 * (cell.y + gap)))
}

/// The largest pictures with which all groups stand beside each other, or the smallest there are.
fn fit(groups: &[Group<'_>], room: eframe::egui::Vec2) -> Fit {
    let width = |side: f32| {
        let of = |group: &Group<'_>| size_of(group.maps, side, room.y).1.x.max(26.0) + APART;
        groups.iter().map(of).sum::<f32>() + ARROW
    };
    let side = SIDES.into_iter().find(|side| *side <= room.y && width(*side) <= room.x);
    let side = side.unwrap_or(SIDES[SIDES.len() - 1]);
    Fit { side, width: width(side) }
}

fn flow(ui: &mut Ui, looked: &Looked<'_>, lane: &Lane<'_>, row: usize, room: Rect, touched: &mut Touched) {
    let Some(glance) = lane.glance else { return };
    let (text, colors) = (looked.state.text(), palette(ui));
    let groups = groups(text, lane, glance, row);
    let high = room.height() - CAPTION - 4.0;
    let fit = fit(&groups, vec2(room.width(), high));
    ui.set_min_size(vec2(fit.width, room.height()));
    let corner = ui.min_rect().min;
    let (mut x, top) = (corner.x + 2.0, corner.y + CAPTION);
    if groups.first().is_some_and(|group| group.made) {
        x = image(ui, looked, pos2(x, top), high);
    }
    let mut pictures = Pictures::of(lane.sheet);
    let mut placed = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        if group.made {
            let h = matches!(lane.network.layers[row].part, Part::Layer { .. });
            arrow(ui, pos2(x - APART, top + high / 2.0), h);
            x += ARROW - APART;
        }
        let (across, size) = size_of(group.maps, fit.side, high);
        let below = top + ((high - size.y) / 2.0).floor().max(0.0);
        let cell = cell(group.maps, fit.side);
        let first = pictures.shown.len();
        let places = grid(pos2(x, below), cell, across, group.maps.channels);
        pictures.add(group.source.row, places, shade(colors, lane.network, group.source.row));
        let frame = Rect::from_min_size(pos2(x, below), size);
        let wide = size.x.max(26.0);
        caption(ui, group, pos2(x, below - CAPTION), wide + APART - 4.0);
        placed.push((index, frame, first..pictures.shown.len()));
        x += wide + APART;
    }
    let shown = pictures.paint(ui.painter());
    for (index, frame, range) in placed {
        let group = InPlace { row, group: &groups[index], place: frame, shown: &shown[range] };
        group.touch(ui, looked, lane, touched);
    }
}

fn caption(ui: &Ui, group: &Group<'_>, place: Pos2, room: f32) {
    let colors = palette(ui);
    let (letters, ink) = if group.made { (bold_font(12.0), colors.ink) } else { (font(12.0), colors.quiet) };
    let galleys =
        group.captions.each_ref().map(|words| ui.painter().layout_no_wrap(words.clone(), letters.clone(), color(ink)));
    let galley = galleys.iter().find(|galley| galley.size().x <= room).unwrap_or(&galleys[1]);
    ui.painter().galley(place, std::sync::Arc::clone(galley), color(ink));
}

/// The image that the stem reads; gives back where it ends.
fn image(ui: &Ui, looked: &Looked<'_>, corner: Pos2, high: f32) -> f32 {
    let shape = looked.images.shape;
    let ratio = shape.width.max(1) as f32 / shape.height.max(1) as f32;
    let side = high.min(96.0);
    let rect = Rect::from_min_size(corner + vec2(0.0, (high - side) / 2.0), vec2(side * ratio.clamp(0.3, 3.0), side));
    let (texture, on) = looked.thumb;
    let mut mesh = eframe::egui::Mesh::with_texture(texture);
    mesh.add_rect_with_uv(rect, on, eframe::egui::Color32::WHITE);
    ui.painter().add(eframe::egui::Shape::mesh(mesh));
    rect.right() + APART
}

/// From what is read to what is made, through H where it is a layer.
fn arrow(ui: &Ui, from: Pos2, h: bool) {
    let quiet = color(palette(ui).quiet);
    let stroke = eframe::egui::Stroke::new(1.5, quiet);
    let (left, right) = (from + vec2(7.0, 0.0), from + vec2(ARROW - 7.0, 0.0));
    ui.painter().line_segment([left, right], stroke);
    ui.painter().line_segment([right - vec2(4.0, 4.0), right], stroke);
    ui.painter().line_segment([right - vec2(4.0, -4.0), right], stroke);
    if h {
        ui.painter().text(from + vec2(ARROW / 2.0, -9.0), Align2::CENTER_CENTER, "H", bold_font(12.0), quiet);
    }
}

/// A group that the row reads or makes, where it stands.
struct InPlace<'a> {
    row: usize,
    group: &'a Group<'a>,
    place: Rect,
    shown: &'a [Shown],
}

impl InPlace<'_> {
    fn touch(&self, ui: &mut Ui, looked: &Looked<'_>, lane: &Lane<'_>, touched: &mut Touched) {
        let Self { row, group, place, shown } = *self;
        let (text, kind) = (looked.state.text(), lane.network.kind);
        let Some(layer) = lane.network.layers.get(group.source.row) else { return };
        let response = ui.interact(place, looked.id.with((kind, "source", row, group.source.row)), Sense::click());
        response.widget_info(|| {
            let values: [(&str, &dyn std::fmt::Display); 3] = [
                ("network", &text.say(network::name(kind))),
                ("channels", &group.source.channels),
                ("row", &title(text, layer.part)),
            ];
            let key = match (group.made, kind.merge()) {
                (true, _) => "maps.group.made",
                (false, Merge::Append) => "maps.group.read",
                (false, Merge::Add | Merge::Replace) => "maps.group.before",
            };
            WidgetInfo::labeled(Role::Button, true, text.fill(key, &values))
        });
        let focus = Focus::Part(Some(kind), layer.part);
        if response.has_focus() {
            ring(ui, place);
        }
        if response.hovered() {
            touched.pointed = Some(focus);
        }
        let opens = group.made && matches!(layer.part, Part::Layer { .. });
        if response.clicked() && !group.made {
            touched.selects = Some(Command::Select(Some(focus)));
        }
        if response.clicked() && opens {
            let channel = under_pointer(ui, shown).map_or(0, |shown| shown.channel);
            touched.selects = Some(Command::LookInto(Some(Within { kind, part: layer.part, channel, inner: None })));
        }
        let leads = opens || !group.made;
        let response = if leads { response.on_hover_cursor(CursorIcon::PointingHand) } else { response };
        if let Some(shown) = under_pointer(ui, shown) {
            let mut lines = name_of_map(text, lane.network, group.source.row, shown.channel);
            if let (false, Some(reader)) = (group.made, lane.network.layers.get(row)) {
                let channel = group.source.before + shown.channel + 1;
                lines.insert(0, text.fill("maps.read_channel", &[("number", &channel), ("count", &reader.reads)]));
                lines.remove(1);
            }
            if opens {
                lines.push(text.say("maps.inside.open").to_owned());
            }
            enlarge(response, lane.sheet, shown, group.maps, text, &lines);
        }
    }
}
