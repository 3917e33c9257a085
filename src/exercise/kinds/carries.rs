//! What a dense block carries on at its end: k0 + k·L (paper, section 3, *Growth rate*).

use crate::arch::{Architecture, Part};
use crate::exercise::block::{Block, blocks, layer};
use crate::exercise::kind::Kind;
use crate::exercise::question::{Quantity, Question};
use crate::exercise::words::Words;

pub(in crate::exercise) const KIND: Kind = Kind { id: "carries", parts, question };

/// The last layer of every block.
fn parts(network: &Architecture) -> Vec<Part> {
    blocks(network).map(|(block, layer)| Part::Layer { block, layer }).collect()
}

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let (_, number, _) = layer(network, part)?;
    let block = Block::of(network, number);
    let asks = Words::new("exercise.carries.asks").with("block", number);
    let given = block.whole("exercise.carries.given").with("block", number);
    let question =
        Question::about(KIND.id, network, part, Quantity::Carries, [asks, given, block.whole("exercise.sum")])?;
    let after = network.layer(Part::Transition { block: number }).map_or(0, |transition| transition.carries as u64);
    let compressed = Words::new("exercise.carries.compressed").with("value", after);
    Some(whole_block(question, block).mistake_if(after > 0, after, compressed))
}

/// The mistakes about k0 + k·L, whoever is asked for it.
pub(super) fn whole_block(question: Question, block: Block) -> Question {
    let Block { k0, k, layers, .. } = block;
    let last = Words::new("exercise.carries.last").with("value", block.after(layers - 1)).with("k", k);
    question
        .mistake(block.after(layers - 1), last)
        .mistake(k * layers, Words::new("exercise.k0_forgotten").with("k0", k0))
        .mistake(k0, Words::new("exercise.carries.entered").with("k", k))
        .mistake(k, Words::new("exercise.carries.made").with("k", k))
        .mistake(block.after(layers + 1), Words::new("exercise.carries.one_more").with("layers", layers))
        .mistake((k0 + k) * layers, Words::new("exercise.carries.brackets"))
}
