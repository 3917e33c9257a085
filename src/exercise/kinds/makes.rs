//! What a dense layer makes: k, the growth rate, whatever it reads (paper, section 3, *Growth rate*).

use crate::arch::{Architecture, Part};
use crate::exercise::block::{Block, later_layers, layer};
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::{Number, Quantity, Question};
use crate::exercise::words::Words;

pub(super) const KIND: Kind =
    Kind { id: "makes", name: "exercise.kind.makes", level: Level::Channels, parts: later_layers, question };

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let (row, number, layer) = layer(network, part)?;
    let block = Block::of(network, number);
    let (k, reads) = (block.k, row.reads as u64);
    let asks = Words::new("exercise.makes.asks").with("layer", layer).with("block", number);
    let given = block.whole("exercise.makes.given").with("block", number);
    let because = Words::new("exercise.makes.because").with("reads", reads);
    let inner = row.inner().map_or(0, |inner| inner as u64);
    let asked = Number::of(network, part, Quantity::Makes)?
        .mistake(reads, Words::new("exercise.makes.reads").with("value", reads))
        .mistake(reads + k, Words::new("exercise.makes.carried").with("value", reads + k).with("k", k))
        .mistake(block.after(block.layers), Words::new("exercise.makes.at_the_end").with("k", k))
        .mistake(block.k0, Words::new("exercise.makes.entered").with("value", block.k0))
        .mistake(k * layer as u64, Words::new("exercise.makes.all").with("layer", layer))
        .mistake_if(inner > 0, inner, Words::new("exercise.makes.inner").with("value", inner));
    Some(asked.asked(KIND.id, network, part, [asks, given, because]))
}
