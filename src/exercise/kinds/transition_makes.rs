//! What a transition makes of m channels: ⌊θ·m⌋, at least 1 (paper, section 3, *Compression*).

use crate::arch::{Architecture, Part};
use crate::exercise::block::{Block, transitions};
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::{Number, Quantity, Question};
use crate::exercise::words::{Value, Words};

pub(super) const KIND: Kind = Kind {
    id: "transition-makes",
    name: "exercise.kind.transition-makes",
    level: Level::Channels,
    parts: transitions,
    question,
};

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let Part::Transition { block: number } = part else { return None };
    let block = Block::of(network, number);
    let percent = u64::from(network.spec.compression.percent);
    let theta = Value::Share(network.spec.compression.percent);
    let (reads, makes) = (network.layer(part)?.reads as u64, network.layer(part)?.makes as u64);
    let down = |channels: u64| channels * percent / 100;
    let made = block.k * block.layers;
    let asks = Words::new("exercise.transition.asks_makes").with("block", number);
    let given = block.whole("exercise.transition.given").with("block", number).with("theta", theta);
    let key = if down(reads) == 0 { "exercise.transition.at_least_one" } else { "exercise.transition.because" };
    let because = block.whole(key).with("theta", theta).with("reads", reads);
    let input = Words::new("exercise.transition.input").with("value", reads).with("theta", theta);
    let without_last = Words::new("exercise.transition.without_last").with("k", block.k);
    let dropped = Words::new("exercise.transition.dropped").with("value", reads - makes).with("theta", theta);
    let pooled = Words::new("exercise.transition.pooled");
    let asked = Number::of(network, part, Quantity::Makes)?
        .mistake(reads, input)
        .mistake((reads * percent).div_ceil(100), Words::new("exercise.transition.rounded_up"))
        .mistake(down(reads), Words::new("exercise.transition.none_left"))
        .mistake(down(reads - block.k), without_last)
        .mistake(down(made), Words::new("exercise.k0_forgotten").with("k0", block.k0))
        .mistake(block.k0 + down(made), Words::new("exercise.transition.made_alone").with("k0", block.k0))
        .mistake(down(block.k0), Words::new("exercise.transition.entered"))
        .mistake_if(percent < 100, reads - makes, dropped)
        .mistake(makes / 2, pooled.clone())
        .mistake(makes / 4, pooled);
    Some(asked.asked(KIND.id, network, part, [asks, given, because]))
}
