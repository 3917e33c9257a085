//! What a dense bottleneck layer costs: BN-ReLU-Conv1×1(4k)-BN-ReLU-Conv3×3(k) (paper, section 3, *Bottleneck layers*).

use crate::arch::{Architecture, Normalization, Part};
use crate::exercise::block::{later_layers, layer};
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::{Number, Quantity, Question};
use crate::exercise::words::Words;

pub(super) const KIND: Kind =
    Kind { id: "bottleneck", name: "exercise.kind.bottleneck", level: Level::Parameters, parts, question };

fn parts(network: &Architecture) -> Vec<Part> {
    if network.spec.bottleneck { later_layers(network) } else { Vec::new() }
}

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let (row, block, number) = layer(network, part)?;
    let (reads, k, inner) = (row.reads as u64, row.makes as u64, row.inner()? as u64);
    let normalized = network.spec.normalization == Normalization::Batch;
    // γ and β for each channel, where there is batch norm at all.
    let each = if normalized { 2 } else { 0 };
    let total = |reads: u64, inner: u64| reads * inner + inner * k * 9 + each * (reads + inner);
    let convolutions = reads * inner + inner * k * 9;
    let norms = each * (reads + inner);
    let whole = total(reads, inner);
    let [given, because] = if normalized {
        ["exercise.bottleneck.given", "exercise.bottleneck.because"]
    } else {
        ["exercise.bottleneck.given_bare", "exercise.bottleneck.because_bare"]
    };
    let numbers = |key| Words::new(key).with("reads", reads).with("k", k).with("inner", inner);
    let asks = Words::new("exercise.parameters.asks").with("layer", number).with("block", block);
    let forgotten = Words::new("exercise.parameters.norm_forgotten");
    let running = Words::new("exercise.parameters.running");
    let thin = Words::new("exercise.bottleneck.thin").with("inner", inner).with("k", k);
    let asked = Number::of(network, part, Quantity::Parameters)?
        .mistake_if(normalized, convolutions, forgotten)
        .mistake_if(
            normalized,
            convolutions + each * reads,
            Words::new("exercise.bottleneck.second_norm").with("inner", inner),
        )
        .mistake_if(normalized, convolutions + reads + inner, Words::new("exercise.parameters.half_norm"))
        .mistake_if(normalized, convolutions + 2 * norms, running)
        .mistake_if(!normalized, convolutions + 2 * (reads + inner), Words::new("exercise.parameters.no_norm"))
        .mistake(whole + inner + k, Words::new("exercise.parameters.biases"))
        .mistake(reads * k * 9 + each * reads, Words::new("exercise.bottleneck.forgotten").with("inner", inner))
        .mistake(reads * k * 9, Words::new("exercise.bottleneck.forgotten").with("inner", inner))
        .mistake(reads * inner + inner * k + norms, Words::new("exercise.parameters.kernel"))
        .mistake(reads * inner + inner * k, Words::new("exercise.parameters.kernel"))
        .mistake(reads * inner * 9 + inner * k * 9 + norms, Words::new("exercise.bottleneck.both_wide"))
        .mistake(reads * inner + each * reads, Words::new("exercise.bottleneck.first_alone"))
        .mistake(reads * inner, Words::new("exercise.bottleneck.first_alone"))
        .mistake(inner * k * 9 + each * inner, Words::new("exercise.bottleneck.second_alone"))
        .mistake(inner * k * 9, Words::new("exercise.bottleneck.second_alone"))
        .mistake(total(reads + k, inner), Words::new("exercise.parameters.carried").with("reads", reads))
        .mistake(total(reads, k), thin.clone())
        .mistake(reads * k + k * k * 9, thin);
    Some(asked.asked(KIND.id, network, part, [asks, numbers(given), numbers(because)]))
}
