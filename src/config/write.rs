//! From a configuration to a TOML file that says all of it, with what each setting means.

use std::fmt::Write as _;

use toml_edit::{Array, value};

use super::field::{FIELDS, Section};
use super::rule::Value;
use super::run_config::RunConfig;

impl RunConfig {
    /// The whole configuration as a file; reading it gives the same configuration.
    pub fn to_toml(&self) -> String {
        let mut text = String::from("version = 1\n");
        for section in Section::ALL {
            if section != Section::Top {
                write!(text, "\n[{}]\n", section.name()).expect("a string takes any text");
            }
            for field in FIELDS.iter().filter(|field| field.section == section) {
                let line = format!("{} = {}", field.key, written(&(field.get)(self)));
                writeln!(text, "{line:<38} # {}", field.about).expect("a string takes any text");
            }
        }
        text
    }
}

fn written(setting: &Value) -> String {
    let item = match setting {
        Value::Integer(number) => value(*number),
        Value::Number(number) => value(*number),
        Value::Switch(on) => value(*on),
        Value::Text(text) => value(text),
        Value::Integers(numbers) => value(numbers.iter().copied().collect::<Array>()),
        Value::Words(words) => value(words.iter().map(String::as_str).collect::<Array>()),
    };
    item.to_string()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::arch::PRESETS;
    use crate::config::LoadedConfig;

    #[test]
    fn what_is_written_reads_back_the_same_for_every_preset() {
        for preset in PRESETS {
            let mut config = RunConfig::from_preset(preset);
            config.training.learning_rate = 1e-4;
            config.data.source = "a \"quoted\" folder\\with 汉字".parse().unwrap();
            let text = config.to_toml();
            let read =
                LoadedConfig::parse(&text, Path::new("written.toml")).unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert_eq!(read.config, config, "{text}");
        }
    }
}
