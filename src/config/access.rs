//! What a setting is: its kind of value, what it may be, how it is read and written in a [`RunConfig`], and how a control changes it.
//!
//! One description for files, flags and the window. A value that does not fit is refused; nothing here can panic on one.

use std::num::TryFromIntError;
use std::ops::{Bound, RangeBounds as _, RangeInclusive};

use super::run_config::RunConfig;
use super::value::Value;
use crate::arch::{Width, WidthRule};

/// How a setting is read and written.
pub enum Access {
    /// A whole number.
    Integer(Integer),
    /// Any number.
    Number(Number),
    /// On or off.
    Switch(Switch),
    /// One word of several.
    Choice(Choice),
    /// One or more words of several, each at most once.
    Choices(Choices),
    /// A list of whole numbers.
    Integers(Integers),
    /// How the width of the baseline networks is found.
    Width(WidthAccess),
    /// A file or folder, or a word in its place.
    Path(Path),
}

/// A whole number.
pub struct Integer {
    /// What it may be.
    pub range: RangeInclusive<i128>,
    /// How a control changes it.
    pub control: Control,
    /// Reads it.
    pub get: fn(&RunConfig) -> i128,
    /// Writes it, unless its place is too small for it.
    pub set: fn(&mut RunConfig, i128) -> Result<(), TryFromIntError>,
}

/// Any number.
pub struct Number {
    /// What it may be.
    pub range: (Bound<f64>, Bound<f64>),
    /// How a control changes it.
    pub control: Control,
    /// Reads it.
    pub get: fn(&RunConfig) -> f64,
    /// Writes it.
    pub set: fn(&mut RunConfig, f64),
}

/// On or off.
pub struct Switch {
    /// Reads it.
    pub get: fn(&RunConfig) -> bool,
    /// Writes it.
    pub set: fn(&mut RunConfig, bool),
}

/// One word of several.
pub struct Choice {
    /// The words.
    pub words: &'static [&'static str],
    /// Reads it.
    pub get: fn(&RunConfig) -> &'static str,
    /// Writes it; nothing for a word that is none of them.
    pub set: fn(&mut RunConfig, &str) -> Option<()>,
}

/// One or more words of several, each at most once.
pub struct Choices {
    /// The words.
    pub words: &'static [&'static str],
    /// Reads them.
    pub get: fn(&RunConfig) -> Vec<&'static str>,
    /// Writes them; nothing if one is none of them.
    pub set: fn(&mut RunConfig, &[String]) -> Option<()>,
}

/// A list of whole numbers, at least one.
pub struct Integers {
    /// How many at most.
    pub longest: usize,
    /// What each may be.
    pub range: RangeInclusive<i128>,
    /// How a control changes one of them.
    pub control: Control,
    /// Reads them.
    pub get: fn(&RunConfig) -> Vec<i128>,
    /// Writes them, unless their place is too small for one.
    pub set: fn(&mut RunConfig, &[i128]) -> Result<(), TryFromIntError>,
}

/// How the width of the baseline networks is found: a word, or a number in quarters.
pub struct WidthAccess {
    /// How a control changes the number.
    pub control: Control,
    /// Reads it.
    pub get: fn(&RunConfig) -> WidthRule,
    /// Writes it.
    pub set: fn(&mut RunConfig, WidthRule),
}

/// A file or folder, or a word in its place.
pub struct Path {
    /// Words that are no path; the empty one says that there is none.
    pub words: &'static [&'static str],
    /// What it may be, in words.
    pub allowed: &'static str,
    /// Reads it.
    pub get: fn(&RunConfig) -> String,
    /// Writes it.
    pub set: fn(&mut RunConfig, &str),
}

/// How a control changes a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// What the next number is.
    pub step: Step,
    /// A slider under the number.
    pub slider: Option<Slider>,
}

/// What the next number is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// So much more or less.
    Add(f64),
    /// Twice or half, in powers of two.
    Double,
    /// 1, 2, 5, 10, 20, …
    OneTwoFive,
}

/// A slider: its ends, and how numbers lie between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Slider {
    /// From where to where.
    pub range: RangeInclusive<f64>,
    /// Whether equal distances are equal ratios.
    pub logarithmic: bool,
}

impl Control {
    /// Steps alone.
    pub const fn by(step: Step) -> Self {
        Self { step, slider: None }
    }

    /// With a slider from one number to another.
    pub const fn slider(mut self, from: f64, to: f64) -> Self {
        self.slider = Some(Slider { range: from..=to, logarithmic: false });
        self
    }

    /// With a slider on which equal distances are equal ratios.
    pub const fn logarithmic(mut self, from: f64, to: f64) -> Self {
        self.slider = Some(Slider { range: from..=to, logarithmic: true });
        self
    }
}

