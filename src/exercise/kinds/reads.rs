//! What a dense layer reads: k0 + k·(l−1) (paper, section 3, *Growth rate*).

use crate::arch::{Architecture, Part};
use crate::exercise::block::{Block, later_layers, layer};
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::{Number, Quantity, Question};
use crate::exercise::words::Words;

pub(super) const KIND: Kind =
    Kind { id: "reads", name: "exercise.kind.reads", level: Level::Channels, parts: later_layers, question };

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let (_, number, layer) = layer(network, part)?;
    let block = Block::of(network, number);
    let (k0, k, l) = (block.k0, block.k, layer as u64);
    let before = l - 1;
    let asks = Words::new("exercise.reads.asks").with("layer", layer).with("block", number);
    let given = block.words("exercise.reads.given").with("block", block.number);
    let because = block.words("exercise.reads.because").with("layer", layer);
    let carried = Words::new("exercise.reads.carried")
        .with("value", block.after(l))
        .with("k", k)
        .with("layer", layer)
        .with("before", before);
    let fewer = Words::new("exercise.reads.fewer").with("layer", layer).with("before", before);
    let one = Words::new("exercise.reads.one").with("before", before);
    let at_the_end = Words::new("exercise.reads.at_the_end").with("value", block.after(block.layers));
    let asked = Number::of(network, part, Quantity::Reads)?
        .mistake(block.after(l), carried)
        .mistake(k * before, Words::new("exercise.k0_forgotten").with("k0", k0))
        .mistake(k0, Words::new("exercise.reads.entered").with("k0", k0))
        .mistake(k, Words::new("exercise.reads.made").with("k", k))
        .mistake_if(l > 2, block.after(l.saturating_sub(2)), fewer)
        .mistake_if(l > 2, k0 + k, one)
        .mistake(block.after(block.layers), at_the_end)
        .mistake((k0 + k) * before, block.words("exercise.reads.brackets").with("before", before))
        .mistake(k * l, Words::new("exercise.reads.twice").with("k0", k0).with("before", before).with("layer", layer));
    Some(asked.asked(KIND.id, network, part, [asks, given, because]))
}
