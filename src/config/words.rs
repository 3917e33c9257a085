//! What a setting may be, and what is wrong with one.

use std::ops::Bound;

use super::access::{Access, Integer, Integers, Number, quoted};
use super::origin::Origin;
use super::problem::{Allowed, Found, NoImages, Problem, Problems};
use super::read::ConfigError;
use super::warning::Warning;
use crate::arch::{Width, WidthRule};
use crate::text::{Localized, Text, display_in_english};

display_in_english!(Access, Found, Allowed, Problem, Problems, Warning, ConfigError);

impl Localized for Access {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Integer(Integer { range, .. }) if *range.end() == i64::MAX.into() => {
                text.fill("ui.allowed.integer_from", &[("min", range.start())])
            }
            Self::Integer(Integer { range, .. }) => {
                text.fill("ui.allowed.integer", &[("min", range.start()), ("max", range.end())])
            }
            Self::Number(Number { range: (low, high), .. }) => {
                let low = match low {
                    Bound::Included(low) => text.fill("ui.allowed.from", &[("min", low)]),
                    Bound::Excluded(low) => text.fill("ui.allowed.above", &[("min", low)]),
                    Bound::Unbounded => String::new(),
                };
                let high = match high {
                    Bound::Included(high) => text.fill("ui.allowed.up_to", &[("max", high)]),
                    Bound::Excluded(high) => text.fill("ui.allowed.below", &[("max", high)]),
                    Bound::Unbounded => String::new(),
                };
                text.fill("ui.allowed.number", &[("low", &low), ("high", &high)])
            }
            Self::Choices(choices) => text.fill("ui.allowed.choices", &[("words", &quoted(choices.words))]),
            Self::Integers(Integers { longest, range, .. }) => {
                let (min, max) = (range.start(), range.end());
                text.fill("ui.allowed.integers", &[("longest", longest), ("min", min), ("max", max)])
            }
            Self::Width(_) => {
                let words = quoted(WidthRule::WORDS);
                text.fill("ui.allowed.width", &[("words", &words), ("min", &Width::MIN), ("max", &Width::MAX)])
            }
            Self::Switch(_) => text.say("ui.allowed.switch").to_owned(),
            Self::Choice(choice) => quoted(choice.words),
            Self::Path(path) => text.say(path.allowed).to_owned(),
        }
    }
}

impl Localized for Found {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Written(written) => written.clone(),
            Self::Item { written, type_name } => {
                let kind = match *type_name {
                    "integer" => text.say("reason.type.integer"),
                    "float" => text.say("reason.type.float"),
                    "string" => text.say("reason.type.string"),
                    "boolean" => text.say("reason.type.boolean"),
                    "array" => text.say("reason.type.array"),
                    "table" => text.say("reason.type.table"),
                    "inline table" => text.say("reason.type.inline_table"),
                    other => other,
                };
                match written {
                    Some(written) => text.fill("reason.item", &[("written", written), ("kind", &kind)]),
                    None => kind.to_owned(),
                }
            }
            Self::UnknownKey { like: None } => text.say("reason.unknown_key").to_owned(),
            Self::UnknownKey { like: Some(name) } => text.fill("reason.unknown_key_like", &[("name", name)]),
            Self::Parameters { network, count } => {
                text.fill("reason.parameters", &[("network", network), ("count", count)])
            }
        }
    }
}

impl Localized for Allowed {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Setting(field) => field.access.in_words(text),
            Self::Keys(keys) => keys.join(", "),
            Self::Table(name) => text.fill("reason.table", &[("name", name)]),
            Self::Version => text.say("reason.version").to_owned(),
            Self::Images { most, source } => text.fill("reason.images", &[("most", most), ("source", source)]),
            Self::Batch { most } => text.fill("reason.batch", &[("most", most)]),
            Self::Statistics { block } => text.fill("reason.statistics", &[("block", block)]),
            Self::Blocks { most, image, height, width } => {
                let key = if *most == 1 { "reason.one_block" } else { "reason.blocks" };
                text.fill(key, &[("most", most), ("image", image), ("height", height), ("width", width)])
            }
            Self::Parameters { most } => text.fill("reason.most_parameters", &[("most", most)]),
            Self::Source(NoImages(error)) => error.in_words(text),
            Self::Path(field) => text.fill("reason.path", &[("allowed", &field.access.in_words(text))]),
            Self::Words(words) => words.clone(),
        }
    }
}

impl Localized for Warning {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::TwoNumbers { block } => text.fill("warning.two_numbers", &[("block", block)]),
            Self::SmallSteps { learning_rate } => text.fill("warning.small_steps", &[("learning_rate", learning_rate)]),
            Self::Decay { weight_decay } => text.fill("warning.decay", &[("weight_decay", weight_decay)]),
        }
    }
}

impl Localized for Problem {
    fn in_words(&self, text: &Text) -> String {
        let Self { origin, field, found, allowed } = self;
        let (found, allowed) = (found.in_words(text), allowed.in_words(text));
        let words = text.fill("reason.problem", &[("field", field), ("found", &found), ("allowed", &allowed)]);
        match origin {
            Some(origin @ (Origin::File { .. } | Origin::Flag(_))) => format!("{origin}: {words}"),
            Some(Origin::Window) | None => words,
        }
    }
}

impl Localized for Problems {
    fn in_words(&self, text: &Text) -> String {
        self.0.iter().map(|problem| problem.in_words(text)).collect::<Vec<_>>().join("\n")
    }
}

impl Localized for ConfigError {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Unreadable { file, error } => {
                let error = error.in_words(text);
                text.fill("reason.config_unreadable", &[("file", &file.display()), ("error", &error)])
            }
            Self::TooLarge { file, length, most } => {
                text.fill("reason.config_too_large", &[("file", &file.display()), ("length", length), ("most", most)])
            }
            Self::NotText { file, line, byte } => {
                let byte = format!("{byte:#04x}");
                text.fill("reason.not_text", &[("file", &file.display()), ("line", line), ("byte", &byte)])
            }
            Self::Syntax { file, line, message, backslash } => {
                let hint = if *backslash { text.say("reason.backslash") } else { "" };
                let message = format!("{message}{hint}");
                text.fill("reason.no_toml", &[("file", &file.display()), ("line", line), ("message", &message)])
            }
            Self::Problems(problems) => problems.in_words(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{LoadedConfig, Plan};
    use crate::data::describe;
    use crate::text::Language;

    fn loaded(toml: &str) -> Result<LoadedConfig, ConfigError> {
        LoadedConfig::parse(toml, Path::new("lesson.toml"))
    }

    #[test]
    fn chinese_says_it_in_chinese() {
        let text = Text::of(Language::Chinese);
        let words = loaded("[network]\ngrowth = 0\nblock = 3").unwrap_err().in_words(text);
        assert_eq!(
            words,
            "lesson.toml:2: network.growth：给出 0；允许：1 到 512 的整数\n\
             lesson.toml:3: network.block：给出 未知的键（是否想写 blocks？）；允许：blocks, growth, k0, compression, bottleneck, baseline_width, normalization, dropout, stem, residual_start"
        );
        let loaded = loaded("network.blocks = [1, 1, 1, 1, 1, 1]").unwrap();
        let problems = Plan::new(&loaded, &describe(&loaded.config.data).unwrap()).unwrap_err();
        let words = problems.in_words(text);
        assert!(words.contains("最多 5 个块"), "{words}");
    }
}
