//! What the page needs to replay a run: gradient norms and losses at some moments, as data.

use serde::{Serialize, Serializer};

use super::html::json;
use super::names;
use crate::export::SavedRun;
use crate::export::saved_run::thinned;
use crate::telemetry::{NetworkHistory, StepRecord};
use crate::text::Text;

/// Moments that are enough for a slider as wide as a page.
const MOST_MOMENTS: usize = 200;

#[derive(Serialize)]
struct Replay<'a> {
    /// The steps of the moments.
    steps: Vec<usize>,
    /// The first power of ten below all norms, and the first above.
    decades: [i32; 2],
    networks: Vec<Network<'a>>,
    words: Words<'a>,
}

#[derive(Serialize)]
struct Network<'a> {
    kind: &'a str,
    name: &'a str,
    /// Short names of the rows.
    rows: Vec<String>,
    /// For each moment the norm of each row's weight gradient.
    norms: Vec<Vec<Number>>,
    /// For each moment the mean training loss since the moment before.
    loss: Vec<Number>,
    /// Step, loss and accuracy of each validation.
    validation: Vec<(usize, Number, Number)>,
}

#[derive(Serialize)]
struct Words<'a> {
    step: &'a str,
    /// With `{step}` where the script puts the number.
    at_step: &'a str,
    play: &'a str,
    pause: &'a str,
    norms: &'a str,
    loss: &'a str,
    validation: &'a str,
    copied: &'a str,
    not_copied: &'a str,
    to_dark: &'a str,
    to_light: &'a str,
}

/// A number with four digits that mean something; `null` where it is none.
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rounded: f64 = format!("{:.3e}", self.0).parse().unwrap_or(f64::NAN);
        serializer.serialize_f64(rounded)
    }
}

/// The data as JSON; nothing was trained, nothing is replayed.
pub(super) fn replay(run: &SavedRun, text: &Text) -> Option<String> {
    let steps = run.moments(MOST_MOMENTS);
    if steps.is_empty() {
        return None;
    }
    let mut networks = Vec::new();
    let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
    for (network, history) in run.networks.iter().zip(run.history.networks()) {
        let mut norms = Vec::with_capacity(steps.len());
        for &step in &steps {
            let layers = history.at(step).map_or(&[][..], |record| &record.figures.layers[..]);
            for norm in layers.iter().map(|layer| layer.weight_grad_norm).filter(|norm| norm.is_finite() && *norm > 0.0)
            {
                (low, high) = (low.min(norm), high.max(norm));
            }
            norms.push(layers.iter().map(|layer| Number(layer.weight_grad_norm)).collect());
        }
        networks.push(Network {
            kind: network.kind.name(),
            name: names::network(text, network.kind),
            rows: network.layers.iter().map(|layer| names::part_short(text, layer.part)).collect(),
            norms,
            loss: mean_losses(history, &steps),
            validation: thinned(history.validations().collect(), MOST_MOMENTS)
                .into_iter()
                .map(|validation| {
                    (validation.step, Number(validation.evaluation.loss), Number(validation.evaluation.accuracy))
                })
                .collect(),
        });
    }
    let words = Words {
        step: text.say("report.replay.step"),
        at_step: text.say("report.replay.at_step"),
        play: text.say("report.replay.play"),
        pause: text.say("report.replay.pause"),
        norms: text.say("report.replay.norms"),
        loss: text.say("report.replay.loss"),
        validation: text.say("report.replay.validation"),
        copied: text.say("report.copied"),
        not_copied: text.say("report.not_copied"),
        to_dark: text.say("report.to_dark"),
        to_light: text.say("report.to_light"),
    };
    let decades = if high > 0.0 { decades(low, high) } else { [-1, 0] };
    Some(json(&Replay { steps, decades, networks, words }))
}

#[expect(clippy::cast_possible_truncation, reason = "exponents of finite numbers are small")]
fn decades(low: f64, high: f64) -> [i32; 2] {
    let (low, high) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    [low, high.max(low + 1)]
}

fn mean_losses(history: &NetworkHistory, steps: &[usize]) -> Vec<Number> {
    let mut records = history.records().peekable();
    let mut mean_until = |step: usize| {
        let (mut sum, mut count) = (0.0, 0_u32);
        while let Some(record) = records.next_if(|record: &&StepRecord| record.step <= step) {
            sum += record.train_loss;
            count += 1;
        }
        Number(if count == 0 { f64::NAN } else { sum / f64::from(count) })
    };
    steps.iter().map(|&step| mean_until(step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_what_is_no_number_is_nothing() {
        assert_eq!(
            json(&[Number(0.123_456), Number(f64::NAN), Number(1.0), Number(1.5e-9)]),
            "[0.1235,null,1.0,1.5e-9]"
        );
        assert_eq!(decades(0.02, 700.0), [-2, 3]);
        assert_eq!(decades(1.0, 1.0), [0, 1]);
    }
}
