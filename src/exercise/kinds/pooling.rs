//! What a transition pools: the mean of every 2×2 pixels (paper, section 3, *Pooling layers*).

use crate::arch::{Architecture, Part};
use crate::exercise::block::transitions;
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::Question;
use crate::exercise::words::Words;

pub(super) const KIND: Kind =
    Kind { id: "pooling", name: "exercise.kind.pooling", level: Level::Ideas, parts: transitions, question };

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let Part::Transition { block } = part else { return None };
    let row = network.layer(part)?;
    let before = network.block(block).last()?;
    let words = [
        Words::new("exercise.pooling.asks").with("block", block),
        Words::new("exercise.pooling.given")
            .with("height", before.height)
            .with("width", before.width)
            .with("half_height", row.height)
            .with("half_width", row.width),
        Words::new("exercise.pooling.because"),
    ];
    let wrong = vec![
        (Words::new("exercise.pooling.max"), Words::new("exercise.pooling.max_why")),
        (Words::new("exercise.pooling.stride"), Words::new("exercise.pooling.stride_why")),
        (Words::new("exercise.pooling.theta"), Words::new("exercise.pooling.theta_why")),
    ];
    Some(Question::choice(KIND.id, network, part, words, Words::new("exercise.pooling.right"), wrong))
}
