//! What a setting may be: one rule for files, flags and sliders.

use std::fmt;

use crate::arch::Width;

/// A setting's value in a form that files, flags and sliders share.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// Any number.
    Number(f64),
    /// `true` or `false`.
    Switch(bool),
    /// A word or a text.
    Text(String),
    /// Whole numbers in order.
    Integers(Vec<i64>),
    /// Words in order.
    Words(Vec<String>),
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

/// What a setting may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// A whole number, both ends allowed.
    Integer {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A number; `min` itself is allowed unless `above_min`, and `max` itself unless `below_max`.
    Number {
        /// The lower end.
        min: f64,
        /// The upper end.
        max: f64,
        /// Whether the lower end itself is too low.
        above_min: bool,
        /// Whether the upper end itself is too high.
        below_max: bool,
    },
    /// On or off.
    Switch,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// One or more of these words, each at most once.
    Choices(&'static [&'static str]),
    /// Any text but an empty one.
    Text {
        /// What it may say.
        allowed: &'static str,
    },
    /// A list of whole numbers.
    Integers {
        /// How many at most; at least one.
        longest: usize,
        /// The smallest number.
        min: i64,
        /// The largest number.
        max: i64,
    },
    /// `match-parameters`, `match-multiply-adds` or a number in quarters.
    Width,
}

/// The words of [`Rule::Width`].
pub(super) const WIDTH_WORDS: [&str; 2] = ["match-parameters", "match-multiply-adds"];

impl Rule {
    /// Whether the value keeps the rule.
    pub fn allows(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Integer { min, max }, Value::Integer(number)) => (min..=max).contains(&number),
            (Self::Number { .. }, Value::Integer(number)) => self.allows(&Value::Number(*number as f64)),
            (Self::Number { min, max, above_min, below_max }, Value::Number(number)) => {
                let high_enough = if *above_min { number > min } else { number >= min };
                let low_enough = if *below_max { number < max } else { number <= max };
                high_enough && low_enough
            }
            (Self::Switch, Value::Switch(_)) => true,
            (Self::Choice(words), Value::Text(word)) => words.contains(&word.as_str()),
            (Self::Choices(allowed), Value::Words(words)) => {
                let known = words.iter().all(|word| allowed.contains(&word.as_str()));
                let once = words.iter().enumerate().all(|(index, word)| !words[..index].contains(word));
                !words.is_empty() && known && once
            }
            (Self::Text { .. }, Value::Text(text)) => !text.is_empty(),
            (Self::Integers { longest, min, max }, Value::Integers(numbers)) => {
                (1..=*longest).contains(&numbers.len()) && numbers.iter().all(|number| (min..=max).contains(&number))
            }
            (Self::Width, Value::Text(word)) => WIDTH_WORDS.contains(&word.as_str()),
            (Self::Width, Value::Integer(number)) => Width::from_number(*number as f64).is_ok(),
            (Self::Width, Value::Number(number)) => Width::from_number(*number).is_ok(),
            (
                Self::Integer { .. }
                | Self::Number { .. }
                | Self::Switch
                | Self::Choice(_)
                | Self::Choices(_)
                | Self::Text { .. }
                | Self::Integers { .. }
                | Self::Width,
                _,
            ) => false,
        }
    }
}

impl fmt::Display for Rule {
    /// What is allowed, in words.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer { min, max: i64::MAX } => write!(formatter, "a whole number from {min} up"),
            Self::Integer { min, max } => write!(formatter, "a whole number from {min} to {max}"),
            Self::Number { min, max, above_min, below_max } => {
                let low = if *above_min { "above" } else { "from" };
                let high = if *below_max { "and below" } else { "up to" };
                write!(formatter, "a number {low} {min} {high} {max}")
            }
            Self::Switch => formatter.write_str("true or false"),
            Self::Choice(words) => write!(formatter, "{}", Quoted(words)),
            Self::Choices(words) => write!(formatter, "a list of one or more of {}, each once", Quoted(words)),
            Self::Text { allowed } => formatter.write_str(allowed),
            Self::Integers { longest, min, max } => {
                write!(formatter, "a list of 1 to {longest} whole numbers from {min} to {max}")
            }
            Self::Width => write!(
                formatter,
                "{}, or a number from {} to {} in steps of 0.25",
                Quoted(&WIDTH_WORDS),
                Width::MIN,
                Width::MAX
            ),
        }
    }
}

struct Quoted<'a>(&'a [&'a str]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(formatter, "{separator}\"{word}\"")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_range_are_in_or_out_as_the_rule_says() {
        let whole = Rule::Integer { min: 1, max: 100 };
        assert!(whole.allows(&Value::Integer(1)) && whole.allows(&Value::Integer(100)));
        assert!(!whole.allows(&Value::Integer(0)) && !whole.allows(&Value::Integer(101)));
        assert!(!whole.allows(&Value::Number(5.0)), "a whole number is written as one");

        let open = Rule::Number { min: 0.0, max: 1.0, above_min: true, below_max: true };
        assert!(open.allows(&Value::Number(0.5)));
        for number in [0.0, 1.0, f64::NAN, f64::INFINITY] {
            assert!(!open.allows(&Value::Number(number)), "{number}");
        }
    }

    #[test]
    fn a_list_of_words_names_each_once() {
        let rule = Rule::Choices(&["dense", "residual"]);
        let words = |words: &[&str]| Value::Words(words.iter().map(|&word| word.to_owned()).collect());
        assert!(rule.allows(&words(&["residual", "dense"])));
        for refused in [&[][..], &["dense", "dense"], &["dense", "gru"]] {
            assert!(!rule.allows(&words(refused)), "{refused:?}");
        }
    }
}
