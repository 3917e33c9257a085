//! What a transition reads: all that its block carries, before θ acts (paper, section 3, *Compression*).

use super::carries::whole_block;
use crate::arch::{Architecture, Part};
use crate::exercise::block::{Block, transitions};
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::{Number, Quantity, Question};
use crate::exercise::words::{Value, Words};

pub(super) const KIND: Kind = Kind {
    id: "transition-reads",
    name: "exercise.kind.transition-reads",
    level: Level::Channels,
    parts: transitions,
    question,
};

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let Part::Transition { block: number } = part else { return None };
    let block = Block::of(network, number);
    let theta = Value::Share(network.spec.compression.percent);
    let asks = Words::new("exercise.transition.asks_reads").with("block", number);
    let given = block.whole("exercise.transition.given").with("block", number).with("theta", theta);
    let made = network.layer(part)?.makes as u64;
    let output = Words::new("exercise.transition.output").with("value", made).with("theta", theta);
    let asked = Number::of(network, part, Quantity::Reads)?;
    Some(whole_block(asked.mistake(made, output), block).asked(
        KIND.id,
        network,
        part,
        [asks, given, block.whole("exercise.sum")],
    ))
}
