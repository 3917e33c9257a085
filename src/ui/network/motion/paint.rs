//! The stage at hand in the drawing: what is not reached is faded, what the front reads or hands back is lit, and numbers stand beside it.

use eframe::egui::emath::TSTransform;
use eframe::egui::{CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

use super::labels::{self, Wanted};
use super::player::Player;
use super::story::{Lane, Row, Split, Stage};
use crate::arch::{Architecture, Merge, NetworkKind, Part};
use crate::drawing::alive::Alive;
use crate::drawing::layout::{self, HEADER, Layout, Node, Placed, Way, Wire};
use crate::drawing::model::Column;
use crate::drawing::paint::{lit, point_on, source_name};
use crate::text::number::significant;
use crate::theme::{Color, Palette};
use crate::ui::style::{bold_font, color};

/// How much of what is not reached is hidden.
const VEIL: f32 = 0.78;
/// Size of the letters of numbers.
const LETTERS: f32 = 12.0;

/// What the stage is painted on.
pub(in crate::ui::network) struct Front<'a> {
    pub(in crate::ui::network) layout: &'a Layout,
    pub(in crate::ui::network) networks: &'a [Architecture],
    pub(in crate::ui::network) alive: &'a Alive,
    pub(in crate::ui::network) colors: &'a Palette,
    /// From where it was laid out to where it is seen.
    pub(in crate::ui::network) to: TSTransform,
}

/// One network while it is played, and what it is painted with.
struct Scene<'a> {
    painter: &'a Painter,
    lane: &'a layout::Lane,
    network: &'a Architecture,
}

/// Which way something goes along a connection.
#[derive(Clone, Copy)]
enum Going {
    Forward,
    /// From the reader, with its share of the largest gradient where that is known.
    Back(Option<f32>),
}

/// A number and what it belongs to.
struct Tag {
    words: String,
    at: Pos2,
    shade: Color,
}

