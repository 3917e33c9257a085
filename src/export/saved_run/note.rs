//! What a reader of a saved run must know.

use crate::text::Text;

/// What a reader of a saved run must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Training had not ended, or was cut off, when the run was read.
    Unfinished,
    /// Fewer steps were made than asked for.
    Stopped {
        /// Steps made.
        made: usize,
        /// Steps asked for.
        asked: usize,
    },
    /// The tables do not end at the same step.
    Uneven {
        /// The last step of which all is there.
        step: usize,
    },
    /// A newer program wrote the run.
    Newer {
        /// Its version.
        version: String,
    },
}

impl Note {
    /// The note in words.
    pub fn say(&self, text: &Text) -> String {
        match self {
            Self::Unfinished => text.say("run.unfinished").to_owned(),
            Self::Stopped { made, asked } => text.fill("run.stopped", &[("made", made), ("asked", asked)]),
            Self::Uneven { step } => text.fill("run.uneven", &[("step", step)]),
            Self::Newer { version } => {
                text.fill("run.newer", &[("version", version), ("this", &env!("CARGO_PKG_VERSION"))])
            }
        }
    }
}
