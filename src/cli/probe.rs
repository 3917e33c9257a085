//! `densescope probe`

use std::io::{self, Write as _};
use std::process::ExitCode;

use serde::Serialize;

use super::arguments::ProbeArguments;
use super::failure::Failure;
use super::settings::compute_threads;
use super::weights::tell;
use crate::arch::{Architecture, ImageShape, Input, Layer};
use crate::config::Optimizer;
use crate::data::Batch;
use crate::model::weights::{ImagesAndLabels, TensorFile};
use crate::telemetry::{Edge, LayerFigures, Reuse, StepFigures};
use crate::training::{CutAnswer, Session, StepResult};

#[derive(Serialize)]
struct Report {
    parameters: u64,
    multiply_adds: u64,
    loss: f64,
    logits: Vec<Vec<f32>>,
    layers: Vec<LayerReport>,
    edges: Vec<Edge>,
    reuse: Vec<Reuse>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sgd_losses: Option<Vec<f64>>,
    evaluation: EvaluationReport,
}

/// The batch in evaluation mode, with the links cut that were named.
#[derive(Serialize)]
struct EvaluationReport {
    loss: f64,
    correct: usize,
    logits: Vec<Vec<f32>>,
}

#[derive(Serialize)]
struct LayerReport {
    name: String,
    makes: usize,
    weight_grad_norm: f64,
    weight_norm: f64,
    activation_grad_norm: f64,
}

pub(super) fn probe(arguments: &ProbeArguments) -> Result<ExitCode, Failure> {
    let ProbeArguments { config, network, weights, batch, steps, cut } = arguments;
    let mut config = config.load()?.config;
    config.training.optimizer = Optimizer::Sgd;
    let weights = TensorFile::read(weights)?;
    tell(&weights);
    let classes = weights.classes()?;
    let ImagesAndLabels { shape: [_, channels, height, width], images, labels } =
        if batch == &arguments.weights { weights.batch(classes)? } else { TensorFile::read(batch)?.batch(classes)? };
    let image = ImageShape { channels, height, width };
    let architecture = Architecture::new(*network, &config.network, Input { image, classes })?;
    if let Some(block) = architecture.block_of_single_numbers(labels.len()) {
        return Err(Failure::failed(&format!(
            "a batch of {} leaves batch norm one number per channel in block {block}, which is nothing to normalise; allowed: at least 2 images, \
             larger ones, fewer blocks, or no normalization",
            labels.len()
        )));
    }
    let (threads, _) = compute_threads(None)?;
    let mut session = Session::new(&architecture, &config.training, config.seed, &threads);
    session.load(&weights)?;

    let batch = Batch { images, labels, shape: image };
    // Before a step moves the running statistics.
    let CutAnswer { loss, right: correct, logits } = session.still().answer(&batch, &cut.cuts(&architecture)?);
    let evaluation = EvaluationReport { loss, correct, logits };
    let mut step = |number: u32, with_connections| {
        let result = session.step(&batch, config.training.learning_rate, with_connections);
        if result.loss.is_finite() {
            Ok(result)
        } else {
            Err(Failure::failed(&format!("the loss before step {number} is {}", result.loss)))
        }
    };
    let StepResult { loss, right: _, logits, figures: StepFigures { layers, edges, reuse, measured: _ } } =
        step(1, true)?;
    let sgd_losses = steps
        .map(|steps| {
            let later = (2..=steps).map(|number| step(number, false).map(|result| result.loss));
            std::iter::once(Ok(loss)).chain(later).collect::<Result<Vec<f64>, Failure>>()
        })
        .transpose()?;
    let report = Report {
        parameters: architecture.parameters(),
        multiply_adds: architecture.multiply_adds(),
        loss,
        logits,
        layers: architecture.layers.iter().zip(layers).map(LayerReport::new).collect(),
        edges,
        reuse,
        sgd_losses,
        evaluation,
    };
    let text = serde_json::to_string_pretty(&report).expect("numbers and words are JSON") + "\n";
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

impl LayerReport {
    fn new((layer, figures): (&Layer, LayerFigures)) -> Self {
        let LayerFigures { weight_grad_norm, weight_norm, activation_grad_norm } = figures;
        Self { name: layer.part.to_string(), makes: layer.makes, weight_grad_norm, weight_norm, activation_grad_norm }
    }
}
