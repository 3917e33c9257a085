//! What is pointed at, clicked and reached by keys: every row and fold is a control with a sentence as its name.

use eframe::egui::{
    CursorIcon, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, emath::TSTransform,
    pos2, vec2,
};

use super::words;
use crate::arch::{Architecture, NetworkKind, Part};
use crate::drawing::alive::Alive;
use crate::drawing::layout::{Lane, Layout, Node, Wire};
use crate::drawing::paint::{fold_button, point_on};
use crate::state::{Command, Cut, State};
use crate::ui::parts::words::strong;

/// What a person did.
#[derive(Clone, Debug, Default)]
pub(super) struct Touched {
    /// The row that is pointed at or has the keys.
    pub(super) part: Option<(NetworkKind, Part)>,
    /// Whether it was clicked.
    pub(super) clicked: bool,
    /// Whether the ground was clicked, where nothing has a place of its own.
    pub(super) background: bool,
    /// The connection that is pointed at.
    pub(super) wire: Option<(NetworkKind, Wire)>,
    /// A block that is to be unfolded.
    pub(super) unfold: Option<usize>,
    /// A block that is to be folded.
    pub(super) fold: Option<usize>,
    /// A row to which the keys went.
    pub(super) moved_to: Option<Rect>,
}

impl Touched {
    /// The command that cuts what was clicked: a connection, or all that a row hands on.
    pub(super) fn cut(&self, networks: &[Architecture]) -> Option<Command> {
        let network_of = |kind: NetworkKind| networks.iter().find(|network| network.kind == kind);
        let (kind, links) = match (self.part, &self.wire) {
            (Some((kind, part)), _) => (kind, network_of(kind)?.links_from(part)),
            (None, Some((kind, wire))) => (*kind, wire.link(network_of(*kind)?).into_iter().collect()),
            (None, None) => return None,
        };
        (!links.is_empty()).then_some(Command::Cutting(Cut::Links(kind, links)))
    }
}

/// What the drawing is, for all that is reached in it.
pub(super) struct Scene<'a> {
    pub(super) state: &'a State,
    pub(super) layout: &'a Layout,
    pub(super) networks: &'a [Architecture],
    pub(super) alive: &'a Alive,
    /// What is seen.
    pub(super) view: Rect,
    /// From where it was laid out to where it is seen.
    pub(super) to: TSTransform,
    /// The same for the row with the blocks' names, which stays at the top.
    pub(super) head: TSTransform,
    pub(super) id: Id,
}

