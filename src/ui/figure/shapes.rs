//! Marks of a chart as shapes of the toolkit.

use eframe::egui::epaint::{CircleShape, Mesh, PathShape, PathStroke, RectShape, TextShape};
use eframe::egui::{self, Color32, Painter, Pos2, Rect, Shape, StrokeKind, TextureHandle, Vec2, pos2, vec2};

use super::heat;
use crate::chart::layout::{Area, Face, Fill, Letters, Mark, Mosaic, Pattern, Side, Spot, Stroke};
use crate::theme::heat as heat_color;
use crate::ui::style;

/// A shape, and the part of the screen in which it is seen if that is not all.
pub(super) type Clipped = (Option<Rect>, Shape);

/// Makes shapes of marks that stand at an origin.
pub(super) struct Shapes<'a> {
    pub(super) painter: &'a Painter,
    pub(super) origin: Vec2,
    /// Pictures of cells, which serve again when the marks are made anew.
    pub(super) textures: &'a mut Vec<TextureHandle>,
    used: usize,
    made: Vec<Clipped>,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(painter: &'a Painter, origin: Vec2, textures: &'a mut Vec<TextureHandle>) -> Self {
        Self { painter, origin, textures, used: 0, made: Vec::new() }
    }

    /// The shapes of the marks, in their order.
    pub(super) fn of(mut self, marks: &[Mark]) -> Vec<Clipped> {
        self.all(marks);
        self.made
    }

    fn all(&mut self, marks: &[Mark]) {
        for mark in marks {
            self.one(mark);
        }
    }

    fn one(&mut self, mark: &Mark) {
        match mark {
            Mark::Group(_, marks) => self.all(marks),
            Mark::Line(points, stroke) => {
                let points: Vec<Pos2> = points.iter().map(|spot| self.at(*spot)).collect();
                if let [on, off] = stroke.dash[..] {
                    let dashes = Shape::dashed_line(&points, line(stroke), single(on), single(off));
                    self.made.extend(dashes.into_iter().map(|dash| (None, dash)));
                } else {
                    self.put(Shape::line(points, line(stroke)));
                }
            }
            Mark::Polygon(points, fill, edge) => self.polygon(points, color(fill), edge.as_ref()),
            Mark::Rectangle(area, fill, edge) => self.rectangle(*area, fill, edge.as_ref()),
            Mark::Disc(center, radius, fill, edge) => {
                let stroke = edge.as_ref().map_or(egui::Stroke::NONE, line);
                let circle =
                    CircleShape { center: self.at(*center), radius: single(*radius), fill: color(fill), stroke };
                self.put(Shape::Circle(circle));
            }
            Mark::Ribbon(spans, area, fill) => {
                let mut mesh = Mesh::default();
                for [x, high, low] in spans {
                    mesh.colored_vertex(self.at((*x, *high)), color(fill));
                    mesh.colored_vertex(self.at((*x, *low)), color(fill));
                }
                let corners = u32::try_from(mesh.vertices.len()).unwrap_or(0);
                for corner in (0..corners.saturating_sub(2)).step_by(2) {
                    mesh.add_triangle(corner, corner + 1, corner + 2);
                    mesh.add_triangle(corner + 1, corner + 2, corner + 3);
                }
                self.made.push((Some(self.rect(*area)), Shape::mesh(mesh)));
            }
            Mark::Cells(mosaic, area) => self.cells(mosaic, *area),
            Mark::Words { words, at, side, letters, upright } => self.words(words, *at, *side, letters, *upright),
        }
    }

    fn put(&mut self, shape: Shape) {
        self.made.push((None, shape));
    }

    fn at(&self, (x, y): Spot) -> Pos2 {
        pos2(single(x), single(y)) + self.origin
    }

    fn rect(&self, area: Area) -> Rect {
        Rect::from_min_max(self.at((area.left, area.top)), self.at((area.right, area.bottom)))
    }

    /// Marks with corners that go inwards are filled from their middle, which sees all of them.
    fn polygon(&mut self, points: &[Spot], fill: Color32, edge: Option<&Stroke>) {
        let points: Vec<Pos2> = points.iter().map(|spot| self.at(*spot)).collect();
        let stroke = edge.map_or(egui::Stroke::NONE, line);
        if is_convex(&points) {
            self.put(Shape::convex_polygon(points, fill, stroke));
            return;
        }
        let middle = points.iter().fold(Vec2::ZERO, |sum, point| sum + point.to_vec2()) / points.len() as f32;
        let mut mesh = Mesh::default();
        mesh.colored_vertex(middle.to_pos2(), fill);
        for point in &points {
            mesh.colored_vertex(*point, fill);
        }
        let count = u32::try_from(points.len()).unwrap_or(0);
        for corner in 0..count {
            mesh.add_triangle(0, corner + 1, (corner + 1) % count + 1);
        }
        self.put(Shape::mesh(mesh));
        let outline = PathShape { points, closed: true, fill: Color32::TRANSPARENT, stroke: PathStroke::from(stroke) };
        self.put(Shape::Path(outline));
    }

    fn rectangle(&mut self, area: Area, fill: &Fill, edge: Option<&Stroke>) {
        let rect = self.rect(area);
        if let Some(Pattern::Heat(theme)) = fill.pattern {
            let mut mesh = Mesh::default();
            let stops: u32 = 24;
            for stop in 0..=stops {
                let shade = style::color(heat_color(theme, f64::from(stop) / f64::from(stops)));
                let x = rect.left() + rect.width() * stop as f32 / stops as f32;
                mesh.colored_vertex(pos2(x, rect.top()), shade);
                mesh.colored_vertex(pos2(x, rect.bottom()), shade);
                if let Some(corner) = (2 * stop).checked_sub(2) {
                    mesh.add_triangle(corner, corner + 1, corner + 2);
                    mesh.add_triangle(corner + 1, corner + 2, corner + 3);
                }
            }
            self.put(Shape::mesh(mesh));
            return;
        }
        self.put(RectShape::filled(rect, 0.0, color(fill)).into());
        if let Some(edge) = edge {
            self.put(RectShape::stroke(rect, 0.0, line(edge), StrokeKind::Middle).into());
        }
    }

    fn cells(&mut self, mosaic: &Mosaic, area: Area) {
        let old = self.textures.get(self.used).cloned();
        let texture = heat::picture(self.painter.ctx(), old, mosaic);
        let clip = self.rect(area);
        let mesh = heat::mesh(&texture, mosaic, |spot| self.at(spot));
        self.made.push((Some(clip), Shape::mesh(mesh)));
        if self.used == self.textures.len() {
            self.textures.push(texture);
        }
        self.used += 1;
    }

    fn words(&mut self, words: &str, at: Spot, side: Side, letters: &Letters, upright: bool) {
        let size = single(letters.size);
        let font = match letters.face {
            Face::Regular => style::font(size),
            Face::Bold => style::bold_font(size),
        };
        let shade = style::color(letters.color);
        let galley = self.painter.layout_no_wrap(words.to_owned(), font, shade);
        // Marks say where the baseline is, the toolkit where the top is.
        let baseline = galley.rows.first().and_then(|row| row.glyphs.first()).map_or(size, |glyph| glyph.pos.y);
        let before = galley.size().x
            * match side {
                Side::Left => 0.0,
                Side::Middle => 0.5,
                Side::Right => 1.0,
            };
        let at = self.at(at);
        let shape = if upright {
            let mut turned = TextShape::new(at + vec2(-baseline, before), galley, shade);
            turned.angle = -std::f32::consts::FRAC_PI_2;
            turned
        } else {
            TextShape::new(at - vec2(before, baseline), galley, shade)
        };
        self.put(Shape::Text(shape));
    }
}

/// Paints shapes.
pub(super) fn paint(painter: &Painter, shapes: &[Clipped]) {
    for (clip, shape) in shapes {
        match clip {
            Some(clip) => painter.with_clip_rect(clip.intersect(painter.clip_rect())).add(shape.clone()),
            None => painter.add(shape.clone()),
        };
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place on the screen, or near it")]
pub(super) fn single(value: f64) -> f32 {
    value as f32
}

fn line(stroke: &Stroke) -> egui::Stroke {
    egui::Stroke::new(single(stroke.width), style::color(stroke.color))
}

/// The colour of a fill; patterns are for paper, where colour must not be needed.
fn color(fill: &Fill) -> Color32 {
    style::color(fill.color)
}

fn is_convex(points: &[Pos2]) -> bool {
    let corner = |index: usize| {
        let [before, here, after] = [0, 1, 2].map(|step| points[(index + step) % points.len()]);
        let (one, other) = (here - before, after - here);
        one.x * other.y - one.y * other.x
    };
    let turns: Vec<f32> = (0..points.len()).map(corner).collect();
    turns.iter().all(|turn| *turn >= -1e-4) || turns.iter().all(|turn| *turn <= 1e-4)
}
