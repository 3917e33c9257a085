//! Where a setting was written, so that a problem can point there.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use super::field::Field;

/// Where a setting was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A line of a configuration file, counted from 1.
    File {
        /// The file as it was named.
        file: PathBuf,
        /// The line.
        line: usize,
    },
    /// A flag of the command line.
    Flag(&'static str),
    /// A control of the window, which shows the problem beside itself.
    Window,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file, line } => write!(formatter, "{}:{line}", file.display()),
            Self::Flag(flag) => formatter.write_str(flag),
            Self::Window => formatter.write_str("the window"),
        }
    }
}

/// Where each setting was written that was written at all, by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(BTreeMap<&'static str, Origin>);

impl Origins {
    /// Notes where a field was written; the last word counts.
    pub fn note(&mut self, field: &Field, origin: Origin) {
        self.0.insert(field.name, origin);
    }

    /// Where a field was written; nothing if it was left out.
    pub fn of(&self, field: &Field) -> Option<&Origin> {
        self.0.get(field.name)
    }
}
