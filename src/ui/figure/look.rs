//! How a series looks: its colour, dash and mark by what it means, its strength by how much it is meant to be looked at.

use eframe::egui::{Color32, Pos2, Shape, Stroke, Visuals, pos2, vec2};

use crate::chart::{Meaning, Series, Weight};
use crate::theme::{Dash, Palette, Shape as Mark, Sign, ThemeKind};
use crate::ui::style;

/// The palette of the theme that is shown.
pub fn palette(visuals: &Visuals) -> &'static Palette {
    Palette::of(if visuals.dark_mode { ThemeKind::Dark } else { ThemeKind::Light })
}

/// How one series looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) color: Color32,
    pub(super) width: f32,
    pub(super) dash: Dash,
    pub(super) mark: Mark,
}

impl Look {
    pub(super) fn of(series: &Series, palette: &Palette) -> Self {
        let meaning = series.meaning;
        let opacity = match series.weight {
            Weight::Main => 1.0,
            Weight::Second => 0.8,
            Weight::Faint => 0.32,
        };
        let width = match (series.weight, meaning) {
            (Weight::Main, _) => 2.0,
            (Weight::Second, _) => 1.5,
            (Weight::Faint, _) => 1.0,
        };
        Self {
            color: style::color(color(meaning, palette).with_opacity(opacity)),
            width,
            dash: series.dash.unwrap_or_else(|| dash(meaning)),
            mark: mark(meaning),
        }
    }

    pub(super) fn stroke(&self) -> Stroke {
        Stroke::new(self.width, self.color)
    }

    /// The line through these points; broken as the look says.
    pub(super) fn line(&self, points: Vec<Pos2>, shapes: &mut Vec<Shape>) {
        let pattern = match self.dash {
            Dash::Solid => None,
            Dash::Dashed => Some((6.0, 3.5)),
            Dash::Dotted => Some((1.5, 3.0)),
        };
        match pattern {
            None => shapes.push(Shape::line(points, self.stroke())),
            Some((stroke, gap)) => shapes.extend(Shape::dashed_line(&points, self.stroke(), stroke, gap)),
        }
    }

    /// The mark at a place.
    pub(super) fn mark(&self, at: Pos2, radius: f32, ground: Color32) -> Shape {
        let halo = Stroke::new(1.0, ground);
        match self.mark {
            Mark::Disc => {
                Shape::Circle(eframe::egui::epaint::CircleShape { center: at, radius, fill: self.color, stroke: halo })
            }
            Mark::Square => {
                let (left, right) = (at - vec2(radius, radius) * 0.88, at + vec2(radius, radius) * 0.88);
                let corners = vec![left, pos2(right.x, left.y), right, pos2(left.x, right.y)];
                Shape::convex_polygon(corners, self.color, halo)
            }
            Mark::Triangle => {
                let corner = |angle: f32| at + vec2(angle.cos(), angle.sin()) * radius * 1.25;
                let corners = [-90.0_f32, 30.0, 150.0].map(|degrees| corner(degrees.to_radians()));
                Shape::convex_polygon(corners.to_vec(), self.color, halo)
            }
        }
    }
}

fn color(meaning: Meaning, palette: &Palette) -> crate::theme::Color {
    match meaning {
        Meaning::Network(kind) => palette.network(kind),
        Meaning::Source(source) => palette.source(source),
        Meaning::Portion(kind, part) => palette.network(kind).mix(palette.ground, [0.0, 0.45, 0.7][part % 3]),
        Meaning::Guide => palette.quiet,
        Meaning::Run(run) => palette.source(run + 1),
    }
}

const fn dash(meaning: Meaning) -> Dash {
    match meaning {
        Meaning::Network(kind) => Sign::of(kind).dash,
        Meaning::Guide => Dash::Dashed,
        Meaning::Portion(..) | Meaning::Source(_) | Meaning::Run(_) => Dash::Solid,
    }
}

const fn mark(meaning: Meaning) -> Mark {
    match meaning {
        Meaning::Network(kind) | Meaning::Portion(kind, _) => Sign::of(kind).shape,
        Meaning::Source(_) | Meaning::Guide | Meaning::Run(_) => Mark::Disc,
    }
}
