//! Feature reuse: the mean absolute weight that every reader of a dense block lays on every source (paper, section 5, Figure 5).

use std::collections::BTreeMap;

use super::absent::Absent;
use super::connections::{self, Connection};
use super::{chart, parts};
use crate::arch::NetworkKind;
use crate::chart::{
    Chart, Choice, ColorScale, Figure, Format, Group, NoData, Options, ReuseScale, Scale, Shows, Subject,
};
use crate::text::Text;
use crate::text::number::grouped;

/// The figure.
pub(super) const FIGURE: Figure = Figure {
    id: "reuse",
    build,
    group: Group::Maps,
    shows: Shows::Run,
    choices: &[Choice::Reuse],
    tells_answers: false,
};

/// The chart of the last reading up to the moment that is looked at.
fn build(subject: &Subject, options: &Options, text: &Text) -> Result<Chart, NoData> {
    let Some(dense) = subject.network(NetworkKind::Dense) else {
        let name = parts::name(text, NetworkKind::Dense);
        return Err(NoData(text.fill("figure.reuse.only_dense", &[("network", &name)])));
    };
    let reading = connections::reading(subject, NetworkKind::Dense).filter(|reading| !reading.reuse.is_empty());
    let Some(reading) = reading else {
        return Err(connections::no_reading(subject, text));
    };
    let mut weights: Vec<Connection> = reading
        .reuse
        .iter()
        .map(|reuse| Connection {
            block: reuse.block,
            reader: reuse.layer,
            source: reuse.source,
            value: reuse.mean_abs_weight,
        })
        .collect();
    let highest = weights.iter().map(|weight| weight.value).filter(|value| value.is_finite()).fold(0.0, f64::max);
    if highest <= 0.0 {
        return Err(NoData(text.say("figure.reuse.nothing").to_owned()));
    }
    let (label, highest) = match options.reuse {
        ReuseScale::MeanWeight => ("figure.reuse.weight", highest),
        ReuseScale::ByReader => {
            scale_by_reader(&mut weights);
            ("figure.reuse.share", 1.0)
        }
    };
    let step = text.fill("figure.at_step", &[("step", &grouped(reading.step as u64))]);
    let mut chart = chart(&FIGURE, text, Some(step), connections::maps(dense, &weights, text));
    chart.color_scale = Some(ColorScale {
        label: text.say(label).to_owned(),
        scale: Scale::Linear,
        format: Format::Significant,
        min: 0.0,
        max: highest,
    });
    chart.notes = connections::note(subject, NetworkKind::Dense, reading, text).into_iter().collect();
    // A weight of zero has its place on this scale.
    let not_finite = weights.iter().filter(|weight| !weight.value.is_finite()).count();
    let absent = Absent { zero: 0, not_finite };
    chart.notes.extend(absent.notes(parts::name(text, NetworkKind::Dense), text));
    Ok(chart)
}

/// Divides what each reader lays on its sources by the largest of them; a reader all of whose weights are zero stays as it is.
fn scale_by_reader(weights: &mut [Connection]) {
    let mut largest: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for weight in weights.iter().filter(|weight| weight.value.is_finite()) {
        let known = largest.entry((weight.block, weight.reader)).or_default();
        *known = known.max(weight.value);
    }
    for weight in weights {
        if let Some(largest) = largest.get(&(weight.block, weight.reader)).filter(|largest| **largest > 0.0) {
            weight.value /= largest;
        }
    }
}
