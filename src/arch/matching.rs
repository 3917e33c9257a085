//! From a description to a network whose baseline width follows the description's rule, such as the one whose cost is nearest the DenseNet's.

use super::architecture::Architecture;
use super::build::ArchitectureError;
use super::kind::NetworkKind;
use super::shape::Input;
use super::spec::{NetworkSpec, WidthRule};
use super::width::Width;

impl Architecture {
    /// The network of that kind, its baseline width found by the description's rule.
    ///
    /// # Errors
    ///
    /// When the image is too small for the transitions.
    pub fn new(kind: NetworkKind, spec: &NetworkSpec, input: Input) -> Result<Self, ArchitectureError> {
        if !kind.has_width() {
            return Self::with_width(kind, spec, input, None);
        }
        let width = match spec.baseline_width {
            WidthRule::Fixed(width) => width,
            WidthRule::MatchParameters => nearest_width(kind, spec, input, Self::parameters)?,
            WidthRule::MatchMultiplyAdds => nearest_width(kind, spec, input, Self::multiply_adds)?,
        };
        Self::with_width(kind, spec, input, Some(width))
    }
}

/// The quarter from 1 up whose network costs nearest what the DenseNet does; the smaller on a tie.
///
/// Costs never fall as w grows, since no block's channels do, so two binary searches find it.
fn nearest_width(
    kind: NetworkKind,
    spec: &NetworkSpec,
    input: Input,
    cost: fn(&Architecture) -> u64,
) -> Result<Width, ArchitectureError> {
    let target = cost(&Architecture::with_width(NetworkKind::Dense, spec, input, None)?);
    let cost_of = |quarters: u32| {
        Architecture::with_width(kind, spec, input, Width::from_quarters(quarters)).map(|network| cost(&network))
    };
    let smallest = Width::MIN.quarters();
    let above = first_at_least(smallest, target, &cost_of)?;
    if above == smallest {
        return Ok(Width::MIN);
    }
    let (below_cost, above_cost) = (cost_of(above - 1)?, cost_of(above)?);
    let nearest = if target - below_cost <= above_cost - target {
        first_at_least(smallest, below_cost, &cost_of)? // several quarters may round to the same channels
    } else {
        above
    };
    Ok(Width::from_quarters(nearest).expect("the search starts at the narrowest width"))
}

/// The smallest number of quarters from `smallest` up that costs `target` or more.
fn first_at_least<E>(smallest: u32, target: u64, cost_of: &impl Fn(u32) -> Result<u64, E>) -> Result<u32, E> {
    let (mut low, mut high) = (smallest, smallest);
    while cost_of(high)? < target {
        low = high + 1;
        high *= 2;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if cost_of(middle)? < target {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
