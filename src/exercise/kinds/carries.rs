//! What a dense block carries on at its end: k0 + k·L (paper, section 3, *Growth rate*).

use crate::arch::{Architecture, Part};
use crate::exercise::block::{Block, blocks, layer};
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::{Number, Quantity, Question};
use crate::exercise::words::Words;

pub(super) const KIND: Kind =
    Kind { id: "carries", name: "exercise.kind.carries", level: Level::Channels, parts, question };

/// The last layer of every block.
fn parts(network: &Architecture) -> Vec<Part> {
    blocks(network).map(|(block, layer)| Part::Layer { block, layer }).collect()
}

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let (_, number, _) = layer(network, part)?;
    let block = Block::of(network, number);
    let asks = Words::new("exercise.carries.asks").with("block", number);
    let given = block.whole("exercise.carries.given").with("block", number);
    let asked = Number::of(network, part, Quantity::Carries)?;
    let after = network.layer(Part::Transition { block: number }).map_or(0, |transition| transition.carries as u64);
    let compressed = Words::new("exercise.carries.compressed").with("value", after);
    let asked = whole_block(asked, block).mistake_if(after > 0, after, compressed);
    Some(asked.asked(KIND.id, network, part, [asks, given, block.whole("exercise.sum")]))
}

/// The mistakes about k0 + k·L, whoever is asked for it.
pub(super) fn whole_block(number: Number, block: Block) -> Number {
    let Block { k0, k, layers, .. } = block;
    let last = Words::new("exercise.carries.last").with("value", block.after(layers - 1)).with("k", k);
    number
        .mistake(block.after(layers - 1), last)
        .mistake(k * layers, Words::new("exercise.k0_forgotten").with("k0", k0))
        .mistake(k0, Words::new("exercise.carries.entered").with("k", k))
        .mistake(k, Words::new("exercise.carries.made").with("k", k))
        .mistake(block.after(layers + 1), Words::new("exercise.carries.one_more").with("layers", layers))
        .mistake((k0 + k) * layers, Words::new("exercise.carries.brackets"))
}
