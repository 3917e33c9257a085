//! The feature maps of a real image: what every layer of every network makes of it, in step with training.
//!
//! Stands where the drawing of the networks stands. A strip offers the validation images; below it each network has a lane, with a column for
//! each row, framed in the colours of the drawing. A selected row is shown in detail: the maps that a dense layer read are the
//! very pictures of the layers that made them; a residual layer's are before, branch and sum, and only the sum goes on.
//! Maps are drawn when training reports new ones, and at no other time.

mod sheet;
mod thumbs;
mod choice;
mod sources;
mod columns;
mod pictures;
mod touch;
pub(in crate::ui) mod switch;
mod bar;
mod strip;
mod gutter;
mod classes;
mod lanes;
mod detail;
mod sum;
mod inside;
mod empty;

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{Context, Id, Rangef, Rect, ScrollArea, TextureId, Ui, UiBuilder, pos2, vec2};

use crate::arch::{Architecture, NetworkKind, Part};
use crate::config::fields;
use crate::data::DataSet;
use crate::state::{Command, Focus, Run, RunId, State};
use crate::telemetry::Glance;
use crate::ui::pointing::Pointing;
use columns::Columns;
use sheet::{Group, Sheet, scale};
use strip::Strip;
use sum::Sum;
use thumbs::Thumbs;
use touch::Touched;

/// What the view keeps from frame to frame.
#[derive(Default)]
pub struct Widget {
    strip: Strip,
    thumbs: Thumbs,
    drawn: BTreeMap<NetworkKind, Drawn>,
    /// Counts what was drawn.
    drawings: u64,
    pointing: Pointing,
}

/// The pictures of one network.
#[derive(Default)]
struct Drawn {
    sheet: Sheet,
    sum: Sum,
    inside: inside::Pictured,
    of: Option<Made>,
    number: u64,
}

/// Which maps were drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Made {
    glanced: u64,
    step: usize,
    image: usize,
    run: RunId,
}

/// What is looked at.
struct Looked<'a> {
    state: &'a State,
    run: &'a Run,
    images: &'a Arc<DataSet>,
    /// The classes, in the window's language where they are those of a set inside the program.
    names: Vec<String>,
    /// The image, counted from 0.
    image: usize,
    /// Its picture.
    thumb: (TextureId, Rect),
    id: Id,
}

/// A network with its maps, if they are there.
struct Lane<'a> {
    network: &'a Architecture,
    glance: Option<&'a Glance>,
    sheet: &'a Sheet,
    sum: Option<&'a Sum>,
    inside: Option<&'a inside::Pictured>,
}

impl Looked<'_> {
    /// The class that the image has; nobody knows that of one's own.
    fn truth(&self) -> Option<usize> {
        self.images.truth(self.image)
    }

    fn class_name(&self, class: usize) -> &str {
        self.names.get(class).map_or("?", String::as_str)
    }

    fn class(&self) -> &str {
        self.truth().map_or(self.state.text().say("maps.own"), |class| self.class_name(class))
    }

    /// The step of the maps that are shown; networks in training may be a step apart for a moment.
    fn step(&self) -> Option<usize> {
        self.run.glances.iter().filter(|(_, glance)| glance.image == self.image).map(|(_, glance)| glance.step).min()
    }
}

/// The names of the classes, in the window's language where the images are those inside the program.
fn class_names(state: &State, run: &Run, images: &DataSet) -> Vec<String> {
    let source = fields::SOURCE.get(&run.plan.config);
    let inside = source.as_text().is_some_and(|source| ["fashion-mnist", "shapes"].contains(&source));
    let known = |name: &str| state.text().known(&format!("class.{}", slug(name))).filter(|_| inside);
    images.class_names.iter().map(|name| known(name).unwrap_or(name).to_owned()).collect()
}

/// A name as a key: `T-shirt/top` is `t-shirt-top`.
fn slug(name: &str) -> String {
    name.to_lowercase().replace([' ', '/', '.'], "-")
}

