//! Icons, painted from a few shapes: the fonts have none, and painted ones are as sharp as the screen.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, vec2};

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Go on.
    Play,
    /// Wait.
    Pause,
    /// One step further.
    Step,
    /// From the start.
    Restart,
    /// By chance: a die.
    Die,
    /// How fast: a dial.
    Pace,
    /// Until there: a flag.
    Flag,
    /// To the newest.
    Latest,
    /// Add.
    Plus,
    /// Take away.
    Minus,
    /// Close, remove.
    Cross,
    /// Look for.
    Search,
    /// It holds.
    Check,
    /// It deserves a look.
    Warning,
    /// It failed.
    Failure,
    /// Opens a list.
    Down,
    /// Opens what is folded, or goes on.
    Right,
    /// Goes back.
    Left,
    /// Back to the default.
    Undo,
    /// Light.
    Sun,
    /// Dark.
    Moon,
    /// As the system.
    Half,
    /// The panel at the left.
    PanelLeft,
    /// The panel at the right.
    PanelRight,
    /// Slowly from one to the next.
    Motion,
    /// A folder.
    Folder,
}

/// Paints an icon in the middle of a place; `side` is the icon's.
pub fn paint(painter: &Painter, place: Pos2, side: f32, icon: Icon, color: Color32) {
    let brush = Brush { painter, place, unit: side / 16.0, color };
    match icon {
        Icon::Play => brush.filled(&[(-4.5, -6.5), (6.5, 0.0), (-4.5, 6.5)]),
        Icon::Pause => {
            brush.bar(-4.75, -6.0, 3.5, 12.0);
            brush.bar(1.25, -6.0, 3.5, 12.0);
        }
        Icon::Step => {
            brush.filled(&[(-5.5, -5.5), (3.0, 0.0), (-5.5, 5.5)]);
            brush.bar(3.5, -5.5, 2.0, 11.0);
        }
        Icon::Latest => {
            brush.line(&[(-5.0, -5.0), (0.0, 0.0), (-5.0, 5.0)]);
            brush.line(&[(0.5, -5.0), (5.5, 0.0), (0.5, 5.0)]);
        }
        Icon::Restart => brush.turn(-FRAC_PI_2 * 0.8, TAU * 0.8),
        Icon::Undo => {
            brush.line(&[(-5.0, -1.5), (2.0, -1.5), (4.8, -0.2), (5.5, 2.0), (4.8, 4.2), (2.0, 5.5), (-2.5, 5.5)]);
            brush.line(&[(-1.8, -5.0), (-5.3, -1.5), (-1.8, 2.0)]);
        }
        Icon::Die => {
            brush.frame(-6.0, -6.0, 12.0, 12.0, 3.0);
            for (x, y) in [(-2.8, -2.8), (2.8, -2.8), (0.0, 0.0), (-2.8, 2.8), (2.8, 2.8)] {
                brush.dot(x, y, 1.25);
            }
        }
        Icon::Pace => {
            brush.arc(0.0, 2.0, 6.5, PI, PI);
            brush.line(&[(0.0, 2.0), (3.6, -2.2)]);
            brush.dot(0.0, 2.0, 1.5);
        }
        Icon::Flag => {
            brush.line(&[(-4.5, -6.5), (-4.5, 6.5)]);
            brush.filled(&[(-4.5, -6.0), (5.5, -3.0), (-4.5, 0.5)]);
        }
        Icon::Plus => {
            brush.line(&[(-4.5, 0.0), (4.5, 0.0)]);
            brush.line(&[(0.0, -4.5), (0.0, 4.5)]);
        }
        Icon::Minus => brush.line(&[(-4.5, 0.0), (4.5, 0.0)]),
        Icon::Cross => {
            brush.line(&[(-4.0, -4.0), (4.0, 4.0)]);
            brush.line(&[(-4.0, 4.0), (4.0, -4.0)]);
        }
        Icon::Search => {
            brush.arc(-1.0, -1.0, 4.5, 0.0, TAU);
            brush.line(&[(2.3, 2.3), (6.0, 6.0)]);
        }
        Icon::Check => brush.line(&[(-5.0, 0.5), (-1.5, 4.0), (5.0, -4.0)]),
        Icon::Warning => {
            brush.line(&[(0.0, -6.0), (6.5, 5.5), (-6.5, 5.5), (0.0, -6.0)]);
            brush.line(&[(0.0, -2.0), (0.0, 1.5)]);
            brush.dot(0.0, 3.6, 0.9);
        }
        Icon::Failure => {
            brush.arc(0.0, 0.0, 6.5, 0.0, TAU);
            brush.line(&[(-2.5, -2.5), (2.5, 2.5)]);
            brush.line(&[(-2.5, 2.5), (2.5, -2.5)]);
        }
        Icon::Down => brush.line(&[(-4.0, -2.0), (0.0, 2.0), (4.0, -2.0)]),
        Icon::Motion => {
            brush.arc(-3.0, 2.0, 3.0, PI, PI);
            brush.arc(3.0, 2.0, 3.0, PI, PI);
            for x in [-6.0, 0.0, 6.0] {
                brush.dot(x, 3.0, 2.0);
            }
        }
        Icon::Right => brush.line(&[(-2.0, -4.0), (2.0, 0.0), (-2.0, 4.0)]),
        Icon::Left => brush.line(&[(2.0, -4.0), (-2.0, 0.0), (2.0, 4.0)]),
        Icon::Sun => {
            brush.dot(0.0, 0.0, 3.2);
            for ray in 0..8 {
                let way = Vec2::angled(TAU * ray as f32 / 8.0);
                brush.line(&[(way.x * 5.0, way.y * 5.0), (way.x * 7.0, way.y * 7.0)]);
            }
        }
        Icon::Moon => brush.moon(),
        Icon::Half => {
            brush.arc(0.0, 0.0, 6.0, 0.0, TAU);
            brush.half_disc(6.0);
        }
        Icon::PanelLeft => {
            brush.frame(-7.0, -5.5, 14.0, 11.0, 2.0);
            brush.bar(-6.0, -4.5, 4.0, 9.0);
        }
        Icon::PanelRight => {
            brush.frame(-7.0, -5.5, 14.0, 11.0, 2.0);
            brush.bar(2.0, -4.5, 4.0, 9.0);
        }
        Icon::Folder => {
            brush.line(&[(-6.5, 5.0), (-6.5, -5.0), (-2.0, -5.0), (0.0, -3.0), (6.5, -3.0), (6.5, 5.0), (-6.5, 5.0)]);
        }
    }
}

