//! Who learns anything at all: every seed ends at more than twice the accuracy of guessing.

use super::{Answer, Case, Verdict};
use crate::experiment::description::Measure;
use crate::experiment::summary::Cell;

/// How many times the accuracy of guessing is learning.
const LEARNS: f64 = 2.0;

pub(super) fn verdict(case: &Case, sides: [&String; 2]) -> Verdict {
    let limit = LEARNS * case.summary.chance;
    let mut sentences = Vec::new();
    for line in case.summary.lines(case.experiment) {
        let known: Vec<&&Cell> = line.iter().filter(|cell| learns(cell, limit).is_some()).collect();
        if known.is_empty() {
            continue;
        }
        let listed = |wanted: bool| {
            let cells = known.iter().filter(|cell| learns(cell, limit) == Some(wanted));
            let along = case.experiment.compare.along[0];
            let places = cells.map(|cell| {
                let place =
                    cell.along(case.experiment, along).map_or_else(|| case.place(cell), |at| case.along(along, at));
                let reached = cell
                    .range(Measure::Accuracy)
                    .map(|range| case.text.fill("experiment.verdict.reached", &[("accuracy", &accuracy(&range))]));
                let diverged = (cell.diverged > 0).then(|| {
                    case.text.fill(
                        "experiment.verdict.diverged",
                        &[("diverged", &cell.diverged), ("all", &(cell.diverged + cell.finished))],
                    )
                });
                let details: Vec<String> = reached.into_iter().chain(diverged).collect();
                if details.is_empty() { place } else { format!("{place} ({})", details.join("; ")) }
            });
            let places: Vec<String> = places.collect();
            if places.is_empty() { case.text.say("experiment.verdict.nowhere").to_owned() } else { places.join(", ") }
        };
        sentences.push(case.text.fill(
            "experiment.verdict.learns",
            &[("name", &case.line_name(line[0])), ("learns", &listed(true)), ("not", &listed(false))],
        ));
    }
    let [first, second] = sides.map(|side| case.side(side));
    let (mut yes, mut no, mut all) = (0, 0, 0);
    for one in &first {
        let over = case.experiment.compare.over;
        let Some(other) = second.iter().find(|other| other.place[over] == one.place[over]) else { continue };
        let (Some(one), Some(other)) = (learns(one, limit), learns(other, limit)) else { continue };
        all += 1;
        match (one, other) {
            (true, false) => yes += 1,
            (false, true) => no += 1,
            (true, true) | (false, false) => {}
        }
    }
    let answer = match (yes, no) {
        _ if all == 0 => Answer::Unknown,
        (0, 0) => Answer::No,
        (_, 0) => Answer::Yes,
        (0, _) => Answer::No,
        _ => Answer::Mixed,
    };
    let names = sides.map(|side| case.name(side));
    let short = if all == 0 {
        case.text.say("experiment.verdict.nothing_yet").to_owned()
    } else {
        case.text.fill(
            "experiment.verdict.learners",
            &[
                ("first", &names[0]),
                ("second", &names[1]),
                ("yes", &yes),
                ("no", &no),
                ("all", &all),
                ("limit", &crate::text::number::percent(limit)),
            ],
        )
    };
    sentences.insert(0, short);
    Verdict { answer, sentences }
}

/// Whether every seed learnt; nothing where no run ended. One that diverged did not.
fn learns(cell: &Cell, limit: f64) -> Option<bool> {
    let accuracy = cell.range(Measure::Accuracy);
    match (accuracy, cell.diverged) {
        (None, 0) => None,
        (None, _) => Some(false),
        (Some(range), diverged) => Some(diverged == 0 && range.low > limit),
    }
}

fn accuracy(range: &crate::experiment::summary::Range) -> String {
    let percent = crate::text::number::percent;
    if range.count == 1 { percent(range.mean) } else { format!("{}–{}", percent(range.low), percent(range.high)) }
}
