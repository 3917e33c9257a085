//! The ten figures as signed distances: negative inside, in units in which a figure is about as large as the unit disc.
//!
//! x points right and y down. The distances are exact or nearly so next to the outline, which is all that smooth edges
//! need. The formulas for polygons and the heart are Inigo Quilez's
//! (<https://iquilezles.org/articles/distfunctions2d/>).

/// A class of the drawn images.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    Disc,
    Ring,
    Square,
    Triangle,
    Star,
    Cross,
    Crescent,
    Heart,
    Arrow,
    Hourglass,
}

impl Figure {
    /// In the order of their labels.
    pub(super) const ALL: [Self; 10] = [
        Self::Disc,
        Self::Ring,
        Self::Square,
        Self::Triangle,
        Self::Star,
        Self::Cross,
        Self::Crescent,
        Self::Heart,
        Self::Arrow,
        Self::Hourglass,
    ];

    /// The name of the class.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Disc => "Disc",
            Self::Ring => "Ring",
            Self::Square => "Square",
            Self::Triangle => "Triangle",
            Self::Star => "Star",
            Self::Cross => "Cross",
            Self::Crescent => "Crescent",
            Self::Heart => "Heart",
            Self::Arrow => "Arrow",
            Self::Hourglass => "Hourglass",
        }
    }

    /// The signed distance from a point to the outline.
    pub(super) fn distance(self, [x, y]: [f32; 2]) -> f32 {
        match self {
            Self::Disc => length(x, y) - 0.92,
            Self::Ring => (length(x, y) - 0.74).abs() - 0.22,
            Self::Square => polygon(&SQUARE, x, y),
            Self::Triangle => polygon(&TRIANGLE, x, y),
            Self::Star => polygon(&STAR, x, y),
            Self::Cross => polygon(&CROSS, x, y),
            // A disc without another that lies a little to its right.
            Self::Crescent => (length(x - 0.15, y) - 1.0).max(0.78 - length(x - 0.58, y)),
            Self::Heart => heart(x, y),
            Self::Arrow => polygon(&ARROW, x, y),
            Self::Hourglass => polygon(&HOURGLASS, x, y),
        }
    }

    /// No point of a figure is farther than this from its middle.
    pub(super) const REACH: f32 = 1.16;
}

const SQUARE: [[f32; 2]; 4] = [[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]];

/// Equilateral, on a circle of radius 1.14.
const TRIANGLE: [[f32; 2]; 3] = [[0.0, -1.14], [0.987_27, 0.57], [-0.987_27, 0.57]];

/// Five points on a circle of radius 1.14, five notches on one of 0.48.
const STAR: [[f32; 2]; 10] = [
    [0.0, -1.14],
    [0.282_137, -0.388_328],
    [1.084_204, -0.352_279],
    [0.456_507, 0.148_328],
    [0.670_075, 0.922_279],
    [0.0, 0.48],
    [-0.670_075, 0.922_279],
    [-0.456_507, 0.148_328],
    [-1.084_204, -0.352_279],
    [-0.282_137, -0.388_328],
];

const CROSS: [[f32; 2]; 12] = [
    [-0.32, -1.0],
    [0.32, -1.0],
    [0.32, -0.32],
    [1.0, -0.32],
    [1.0, 0.32],
    [0.32, 0.32],
    [0.32, 1.0],
    [-0.32, 1.0],
    [-0.32, 0.32],
    [-1.0, 0.32],
    [-1.0, -0.32],
    [-0.32, -0.32],
];

const ARROW: [[f32; 2]; 7] =
    [[0.0, -1.1], [0.86, -0.12], [0.27, -0.12], [0.27, 1.0], [-0.27, 1.0], [-0.27, -0.12], [-0.86, -0.12]];

const HOURGLASS: [[f32; 2]; 6] =
    [[-0.78, -0.86], [0.78, -0.86], [0.16, 0.0], [0.78, 0.86], [-0.78, 0.86], [-0.16, 0.0]];

fn length(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}

