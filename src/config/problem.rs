//! What is wrong with a setting, in one line: where, what was found, what is allowed.

use std::fmt;

use super::origin::Origin;

/// One setting that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it was written, if it was.
    pub origin: Option<Origin>,
    /// The full name of the setting, such as `network.growth`.
    pub field: String,
    /// What was found.
    pub found: String,
    /// What is allowed.
    pub allowed: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, field, found, allowed } = self;
        if let Some(origin) = origin.as_ref().filter(|origin| **origin != Origin::Window) {
            write!(formatter, "{origin}: ")?;
        }
        write!(formatter, "{field}: found {found}; allowed: {allowed}")
    }
}

/// Every problem of a configuration, in the order of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(formatter, "{line_break}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
