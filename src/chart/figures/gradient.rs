//! The gradient norm that was chosen: its words and its value for a row.

use crate::arch::{Layer, Part};
use crate::chart::GradientMeasure;
use crate::telemetry::LayerFigures;
use crate::text::Text;
use crate::text::number::{grouped, significant};

/// Convolution weights of a row, or the classifier's without its bias: what `weight_grad_norm` is taken over.
pub(super) fn weights_of(layer: &Layer) -> u64 {
    match layer.part {
        Part::Classifier => (layer.reads * layer.makes) as u64,
        Part::Stem | Part::Layer { .. } | Part::Transition { .. } => {
            layer.convolutions.iter().map(crate::arch::Convolution::parameters).sum()
        }
    }
}

/// What is measured, with its formula.
pub(super) fn label(measure: GradientMeasure, text: &Text) -> &str {
    match measure {
        GradientMeasure::WeightNorm => text.say("figure.gradient.weight_norm"),
        GradientMeasure::WeightRms => text.say("figure.gradient.weight_rms"),
        GradientMeasure::Relative => text.say("figure.gradient.relative"),
        GradientMeasure::Activation => text.say("figure.gradient.activation"),
    }
}

/// The norm; nothing where it is not finite, as after a divergence.
pub(super) fn value(measure: GradientMeasure, figures: &LayerFigures, weights: u64) -> Option<f64> {
    Some(any_value(measure, figures, weights)).filter(|value| value.is_finite())
}

/// The norm, whatever it is.
pub(super) fn any_value(measure: GradientMeasure, figures: &LayerFigures, weights: u64) -> f64 {
    match measure {
        GradientMeasure::WeightNorm => figures.weight_grad_norm,
        GradientMeasure::WeightRms => figures.weight_grad_norm / (weights as f64).sqrt(),
        GradientMeasure::Relative => figures.weight_grad_norm / figures.weight_norm,
        GradientMeasure::Activation => figures.activation_grad_norm,
    }
}

impl GradientMeasure {
    /// The norm of a row of a network; nothing where it is not finite, as after a divergence.
    pub fn of(self, layer: &Layer, figures: &LayerFigures) -> Option<f64> {
        value(self, figures, weights_of(layer))
    }
}

/// How the value comes about.
pub(super) fn note(measure: GradientMeasure, figures: &LayerFigures, weights: u64, text: &Text) -> String {
    let (gradient, count) = (significant(figures.weight_grad_norm, 4), grouped(weights));
    match measure {
        GradientMeasure::WeightNorm => text.fill("figure.gradient.note_weights", &[("count", &count)]),
        GradientMeasure::WeightRms => {
            text.fill("figure.gradient.note_rms", &[("gradient", &gradient), ("count", &count)])
        }
        GradientMeasure::Relative => {
            let weight = significant(figures.weight_norm, 4);
            text.fill("figure.gradient.note_relative", &[("gradient", &gradient), ("weight", &weight)])
        }
        GradientMeasure::Activation => text.say("figure.gradient.note_activation").to_owned(),
    }
}
