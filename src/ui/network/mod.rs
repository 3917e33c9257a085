//! The networks, drawn layer under layer from their architectures, alive with what training reports.
//!
//! `model` says what stands from left to right, `layout` where in points, `paint` in which colours; `alive` brings what training
//! says. A dense lane's stacks grow by a slice per layer, and each slice keeps its colour to the end of its block (concatenation); a residual
//! lane's stay as high as they are and their colours run together (addition). After the five-layer drawing of the paper (Huang, Liu,
//! van der Maaten, Weinberger 2017, Figure 1).

mod model;
mod layout;
mod alive;
mod camera;
mod words;
mod paint;
mod bar;
mod touch;

use std::collections::BTreeSet;

use eframe::egui::{CornerRadius, Id, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::arch::{Architecture, NetworkKind};
use crate::chart::{GradientMeasure, Subject};
use crate::state::{Command, Focus, State, Wires};
use crate::theme::{Palette, ThemeKind};
use crate::ui::style::{color, font, palette};
use alive::Alive;
use camera::Camera;
use layout::Layout;
use model::Column;
use paint::{Emphasis, Kept};
use touch::{Scene, Touched};

pub(super) use paint::mixed;
pub(super) use words::{formula, title};

/// What the drawing keeps from frame to frame.
#[derive(Default)]
pub struct Widget {
    camera: Camera,
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
    /// What was said to be pointed at and not taken back.
    pointing: Option<Focus>,
}

/// A layout and what it was made for.
struct Drawn {
    networks: Vec<Architecture>,
    columns: Vec<Column>,
    layout: Layout,
}

/// Which reports the drawing shows.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Moment {
    revision: u64,
    seed: u64,
    step: usize,
    at: Option<usize>,
    measure: GradientMeasure,
    trained: bool,
}

/// Below this height there is no row above the drawing.
const LEAST_WITH_BAR: f32 = 165.0;

/// Shows the networks in all the room there is.
pub fn show(ui: &mut Ui, state: &State, network: &mut Widget, commands: &mut Vec<Command>) {
    let whole = ui.available_rect_before_wrap();
    let Some(built) = state.built().filter(|built| !built.networks.is_empty()) else { return };
    if whole.width() < 160.0 || whole.height() < 80.0 {
        return;
    }
    network.listen(state, &built);
    // In a low place the drawing has all of it; wheel and keys still move it.
    let row = Rect::from_min_size(whole.min, vec2(whole.width(), bar::HEIGHT));
    let with_bar = whole.height() >= LEAST_WITH_BAR;
    let top = if with_bar { row.bottom() + 6.0 } else { whole.top() };
    let room = Rect::from_min_max(pos2(whole.left() + paint::GUTTER, top), whole.max);
    network.lay_out(&built, room.size());
    network.canvas(ui, state, &built, room, commands);
    gutter(ui, state, network, room);
    let zoomed = network.camera.zoom > 1.001;
    let pressed = if with_bar { bar::show(ui, row, state, &network.alive, zoomed, commands) } else { None };
    match pressed {
        Some(bar::Pressed::In) => network.zoom(1.5, room),
        Some(bar::Pressed::Out) => network.zoom(1.0 / 1.5, room),
        Some(bar::Pressed::Fit) => network.camera.fit(),
        None => {}
    }
}

