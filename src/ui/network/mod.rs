//! The networks, drawn layer under layer from their architectures, alive with what training reports.
//!
//! What is drawn comes from `drawing`, which knows no toolkit; here it is shown, moved, pointed at and kept from frame to frame. A dense lane's stacks grow by a slice per layer, and each slice keeps its colour to the end of its block (concatenation); a residual
//! lane's stay as high as they are and their colours run together (addition). After the five-layer drawing of the paper (Huang, Liu,
//! van der Maaten, Weinberger 2017, Figure 1).

mod camera;
pub(super) mod words;
mod gutter;
mod kept;
mod bar;
mod key;
mod touch;
mod motion;

use std::collections::BTreeSet;

use eframe::egui::emath::TSTransform;
use eframe::egui::{Id, Rect, Sense, Ui, Vec2, pos2, vec2};

use crate::arch::{Architecture, NetworkKind};
use crate::chart::{GradientMeasure, Subject};
use crate::drawing::alive::Alive;
use crate::drawing::layout::{self, Layout};
use crate::drawing::model::{self, Column};
use crate::drawing::paint::{self, Emphasis};
use crate::state::{Command, Focus, RunId, State, Wires};
use crate::theme::ThemeKind;
use crate::ui::parts::marks;
use crate::ui::pointing::Pointing;
use crate::ui::style::palette;
use camera::Camera;
use kept::Kept;
use key::Key;
use motion::{Front, Player};
use touch::{Scene, Touched};
pub(super) use words::{formula, measure_key, title};

/// What the drawing keeps from frame to frame.
#[derive(Default)]
pub struct Widget {
    camera: Camera,
    /// How large letters are where all is seen, as a multiple of how the drawing gives them.
    letters: f32,
    /// From points of the layout to points of the window.
    scale: f32,
    /// Blocks that the person unfolded.
    opened: BTreeSet<usize>,
    /// Blocks that the person folded.
    closed: BTreeSet<usize>,
    drawn: Option<Drawn>,
    alive: Alive,
    /// What `alive` was read from.
    moment: Option<Moment>,
    structure: Option<Kept<ThemeKind>>,
    strokes: Option<Kept<(ThemeKind, Wires, Emphasis)>>,
    /// The connection that was pointed at in the last frame.
    wire: Option<(NetworkKind, layout::Wire)>,
    pointing: Pointing,
    /// The step that is played slowly.
    player: Player,
}

/// A layout and what it was made for.
struct Drawn {
    networks: Vec<Architecture>,
    columns: Vec<Column>,
    wires: Wires,
    layout: Layout,
}

/// Which reports the drawing shows.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Moment {
    revision: u64,
    run: Option<RunId>,
    step: usize,
    at: Option<usize>,
    measure: GradientMeasure,
    trained: bool,
}

/// Before a class the smallest letters of the drawing, those of 9 points, are as large as the smallest elsewhere.
const LETTERS_FROM_AFAR: f32 = 12.0 / 9.0;
/// From this width on the names of the networks stand beside the drawing before a class, too.
const NAMED: f32 = 340.0;
/// Space between the drawing and the line with its key.
const ABOVE_KEY: f32 = 2.0;