/// Names at the left are as wide as in the drawing.
const GUTTER: f32 = 88.0;
/// A lane is at least so high when all rows are shown, and when one is in detail.
const LOW: f32 = 58.0;
const LOW_DETAIL: f32 = 78.0;
/// From this height on for each network, the lanes stay above what is in detail.
const BOTH: f32 = 184.0;

/// Shows the maps in all the room there is.
pub fn show(ui: &mut Ui, state: &State, maps: &mut Widget, commands: &mut Vec<Command>) {
    let whole = ui.available_rect_before_wrap();
    if whole.width() < 160.0 || whole.height() < 40.0 {
        return;
    }
    let row = Rect::from_min_size(whole.min, vec2(whole.width(), bar::HEIGHT));
    let below = whole.with_min_y(row.bottom() + 6.0);
    let there = state.run.as_ref().and_then(|run| Some((run, run.images.as_ref()?)));
    let Some((run, images)) = there.filter(|(_, images)| !images.validation.is_empty()) else {
        bar::show(ui, row, state, None, &mut maps.thumbs, commands);
        empty::show(ui, state, below);
        return;
    };
    let own = images.own_picture(state.view.image).is_some();
    let image = if own { state.view.image } else { state.view.image.min(images.validation.len() - 1) };
    let thumb = maps.thumbs.picture(ui.ctx(), images, image);
    let looked = Looked {
        state,
        run,
        images,
        names: class_names(state, run, images),
        image,
        thumb,
        id: ui.scope_id().with("maps"),
    };
    maps.strip.offered.refresh(run, images);
    let further = bar::show(ui, row, state, Some(&looked), &mut maps.thumbs, commands);
    if further != 0 {
        commands.extend(maps.strip.offered.next(image, further).map(Command::WatchImage));
    }
    let high = match whole.height() {
        height if height >= 420.0 => 58.0,
        height if height >= 300.0 => 46.0,
        height if height >= 150.0 => 38.0,
        _ => 0.0,
    };
    if high > 0.0 {
        let place = below.with_max_y(below.top() + high);
        maps.strip.show(ui, place, &looked, &mut maps.thumbs, commands);
    }
    let below = below.with_min_y(below.top() + if high > 0.0 { high + 4.0 } else { 0.0 });
    let selected = state.view.selected.and_then(Focus::part);
    let selected =
        selected.and_then(|part| run.plan.networks.first()?.layers.iter().position(|layer| layer.part == part));
    maps.draw(ui.ctx(), &looked, selected);
    let lanes: Vec<Lane<'_>> = run.plan.networks.iter().map(|network| maps.lane(network, &looked)).collect();
    let mut touched = Touched::default();
    if below.height() >= LOW && lanes.iter().any(|lane| lane.glance.is_some()) {
        body(ui, &looked, &lanes, selected, below, &mut touched);
    } else {
        empty::waiting(ui, state, below);
    }
    touched.answer(state, &mut maps.pointing, commands);
}

impl Widget {
    /// Draws the maps that are not drawn yet.
    fn draw(&mut self, context: &Context, looked: &Looked<'_>, selected: Option<usize>) {
        for (kind, glance) in &looked.run.glances {
            let made = Made { glanced: looked.run.glanced, step: glance.step, image: glance.image, run: looked.run.id };
            let drawn = self.drawn.entry(*kind).or_default();
            if drawn.of != Some(made) {
                let maps = glance.rows.iter().map(crate::telemetry::RowMaps::handed_on);
                let groups: Vec<Group<'_>> = maps.map(|maps| Group { maps, scale: scale([maps]) }).collect();
                drawn.sheet.draw(context, &groups);
                self.drawings += 1;
                (drawn.of, drawn.number) = (Some(made), self.drawings);
            }
            if let Some(row) = selected {
                drawn.sum.refresh(context, glance, row, drawn.number);
            }
            let network = looked.run.plan.networks.iter().find(|network| network.kind == *kind);
            if let Some((network, within)) = network.zip(looked.state.view.within.filter(|within| within.kind == *kind))
            {
                drawn.inside.refresh(context, network, glance, (within, drawn.number));
            }
        }
    }

