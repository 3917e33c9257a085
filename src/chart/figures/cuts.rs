//! What cutting costs: for every single connection the accuracy that is lost without it, beside what its weight would let expect.

use super::connections::{self, Connection};
use super::{chart, parts};
use crate::arch::{Architecture, Link, Merge, NetworkKind, Part};
use crate::chart::{
    Axis, Chart, ColorScale, Figure, Format, Group, Marks, Meaning, NoData, Options, Panel, Point, Scale, Series,
    Shows, Subject, Weight,
};
use crate::telemetry::{CutMap, Reuse};
use crate::text::Text;
use crate::text::number::{grouped, percent, significant};

/// The figure.
pub(super) const FIGURE: Figure =
    Figure { id: "cuts", build, group: Group::Maps, shows: Shows::Run, choices: &[], tells_answers: false };

/// The chart of every network whose connections were cut one by one.
fn build(subject: &Subject, _options: &Options, text: &Text) -> Result<Chart, NoData> {
    let maps: Vec<(&Architecture, &CutMap)> = subject
        .networks
        .iter()
        .filter_map(|network| Some((network, subject.cuts.iter().find(|map| map.network == network.kind)?)))
        .collect();
    let Some((_, first)) = maps.first() else { return Err(NoData(text.say("figure.cuts.nothing").to_owned())) };
    let (mut panels, mut notes, mut highest) = (Vec::new(), Vec::new(), 0.0_f64);
    for &(network, map) in &maps {
        let name = parts::name(text, network.kind);
        let whole: [(&str, &dyn std::fmt::Display); 3] =
            [("network", &name), ("accuracy", &percent(map.whole.accuracy)), ("loss", &significant(map.whole.loss, 4))];
        notes.push(text.fill("figure.cuts.whole", &whole));
        match network.kind.merge() {
            Merge::Append => {
                let cells: Vec<Connection> = map.cuts.iter().filter_map(|cut| of_dense(map, cut.link)).collect();
                highest = cells.iter().map(|cell| cell.value).fold(highest, f64::max);
                let named = |(block, panel): (usize, Panel)| {
                    let title = text.fill("figure.cuts.map", &[("network", &name), ("block", &block)]);
                    with_notes(Panel { title: Some(title), ..panel }, block, map, text)
                };
                panels.extend((1..).zip(connections::maps(network, &cells, text)).map(named));
                notes.extend(against_reuse(subject, network.kind, map, text));
            }
            Merge::Add | Merge::Replace => {
                panels.push(by_layer(network, map, text));
                if !network.kind.merge().has_identity() {
                    notes.push(text.fill("figure.cuts.nothing_left", &[("network", &name)]));
                }
            }
        }
    }
    let moment = [("step", &grouped(first.step as u64) as &dyn std::fmt::Display)];
    let how = text.say(match first.how {
        crate::arch::How::Zero => "figure.cuts.zero",
        crate::arch::How::Mean => "figure.cuts.mean",
    });
    let subtitle = text.fill("figure.cuts.subtitle", &[("step", &text.fill("figure.at_step", &moment)), ("how", &how)]);
    let mut chart = chart(&FIGURE, text, Some(subtitle), panels);
    if maps.iter().any(|(network, _)| network.kind.merge().keeps_sources()) {
        // A network that loses nothing anywhere still has a scale.
        let max = highest.max(0.01);
        let label = text.say("figure.cuts.lost").to_owned();
        chart.color_scale = Some(ColorScale { label, scale: Scale::Linear, format: Format::Percent, min: 0.0, max });
    }
    chart.notes = notes;
    Ok(chart)
}

/// The accuracy that is lost without a link; below zero where it rises.
fn lost(map: &CutMap, link: Link) -> Option<f64> {
    let cut = map.cuts.iter().find(|cut| cut.link == link)?;
    Some(map.whole.accuracy - cut.evaluation.accuracy)
}

fn of_dense(map: &CutMap, link: Link) -> Option<Connection> {
    match link {
        Link::Slice { block, reader, source } => Some(Connection { block, reader, source, value: lost(map, link)? }),
        Link::Identity { .. } | Link::Branch { .. } => None,
    }
}

/// What a cut does in words: accuracy and loss, before and after.
fn note(map: &CutMap, link: Link, text: &Text) -> String {
    let Some(cut) = map.cuts.iter().find(|cut| cut.link == link) else { return String::new() };
    let (whole, cut) = (map.whole, cut.evaluation);
    let change = |before: String, after: String| text.fill("figure.change", &[("before", &before), ("after", &after)]);
    let accuracy = change(percent(whole.accuracy), percent(cut.accuracy));
    let loss = change(significant(whole.loss, 4), significant(cut.loss, 4));
    text.fill("figure.cuts.note", &[("accuracy", &accuracy), ("loss", &loss)])
}

/// The map of a block with what each cut does.
fn with_notes(mut panel: Panel, block: usize, map: &CutMap, text: &Text) -> Panel {
    for series in &mut panel.series {
        if let Marks::Cells(cells) = &series.marks {
            let columns = cells.columns.len() - 1;
            let link = |cell: usize| Link::Slice { block, reader: cell % columns + 1, source: cell / columns };
            series.notes = (0..cells.values.len()).map(|cell| note(map, link(cell), text)).collect();
        }
    }
    panel
}

