//! What training says about rows and connections at the moment that is looked at, with one logarithmic scale for all networks.
//!
//! Knows no places and no colours: a value becomes a share of its scale.

use std::collections::BTreeMap;

use crate::arch::{NetworkKind, Part};
use crate::chart::{GradientMeasure, Subject};
use crate::telemetry::{Connections, Edge, StepRecord};

/// From the lowest to the highest of some values, in powers of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogScale {
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

impl LogScale {
    /// Spans those that are positive; a share `outside` at either end lies beyond it, so that few do not use it up.
    fn spanning(values: impl Iterator<Item = f64>, outside: f64) -> Option<Self> {
        let mut values: Vec<f64> = values.filter(|value| value.is_finite() && *value > 0.0).collect();
        values.sort_by(f64::total_cmp);
        let last = values.len().checked_sub(1)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of an index")]
        let skipped = (last as f64 * outside) as usize;
        Some(Self { low: values[skipped], high: values[last - skipped] })
    }

    /// 0 for the lowest, 1 for the highest; what is not positive has no place.
    #[expect(clippy::cast_possible_truncation, reason = "a share needs no more digits")]
    pub fn share(self, value: f64) -> Option<f32> {
        if value.is_nan() || value <= 0.0 {
            return None;
        }
        let width = (self.high / self.low).ln();
        Some(if width > 1e-9 { ((value / self.low).ln() / width).clamp(0.0, 1.0) as f32 } else { 0.5 })
    }
}

/// What the connections in the drawing of the networks show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wires {
    /// The gradient that flows back through each.
    Gradient,
    /// The weight that its reader lays on it.
    Reuse,
    /// That they are there.
    Wiring,
    /// That they are there, and the sums of a network that adds taken apart: x_l = x_0 + H_1 + … + H_{l−1}, then H_l on top.
    Unrolled,
}

impl Wires {
    /// Every choice in the order in which it is offered.
    pub const ALL: [Self; 4] = [Self::Gradient, Self::Reuse, Self::Wiring, Self::Unrolled];
}

/// A connection: block, reader and source; a branch has the number of its layer as its reader and [`BRANCH`] as its source.
type Key = (usize, usize, usize);

/// The source that stands for the way through H in a network that has one way from layer to layer.
const BRANCH: usize = usize::MAX;

/// What one network says.
#[derive(Clone, Debug, Default, PartialEq)]
struct Voice {
    parts: BTreeMap<Part, f64>,
    gradients: BTreeMap<Key, f64>,
    weights: BTreeMap<Key, f64>,
}

/// What all networks say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alive {
    voices: Vec<(NetworkKind, Voice)>,
    /// The scale of the rows' gradients.
    pub rows: Option<LogScale>,
    /// The scale of connections' gradients.
    pub gradients: Option<LogScale>,
    /// The scale of weights laid on sources.
    pub weights: Option<LogScale>,
}

impl Alive {
    /// Reads what the subject's history has; nothing before training.
    pub fn read(subject: &Subject, measure: GradientMeasure) -> Self {
        let voices: Vec<(NetworkKind, Voice)> =
            subject.networks.iter().map(|network| (network.kind, voice(subject, network.kind, measure))).collect();
        let of = |pick: fn(&Voice) -> Vec<f64>| voices.iter().flat_map(|(_, voice)| pick(voice)).collect::<Vec<f64>>();
        let rows = LogScale::spanning(of(|voice| voice.parts.values().copied().collect()).into_iter(), 0.0);
        let gradients = LogScale::spanning(of(|voice| voice.gradients.values().copied().collect()).into_iter(), 0.02);
        let weights = LogScale::spanning(of(|voice| voice.weights.values().copied().collect()).into_iter(), 0.02);
        Self { voices, rows, gradients, weights }
    }

    fn voice(&self, kind: NetworkKind) -> Option<&Voice> {
        self.voices.iter().find(|(of, _)| *of == kind).map(|(_, voice)| voice)
    }

