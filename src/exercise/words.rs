//! Words that are still to be filled: a text's key and the numbers that belong in it.

use std::fmt;

use crate::text::Text;
use crate::text::number::grouped;

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A count.
    Count(u64),
    /// A share, from its percent: 50 is written 0.50.
    Share(u32),
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Thousands of channels are written as in the drawing, parameters as in tables.
            Self::Count(count) if *count < 10_000 => write!(formatter, "{count}"),
            Self::Count(count) => formatter.write_str(&grouped(*count)),
            Self::Share(percent) => write!(formatter, "{}.{:02}", percent / 100, percent % 100),
        }
    }
}

/// A text's key with the values of its placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The text's key.
    pub key: &'static str,
    /// A value for each of its placeholders.
    pub values: Vec<(&'static str, Value)>,
}

impl Words {
    /// Words without placeholders, so far.
    pub fn new(key: &'static str) -> Self {
        Self { key, values: Vec::new() }
    }

    /// With the value of a placeholder.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The words in a language.
    ///
    /// # Panics
    ///
    /// When the text has other placeholders, which a test finds for every question.
    pub fn fill(&self, text: &Text) -> String {
        let values: Vec<(&str, &dyn fmt::Display)> =
            self.values.iter().map(|(name, value)| (*name, value as &dyn fmt::Display)).collect();
        text.fill(self.key, &values)
    }
}