/// The distance to the nearest edge; each edge that is crossed on the way from the left changes the sign.
fn polygon(corners: &[[f32; 2]], x: f32, y: f32) -> f32 {
    let mut nearest_squared = f32::INFINITY;
    let mut inside = false;
    let mut previous = corners[corners.len() - 1];
    for &corner in corners {
        let edge = [previous[0] - corner[0], previous[1] - corner[1]];
        let to_point = [x - corner[0], y - corner[1]];
        let along = (to_point[0] * edge[0] + to_point[1] * edge[1]) / (edge[0] * edge[0] + edge[1] * edge[1]);
        let along = along.clamp(0.0, 1.0);
        let offset = [to_point[0] - edge[0] * along, to_point[1] - edge[1] * along];
        nearest_squared = nearest_squared.min(offset[0] * offset[0] + offset[1] * offset[1]);

        let (below, above) = (y >= corner[1], y < previous[1]);
        let left = edge[0] * to_point[1] > edge[1] * to_point[0];
        if below == above && above == left {
            inside = !inside;
        }
        previous = corner;
    }
    if inside { -nearest_squared.sqrt() } else { nearest_squared.sqrt() }
}

/// Quilez's heart stands on its tip at the origin, is 1.1 high and 1.2 wide; here it is moved to its middle and enlarged.
fn heart(x: f32, y: f32) -> f32 {
    const SCALE: f32 = 1.75;
    const MIDDLE: f32 = 0.57;
    let (x, y) = (x.abs() / SCALE, MIDDLE - y / SCALE);
    let distance = if x + y > 1.0 {
        length(x - 0.25, y - 0.75) - std::f32::consts::SQRT_2 / 4.0
    } else {
        let diagonal = 0.5 * (x + y).max(0.0);
        let nearest = length(x, y - 1.0).min(length(x - diagonal, y - diagonal));
        if x > y { nearest } else { -nearest }
    };
    distance * SCALE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether each point of a grid around the figure lies inside it, after a turn.
    fn mask(figure: Figure, degrees: f32) -> Vec<bool> {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let steps = || (-30..=30).map(|step| step as f32 * 0.04);
        steps()
            .flat_map(|y| steps().map(move |x| [x * cosine - y * sine, x * sine + y * cosine]))
            .map(|point| figure.distance(point) < 0.0)
            .collect()
    }

    fn overlap(one: &[bool], other: &[bool]) -> f32 {
        let both = one.iter().zip(other).filter(|&(&one, &other)| one && other).count();
        let either = one.iter().zip(other).filter(|&(&one, &other)| one || other).count();
        both as f32 / either as f32
    }

    #[test]
    fn no_turn_makes_one_figure_look_like_another() {
        for (index, &one) in Figure::ALL.iter().enumerate() {
            for &other in &Figure::ALL[index + 1..] {
                let upright = mask(one, 0.0);
                let closest = (0..360)
                    .step_by(10)
                    .map(|degrees| overlap(&upright, &mask(other, degrees as f32)))
                    .fold(0.0, f32::max);
                assert!(closest < 0.9, "{one:?} and {other:?} share {closest} of their area");
            }
        }
    }

    #[test]
    fn every_figure_is_as_large_as_its_reach_says() {
        for figure in Figure::ALL {
            let mut farthest = 0.0_f32;
            for (x, y) in (-150..=150).flat_map(|y| (-150..=150).map(move |x| (x as f32 / 100.0, y as f32 / 100.0))) {
                if figure.distance([x, y]) < 0.0 {
                    farthest = farthest.max(length(x, y));
                }
            }
            assert!((0.9..=Figure::REACH).contains(&farthest), "{figure:?} reaches {farthest}");
        }
    }

    /// A distance can change no faster than the point moves.
    #[test]
    fn distances_are_distances() {
        for figure in Figure::ALL {
            for (x, y) in (-60..60).flat_map(|y| (-60..60).map(move |x| (x as f32 / 40.0, y as f32 / 40.0))) {
                let here = figure.distance([x, y]);
                for step in [[0.01, 0.0], [0.0, 0.01]] {
                    let there = figure.distance([x + step[0], y + step[1]]);
                    assert!((there - here).abs() < 0.0101, "{figure:?} at {x}, {y}: {here} and {there}");
                }
            }
        }
    }
}
