//! A configuration on one line, `key=value;key=value`, for a blackboard or a chat: all that is not as in a run that was told nothing.

use super::access::Access;
use super::field::Field;
use super::fields::{self, FIELDS};
use super::origin::Origin;
use super::problem::{Allowed, Found, Problem, Problems};
use super::read::LoadedConfig;
use super::run_config::RunConfig;
use super::value::Value;

/// What may stand before the line, as before an address.
const SCHEME: &str = "densescope://";

impl RunConfig {
    /// The settings that are not as usual, and the seed, which is always said.
    pub fn to_line(&self) -> String {
        let usual = Self::default();
        let told = FIELDS.iter().filter(|field| **field == &fields::SEED || field.get(self) != field.get(&usual));
        told.map(|field| format!("{}={}", field.name, written(field, self))).collect::<Vec<_>>().join(";")
    }
}

fn written(field: &Field, config: &RunConfig) -> String {
    match (field.get(config), &field.access) {
        (Value::Text(path), Access::Path(_)) => format!("\"{path}\""),
        (Value::Text(text), _) => text,
        (Value::Integers(numbers), _) => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        (Value::Words(words), _) => words.join(","),
        (value @ (Value::Integer(_) | Value::Number(_) | Value::Switch(_)), _) => value.to_string(),
    }
}

/// The pairs of a line; a part without `=` has nothing after it. What stands between quotation marks is not taken apart.
pub fn pairs(line: &str) -> Vec<(&str, Option<&str>)> {
    let line = line.trim();
    let mut quoted = false;
    let parts = line.strip_prefix(SCHEME).unwrap_or(line).split(move |letter| {
        quoted ^= letter == '"';
        !quoted && matches!(letter, ';' | '；' | '\n')
    });
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').map_or((part, None), |(key, value)| (key.trim(), Some(value.trim()))))
        .collect()
}

impl LoadedConfig {
    /// Reads a line: what it does not say is as usual.
    ///
    /// # Errors
    ///
    /// Every part that is no setting, or says what a setting cannot be.
    pub fn parse_line(line: &str) -> Result<Self, Problems> {
        let mut loaded = Self::default();
        let mut problems = Vec::new();
        let pairs = pairs(line);
        if pairs.is_empty() {
            problems.push(no_pair(line.trim()));
        }
        for (key, value) in pairs {
            match value {
                Some(value) => problems.extend(loaded.set_written(key, value, Origin::Window).err()),
                None => problems.push(no_pair(key)),
            }
        }
        if problems.is_empty() { Ok(loaded) } else { Err(Problems(problems)) }
    }
}

/// Letters of a part that are shown when it is none.
const SHOWN: usize = 60;

fn no_pair(part: &str) -> Problem {
    let shown: String = part.chars().take(SHOWN).collect();
    let allowed = Box::new(Allowed::Words("seed=1;network.growth=12".to_owned()));
    Problem {
        origin: Some(Origin::Window),
        field: "key=value".to_owned(),
        found: Found::Written(format!("'{shown}'")),
        allowed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::PRESETS;
    use crate::data::Source;

    #[test]
    fn a_line_says_what_is_not_as_usual_and_reads_back_the_same() {
        assert_eq!(RunConfig::default().to_line(), "seed=1");
        for preset in PRESETS {
            let mut config = RunConfig::from_preset(preset);
            config.training.learning_rate = 1e-4;
            config.data.source = Source::named("/a folder; with = and 汉字");
            let line = config.to_line();
            assert_eq!(LoadedConfig::parse_line(&line).unwrap().config, config, "{line}");
            assert_eq!(LoadedConfig::parse_line(&format!("  densescope://{line};\n")).unwrap().config, config);
        }
    }

    #[test]
    fn every_part_that_cannot_be_is_named() {
        let error = |line| LoadedConfig::parse_line(line).unwrap_err().to_string();
        let words = error("network.growth=0; network.grwth=3; seed; network.blocks=4,4");
        for part in ["network.growth: found 0", "did you mean network.growth?", "found 'seed'"] {
            assert!(words.contains(part), "{words}");
        }
        assert!(error("  ").contains("network.growth=12"));
        assert!(error(&"x".repeat(10_000)).len() < 300);
    }
}
