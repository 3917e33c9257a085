//! What happens to the parameters when θ goes to 1: they become more (paper, section 3, *Compression*).

use crate::arch::{Architecture, Compression, NetworkSpec, Part};
use crate::exercise::block::transitions;
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::Question;
use crate::exercise::words::{Value, Words};

pub(super) const KIND: Kind =
    Kind { id: "compression", name: "exercise.kind.compression", level: Level::Ideas, parts, question };

/// The transitions of a network that would have more parameters without compression.
fn parts(network: &Architecture) -> Vec<Part> {
    let more = whole(network).is_some_and(|whole| whole.parameters() > network.parameters());
    if more { transitions(network) } else { Vec::new() }
}

/// The same network with θ = 1.
fn whole(network: &Architecture) -> Option<Architecture> {
    let spec = NetworkSpec { compression: Compression { percent: 100 }, ..network.spec.clone() };
    Architecture::new(network.kind, &spec, network.input).ok()
}

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let (before, after) = (network.parameters(), whole(network)?.parameters());
    let theta = Value::Share(network.spec.compression.percent);
    let words = [
        Words::new("exercise.compression.asks").with("theta", theta),
        Words::new("exercise.compression.given").with("theta", theta),
        Words::new("exercise.compression.because").with("before", before).with("after", after),
    ];
    let wrong = vec![
        (Words::new("exercise.compression.fewer"), Words::new("exercise.compression.fewer_why").with("theta", theta)),
        (Words::new("exercise.compression.same"), Words::new("exercise.compression.same_why")),
    ];
    Some(Question::choice(KIND.id, network, part, words, Words::new("exercise.compression.right"), wrong))
}
