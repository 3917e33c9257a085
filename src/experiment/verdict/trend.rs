//! From the first value of an axis to its last, for each line.

use super::{Answer, Case, Verdict};
use crate::experiment::summary::Cell;

pub(super) fn verdict(case: &Case) -> Verdict {
    let compare = &case.experiment.compare;
    let (mut better, mut worse, mut sentences, mut seeds) = (0, 0, Vec::new(), usize::MAX);
    for line in case.summary.lines(case.experiment) {
        let reached: Vec<_> = line.iter().filter_map(|cell| Some((*cell, cell.range(compare.measure)?))).collect();
        let [(start, from), .., (end, to)] = reached[..] else { continue };
        seeds = seeds.min(from.count).min(to.count);
        let rises = to.mean > from.mean;
        let key = match (from.is_apart(&to), rises == compare.measure.more_is_better()) {
            (false, _) => "experiment.verdict.no_change",
            (true, true) => {
                better += 1;
                "experiment.verdict.gets_better"
            }
            (true, false) => {
                worse += 1;
                "experiment.verdict.gets_worse"
            }
        };
        let at = |cell: &Cell| {
            let costs = compare
                .along
                .iter()
                .filter_map(|&along| Some(case.along(along, Cell::along(cell, case.experiment, along)?)));
            costs.collect::<Vec<_>>().join(", ")
        };
        sentences.push(case.text.fill(
            "experiment.verdict.trend",
            &[
                ("name", &case.line_name(start)),
                ("start", &at(start)),
                ("from", &case.range(&from)),
                ("end", &at(end)),
                ("to", &case.range(&to)),
                ("found", &case.text.say(key)),
            ],
        ));
    }
    let all = sentences.len();
    let answer = if seeds < 2 && all > 0 { Answer::Unknown } else { Answer::of(better, worse, all) };
    let short = if all == 0 {
        case.text.say("experiment.verdict.nothing_yet").to_owned()
    } else if seeds < 2 {
        case.text.say("experiment.verdict.one_seed").to_owned()
    } else {
        let counts: [(&str, &dyn std::fmt::Display); 5] =
            [("all", &all), ("measure", &case.measure()), ("better", &better), ("worse", &worse), ("seeds", &seeds)];
        case.text.fill("experiment.verdict.trends", &counts)
    };
    sentences.insert(0, short);
    Verdict { answer, sentences }
}
