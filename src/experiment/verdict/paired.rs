//! The first against the second, at every place where both were trained.

use super::{Answer, Case, Verdict};
use crate::experiment::summary::{Cell, Range};

pub(super) fn verdict(case: &Case, sides: [&String; 2]) -> Verdict {
    let measure = case.experiment.compare.measure;
    let [first, second] = sides.map(|side| case.side(side));
    let names = sides.map(|side| case.name(side));
    let (mut ahead, mut behind, mut sentences) = (0, 0, Vec::new());
    let (mut odds, mut seeds): (f64, usize) = (f64::INFINITY, usize::MAX);
    for one in &first {
        let Some(other) = second.iter().find(|other| faces(case, one, other, &sides)) else { continue };
        let (Some(range), Some(against)) = (one.range(measure), other.range(measure)) else { continue };
        odds = odds.min(range.odds(&against));
        seeds = seeds.min(range.count).min(against.count);
        let better = if measure.more_is_better() { range.mean > against.mean } else { range.mean < against.mean };
        let found = match (range.is_apart(&against), better) {
            (false, _) => case.text.say("experiment.verdict.not_told_apart").to_owned(),
            (true, true) => {
                ahead += 1;
                case.text.fill("experiment.verdict.is_better", &[("name", &names[0])])
            }
            (true, false) => {
                behind += 1;
                case.text.fill("experiment.verdict.is_better", &[("name", &names[1])])
            }
        };
        sentences.push(
            case.text.fill(
                "experiment.verdict.pair",
                &values(case, (one, other), (&range, &against), &names, &found)
                    .iter()
                    .map(|(key, value)| (*key, value as &dyn std::fmt::Display))
                    .collect::<Vec<_>>(),
            ),
        );
    }
    let all = sentences.len();
    let answer = if seeds < 2 && all > 0 { Answer::Unknown } else { Answer::of(ahead, behind, all) };
    let short = if all == 0 {
        case.text.say("experiment.verdict.nothing_yet").to_owned()
    } else if seeds < 2 {
        case.text.say("experiment.verdict.one_seed").to_owned()
    } else {
        case.text.fill(
            "experiment.verdict.pairs",
            &[
                ("all", &all),
                ("first", &names[0]),
                ("ahead", &ahead),
                ("second", &names[1]),
                ("behind", &behind),
                ("undecided", &(all - ahead - behind)),
                ("measure", &case.measure()),
                ("seeds", &seeds),
                ("odds", &odds.round()),
            ],
        )
    };
    sentences.insert(0, short);
    Verdict { answer, sentences }
}

/// Whether two cells differ in nothing but which side they are.
fn faces(case: &Case, one: &Cell, other: &Cell, sides: &[&String; 2]) -> bool {
    let by_network = one.network.name() == sides[0] && other.network.name() == sides[1];
    if by_network {
        return one.place == other.place;
    }
    let differing: Vec<usize> = (0..one.place.len()).filter(|&axis| one.place[axis] != other.place[axis]).collect();
    let named = |cell: &Cell, side: &str, axis: usize| case.experiment.axes[axis].values[cell.place[axis]].name == side;
    matches!(differing[..], [axis] if named(one, sides[0], axis) && named(other, sides[1], axis))
        && one.network == other.network
}

fn values(
    case: &Case,
    (one, other): (&Cell, &Cell),
    (range, against): (&Range, &Range),
    names: &[String; 2],
    found: &str,
) -> Vec<(&'static str, String)> {
    let along = case.experiment.compare.along[0];
    let at = |cell: &Cell| cell.along(case.experiment, along).map(|value| case.along(along, value)).unwrap_or_default();
    let costs = if at(one) == at(other) { at(one) } else { format!("{} / {}", at(one), at(other)) };
    vec![
        ("place", case.place(one)),
        ("costs", costs),
        ("first", names[0].clone()),
        ("range", case.range(range)),
        ("second", names[1].clone()),
        ("against", case.range(against)),
        ("found", found.to_owned()),
    ]
}
