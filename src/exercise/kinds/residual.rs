//! What a residual layer carries on: as many channels as it reads, since it adds (He et al. 2016).

use crate::arch::{Architecture, Part};
use crate::exercise::block::layer;
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::{Number, Quantity, Question};
use crate::exercise::words::Words;

pub(super) const KIND: Kind =
    Kind { id: "residual", name: "exercise.kind.residual", level: Level::Channels, parts, question };

fn parts(network: &Architecture) -> Vec<Part> {
    let layers = network.layers.iter().map(|layer| layer.part).filter(|part| matches!(part, Part::Layer { .. }));
    if network.kind.merge().has_identity() { layers.collect() } else { Vec::new() }
}

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let (row, block, number) = layer(network, part)?;
    let (w, l, k) = (row.reads as u64, number as u64, network.spec.growth as u64);
    let asks = Words::new("exercise.residual.asks").with("layer", number).with("block", block);
    let given = Words::new("exercise.residual.given").with("w", w);
    let because = Words::new("exercise.residual.because").with("w", w);
    let next = network.layer(Part::Transition { block }).map_or(0, |transition| transition.makes as u64);
    let beside = Words::new("exercise.residual.beside").with("value", 2 * w);
    let asked = Number::of(network, part, Quantity::Carries)?
        .mistake(2 * w, beside)
        .mistake(w * (l + 1), Words::new("exercise.residual.grows").with("layer", number))
        .mistake(w * l, Words::new("exercise.residual.grows").with("layer", number))
        .mistake(w + k * l, Words::new("exercise.residual.dense").with("k", k))
        .mistake(w + k, Words::new("exercise.residual.dense").with("k", k))
        .mistake_if(next > 0, next, Words::new("exercise.residual.next").with("value", next));
    Some(asked.asked(KIND.id, network, part, [asks, given, because]))
}
