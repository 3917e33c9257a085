//! Whether a connection leads from one block into the next: none does, since a transition stands between them (paper, section 3, *Pooling layers*).

use crate::arch::{Architecture, Part};
use crate::exercise::block::transitions;
use crate::exercise::kind::{Kind, Level};
use crate::exercise::question::Question;
use crate::exercise::words::Words;

pub(super) const KIND: Kind =
    Kind { id: "across", name: "exercise.kind.across", level: Level::Ideas, parts: transitions, question };

fn question(network: &Architecture, part: Part) -> Option<Question> {
    let Part::Transition { block } = part else { return None };
    let row = network.layer(part)?;
    let words = [
        Words::new("exercise.across.asks").with("block", block).with("next", block + 1),
        Words::new("exercise.across.given").with("block", block).with("reads", row.reads).with("makes", row.makes),
        Words::new("exercise.across.because").with("block", block).with("next", block + 1).with("makes", row.makes),
    ];
    let wrong = vec![
        (Words::new("exercise.across.all"), Words::new("exercise.across.all_why").with("next", block + 1)),
        (Words::new("exercise.across.last"), Words::new("exercise.across.last_why").with("reads", row.reads)),
        (Words::new("exercise.across.entered"), Words::new("exercise.across.entered_why")),
    ];
    Some(Question::choice(
        KIND.id,
        network,
        part,
        words,
        Words::new("exercise.across.right").with("block", block),
        wrong,
    ))
}
