//! Which layers read what a layer made: every later one of its block, each directly (paper, section 3, *Dense connectivity*).

use crate::arch::{Architecture, Part};
use crate::exercise::block::blocks;
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::Question;
use crate::exercise::words::Words;

pub(super) const KIND: Kind =
    Kind { id: "sources", name: "exercise.kind.sources", level: Level::Ideas, parts, question };

/// The first layer of every block in which more than one comes after it.
fn parts(network: &Architecture) -> Vec<Part> {
    blocks(network).filter(|(_, layers)| *layers > 2).map(|(block, _)| Part::Layer { block, layer: 1 }).collect()
}

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let Part::Layer { block, layer: 1 } = part else { return None };
    let layers = network.block(block).count();
    let last = Words::new("exercise.sources.last").with("layers", layers);
    let words = [
        Words::new("exercise.sources.asks").with("block", block),
        Words::new("exercise.sources.given").with("block", block).with("layers", layers),
        Words::new("exercise.sources.because").with("layers", layers),
    ];
    let wrong = vec![
        (Words::new("exercise.sources.next"), Words::new("exercise.sources.next_why")),
        (last, Words::new("exercise.sources.last_why").with("layers", layers)),
        (Words::new("exercise.sources.beyond"), Words::new("exercise.sources.beyond_why")),
    ];
    let right = Words::new("exercise.sources.right").with("layers", layers);
    Some(Question::choice(KIND.id, network, part, words, right, wrong))
}