impl Scene<'_> {
    fn id_of(&self, kind: NetworkKind, part: Part) -> Id {
        self.id.with((kind, part))
    }

    /// Offers everything that can be touched.
    pub(super) fn touch(&self, ui: &mut Ui) -> Touched {
        let mut touched = Touched::default();
        for (lane, network) in self.layout.lanes.iter().zip(self.networks) {
            self.nodes(ui, lane, network, &mut touched);
            self.folds(ui, lane, &mut touched);
        }
        self.headers(ui, &mut touched);
        if touched.part.is_none() && touched.unfold.is_none() {
            self.wires(ui, &mut touched);
        }
        touched
    }

    fn nodes(&self, ui: &mut Ui, lane: &Lane, network: &Architecture, touched: &mut Touched) {
        let measure = self.state.view.options.gradient;
        let text = self.state.text();
        let hidden = self.state.hides(lane.kind);
        for (index, node) in lane.nodes.iter().enumerate() {
            let place = self.to * hit(lane, node);
            let id = self.id_of(lane.kind, node.part);
            let seen = place.intersect(self.view);
            let focused = ui.memory(|memory| memory.has_focus(id));
            // What is out of sight keeps its place in the order of keys, without being in anybody's way.
            let response = ui.interact(if seen.is_positive() { seen } else { place }, id, Sense::click());
            let Some(layer) = network.layer(node.part) else { continue };
            let selected = self.state.view.selected.and_then(crate::state::Focus::part) == Some(node.part);
            response.widget_info(|| {
                let sentence = words::sentence(text, network, layer, self.alive, measure, hidden);
                WidgetInfo::selected(Role::Button, true, selected, sentence)
            });
            if focused {
                self.walk(ui, lane, index, touched);
                ring(ui, self.to * node.rect);
            }
            let response = response.on_hover_cursor(CursorIcon::PointingHand);
            let pointer = ui.input(|input| input.pointer.hover_pos());
            let hovered = response.hovered() && pointer.is_some_and(|place| self.view.contains(place));
            // The pointer comes before the keys.
            if hovered || response.has_focus() && touched.part.is_none() {
                touched.part = Some((lane.kind, node.part));
            }
            if response.clicked() {
                (touched.part, touched.clicked) = (Some((lane.kind, node.part)), true);
            }
            // A panel that follows the pointer says all of it.
            if self.state.view.explains() && self.state.view.selected.is_none() {
                continue;
            }
            response.on_hover_ui(|ui| {
                strong(ui, words::title(text, node.part));
                ui.label(words::formula(text, network, layer, hidden));
                let pixels = text.fill("network_view.pixels", &[("height", &layer.height), ("width", &layer.width)]);
                ui.label(pixels);
                if let Some(gradient) = words::gradient(text, self.alive, lane.kind, node.part, measure) {
                    ui.label(gradient);
                }
            });
        }
    }

    /// Arrow keys go from row to row and from lane to lane.
    fn walk(&self, ui: &mut Ui, lane: &Lane, index: usize, touched: &mut Touched) {
        let node = &lane.nodes[index];
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(self.id_of(lane.kind, node.part), filter));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let along = isize::from(pressed(Key::ArrowRight)) - isize::from(pressed(Key::ArrowLeft));
        let across = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
        let here = self.layout.lanes.iter().position(|other| other.kind == lane.kind).unwrap_or(0);
        let there = here.saturating_add_signed(across).min(self.layout.lanes.len() - 1);
        let to = index.saturating_add_signed(along).min(lane.nodes.len() - 1);
        if (there, to) != (here, index) {
            let lane = &self.layout.lanes[there];
            ui.memory_mut(|memory| memory.request_focus(self.id_of(lane.kind, lane.nodes[to].part)));
            touched.moved_to = Some(hit(lane, &lane.nodes[to]));
        }
    }

    fn folds(&self, ui: &mut Ui, lane: &Lane, touched: &mut Touched) {
        let text = self.state.text();
        for fold in &lane.folds {
            let place = self.to * fold_button(lane, fold);
            let area = (self.to * fold.rect).union(place).intersect(self.view);
            if !area.is_positive() {
                continue;
            }
            let count = fold.to - fold.from + 1;
            let long = text.fill("network_view.more", &[("count", &count)]);
            let response = ui.interact(area, self.id.with((lane.kind, "fold", fold.block)), Sense::click());
            let name = text.say(crate::ui::parts::network::name(lane.kind));
            let sentence = text.fill(
                "network_view.unfold",
                &[("network", &name), ("block", &fold.block), ("from", &fold.from), ("to", &fold.to)],
            );
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &sentence));
            super::paint_fold(ui, (self.to, fold_button(lane, fold)), &[long, format!("+{count}")], response.hovered());
            if response.has_focus() {
                ring(ui, place);
            }
            let response = response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(sentence);
            if response.clicked() {
                touched.unfold = Some(fold.block);
            }
        }
    }

    /// A block's name folds it again.
    fn headers(&self, ui: &mut Ui, touched: &mut Touched) {
        let text = self.state.text();
        for card in self.layout.cards.iter().filter(|card| card.layers > 4) {
            let row = Rect::from_min_size(card.rect.min, vec2(card.rect.width(), crate::drawing::layout::HEADER));
            let place = (self.head * row).intersect(self.view);
            if !place.is_positive() {
                continue;
            }
            let key = if card.folded { "network_view.open_block" } else { "network_view.close_block" };
            let words = text.fill(key, &[("block", &card.block), ("layers", &card.layers)]);
            let response = ui.interact(place, self.id.with(("block", card.block)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
            if response.has_focus() {
                ring(ui, place);
            }
            let response = response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(words);
            if response.clicked() {
                let to = if card.folded { &mut touched.unfold } else { &mut touched.fold };
                *to = Some(card.block);
            }
        }
    }

    /// The connection nearest to the pointer.
    fn wires(&self, ui: &mut Ui, touched: &mut Touched) {
        const NEAR: f32 = 5.0;
        let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|place| self.view.contains(*place));
        let Some(pointer) = pointer.filter(|_| ui.rect_contains_pointer(self.view)) else { return };
        let place = self.to.inverse() * pointer;
        let mut nearest = NEAR / self.to.scaling;
        for lane in &self.layout.lanes {
            for wire in &lane.wires {
                if Rect::from_points(&wire.curve).expand(nearest).contains(place) {
                    let apart = distance(&wire.curve, place);
                    if apart < nearest {
                        nearest = apart;
                        touched.wire = Some((lane.kind, *wire));
                    }
                }
            }
        }
    }
}

/// The place of a row: from what it reads to what it makes, and its node.
fn hit(lane: &Lane, node: &Node) -> Rect {
    let across = Rect::from_x_y_ranges(node.reads.left()..=node.makes.left(), node.rect.y_range());
    let high = node.reads.y_range();
    let column = Rect::from_min_max(
        pos2(across.left(), high.min.min(node.rect.top())),
        pos2(across.right(), high.max.max(node.rect.bottom()).min(lane.rect.bottom())),
    );
    // A transition reads a stack that stands in its block.
    match node.part {
        Part::Stem | Part::Layer { .. } => column,
        Part::Transition { .. } | Part::Classifier => column.with_min_x(node.reads.right()),
    }
}

fn distance(curve: &[Pos2; 4], place: Pos2) -> f32 {
    let points: Vec<Pos2> = (0..=24_u8).map(|piece| point_on(curve, f32::from(piece) / 24.0)).collect();
    let to_piece = |pair: &[Pos2]| {
        let along = pair[1] - pair[0];
        let share = ((place - pair[0]).dot(along) / along.length_sq().max(1e-6)).clamp(0.0, 1.0);
        (pair[0] + along * share).distance(place)
    };
    points.windows(2).map(to_piece).fold(f32::INFINITY, f32::min)
}

fn ring(ui: &Ui, place: Rect) {
    let accent = crate::ui::style::color(crate::ui::style::palette(ui).accent);
    let stroke = eframe::egui::Stroke::new(2.0, accent);
    ui.painter().rect_stroke(
        place.expand(3.0),
        eframe::egui::CornerRadius::same(6),
        stroke,
        eframe::egui::StrokeKind::Outside,
    );
}

/// Shows what a connection says beside the pointer.
pub(super) fn tell_wire(response: &Response, lines: &[String]) {
    response.show_tooltip_ui(|ui| {
        for (index, line) in lines.iter().enumerate() {
            if index == 0 {
                strong(ui, line.clone());
            } else {
                ui.label(line);
            }
        }
    });
}