impl Widget {
    /// Takes in what training reported, when it is not what is shown.
    fn listen(&mut self, state: &State, built: &Subject) {
        let measure = state.view.options.gradient;
        let moment = Moment {
            revision: state.run.as_ref().map_or(0, |run| run.revision),
            seed: built.config.seed,
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
    fn lay_out(&mut self, built: &Subject, room: Vec2) {
        let columns = model::columns(&built.networks[0], room.x, &self.opened, &self.closed);
        self.camera.stay(room, &columns);
        let size = self.camera.size(room, &columns);
        let same = self.drawn.as_ref().is_some_and(|drawn| {
            drawn.layout.size == size && drawn.columns == columns && drawn.networks == built.networks
        });
        if !same {
            let layout = Layout::new(built.networks, &columns, size);
            self.drawn = Some(Drawn { networks: built.networks.to_vec(), columns, layout });
            (self.structure, self.strokes, self.wire) = (None, None, None);
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
        let Some(drawn) = &self.drawn else { return };
        let colors = palette(ui);
        let mut inside = ui.new_child(eframe::egui::UiBuilder::new().max_rect(room));
        inside.set_clip_rect(room.intersect(ui.clip_rect()));
        let painter = inside.painter().clone();
        paint::cards(&painter, &drawn.layout, colors, by);
        let make = || paint::structure(&drawn.layout, &drawn.networks, colors);
        painter.add(Kept::at(&mut self.structure, colors.kind, by, make));
        let key = (colors.kind, state.view.wires, emphasis);
        let make = || paint::strokes(&drawn.layout, &drawn.networks, &self.alive, state.view.wires, emphasis, colors);
        painter.add(Kept::at(&mut self.strokes, key, by, make));
        for (lane, network) in drawn.layout.lanes.iter().zip(&drawn.networks) {
            paint::nodes(&painter, lane, network, &self.alive, emphasis, colors, by);
            paint::counts(&painter, lane, &drawn.layout, colors, by);
            paint::slices(&painter, lane, network, emphasis, text, colors, by);
        }
        paint::headers(&painter, &drawn.layout, text, colors, by);

        let scene = Scene {
            state,
            layout: &drawn.layout,
            networks: built.networks,
            alive: &self.alive,
            view: inside.clip_rect(),
            by,
            id,
        };
        let touched = scene.touch(&mut inside);
        if let Some((kind, wire)) = &touched.wire
            && let Some(network) = built.network(*kind)
        {
            touch::tell_wire(&background, &words::connection(text, network, &self.alive, wire));
        }
        let columns = drawn.columns.clone();
        let focused = background.has_focus() || touched.moved_to.is_some() || touched.part.is_some();
        if background.has_focus() {
            keep_arrows(ui, id);
        }
        self.camera.follow(ui, &background, room, &columns, focused);
        if let Some(place) = touched.moved_to {
            self.camera.reveal(place, room.size(), &columns);
        }
        self.answer(ui, state, &touched, background.clicked(), room, commands);
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
    fn answer(
        &mut self,
        ui: &Ui,
        state: &State,
        touched: &Touched,
        on_nothing: bool,
        room: Rect,
        commands: &mut Vec<Command>,
    ) {
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
        if self.pointing != meant {
            if meant.is_some() || state.view.hovered == self.pointing {
                commands.push(Command::Hover(meant));
            }
            self.pointing = meant;
        }
        if touched.clicked || on_nothing && meant.is_some() {
            let again = state.view.selected == meant;
            commands.push(Command::Select(if again { None } else { meant }));
        } else if on_nothing && matches!(state.view.selected, Some(Focus::Part(..))) {
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
        let columns = model::columns(&drawn.networks[0], room.width(), &self.opened, &self.closed);
        self.camera.fit();
        let unit = layout::unit(&columns, room.width());
        self.camera.zoom_by((READABLE / unit).max(1.0), room.min, room, &columns);
        let size = self.camera.size(room.size(), &columns);
        let layout = Layout::new(&drawn.networks, &columns, size);
        if let Some(card) = layout.cards.iter().find(|card| card.block == block) {
            self.camera.offset.x = 24.0 - card.rect.left();
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

/// The networks' names at the left, which stay when the drawing moves.
fn gutter(ui: &Ui, state: &State, widget: &Widget, room: Rect) {
    let Some(drawn) = &widget.drawn else { return };
    let colors: &Palette = palette(ui);
    let place = Rect::from_min_max(pos2(room.left() - paint::GUTTER, room.top()), pos2(room.left(), room.bottom()));
    for (lane, network) in drawn.layout.lanes.iter().zip(&drawn.networks) {
        let rect = lane.rect.translate(vec2(0.0, room.top() + widget.camera.offset.y));
        let seen = Rect::from_x_y_ranges(place.x_range(), rect.y_range()).intersect(place);
        if seen.height() > 20.0 {
            paint::gutter(ui.painter(), seen, network, state.text(), colors);
        }
    }
}

/// A fold's button with the longest words that fit.
fn paint_fold(ui: &Ui, place: Rect, words: &[String], hovered: bool) {
    let colors = palette(ui);
    let ink = color(if hovered { colors.ink } else { colors.quiet.mix(colors.ink, 0.5) });
    let galleys = words.iter().map(|words| ui.painter().layout_no_wrap(words.clone(), font(11.0), ink));
    let galley = galleys.into_iter().find(|galley| galley.size().x <= place.width() - 6.0);
    let Some(galley) = galley else { return };
    let button = Rect::from_center_size(place.center(), vec2(galley.size().x + 12.0, place.height()));
    let line = if hovered { colors.accent } else { colors.line };
    ui.painter().rect(
        button,
        CornerRadius::same(9),
        color(colors.ground),
        Stroke::new(1.0, color(line)),
        StrokeKind::Inside,
    );
    ui.painter().galley(button.center() - galley.size() / 2.0, galley, ink);
}
