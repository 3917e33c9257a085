//! What stands along an axis once its length is known: labels that never touch.

use super::kinds::Kinds;
use super::sketch::Letters;
use super::ticks::{self, Tick, Ticks as Places};
use crate::arch::Part;
use crate::chart::{Axis, Ticks};

/// Labels along an axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Along {
    pub(super) places: Places,
    /// Along x: the labels run upwards.
    pub(super) upright: bool,
    /// How far the labels reach from the axis, in pixels.
    pub(super) reach: f64,
}

/// The room of an axis along x, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) length: f64,
    /// How far labels may reach beyond the left end, the right end, and below the axis.
    pub(super) before: f64,
    pub(super) after: f64,
    pub(super) below: f64,
}

/// What stands along x, from left to right.
pub(super) fn along_x(axis: &Axis, ends: [f64; 2], room: Room, kinds: &Kinds) -> Along {
    let Room { length, before, after, below } = room;
    let mut along = all_along_x(axis, ends, length, below, kinds);
    let at = |place: f64| (place - ends[0]) / (ends[1] - ends[0]) * length;
    let upright = along.upright;
    along.places.major.retain(|tick| {
        let half = if upright { kinds.tick.size * 0.5 } else { kinds.tick.width(&tick.label) / 2.0 };
        seen(tick.place, ends) && at(tick.place) - half >= -before && at(tick.place) + half <= length + after + 0.01
    });
    along
}

fn all_along_x(axis: &Axis, ends: [f64; 2], length: f64, depth: f64, kinds: &Kinds) -> Along {
    let letters = &kinds.tick;
    let at = |place: f64| (place - ends[0]) / (ends[1] - ends[0]) * length;
    let apart = |ticks: &[Tick]| {
        ticks.windows(2).all(|pair| {
            let halves = f64::midpoint(letters.width(&pair[0].label), letters.width(&pair[1].label));
            at(pair[1].place) - at(pair[0].place)
                >= (halves + kinds.unit * 0.8).max(kinds.unit * 3.6).max(length / 13.0)
        })
    };
    let line = letters.line();
    match &axis.ticks {
        Ticks::Numbers(format) => {
            let places = ticks::numbers(axis.scale, *format, ends, &apart);
            Along { places, upright: false, reach: line }
        }
        Ticks::Parts(parts) => {
            let gap = kinds.unit * 0.7;
            let extent = |index: usize| letters.width(&parts[index].1);
            let kept = thinned_parts(parts, &|index| at(index as f64), &extent, gap);
            Along { places: named(&kept, |index| parts[index].1.clone()), upright: false, reach: line }
        }
        Ticks::Names(names) => names_below(names, &at, length, depth, letters),
    }
}

/// Names side by side where all have room, else upright, and every second or third where even that is too close.
fn names_below(names: &[String], at: &dyn Fn(f64) -> f64, length: f64, depth: f64, letters: &Letters) -> Along {
    let slot = at(1.0) - at(0.0);
    let widest = names.iter().map(|name| letters.width(name)).fold(0.0, f64::max);
    let half = at(0.0).min(length - at(names.len().saturating_sub(1) as f64));
    if widest + letters.size * 0.6 <= slot && widest / 2.0 <= half + letters.size {
        let all: Vec<usize> = (0..names.len()).collect();
        return Along { places: named(&all, |index| names[index].clone()), upright: false, reach: letters.line() };
    }
    if widest <= letters.size * 2.5 {
        // Numbers and the like read better side by side, even if not all of them.
        let kept = every(names.len(), slot, widest + letters.size * 0.6);
        return Along { places: named(&kept, |index| names[index].clone()), upright: false, reach: letters.line() };
    }
    let shortened: Vec<String> = names.iter().map(|name| letters.shorten(name, depth)).collect();
    let reach = shortened.iter().map(|name| letters.width(name)).fold(0.0, f64::max);
    let kept = every(names.len(), slot, letters.line());
    Along { places: named(&kept, |index| shortened[index].clone()), upright: true, reach }
}