/// Shows the networks in all the room there is.
pub fn show(ui: &mut Ui, state: &State, network: &mut Widget, commands: &mut Vec<Command>) {
    let whole = ui.available_rect_before_wrap();
    let Some(built) = state.built().filter(|built| !built.networks.is_empty()) else { return };
    if whole.width() < 160.0 || whole.height() < 80.0 {
        return;
    }
    network.listen(state, &built);
    let with_bar = !state.view.presenting;
    let row = Rect::from_min_size(whole.min, vec2(whole.width(), bar::HEIGHT));
    let top = if with_bar { row.bottom() + 6.0 } else { whole.top() };
    let below = whole.with_min_y(top);
    let least = if state.view.presenting { LETTERS_FROM_AFAR } else { 1.0 };
    network.letters = letters(below.size(), built.networks.len()).max(least);
    // Beside a question before a class the drawing has all the width: colours say which network is which.
    let named = !state.view.presenting || whole.width() >= NAMED;
    let gutter_width = if named { paint::GUTTER * network.letters } else { 0.0 };
    network.follow_motion(ui, state, &built, whole.width() - gutter_width);
    let strip = network.player.height(ui, state, &built, whole);
    let layers = built.networks[0].spec.blocks.iter().copied().max().unwrap_or(0);
    let key = Key::new(ui, state, &network.alive, layers, whole.width() - 8.0);
    let bottom = whole.bottom() - strip - key.height() - ABOVE_KEY;
    let room = Rect::from_min_max(pos2(whole.left() + gutter_width, top), pos2(whole.right(), bottom));
    let wires = network.player.wires().unwrap_or(state.view.wires);
    network.lay_out(&built, room.size(), wires);
    network.keep_front_in_sight(room);
    let pressed = if with_bar { bar::show(ui, row, state, network.seen(room).as_ref(), commands) } else { None };
    network.canvas(ui, state, &built, room, commands);
    if named {
        gutter::show(ui, state, network, room);
    }
    key.show(ui, pos2(whole.left() + 4.0, bottom + ABOVE_KEY));
    let place = whole.with_min_y(whole.bottom() - strip);
    network.player.strip(ui, place, state, &built, commands);
    match pressed {
        Some(bar::Pressed::In) => network.zoom(1.5, room),
        Some(bar::Pressed::Out) => network.zoom(1.0 / 1.5, room),
        Some(bar::Pressed::Fit) => network.camera.fit(),
        Some(bar::Pressed::To(share)) => network.go_to(share, room),
        None => {}
    }
}

/// How large letters are where all is seen: larger in a large room, as everything in the drawing is.
fn letters(room: Vec2, lanes: usize) -> f32 {
    (room.x / 940.0).min(room.y / (160.0 * lanes as f32)).clamp(1.0, 1.5)
}

impl Widget {
    /// Takes in what training reported, when it is not what is shown.
    fn listen(&mut self, state: &State, built: &Subject) {
        let measure = state.view.options.gradient;
        let moment = Moment {
            revision: state.run.as_ref().map_or(0, |run| run.revision),
            run: state.run.as_ref().map(|run| run.id),
            step: state.run.as_ref().map_or(0, crate::state::Run::step),
            at: built.at,
            measure,
            trained: built.history.is_some(),
        };
        if self.moment != Some(moment) {
            let alive = Alive::read(built, measure);
            if alive != self.alive {
                self.alive = alive;
                self.strokes = None;
            }
            self.moment = Some(moment);
        }
    }

    /// Lays the networks out anew, when they or the room are others.
    fn lay_out(&mut self, built: &Subject, room: Vec2, wires: Wires) {
        let columns = model::columns(&built.networks[0], room.x / self.letters, &self.opened, &self.closed);
        self.camera.stay(room, &columns);
        let shown = self.camera.size(room, &columns);
        // Letters grow with the zoom, as far as every lane keeps room for its own.
        let lanes = 70.0 * built.networks.len() as f32;
        let scale = self.letters * self.camera.zoom.sqrt().min(shown.y / self.letters / lanes).clamp(1.0, 3.0);
        let size = shown / scale;
        self.scale = scale;
        let same = self.drawn.as_ref().is_some_and(|drawn| {
            drawn.layout.size == size
                && drawn.wires == wires
                && drawn.columns == columns
                && drawn.networks == built.networks
        });
        if !same {
            let layout = Layout::new(built.networks, &columns, size, wires);
            self.drawn = Some(Drawn { networks: built.networks.to_vec(), columns, wires, layout });
            (self.structure, self.strokes, self.wire) = (None, None, None);
        }
    }

    fn follow_motion(&mut self, ui: &Ui, state: &State, built: &Subject, width: f32) {
        let columns = model::columns(&built.networks[0], width, &self.opened, &self.closed);
        self.player.follow(ui, state, built, &columns);
    }

    /// When a played step comes to another column, that column is moved into sight.
    fn keep_front_in_sight(&mut self, room: Rect) {
        let Some(drawn) = &self.drawn else { return };
        let Some(column) = self.player.newly_shown() else { return };
        if let Some(placed) = drawn.layout.columns.iter().find(|placed| placed.column == column) {
            let middle = room.height() / 2.0 - self.camera.offset.y;
            let (left, right) = (placed.left * self.scale, placed.right * self.scale);
            let place = Rect::from_min_max(pos2(left, middle), pos2(right, middle));
            self.camera.reveal(place, room.size(), &drawn.columns);
        }
    }