impl Path {
    /// What a person wrote, from anywhere: `~` is the home folder, and a path that is not whole begins in this folder, if there is one.
    pub(super) fn resolved(&self, written: &str, folder: Option<&std::path::Path>) -> String {
        if written.is_empty() || self.words.contains(&written) {
            return written.to_owned();
        }
        let from_home =
            written.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with(std::path::is_separator));
        if let (Some(rest), Some(folders)) = (from_home, directories::BaseDirs::new()) {
            let rest = rest.trim_start_matches(std::path::is_separator);
            return folders.home_dir().join(rest).display().to_string();
        }
        folder.map_or_else(|| written.to_owned(), |folder| folder.join(written).display().to_string())
    }

    /// The same from the root of the system, so that a file may be read from any folder.
    pub(super) fn absolute(&self, path: String) -> String {
        if path.is_empty() || self.words.contains(&path.as_str()) {
            return path;
        }
        std::path::absolute(&path).map_or(path, |absolute| absolute.display().to_string())
    }
}

impl Access {
    /// What the configuration says.
    pub fn get(&self, config: &RunConfig) -> Value {
        let words = |words: Vec<&str>| Value::Words(words.into_iter().map(str::to_owned).collect());
        match self {
            Self::Integer(integer) => Value::Integer((integer.get)(config)),
            Self::Number(number) => Value::Number((number.get)(config)),
            Self::Switch(switch) => Value::Switch((switch.get)(config)),
            Self::Choice(choice) => Value::Text((choice.get)(config).to_owned()),
            Self::Choices(choices) => words((choices.get)(config)),
            Self::Integers(integers) => Value::Integers((integers.get)(config)),
            Self::Width(width) => match (width.get)(config) {
                WidthRule::MatchParameters | WidthRule::MatchMultiplyAdds => {
                    Value::Text((width.get)(config).to_string())
                }
                WidthRule::Fixed(fixed) => Value::Number(fixed.as_number()),
            },
            Self::Path(path) => Value::Text((path.get)(config)),
        }
    }

    /// Writes a value; nothing if the setting cannot be that, and then the configuration is as it was.
    pub(super) fn set(&self, config: &mut RunConfig, value: &Value) -> Option<()> {
        match self {
            Self::Integer(Integer { range, set, .. }) => {
                let number = value.as_integer().filter(|number| range.contains(number))?;
                set(config, number).ok()
            }
            Self::Number(Number { range, set, .. }) => {
                set(config, value.as_number().filter(|number| range.contains(number))?);
                Some(())
            }
            Self::Switch(switch) => {
                (switch.set)(config, value.as_switch()?);
                Some(())
            }
            Self::Choice(choice) => (choice.set)(config, value.as_text()?),
            Self::Choices(choices) => {
                let words = value.as_words().filter(|words| !words.is_empty())?;
                let once = words.iter().enumerate().all(|(index, word)| !words[..index].contains(word));
                if once { (choices.set)(config, words) } else { None }
            }
            Self::Integers(Integers { longest, range, set, .. }) => {
                let numbers = value.as_integers().filter(|numbers| (1..=*longest).contains(&numbers.len()))?;
                if numbers.iter().all(|number| range.contains(number)) { set(config, numbers).ok() } else { None }
            }
            Self::Width(width) => {
                let rule = match value.as_text() {
                    Some(word) => WidthRule::from_name(word)?,
                    None => WidthRule::Fixed(Width::from_number(value.as_number()?).ok()?),
                };
                (width.set)(config, rule);
                Some(())
            }
            Self::Path(path) => {
                let text = value.as_text().filter(|text| !text.is_empty() || path.words.contains(text))?;
                (path.set)(config, text);
                Some(())
            }
        }
    }

    /// What a person wrote after `key=`, as far as it is a value of this kind; else the text, which is then refused as it was written.
    ///
    /// Lists may be written as in a file, or with commas alone.
    pub(super) fn parse(&self, written: &str) -> Value {
        let written = written.trim();
        let unquoted = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(written);
        let listed = || written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(written);
        let items = || listed().split(',').map(str::trim).filter(|item| !item.is_empty());
        let number = || written.parse().map(Value::Number).ok();
        let integer = || written.parse().map(Value::Integer).ok();
        let value = match self {
            Self::Integer(_) => integer().or_else(number),
            Self::Number(_) | Self::Width(_) => number(),
            Self::Switch(_) => written.parse().map(Value::Switch).ok(),
            Self::Choices(_) => Some(Value::Words(items().map(|word| word.trim_matches('"').to_owned()).collect())),
            Self::Integers(_) => items().map(|item| item.parse().ok()).collect::<Option<_>>().map(Value::Integers),
            Self::Choice(_) | Self::Path(_) => None,
        };
        value.unwrap_or_else(|| Value::Text(unquoted.to_owned()))
    }

    /// The words that it may be, if it is one or more of a few.
    pub fn words(&self) -> &'static [&'static str] {
        match self {
            Self::Choice(choice) => choice.words,
            Self::Choices(choices) => choices.words,
            Self::Width(_) => WidthRule::WORDS,
            Self::Path(path) => path.words,
            Self::Integer(_) | Self::Number(_) | Self::Switch(_) | Self::Integers(_) => &[],
        }
    }
}

/// Words as a file writes them, in a row.
pub fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}
