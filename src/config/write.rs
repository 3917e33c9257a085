//! From a configuration to a TOML file that says all of it, with what each setting means.

use std::fmt::Write as _;

use toml_edit::{Array, value};

use super::access::Access;
use super::field::Field;
use super::run_config::RunConfig;
use super::value::Value;

impl RunConfig {
    /// The whole configuration as a file; reading it gives the same configuration, from whichever folder.
    pub fn to_toml(&self) -> String {
        let mut text = String::from("version = 1\n");
        for section in Field::SECTIONS {
            if !section.is_empty() {
                write!(text, "\n[{section}]\n").expect("a string takes any text");
            }
            for field in Field::of_section(section) {
                let value = match (&field.access, field.get(self)) {
                    (Access::Path(path), Value::Text(text)) => Value::Text(path.absolute(text)),
                    (_, value) => value,
                };
                let line = format!("{} = {}", field.key(), written(&value));
                writeln!(text, "{line:<38} # {}", field.about).expect("a string takes any text");
            }
        }
        text
    }
}

fn written(setting: &Value) -> String {
    match setting {
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => value(*number).to_string(),
        Value::Switch(on) => on.to_string(),
        Value::Text(text) => value(text).to_string(),
        Value::Integers(numbers) => format!("{numbers:?}"),
        Value::Words(words) => value(words.iter().map(String::as_str).collect::<Array>()).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::arch::PRESETS;
    use crate::config::LoadedConfig;
    use crate::data::Source;

    #[test]
    fn what_is_written_reads_back_the_same_for_every_preset() {
        for preset in PRESETS {
            let mut config = RunConfig::from_preset(preset);
            config.training.learning_rate = 1e-4;
            let absolute = std::env::temp_dir().join("a \"quoted\" folder\\with 汉字");
            config.data.source = Source::Folder(absolute);
            let text = config.to_toml();
            let read =
                LoadedConfig::parse(&text, Path::new("written.toml")).unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert_eq!(read.config, config, "{text}");
        }
    }
}
