//! What each side needs for the best value that both reach.
//!
//! Between two sizes a mean is read off the straight line between them over the logarithm of what is needed; the same over the best and
//! the worst seeds gives the range. What already the smallest size reaches needs *at most* that, what none reaches *more than* the largest.

use super::{Answer, Case, Verdict};
use crate::experiment::description::Along;
use crate::experiment::summary::{Cell, Range};

/// What is needed: by the mean, by the best seeds, by the worst.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Need {
    pub(super) mean: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// A size and what it reached.
pub(super) type Point = (f64, Range);

pub(super) fn verdict(case: &Case, sides: [&String; 2]) -> Verdict {
    let names = sides.map(|side| case.name(side));
    let along = case.experiment.compare.along[0];
    let curves = sides.map(|side| curve(case, &case.side(side), along));
    let more_is_better = case.experiment.compare.measure.more_is_better();
    let unknown = |key: &str| Verdict { answer: Answer::Unknown, sentences: vec![case.text.say(key).to_owned()] };
    let Some(level) = level(&curves, more_is_better) else { return unknown("experiment.verdict.nothing_yet") };
    let seeds = curves.iter().flatten().map(|(_, range)| range.count).min().unwrap_or(0);
    let needs = curves.each_ref().map(|curve| need(curve, level, more_is_better));
    let (answer, found) = if seeds < 2 {
        (Answer::Unknown, case.text.say("experiment.verdict.one_seed").to_owned())
    } else if needs[0].high < needs[1].low {
        (Answer::Yes, case.text.fill("experiment.verdict.needs_less", &[("name", &names[0])]))
    } else if needs[1].high < needs[0].low {
        (Answer::No, case.text.fill("experiment.verdict.needs_less", &[("name", &names[1])]))
    } else {
        (Answer::NotToldApart, case.text.say("experiment.verdict.not_told_apart").to_owned())
    };
    let written = [0, 1].map(|side| written(case, along, &needs[side], &curves[side]));
    let short = case.text.fill(
        "experiment.verdict.needs",
        &[
            ("level", &case.value(level)),
            ("measure", &case.measure()),
            ("first", &names[0]),
            ("need", &written[0]),
            ("second", &names[1]),
            ("other", &written[1]),
            ("found", &found),
            ("seeds", &seeds),
        ],
    );
    let mut sentences = vec![short];
    for (name, curve) in names.iter().zip(&curves) {
        for (at, range) in curve {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("name", name), ("at", &case.along(along, *at)), ("range", &case.range(range))];
            sentences.push(case.text.fill("experiment.verdict.point", &values));
        }
    }
    Verdict { answer, sentences }
}

/// The sizes of a side, from small to large, with what they reached.
fn curve(case: &Case, cells: &[&Cell], along: Along) -> Vec<Point> {
    let measure = case.experiment.compare.measure;
    let mut curve: Vec<Point> =
        cells.iter().filter_map(|cell| Some((cell.along(case.experiment, along)?, cell.range(measure)?))).collect();
    curve.sort_by(|a, b| a.0.total_cmp(&b.0));
    curve
}

/// The best mean that both reach.
pub(super) fn level(curves: &[Vec<Point>; 2], more_is_better: bool) -> Option<f64> {
    let best = |curve: &Vec<Point>| {
        let means = curve.iter().map(|(_, range)| range.mean);
        if more_is_better { means.reduce(f64::max) } else { means.reduce(f64::min) }
    };
    let (first, second) = (best(&curves[0])?, best(&curves[1])?);
    Some(if more_is_better { first.min(second) } else { first.max(second) })
}

/// What a curve needs for a level.
pub(super) fn need(curve: &[Point], level: f64, more_is_better: bool) -> Need {
    let sign = if more_is_better { 1.0 } else { -1.0 };
    let by = |value: &dyn Fn(&Range) -> f64| {
        let values: Vec<(f64, f64)> = curve.iter().map(|(at, range)| (*at, value(range))).collect();
        reaches(&values, sign * level)
    };
    // With the sign more is better, and the best seed is the larger of the two ends.
    let ends = |range: &Range| [sign * range.low, sign * range.high];
    Need {
        mean: by(&|range| sign * range.mean),
        low: by(&|range| ends(range)[0].max(ends(range)[1])),
        high: by(&|range| ends(range)[0].min(ends(range)[1])),
    }
}

/// Where a curve first reaches a level: nothing before its first point, infinity if it never does.
fn reaches(curve: &[(f64, f64)], level: f64) -> f64 {
    match curve.first() {
        Some((_, value)) if *value >= level => return 0.0,
        Some(_) | None => {}
    }
    let crossing = curve.windows(2).find(|pair| pair[1].1 >= level);
    crossing.map_or(f64::INFINITY, |pair| {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let share = (level - y0) / (y1 - y0);
        (x0.ln() + share * (x1.ln() - x0.ln())).exp()
    })
}

/// A need in words.
fn written(case: &Case, along: Along, need: &Need, curve: &[Point]) -> String {
    let ends = curve.first().zip(curve.last()).map(|(first, last)| (first.0, last.0));
    let (smallest, largest) = ends.unwrap_or((f64::NAN, f64::NAN));
    let one = |value: f64| {
        if value == 0.0 {
            case.text.fill("experiment.verdict.at_most", &[("value", &case.along(along, smallest))])
        } else if value.is_infinite() {
            case.text.fill("experiment.verdict.more_than", &[("value", &case.along(along, largest))])
        } else {
            case.along(along, value)
        }
    };
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("mean", &one(need.mean)), ("low", &one(need.low)), ("high", &one(need.high))];
    case.text.fill("experiment.verdict.need", &values)
}
