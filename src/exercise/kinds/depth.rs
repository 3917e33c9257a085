//! What the number in the name of a DenseNet counts: convolutions and the linear layer (paper, section 4 and Table 1).

use crate::arch::{Architecture, Part};
use crate::exercise::block::blocks;
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::Question;
use crate::exercise::words::Words;

pub(super) const KIND: Kind = Kind { id: "depth", name: "exercise.kind.depth", level: Level::Ideas, parts, question };

fn parts(network: &Architecture) -> Vec<Part> {
    blocks(network).next().map(|_| Part::Classifier).into_iter().collect()
}

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let depth = network.depth();
    let connections: usize = blocks(network).map(|(_, layers)| (layers + 1) * (layers + 2) / 2).sum();
    let words = [
        Words::new("exercise.depth.asks").with("depth", depth.total()),
        Words::new("exercise.depth.given").with("layers", depth.layers).with("transitions", depth.transitions),
        Words::new("exercise.depth.because")
            .with("convolutions", depth.convolutions)
            .with("layers", depth.layers)
            .with("transitions", depth.transitions)
            .with("depth", depth.total()),
    ];
    let wrong = vec![
        (Words::new("exercise.depth.layers"), Words::new("exercise.depth.layers_why").with("layers", depth.layers)),
        (Words::new("exercise.depth.all"), Words::new("exercise.depth.all_why")),
        (
            Words::new("exercise.depth.connections"),
            Words::new("exercise.depth.connections_why").with("connections", connections),
        ),
    ];
    (part == Part::Classifier)
        .then(|| Question::choice(KIND.id, network, part, words, Words::new("exercise.depth.right"), wrong))
}