/// What each layer's terms are worth, in a network that adds, or does neither.
fn by_layer(network: &Architecture, map: &CutMap, text: &Text) -> Panel {
    let rows: Vec<Part> = parts::rows(network).into_iter().filter(|part| matches!(part, Part::Layer { .. })).collect();
    let name = parts::name(text, network.kind);
    let mut series = parts::block_guides(&rows);
    let chance = map.whole.accuracy - 1.0 / network.input.classes as f64;
    if chance > 0.0 {
        let rule = Marks::Rule { upright: false, at: chance };
        let legend = text.say("figure.cuts.down_to_chance");
        series.push(Series::new(format!("{}.chance", network.kind), legend, Meaning::Guide, Weight::Second, rule));
    }
    for (portion, word, end) in [(0, "figure.cuts.identity", "identity"), (1, "figure.cuts.branch", "branch")] {
        let (mut points, mut notes) = (Vec::new(), Vec::new());
        for (row, part) in rows.iter().enumerate() {
            let Part::Layer { block, layer } = *part else { continue };
            let link = if portion == 0 { Link::Identity { block, layer } } else { Link::Branch { block, layer } };
            if let Some(lost) = lost(map, link).filter(|lost| lost.is_finite()) {
                points.push(Point { x: row as f64, y: lost });
                notes.push(note(map, link, text));
            }
        }
        if points.is_empty() {
            continue;
        }
        let (key, meaning) = (format!("{}.{end}", network.kind), Meaning::Portion(network.kind, portion));
        let legend = text.fill(word, &[("network", &name)]);
        let line = Marks::Line(points.clone());
        series.push(Series::new(key.clone(), legend.clone(), meaning, Weight::Second, line).with_notes(notes.clone()));
        let points = Marks::Points(points);
        series.push(Series::new(key + ".points", legend, meaning, Weight::Main, points).with_notes(notes));
    }
    Panel {
        title: Some(name.to_owned()),
        x: parts::axis(text, &rows),
        y: Axis::numbers(text.say("figure.cuts.lost"), Format::Percent).with_zero(),
        series,
    }
}

/// Whether what costs most is what has the largest weights, in words.
fn against_reuse(subject: &Subject, kind: NetworkKind, map: &CutMap, text: &Text) -> Option<String> {
    let reading = connections::reading(subject, kind)?;
    let weight = |link: Link| {
        let Link::Slice { block, reader, source } = link else { return None };
        let of_link = |reuse: &&Reuse| (reuse.block, reuse.layer, reuse.source) == (block, reader, source);
        reading.reuse.iter().find(of_link).map(|reuse| reuse.mean_abs_weight)
    };
    let pairs: Vec<(f64, f64)> =
        map.cuts.iter().filter_map(|cut| Some((cut.evaluation.loss, weight(cut.link)?))).collect();
    let (costs, weights): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let correlation = rank_correlation(&costs, &weights)?;
    let meaning = match correlation {
        strong if strong >= 0.7 => "figure.cuts.together",
        some if some >= 0.3 => "figure.cuts.partly",
        none if none > -0.3 => "figure.cuts.unrelated",
        _ => "figure.cuts.opposite",
    };
    let correlation = format!("{correlation:.2}").replace('-', "−");
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("correlation", &correlation), ("count", &costs.len()), ("meaning", &text.say(meaning))];
    Some(text.fill("figure.cuts.correlation", &values))
}

/// Spearman's rank correlation, equal values sharing the mean of their ranks; nothing for fewer than three pairs, where a number is not finite,
/// or where all values of one side are equal.
fn rank_correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() < 3 || a.iter().chain(b).any(|value| !value.is_finite()) {
        return None;
    }
    let (a, b) = (ranks(a), ranks(b));
    let mean = f64::midpoint(a.len() as f64, 1.0);
    let sum = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum::<f64>();
    let spread = (sum(&a, &a) * sum(&b, &b)).sqrt();
    (spread > 0.0).then(|| sum(&a, &b) / spread)
}

/// The rank of each value, from 1.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count();
        let equal = values.iter().filter(|other| *other == value).count();
        below as f64 + f64::midpoint(equal as f64, 1.0)
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_correlation_is_that_of_ranks_with_ties_shared() {
        assert_eq!(rank_correlation(&[1.0, 2.0, 3.0], &[10.0, 1000.0, 2000.0]), Some(1.0));
        assert_eq!(rank_correlation(&[1.0, 2.0, 3.0], &[3.0, 2.0, -5.0]), Some(-1.0));
        // scipy.stats.spearmanr([1, 2, 2, 4, 5], [5, 6, 7, 8, 7]) = 0.7631578947368421
        let correlation = rank_correlation(&[1.0, 2.0, 2.0, 4.0, 5.0], &[5.0, 6.0, 7.0, 8.0, 7.0]).unwrap();
        assert!((correlation - 0.763_157_894_736_842_1).abs() < 1e-12, "{correlation}");
        assert_eq!(rank_correlation(&[1.0, 2.0], &[1.0, 2.0]), None);
        assert_eq!(rank_correlation(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
        assert_eq!(rank_correlation(&[1.0, f64::NAN, 1.0], &[1.0, 2.0, 3.0]), None);
    }
}
