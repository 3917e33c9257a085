//! Feature reuse: the mean absolute weight that every reader of a dense block lays on every source (paper, section 5, Figure 5).

use super::connections::{self, Connection};
use super::{chart, parts};
use crate::arch::NetworkKind;
use crate::chart::{Chart, ColorScale, Format, NoData, Options, Scale, Subject};
use crate::text::Text;
use crate::text::number::grouped;

/// The chart of the last reading up to the moment that is looked at.
pub(in crate::chart) fn build(subject: &Subject, _options: &Options, text: &Text) -> Result<Chart, NoData> {
    let Some(dense) = subject.network(NetworkKind::Dense) else {
        let name = parts::name(text, NetworkKind::Dense);
        return Err(NoData(text.fill("figure.reuse.only_dense", &[("network", &name)])));
    };
    let reading = connections::reading(subject, NetworkKind::Dense).filter(|reading| !reading.reuse.is_empty());
    let Some(reading) = reading else {
        return Err(connections::no_reading(subject, text));
    };
    let weights: Vec<Connection> = reading
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
    let step = text.fill("figure.at_step", &[("step", &grouped(reading.step as u64))]);
    let mut chart = chart("reuse", text, Some(step), connections::maps(dense, &weights, text));
    chart.color_scale = Some(ColorScale {
        label: text.say("figure.reuse.weight").to_owned(),
        scale: Scale::Linear,
        format: Format::Significant,
        min: 0.0,
        max: highest,
    });
    chart.notes = connections::note(subject, NetworkKind::Dense, reading, text).into_iter().collect();
    Ok(chart)
}
