//! What tells networks apart where colour does not: how a line is dashed and which mark stands on it.

use crate::arch::NetworkKind;

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// Without gaps.
    Solid,
    /// Long strokes.
    Dashed,
    /// Short strokes.
    Dotted,
}

/// The mark of a network's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Round.
    Disc,
    /// Upright.
    Square,
    /// Point upwards.
    Triangle,
}

/// A network's line and mark, the same in every figure and theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Of its lines.
    pub dash: Dash,
    /// Of its points.
    pub shape: Shape,
    /// The number of the pattern of its areas on paper; nothing for an even area.
    pub pattern: Option<usize>,
}

impl Sign {
    /// The sign of a network.
    pub const fn of(kind: NetworkKind) -> Self {
        match kind {
            NetworkKind::Dense => Self { dash: Dash::Solid, shape: Shape::Disc, pattern: None },
            NetworkKind::Residual => Self { dash: Dash::Dashed, shape: Shape::Square, pattern: Some(0) },
            NetworkKind::Plain => Self { dash: Dash::Dotted, shape: Shape::Triangle, pattern: Some(2) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_networks_have_the_same_line_or_mark() {
        for (index, one) in NetworkKind::ALL.into_iter().enumerate() {
            for other in &NetworkKind::ALL[index + 1..] {
                let (one, other) = (Sign::of(one), Sign::of(*other));
                assert!(one.dash != other.dash && one.shape != other.shape && one.pattern != other.pattern);
            }
        }
    }
}