    fn lane<'a>(&'a self, network: &'a Architecture, looked: &Looked<'a>) -> Lane<'a> {
        static NOTHING: std::sync::LazyLock<Sheet> = std::sync::LazyLock::new(Sheet::default);
        let glance = looked.run.glances.iter().find(|(kind, glance)| {
            *kind == network.kind && glance.image == looked.image && glance.rows.len() == network.layers.len()
        });
        let drawn = self.drawn.get(&network.kind);
        Lane {
            network,
            glance: glance.map(|(_, glance)| glance),
            sheet: drawn.map_or(&NOTHING, |drawn| &drawn.sheet),
            sum: drawn.map(|drawn| &drawn.sum),
            inside: drawn.map(|drawn| &drawn.inside),
        }
    }
}

/// The lanes, what is selected in detail, or where there is room both; in a low place they are scrolled.
fn body(
    ui: &mut Ui,
    looked: &Looked<'_>,
    lanes: &[Lane<'_>],
    selected: Option<usize>,
    room: Rect,
    touched: &mut Touched,
) {
    let count = lanes.len() as f32;
    let all = selected.is_none() || room.height() >= lanes::HEADER + BOTH * count;
    let least = if all { LOW } else { LOW_DETAIL };
    let high = room.height().max(lanes::HEADER + least * count);
    let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt("lanes"));
    ScrollArea::vertical().id_salt("lanes").auto_shrink(false).show(&mut child, |ui| {
        ui.set_min_size(vec2(room.width(), high));
        let place = Rect::from_min_size(ui.min_rect().min, vec2(room.width(), high));
        let share = if all && selected.is_some() { 0.42 } else { 1.0 };
        let upper = place.with_max_y(place.top() + lanes::HEADER + (high - lanes::HEADER) * share);
        rows(ui, looked, lanes, Seen { selected, all }, upper, touched);
        if let Some(row) = selected {
            let lower =
                if all { place.with_min_y(upper.bottom()) } else { upper.with_min_y(upper.top() + lanes::HEADER) };
            let within = looked.state.view.within;
            if let Some((within, lane)) =
                within.and_then(|within| Some((within, lanes.iter().find(|lane| lane.network.kind == within.kind)?)))
            {
                gutter::name(ui, looked, lane, lower);
                inside::show(ui, looked, lane, within, lower.with_min_x(lower.left() + GUTTER), touched);
                return;
            }
            let each = lower.height() / count;
            for (index, lane) in lanes.iter().enumerate() {
                let strip = Rect::from_min_size(
                    pos2(lower.left(), lower.top() + each * index as f32),
                    vec2(lower.width(), each),
                );
                let strip = strip.shrink2(vec2(0.0, 3.0));
                let (left, right) = split(strip);
                if all {
                    gutter::name(ui, looked, lane, strip.with_max_x(left));
                } else {
                    ends(ui, looked, lane, strip);
                }
                let right = if all { strip.right() } else { right };
                detail::show(ui, looked, lane, row, Rect::from_x_y_ranges(left..=right, strip.y_range()), touched);
            }
        }
    });
}

/// Where what moves begins and ends, between the names and the classes.
fn split(strip: Rect) -> (f32, f32) {
    let classes = (strip.width() * 0.2).clamp(118.0, 220.0);
    (strip.left() + GUTTER, strip.right() - classes - 8.0)
}