/// What stands along y, from bottom to top over `length` pixels. Labels may be `room` pixels wide.
pub(super) fn along_y(axis: &Axis, ends: [f64; 2], length: f64, room: f64, kinds: &Kinds) -> Along {
    let letters = &kinds.tick;
    let at = |place: f64| (place - ends[0]) / (ends[1] - ends[0]) * length;
    let line = letters.line();
    let mut places = match &axis.ticks {
        Ticks::Numbers(format) => {
            // About six of them, fewer where there is less room, and never closer than lines of text.
            let distance = (length / 7.0).clamp(2.1 * line, 4.0 * line).min(length / 3.0).max(1.1 * line);
            let apart =
                |ticks: &[Tick]| ticks.windows(2).all(|pair| at(pair[1].place) - at(pair[0].place) >= distance - 1e-6);
            ticks::numbers(axis.scale, *format, ends, &apart)
        }
        Ticks::Parts(parts) => {
            let kept = thinned_parts(parts, &|index| at(index as f64), &|_| line * 0.95, 0.0);
            named(&kept, |index| letters.shorten(&parts[index].1, room))
        }
        Ticks::Names(names) => {
            let kept = every(names.len(), at(1.0) - at(0.0), line);
            named(&kept, |index| letters.shorten(&names[index], room))
        }
    };
    places.major.retain(|tick| seen(tick.place, ends));
    let reach = places.major.iter().map(|tick| letters.width(&tick.label)).fold(0.0, f64::max);
    Along { places, upright: false, reach }
}

/// Whether a place is between the ends, but for what rounding does.
fn seen(place: f64, [low, high]: [f64; 2]) -> bool {
    let slack = (high - low) * 1e-6;
    place >= low - slack && place <= high + slack
}

fn named(kept: &[usize], label: impl Fn(usize) -> String) -> Places {
    let major = kept.iter().map(|&index| Tick { place: index as f64, label: label(index) }).collect();
    Places { major, minor: Vec::new() }
}

/// Every n-th of so many, so that they are at least that far apart.
fn every(count: usize, slot: f64, distance: f64) -> Vec<usize> {
    const ROUND: [usize; 15] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 50];
    let fits = |step: &usize| *step as f64 * slot >= distance;
    let step = ROUND.into_iter().find(fits).or_else(|| (ROUND.len()..count).find(fits)).unwrap_or(count.max(1));
    (0..count).step_by(step).collect()
}

/// The rows that are named: stem, transitions and head first, since they say where one is, then layers of round numbers, and all
/// layers where there is room.
fn thinned_parts(
    parts: &[(Part, String)],
    at: &dyn Fn(usize) -> f64,
    extent: &dyn Fn(usize) -> f64,
    gap: f64,
) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    let free = |kept: &[usize], index: usize| {
        kept.iter().all(|&other| (at(index) - at(other)).abs() >= f64::midpoint(extent(index), extent(other)) + gap)
    };
    let outside = |part: &Part| !matches!(part, Part::Layer { .. });
    let places = (0..parts.len()).filter(|&index| outside(&parts[index].0));
    for index in places {
        if free(&kept, index) {
            kept.push(index);
        }
    }
    let all_of = |step: usize| {
        (0..parts.len()).filter(move |&index| match parts[index].0 {
            Part::Layer { layer, .. } => {
                if step == 1 {
                    true
                } else {
                    layer.is_multiple_of(step)
                }
            }
            Part::Stem | Part::Transition { .. } | Part::Classifier => false,
        })
    };
    for step in [1, 2, 4, 5, 10, 20] {
        // Those next to a transition may give way to it, but not to each other: what is left is still regular.
        let class: Vec<usize> = all_of(step).collect();
        if class.windows(2).all(|pair| free(&pair[..1], pair[1]) || outside_between(parts, pair)) {
            let open: Vec<usize> = class.iter().copied().filter(|&index| free(&kept, index)).collect();
            if step > 1 || open.len() == class.len() {
                for index in open {
                    if free(&kept, index) {
                        kept.push(index);
                    }
                }
                break;
            }
        }
    }
    kept.sort_unstable();
    kept
}

fn outside_between(parts: &[(Part, String)], pair: &[usize]) -> bool {
    parts[pair[0]..pair[1]].iter().any(|(part, _)| !matches!(part, Part::Layer { .. }))
}