/// Paints in sixteenths of an icon's side, from its middle.
struct Brush<'a> {
    painter: &'a Painter,
    place: Pos2,
    unit: f32,
    color: Color32,
}

impl Brush<'_> {
    fn at(&self, (x, y): (f32, f32)) -> Pos2 {
        self.place + vec2(x, y) * self.unit
    }

    fn stroke(&self) -> Stroke {
        Stroke::new(1.6 * self.unit, self.color)
    }

    fn filled(&self, corners: &[(f32, f32)]) {
        let corners = corners.iter().map(|&corner| self.at(corner)).collect();
        // A thin outline of the same colour rounds the corners.
        self.painter.add(Shape::convex_polygon(corners, self.color, Stroke::new(self.unit, self.color)));
    }

    fn line(&self, points: &[(f32, f32)]) {
        self.painter.line(points.iter().map(|&point| self.at(point)).collect(), self.stroke());
    }

    fn rect(&self, x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(self.at((x, y)), vec2(width, height) * self.unit)
    }

    fn bar(&self, x: f32, y: f32, width: f32, height: f32) {
        self.painter.rect_filled(self.rect(x, y, width, height), self.unit, self.color);
    }

    fn frame(&self, x: f32, y: f32, width: f32, height: f32, radius: f32) {
        let stroke = Stroke::new(1.4 * self.unit, self.color);
        self.painter.rect_stroke(self.rect(x, y, width, height), radius * self.unit, stroke, StrokeKind::Middle);
    }

    fn dot(&self, x: f32, y: f32, radius: f32) {
        self.painter.circle_filled(self.at((x, y)), radius * self.unit, self.color);
    }

    fn arc(&self, x: f32, y: f32, radius: f32, from: f32, sweep: f32) {
        let points = (0..=24).map(|part| {
            let way = Vec2::angled(from + sweep * part as f32 / 24.0);
            self.at((x + way.x * radius, y + way.y * radius))
        });
        self.painter.line(points.collect(), self.stroke());
    }

    /// An arc with an arrow's head at its end.
    fn turn(&self, from: f32, sweep: f32) {
        let radius = 5.5;
        self.arc(0.0, 0.5, radius, from, sweep);
        let end = Vec2::angled(from + sweep);
        let along = -end.rot90();
        let tip = end * radius + vec2(0.0, 0.5);
        let (ahead, side) = (along * 3.4, end * 2.9);
        self.filled(&[
            ((tip + ahead).x, (tip + ahead).y),
            ((tip + side).x, (tip + side).y),
            ((tip - side).x, (tip - side).y),
        ]);
    }

    fn moon(&self) {
        // Left half of a disc's edge, and back along a flatter curve.
        let outer = (0..=16).map(|part| Vec2::angled(FRAC_PI_2 * 0.7 + PI * 1.15 * part as f32 / 16.0) * 6.0);
        let inner =
            (0..=16).map(|part| vec2(3.2, -2.6) + Vec2::angled(PI * 1.30 - PI * 0.86 * part as f32 / 16.0) * 5.2);
        let points = outer.chain(inner).map(|point| self.at((point.x, point.y))).collect();
        self.painter.add(Shape::closed_line(points, self.stroke()));
    }

    fn half_disc(&self, radius: f32) {
        let points = (0..=16).map(|part| {
            let way = Vec2::angled(-FRAC_PI_2 + PI * part as f32 / 16.0) * radius;
            self.at((way.x, way.y))
        });
        self.painter.add(Shape::convex_polygon(points.collect(), self.color, Stroke::NONE));
    }
}