/// The name at the left and the classes at the right.
fn ends(ui: &mut Ui, looked: &Looked<'_>, lane: &Lane<'_>, strip: Rect) {
    let (left, right) = split(strip);
    gutter::show(ui, looked, lane, strip.with_max_x(left));
    if let Some(glance) = lane.glance {
        let names = &looked.names;
        let of_image = looked.run.glances.iter().filter(|(_, glance)| glance.image == looked.image);
        let mut joint = vec![0.0_f32; names.len()];
        for (_, glance) in of_image {
            for (most, share) in joint.iter_mut().zip(&glance.probabilities) {
                *most = most.max(*share);
            }
        }
        let (truth, joint) = (looked.truth(), &joint);
        let classes = classes::Classes { kind: lane.network.kind, glance, names, joint, truth };
        classes.show(ui, looked.state.text(), strip.with_min_x(right + 8.0).shrink2(vec2(0.0, 2.0)));
    }
}

/// Which rows are seen.
#[derive(Clone, Copy)]
struct Seen {
    /// The one in detail.
    selected: Option<usize>,
    /// Whether the others are seen too.
    all: bool,
}

/// The names of the rows, and below them the lanes if `all` rows are to be shown.
fn rows(
    ui: &mut Ui,
    looked: &Looked<'_>,
    lanes: &[Lane<'_>],
    Seen { selected, all }: Seen,
    place: Rect,
    touched: &mut Touched,
) {
    let Some(first) = lanes.first() else { return };
    let text = looked.state.text();
    let (left, right) = split(place);
    let columns = Columns::new(first.network, right - left);
    let part = selected.and_then(|row| first.network.layers.get(row)).map(|layer| layer.part);
    let header = lanes::Header { state: looked.state, network: first.network, selected: part, id: looked.id };
    let top = place.with_max_y(place.top() + lanes::HEADER);
    let strips: Vec<Rect> = (0..lanes.len())
        .map(|index| {
            let each = (place.height() - lanes::HEADER) / lanes.len() as f32;
            let corner = pos2(place.left(), top.bottom() + each * index as f32);
            Rect::from_min_size(corner, vec2(place.width(), each)).shrink2(vec2(0.0, 3.0))
        })
        .collect();
    if selected.is_some() {
        let place = top.with_max_x(left - 6.0);
        let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt("all"));
        let button =
            crate::ui::parts::button::Press::words(text.say("maps.all_layers")).quiet().size(0.0, lanes::HEADER);
        if eframe::egui::Widget::ui(button, &mut child).clicked() {
            touched.selects = Some(Command::Select(None));
        }
    }
    let room =
        Rect::from_min_max(pos2(left, place.top()), pos2(right, if all { place.bottom() } else { top.bottom() }));
    let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt("columns"));
    ScrollArea::horizontal().id_salt("columns").auto_shrink(false).show(&mut child, |ui| {
        // The space at the end needs no bar.
        let width = if columns.width > room.width() + 4.5 { columns.width } else { columns.width.min(room.width()) };
        ui.set_min_size(vec2(width, room.height()));
        let origin = ui.min_rect().min;
        // What finds more room than it needs stands in the middle.
        let left = origin.x + ((room.width() - columns.width) / 2.0).max(0.0).floor();
        if all {
            lanes::cards(ui, &columns, left, Rangef::new(origin.y, origin.y + room.height()));
        }
        for (row, range) in &columns.places {
            let tab = Rect::from_x_y_ranges(range.min + left..=range.max + left, origin.y..=origin.y + lanes::HEADER);
            header.tab(ui, *row, tab, touched);
        }
        if all {
            for (lane, strip) in lanes.iter().zip(&strips) {
                lanes::lane(ui, looked, lane, &columns, (left, strip.y_range()), touched);
            }
        }
    });
    if let Some(row) = first.network.layers.iter().position(|layer| layer.part == Part::Classifier) {
        header.tab(ui, row, top.with_min_x(right + 8.0), touched);
    }
    if all {
        for (lane, strip) in lanes.iter().zip(&strips) {
            ends(ui, looked, lane, *strip);
        }
    }
}