    /// A row's gradient norm.
    pub fn part(&self, kind: NetworkKind, part: Part) -> Option<f64> {
        self.voice(kind)?.parts.get(&part).copied()
    }

    /// Where a row's gradient is on the scale of all rows.
    pub fn part_share(&self, kind: NetworkKind, part: Part) -> Option<f32> {
        self.rows?.share(self.part(kind, part)?)
    }

    /// The gradient that flows back through a connection; `through` asks for the way through H.
    pub fn gradient(&self, kind: NetworkKind, key: (usize, usize, usize), through: bool) -> Option<f64> {
        let (block, reader, source) = key;
        self.voice(kind)?.gradients.get(&(block, reader, if through { BRANCH } else { source })).copied()
    }

    /// The weight that a reader lays on a source.
    pub fn weight(&self, kind: NetworkKind, key: (usize, usize, usize)) -> Option<f64> {
        self.voice(kind)?.weights.get(&key).copied()
    }

    /// What a connection's thickness shows, as a share of its scale.
    pub fn wire_share(
        &self,
        kind: NetworkKind,
        key: (usize, usize, usize),
        through: bool,
        wires: Wires,
    ) -> Option<f32> {
        match wires {
            Wires::Gradient => self.gradients?.share(self.gradient(kind, key, through)?),
            Wires::Reuse => self.weights?.share(self.weight(kind, key)?),
            Wires::Wiring | Wires::Unrolled => None,
        }
    }

    /// The scale of what connections show.
    pub fn wire_scale(&self, wires: Wires) -> Option<LogScale> {
        match wires {
            Wires::Gradient => self.gradients,
            Wires::Reuse => self.weights,
            Wires::Wiring | Wires::Unrolled => None,
        }
    }
}

fn voice(subject: &Subject, kind: NetworkKind, measure: GradientMeasure) -> Voice {
    let mut voice = Voice::default();
    let (Some(network), Some(history)) = (subject.network(kind), subject.history_of(kind)) else { return voice };
    let (record, connections) = match subject.at {
        Some(step) => (history.at(step), history.connections_at(step)),
        None => (history.last(), history.last_connections()),
    };
    if let Some(StepRecord { figures, .. }) = record {
        for (layer, figures) in network.layers.iter().zip(&figures.layers) {
            voice.parts.extend(measure.of(layer, figures).map(|value| (layer.part, value)));
        }
    }
    if let Some(Connections { edges, reuse, .. }) = connections {
        for edge in edges {
            match *edge {
                Edge::Dense { block, layer, source, grad_norm } => {
                    voice.gradients.insert((block, layer, source), grad_norm);
                }
                Edge::Baseline { block, layer, identity_grad_norm, branch_grad_norm } => {
                    voice.gradients.insert((block, layer, layer - 1), identity_grad_norm);
                    voice.gradients.insert((block, layer, BRANCH), branch_grad_norm);
                }
            }
        }
        for reuse in reuse {
            voice.weights.insert((reuse.block, reuse.layer, reuse.source), reuse.mean_abs_weight);
        }
    }
    voice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_goes_in_powers_of_ten_and_leaves_out_what_is_not_positive() {
        let scale = LogScale::spanning([0.0, 1e-3, f64::NAN, 1e-1, -4.0, 1e-2].into_iter(), 0.0).unwrap();
        assert_eq!((scale.low, scale.high), (1e-3, 1e-1));
        assert!((scale.share(1e-2).unwrap() - 0.5).abs() < 1e-6);
        assert_eq!((scale.share(0.0), scale.share(5.0)), (None, Some(1.0)));
        assert_eq!(LogScale::spanning([0.0].into_iter(), 0.0), None);
        assert_eq!(LogScale { low: 2.0, high: 2.0 }.share(2.0), Some(0.5));
    }
}
