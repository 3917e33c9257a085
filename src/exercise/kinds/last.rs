//! What comes after the last block: no transition, but the classifier (paper, section 3, *Implementation details*).

use crate::arch::{Architecture, Part};
use crate::exercise::block::blocks;
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::Question;
use crate::exercise::words::Words;

pub(super) const KIND: Kind =
    Kind { id: "after-the-last", name: "exercise.kind.after-the-last", level: Level::Ideas, parts, question };

fn parts(network: &Architecture) -> Vec<Part> {
    blocks(network).next().map(|_| Part::Classifier).into_iter().collect()
}

fn question(network: &Architecture, part: Part) -> Option<Question> {
    if part != Part::Classifier {
        return None;
    }
    let reads = network.layer(part)?.reads;
    let words = [
        Words::new("exercise.last.asks"),
        Words::new("exercise.last.given").with("reads", reads),
        Words::new("exercise.last.because").with("reads", reads).with("classes", network.input.classes),
    ];
    let wrong = vec![
        (Words::new("exercise.last.transition"), Words::new("exercise.last.transition_why").with("reads", reads)),
        (Words::new("exercise.last.pooling"), Words::new("exercise.last.pooling_why")),
        (Words::new("exercise.last.block"), Words::new("exercise.last.block_why")),
    ];
    Some(Question::choice(KIND.id, network, part, words, Words::new("exercise.last.right"), wrong))
}
