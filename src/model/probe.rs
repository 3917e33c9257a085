//! Reads the figures of one step from a network, its gradients and what the taps overheard.

use burn::module::Param;
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

use super::network::Network;
use super::tap::{Passed, Place, Recorder, sum_of_squares};
use crate::arch::{Architecture, Merge, Part};
use crate::telemetry::{Edge, LayerFigures, MeasuredChannels, Reuse, StepFigures};

/// All figures of the step whose backward pass was just made; edges, reuse and channels only `with_connections`, and then the
/// forward pass must have read them too.
///
/// # Panics
///
/// When the gradients or the recorder are not of a backward pass through this network.
pub fn read(
    network: &Network,
    gradients: &GradientsParams,
    recorder: &Recorder,
    with_connections: bool,
) -> StepFigures {
    let architecture = network.architecture();
    let figures_of = |layer: &crate::arch::Layer| {
        let (weight_squares, gradient_squares) = weight_squares(network, layer.part, gradients);
        LayerFigures {
            weight_grad_norm: gradient_squares.sqrt(),
            weight_norm: weight_squares.sqrt(),
            activation_grad_norm: total(&overheard(recorder, Place::Output(layer.part))).sqrt(),
        }
    };
    let layers = architecture.layers.iter().map(figures_of).collect();
    if !with_connections {
        return StepFigures { layers, ..StepFigures::default() };
    }
    let measured = architecture.layers.iter().map(|layer| measured(recorder, layer.part)).collect();
    StepFigures { layers, edges: edges(architecture, recorder), reuse: reuse(network), measured }
}

/// The channels of a row as its tensors have them: of what went in and came out, and of the gradient by what it made.
fn measured(recorder: &Recorder, part: Part) -> MeasuredChannels {
    let made = recorder.heard(Place::Output(part)).unwrap_or_else(|| panic!("no gradient was overheard at {part}"));
    let passed = recorder.passed(part).unwrap_or_else(|| panic!("no channels were noted at {part}"));
    let Passed { entered, left } = passed;
    MeasuredChannels { reads: entered, makes: made.shape[1], carries: left }
}

/// Sums of squares of a row's convolution or linear weights, and of the gradient by them.
fn weight_squares(network: &Network, part: Part, gradients: &GradientsParams) -> (f64, f64) {
    let convolutions: Vec<_> = match part {
        Part::Stem => vec![&network.stem.convolution],
        Part::Layer { block, layer } => network.blocks[block - 1].layers[layer - 1].convolutions().collect(),
        Part::Transition { block } => vec![&network.transitions[block - 1].convolution],
        Part::Classifier => return squares_of(&network.head.weight, gradients),
    };
    convolutions.into_iter().fold((0.0, 0.0), |(weights, gradient), convolution| {
        let (more_weights, more_gradient) = squares_of(&convolution.weight, gradients);
        (weights + more_weights, gradient + more_gradient)
    })
}

fn squares_of<const D: usize>(weight: &Param<Tensor<D>>, gradients: &GradientsParams) -> (f64, f64) {
    let gradient = gradients.get::<D>(weight.id).expect("every weight takes part in the loss");
    (squares(weight.val()), squares(gradient))
}

fn squares<const D: usize>(tensor: Tensor<D>) -> f64 {
    sum_of_squares(tensor.into_data().as_slice().expect("networks compute in single precision"))
}

fn overheard(recorder: &Recorder, place: Place) -> Vec<f64> {
    let heard = recorder.heard(place).unwrap_or_else(|| panic!("no gradient was overheard at {place:?}"));
    heard.channel_squares
}

fn total(channel_squares: &[f64]) -> f64 {
    channel_squares.iter().sum()
}

fn edges(architecture: &Architecture, recorder: &Recorder) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (block, &layers) in (1..).zip(&architecture.spec.blocks) {
        match architecture.kind.merge() {
            Merge::Append => {
                for layer in 1..=layers + 1 {
                    let read = overheard(recorder, Place::Read { block, reader: layer });
                    edges.extend((0..layer).map(|source| {
                        let grad_norm = total(&read[architecture.slice(block, source)]).sqrt();
                        Edge::Dense { block, layer, source, grad_norm }
                    }));
                }
            }
            Merge::Add | Merge::Replace => {
                edges.extend((1..=layers).map(|layer| {
                    let branch = overheard(recorder, Place::Read { block, reader: layer });
                    let identity_grad_norm = match architecture.kind.merge() {
                        // The gradient of a sum is that of each of its terms.
                        Merge::Add => total(&overheard(recorder, Place::Output(Part::Layer { block, layer }))).sqrt(),
                        Merge::Append | Merge::Replace => 0.0,
                    };
                    Edge::Baseline { block, layer, identity_grad_norm, branch_grad_norm: total(&branch).sqrt() }
                }));
            }
        }
    }
    edges
}

/// Mean absolute weight by source of every convolution that reads a concatenation; of the classifier for the last block.
fn reuse(network: &Network) -> Vec<Reuse> {
    let architecture = network.architecture();
    if !architecture.kind.merge().keeps_sources() {
        return Vec::new();
    }
    let mut reuse = Vec::new();
    for (index, block) in network.blocks.iter().enumerate() {
        let first_convolutions = block.layers.iter().map(|layer| {
            let first = layer.convolutions().next().expect("H has a convolution");
            mean_abs_by_channel(&first.weight)
        });
        let after = match network.transitions.get(index) {
            Some(transition) => mean_abs_by_channel(&transition.convolution.weight),
            None => mean_abs_by_channel(&network.head.weight),
        };
        for (layer, by_channel) in (1..).zip(first_convolutions.chain([after])) {
            reuse.extend((0..layer).map(|source| {
                let channels = &by_channel[architecture.slice(index + 1, source)];
                let mean_abs_weight = total(channels) / channels.len() as f64;
                Reuse { block: index + 1, layer, source, mean_abs_weight }
            }));
        }
    }
    reuse
}

/// Mean absolute weight on every input channel of `[makes, reads, …]`.
fn mean_abs_by_channel<const D: usize>(weight: &Param<Tensor<D>>) -> Vec<f64> {
    let shape = weight.dims();
    let (makes, reads, kernel) = (shape[0], shape[1], shape[2..].iter().product::<usize>());
    let data = weight.val().into_data();
    let values: &[f32] = data.as_slice().expect("networks compute in single precision");
    let mut sums = vec![0.0; reads];
    for (index, patch) in values.chunks_exact(kernel).enumerate() {
        sums[index % reads] += patch.iter().map(|&value| f64::from(value.abs())).sum::<f64>();
    }
    let count = (makes * kernel) as f64;
    sums.iter().map(|sum| sum / count).collect()
}