    /// What is seen of the drawing, where that is not all of it.
    fn seen(&self, room: Rect) -> Option<bar::Seen<'_>> {
        let drawn = self.drawn.as_ref().filter(|_| self.camera.zoom > 1.001)?;
        let all = drawn.layout.size * self.scale;
        let corner = (-self.camera.offset / all).to_pos2();
        Some(bar::Seen { layout: &drawn.layout, part: Rect::from_min_size(corner, room.size() / all) })
    }

    /// Brings a place of the drawing, as shares of it, to the middle.
    fn go_to(&mut self, share: Vec2, room: Rect) {
        if let Some(drawn) = &self.drawn {
            self.camera.offset = room.size() / 2.0 - drawn.layout.size * self.scale * share;
            self.camera.stay(room.size(), &drawn.columns);
        }
    }

    fn zoom(&mut self, by: f32, room: Rect) {
        if let Some(drawn) = &self.drawn {
            self.camera.zoom_by(by, room.center(), room, &drawn.columns);
        }
    }

    fn canvas(&mut self, ui: &mut Ui, state: &State, built: &Subject, room: Rect, commands: &mut Vec<Command>) {
        let id = ui.scope_id().with("network");
        let background = ui.interact(room, id, Sense::click_and_drag());
        let text = state.text();
        background.widget_info(|| {
            eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Image, true, text.say("network_view.name"))
        });
        let emphasis = self.emphasis(state);
        let by = room.min.to_vec2() + self.camera.offset;
        let to = TSTransform::new(by, self.scale);
        // Names of blocks stay in sight when the drawing moves up.
        let head = TSTransform::new(vec2(by.x, room.top()), self.scale);
        let Some(drawn) = &self.drawn else { return };
        let colors = palette(ui);
        let mut inside = ui.new_child(eframe::egui::UiBuilder::new().max_rect(room));
        inside.set_clip_rect(room.intersect(ui.clip_rect()));
        let painter = inside.painter().clone();
        let view = to.inverse() * painter.clip_rect();
        let measure = marks::measure(&painter);
        let put = |marks: &[paint::Mark]| marks::put(&painter, marks, to);
        put(&paint::cards(&drawn.layout, colors));
        let larger = TSTransform::from_scaling(self.scale);
        let scaled = |mut mesh: eframe::egui::Mesh| {
            mesh.transform(larger);
            mesh
        };
        let make = || scaled(marks::mesh(&paint::structure(&drawn.layout, &drawn.networks, colors)));
        painter.add(Kept::at(&mut self.structure, colors.kind, by, make));
        let wires = drawn.wires;
        let key = (colors.kind, wires, emphasis);
        let make = || {
            scaled(marks::mesh(&paint::strokes(&drawn.layout, &drawn.networks, &self.alive, wires, emphasis, colors)))
        };
        painter.add(Kept::at(&mut self.strokes, key, by, make));
        put(&paint::cuts(&drawn.layout, &drawn.networks, |kind, link| state.view.cutting.is_cut(kind, link), colors));
        for (lane, network) in drawn.layout.lanes.iter().zip(&drawn.networks) {
            let hidden = state.hides(lane.kind);
            let shown = paint::Shown { alive: &self.alive, emphasis, view };
            put(&paint::nodes(lane, network, shown, colors, &measure));
            put(&paint::counts(lane, &drawn.layout, hidden, colors));
            put(&paint::slices(lane, network, emphasis, (!hidden).then_some(text), colors, &measure));
        }
        let (layout, networks, alive) = (&drawn.layout, &drawn.networks[..], &self.alive);
        Front { layout, networks, alive, colors, to }.paint(&painter, &self.player);
        if self.camera.offset.y < 0.0 {
            let row = room.with_max_y(room.top() + layout::HEADER * self.scale);
            painter.rect_filled(row, 0.0, crate::ui::style::color(colors.ground));
        }
        marks::put(&painter, &paint::headers(&drawn.layout, text, colors, view, &measure), head);

        let scene = Scene {
            state,
            layout: &drawn.layout,
            networks: built.networks,
            alive: &self.alive,
            view: inside.clip_rect(),
            to,
            head,
            id,
        };
        let touched = Touched { background: background.clicked(), ..scene.touch(&mut inside) };
        if let Some((kind, wire)) = &touched.wire
            && let Some(network) = built.network(*kind)
        {
            touch::tell_wire(&background, &words::connection(text, network, &self.alive, wire, state.hides(*kind)));
        }
        let columns = drawn.columns.clone();
        let focused = background.has_focus() || touched.moved_to.is_some() || touched.part.is_some();
        if background.has_focus() {
            keep_arrows(ui, id);
        }
        self.camera.follow(ui, &background, room, &columns, focused);
        if let Some(place) = touched.moved_to {
            self.camera.reveal(larger * place, room.size(), &columns);
        }
        self.answer(ui, state, &touched, room, commands);
    }

    /// What is pointed at or selected.
    fn emphasis(&self, state: &State) -> Emphasis {
        let part = match state.view.focus() {
            Some(Focus::Part(kind, part)) => Some((kind, part)),
            Some(Focus::Figure(_) | Focus::Field(_)) | None => match state.view.selected {
                Some(Focus::Part(kind, part)) => Some((kind, part)),
                Some(Focus::Figure(_) | Focus::Field(_)) | None => None,
            },
        };
        let wire = self.wire.as_ref().map(|(kind, wire)| (*kind, wire.block, wire.reader, wire.source));
        Emphasis { part, wire }
    }

    /// Turns what was touched into commands and into what only the drawing keeps.
    fn answer(&mut self, ui: &Ui, state: &State, touched: &Touched, room: Rect, commands: &mut Vec<Command>) {
        if self.wire.map(|(kind, wire)| (kind, wire.curve)) != touched.wire.map(|(kind, wire)| (kind, wire.curve)) {
            self.wire = touched.wire;
            ui.ctx().request_repaint();
        }
        let networks = self.drawn.as_ref().map_or(&[][..], |drawn| &drawn.networks);
        let of_wire = touched.wire.as_ref().and_then(|(kind, wire)| {
            let network = networks.iter().find(|network| network.kind == *kind)?;
            Some((*kind, wire.reader(network)))
        });
        let meant = touched.part.or(of_wire).map(|(kind, part)| Focus::Part(Some(kind), part));
        self.pointing.at(state, meant, commands);
        if state.view.cutting.active && (touched.clicked || touched.background && meant.is_some()) {
            commands.extend(touched.cut(networks));
        } else if touched.clicked || touched.background && meant.is_some() {
            let again = state.view.selected == meant;
            commands.push(Command::Select(if again { None } else { meant }));
        } else if touched.background && matches!(state.view.selected, Some(Focus::Part(..))) {
            commands.push(Command::Select(None));
        }
        if let Some(block) = touched.unfold {
            self.closed.remove(&block);
            self.opened.insert(block);
            self.look_into(block, room);
        }
        if let Some(block) = touched.fold {
            self.opened.remove(&block);
            self.closed.insert(block);
            self.camera.fit();
        }
        if touched.unfold.is_some() || touched.fold.is_some() || touched.moved_to.is_some() {
            ui.ctx().request_repaint();
        }
    }

    /// Zooms in on a block that was unfolded, so that its layers can be told apart.
    fn look_into(&mut self, block: usize, room: Rect) {
        const READABLE: f32 = 40.0;
        let Some(drawn) = &self.drawn else { return };
        let columns = model::columns(&drawn.networks[0], room.width() / self.letters, &self.opened, &self.closed);
        self.camera.fit();
        let unit = layout::unit(&columns, room.width());
        self.camera.zoom_by((READABLE / unit).max(1.0), room.min, room, &columns);
        let size = self.camera.size(room.size(), &columns) / self.letters;
        let layout = Layout::new(&drawn.networks, &columns, size, drawn.wires);
        if let Some(card) = layout.cards.iter().find(|card| card.block == block) {
            self.camera.offset.x = 24.0 - card.rect.left() * self.letters;
        }
        self.camera.stay(room.size(), &columns);
    }
}

/// Arrow keys move the drawing while it has the keys.
fn keep_arrows(ui: &Ui, id: Id) {
    let filter = eframe::egui::EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..eframe::egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// A fold's button with the longest words that fit.
fn paint_fold(ui: &Ui, (to, place): (TSTransform, Rect), words: &[String], hovered: bool) {
    let button = paint::fold(place, words, hovered, palette(ui), &marks::measure(ui.painter()));
    marks::put(ui.painter(), &button, to);
}