impl Front<'_> {
    /// Paints the stage at hand.
    pub(in crate::ui::network) fn paint(&self, painter: &Painter, player: &Player) {
        let Some(playing) = player.playing() else { return };
        let stage = playing.now();
        let Some(placed) = self.placed(stage) else { return };
        self.veil(painter, stage, placed);
        for ((lane, network), told) in self.layout.lanes.iter().zip(self.networks).zip(&playing.story.lanes) {
            let scene = Scene { painter, lane, network };
            let mut tags = Vec::new();
            match stage {
                Stage::Forward(_) => self.forward(&scene, placed, playing.phase, &mut tags),
                Stage::Backward(column) => {
                    self.backward(&scene, told.rows_of(column), playing.phase, &mut tags);
                }
                Stage::Loss => self.loss(lane, told, &mut tags),
                Stage::Update => {}
            }
            self.tags(painter, &tags, lane);
        }
    }

    /// The column at the front.
    fn placed(&self, stage: Stage) -> Option<&Placed> {
        let column = match stage {
            Stage::Forward(column) | Stage::Backward(column) => column,
            Stage::Loss | Stage::Update => Column::Classifier,
        };
        self.layout.columns.iter().find(|placed| placed.column == column)
    }

    /// Fades what is not reached: ahead of the front on the way forward, behind it on the way back.
    fn veil(&self, painter: &Painter, stage: Stage, placed: &Placed) {
        let place = match stage {
            Stage::Forward(_) => (placed.right, self.layout.size.x),
            Stage::Backward(_) => (0.0, placed.left),
            Stage::Loss | Stage::Update => return,
        };
        let rect = self.to * Rect::from_min_max(pos2(place.0, HEADER), pos2(place.1, self.layout.size.y));
        if rect.is_positive() {
            painter.rect_filled(rect, 0.0, color(self.colors.ground.with_opacity(VEIL)));
        }
    }

    fn forward(&self, scene: &Scene, placed: &Placed, phase: f32, tags: &mut Vec<Tag>) {
        let Scene { painter, lane, network } = *scene;
        let Some(part) = placed.column.part() else {
            if let Some(fold) =
                lane.folds.iter().find(|fold| fold.rect.left() < placed.right && fold.rect.right() > placed.left)
            {
                self.mark(painter, fold.rect, lane.kind);
            }
            return;
        };
        let Some(node) = lane.nodes.iter().find(|node| node.part == part) else { return };
        let arrived = (phase / 0.55).min(1.0);
        for wire in read_by(lane, network, part) {
            self.light(scene, wire, arrived, Going::Forward);
        }
        if arrived >= 1.0 {
            self.mark(painter, node.rect, lane.kind);
            self.made(scene, node, (phase - 0.55) / 0.45, tags);
        }
    }

    /// What a row makes, as it appears on the next stack.
    fn made(&self, scene: &Scene, node: &Node, share: f32, tags: &mut Vec<Tag>) {
        let Scene { painter, lane, network } = *scene;
        let Some(layer) = network.layer(node.part) else { return };
        let next = lane.stacks.iter().find(|stack| stack.rect.left() >= node.makes.left() - 0.5);
        let across = match (node.part, next) {
            (Part::Classifier, _) | (_, None) => return,
            (Part::Stem | Part::Layer { .. } | Part::Transition { .. }, Some(next)) => next.rect.x_range(),
        };
        let whole = Rect::from_x_y_ranges(across, node.makes.y_range());
        let (shade, words) = match (lane.kind.merge(), node.part) {
            (Merge::Append, Part::Layer { layer: number, .. }) => {
                (self.colors.source(number), format!("+{}", layer.makes))
            }
            (Merge::Add, Part::Layer { .. }) => (self.colors.network(lane.kind), format!("⊕ {}", layer.makes)),
            (Merge::Append | Merge::Add | Merge::Replace, _) => {
                (self.colors.network(lane.kind), layer.carries.to_string())
            }
        };
        let high = whole.height() * share.clamp(0.0, 1.0);
        let grown = self.to * Rect::from_min_max(pos2(whole.left(), whole.bottom() - high), whole.max);
        let solid = lane.kind.merge().keeps_sources() && matches!(node.part, Part::Layer { .. });
        painter.rect_filled(grown, CornerRadius::same(1), color(shade.with_opacity(if solid { 1.0 } else { 0.45 })));
        painter.rect_stroke(
            grown,
            CornerRadius::same(1),
            Stroke::new(1.5, color(self.colors.accent)),
            StrokeKind::Outside,
        );
        tags.push(Tag { words, at: pos2(whole.center().x, whole.top()), shade });
    }

    fn loss(&self, lane: &layout::Lane, told: &Lane, tags: &mut Vec<Tag>) {
        let classifier = lane.nodes.iter().find(|node| node.part == Part::Classifier);
        if let (Some(node), Some(outcome)) = (classifier, told.outcome) {
            let words = format!("L = {}", significant(outcome.loss, 3));
            tags.push(Tag { words, at: node.rect.center_top(), shade: self.colors.network(lane.kind) });
        }
    }

    fn backward(&self, scene: &Scene, rows: &[Row], phase: f32, tags: &mut Vec<Tag>) {
        let Scene { painter, lane, network } = *scene;
        let [row] = rows else {
            let is = |fold: &&layout::Fold| {
                rows.first().is_some_and(|row| row.part == Part::Layer { block: fold.block, layer: fold.from })
            };
            if let Some(fold) = lane.folds.iter().find(is) {
                self.mark(painter, fold.rect, lane.kind);
            }
            return;
        };
        let Some(node) = lane.nodes.iter().find(|node| node.part == row.part) else { return };
        self.mark(painter, node.rect, lane.kind);
        let own = self.colors.network(lane.kind);
        if let Some(made) = row.made {
            let at = match node.plus {
                Some(plus) => plus + vec2(10.0, 26.0),
                None => pos2(node.rect.center().x, node.rect.bottom() + 22.0),
            };
            tags.push(Tag { words: format!("‖∂L‖ {}", significant(made, 3)), at, shade: own });
        }
        for wire in read_by(lane, network, row.part) {
            let through = wire.way == Way::Branch;
            let share = self.alive.gradients.zip(self.alive.gradient(
                lane.kind,
                (wire.block, wire.reader, wire.source),
                through,
            ));
            let share = share.and_then(|(scale, norm)| scale.share(norm));
            self.light(scene, wire, phase.min(0.7) / 0.7, Going::Back(share));
        }
        match &row.split {
            Split::Sources(sources) => {
                let block = network.reader(row.part).map_or(0, |(block, _)| block);
                for (source, norm) in sources {
                    let born = lane.stacks.iter().find(|stack| stack.block == block && stack.reader == source + 1);
                    if let Some(born) = born {
                        let words = format!("{}={}", source_name(*source), significant(*norm, 3));
                        tags.push(Tag { words, at: born.rect.center_top(), shade: self.colors.source(*source) });
                    }
                }
            }
            Split::Sum { identity, branch } => {
                let above = lane.wires.iter().find(|wire| is_of(wire, row.part) && wire.way == Way::Identity);
                if let Some(wire) = above {
                    let words = significant(*identity, 3);
                    tags.push(Tag { words, at: point_on(&wire.curve, 0.35), shade: own });
                }
                let at = pos2(node.reads.center().x, node.rect.bottom() + 22.0);
                tags.push(Tag { words: format!("H {}", significant(*branch, 3)), at, shade: own });
            }
            Split::Branch(branch) => {
                let at = pos2(node.reads.center().x, node.rect.top());
                tags.push(Tag { words: format!("H {}", significant(*branch, 3)), at, shade: own });
            }
            Split::One => {}
        }
    }

    /// A connection, as far as something has come along it; backward it comes from the reader.
    fn light(&self, scene: &Scene, wire: &Wire, share: f32, going: Going) {
        const PIECES: u8 = 28;
        let Scene { painter, lane, .. } = *scene;
        let shade = match wire.way {
            Way::Skip | Way::Direct => self.colors.source(wire.source).mix(self.colors.ink, 0.15),
            Way::Identity | Way::Branch => self.colors.network(lane.kind),
        };
        let width = match going {
            Going::Back(carries @ Some(_)) => lit(carries).width + 0.8,
            Going::Back(None) | Going::Forward => 2.4,
        };
        let points = (0..=PIECES).map(|piece| {
            let along = share * f32::from(piece) / f32::from(PIECES);
            let along = match going {
                Going::Forward => along,
                Going::Back(_) => 1.0 - along,
            };
            self.to * point_on(&wire.curve, along)
        });
        let points: Vec<Pos2> = points.collect();
        let head = points.last().copied();
        painter.line(points, Stroke::new(width, color(shade)));
        if let Some(head) = head.filter(|_| share < 1.0) {
            painter.circle_filled(head, width + 1.5, color(shade));
        }
    }

    fn mark(&self, painter: &Painter, place: Rect, kind: NetworkKind) {
        let place = (self.to * place).expand(3.0);
        painter.rect_filled(place, CornerRadius::same(7), color(self.colors.network(kind).with_opacity(0.16)));
        painter.rect_stroke(
            place,
            CornerRadius::same(7),
            Stroke::new(2.5, color(self.colors.accent)),
            StrokeKind::Outside,
        );
    }

    /// Numbers where they belong, as far as there is room.
    fn tags(&self, painter: &Painter, tags: &[Tag], lane: &layout::Lane) {
        let ink = color(self.colors.ink);
        let galleys: Vec<_> = tags
            .iter()
            .map(|tag| painter.layout_no_wrap(tag.words.clone(), bold_font(LETTERS * self.to.scaling), ink))
            .collect();
        let wanted: Vec<Wanted> = tags
            .iter()
            .zip(&galleys)
            .map(|(tag, galley)| Wanted { at: self.to * tag.at, size: galley.size() + vec2(8.0, 1.0) })
            .collect();
        let room = (self.to * lane.rect).intersect(painter.clip_rect());
        for ((tag, galley), place) in tags.iter().zip(galleys).zip(labels::place(&wanted, room)) {
            let Some(place) = place else { continue };
            let line = Stroke::new(1.5, color(tag.shade));
            painter.rect(place, CornerRadius::same(5), color(self.colors.panel), line, StrokeKind::Inside);
            painter.galley(place.center() - galley.size() / 2.0, galley, ink);
        }
    }
}

/// The connections through which a row reads.
fn read_by<'a>(lane: &'a layout::Lane, network: &'a Architecture, part: Part) -> impl Iterator<Item = &'a Wire> {
    let reader = network.reader(part);
    lane.wires.iter().filter(move |wire| reader == Some((wire.block, wire.reader)))
}

fn is_of(wire: &Wire, part: Part) -> bool {
    part == Part::Layer { block: wire.block, layer: wire.reader }
}
