//! A setting's value in the form that files, flags and sliders share.

use std::fmt;

/// What a file, a flag or a control says; whether a setting may be that is for its [`super::Access`] to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number; wide enough for every number of a file and of a setting.
    Integer(i128),
    /// Any number.
    Number(f64),
    /// `true` or `false`.
    Switch(bool),
    /// A word or a text.
    Text(String),
    /// Whole numbers in order.
    Integers(Vec<i128>),
    /// Words in order.
    Words(Vec<String>),
}

impl Value {
    /// The whole number that it is.
    pub fn as_integer(&self) -> Option<i128> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    /// The number that it is, whole or not.
    pub fn as_number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { self.as_integer().map(|number| number as f64) }
    }

    /// The word or text that it is.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Whether it is on.
    pub fn as_switch(&self) -> Option<bool> {
        if let Self::Switch(on) = self { Some(*on) } else { None }
    }

    /// The whole numbers that it is.
    pub fn as_integers(&self) -> Option<&[i128]> {
        if let Self::Integers(numbers) = self { Some(numbers) } else { None }
    }

    /// The words that it is.
    pub fn as_words(&self) -> Option<&[String]> {
        if let Self::Words(words) = self { Some(words) } else { None }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => write!(formatter, "{number}"),
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Switch(on) => write!(formatter, "{on}"),
            Self::Text(text) => write!(formatter, "'{text}'"),
            Self::Integers(numbers) => write!(formatter, "{numbers:?}"),
            Self::Words(words) => write!(formatter, "[{}]", words.join(", ")),
        }
    }
}
