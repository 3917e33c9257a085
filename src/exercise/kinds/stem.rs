//! How many channels the paper's stem makes: 16 in the plain form, 2k with bottlenecks and compression (paper, section 3, *Implementation details*).

use crate::arch::{Architecture, Part};
use crate::exercise::block::blocks;
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::Question;
use crate::exercise::words::Words;

pub(super) const KIND: Kind = Kind { id: "stem", name: "exercise.kind.stem", level: Level::Ideas, parts, question };

/// The stem of a network that has one of the paper's two forms.
fn parts(network: &Architecture) -> Vec<Part> {
    let one_form = network.spec.bottleneck == (network.spec.compression.percent < 100);
    blocks(network).next().filter(|_| one_form).map(|_| Part::Stem).into_iter().collect()
}

fn question(network: &Architecture, part: Part) -> Option<Question> {
    if part != Part::Stem {
        return None;
    }
    let k = network.spec.growth;
    let twice = || Words::new("exercise.stem.twice").with("value", 2 * k);
    let sixteen = || Words::new("exercise.stem.sixteen");
    let once = (Words::new("exercise.stem.once").with("k", k), Words::new("exercise.stem.once_why").with("k", k));
    let (form, right, other) = if network.spec.bottleneck {
        ("exercise.stem.compressed", twice(), (sixteen(), Words::new("exercise.stem.sixteen_why")))
    } else {
        ("exercise.stem.plain", sixteen(), (twice(), Words::new("exercise.stem.twice_why")))
    };
    let because = if network.spec.bottleneck { "exercise.stem.because_twice" } else { "exercise.stem.because_sixteen" };
    let words = [
        Words::new("exercise.stem.asks"),
        Words::new(form).with("k", k),
        Words::new(because).with("k", k).with("k0", network.spec.k0),
    ];
    let image = Words::new("exercise.stem.image").with("value", network.input.image.channels);
    let wrong = vec![other, once, (image, Words::new("exercise.stem.image_why"))];
    Some(Question::choice(KIND.id, network, part, words, right, wrong))
}
