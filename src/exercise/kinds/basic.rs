//! What a dense layer without a bottleneck costs: BN-ReLU-Conv3×3(k) (paper, section 3, *Composite function*).

use crate::arch::{Architecture, Normalization, Part};
use crate::exercise::block::{later_layers, layer};
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::{Number, Quantity, Question};
use crate::exercise::words::Words;

pub(super) const KIND: Kind =
    Kind { id: "basic", name: "exercise.kind.basic", level: Level::Parameters, parts, question };

fn parts(network: &Architecture) -> Vec<Part> {
    if network.spec.bottleneck { Vec::new() } else { later_layers(network) }
}

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let (row, block, number) = layer(network, part)?;
    let (reads, k) = (row.reads as u64, row.makes as u64);
    let normalized = network.spec.normalization == Normalization::Batch;
    // γ and β for each channel, where there is batch norm at all.
    let each = if normalized { 2 } else { 0 };
    let total = |reads: u64| reads * k * 9 + each * reads;
    let [given, because] = if normalized {
        ["exercise.basic.given", "exercise.basic.because"]
    } else {
        ["exercise.basic.given_bare", "exercise.basic.because_bare"]
    };
    let numbers = |key| Words::new(key).with("reads", reads).with("k", k);
    let asks = Words::new("exercise.parameters.asks").with("layer", number).with("block", block);
    let asked = Number::of(network, part, Quantity::Parameters)?
        .mistake_if(normalized, reads * k * 9, Words::new("exercise.parameters.norm_forgotten"))
        .mistake_if(normalized, reads * k * 9 + reads, Words::new("exercise.parameters.half_norm"))
        .mistake_if(normalized, reads * k * 9 + 2 * k, Words::new("exercise.basic.norm_after").with("reads", reads))
        .mistake_if(normalized, reads * k * 9 + 4 * reads, Words::new("exercise.parameters.running"))
        .mistake_if(!normalized, reads * k * 9 + 2 * reads, Words::new("exercise.parameters.no_norm"))
        .mistake(total(reads) + k, Words::new("exercise.parameters.biases"))
        .mistake(reads * k + each * reads, Words::new("exercise.parameters.kernel"))
        .mistake(reads * k, Words::new("exercise.parameters.kernel"))
        .mistake(reads * k * 3 + each * reads, Words::new("exercise.parameters.kernel"))
        .mistake(reads * 9 + each * reads, Words::new("exercise.basic.one_filter").with("k", k))
        .mistake(k * 9, Words::new("exercise.basic.one_source").with("reads", reads))
        .mistake(total(reads + k), Words::new("exercise.parameters.carried").with("reads", reads));
    Some(asked.asked(KIND.id, network, part, [asks, numbers(given), numbers(because)]))
}
