//! What a setting may be, and what is wrong with one.

use super::InWords;
use std::ops::Bound;

use crate::arch::{Width, WidthRule};
use crate::config::{
    Access, Allowed, ConfigError, Found, Integer, Integers, NoImages, Number, Origin, Problem, Problems, quoted,
};
use crate::text::Text;

impl InWords for Access {
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
            Self::Path(_) => text.say("ui.allowed.source").to_owned(), // the one setting that is a path
        }
    }
}

impl InWords for Found {
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

impl InWords for Allowed {
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
            Self::Words(words) => words.clone(),
        }
    }
}

impl InWords for Problem {
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

impl InWords for Problems {
    fn in_words(&self, text: &Text) -> String {
        self.0.iter().map(|problem| problem.in_words(text)).collect::<Vec<_>>().join("\n")
    }
}

impl InWords for ConfigError {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Unreadable { file, error } => {
                let error = error.in_words(text);
                text.fill("reason.config_unreadable", &[("file", &file.display()), ("error", &error)])
            }
            Self::TooLarge { file, length, most } => {
                text.fill("reason.config_too_large", &[("file", &file.display()), ("length", length), ("most", most)])
            }
            Self::Syntax { file, line, message } => {
                text.fill("reason.no_toml", &[("file", &file.display()), ("line", line), ("message", message)])
            }
            Self::Problems(problems) => problems.in_words(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{FIELDS, LoadedConfig, Plan, fields};
    use crate::data::describe;
    use crate::text::Language;

    fn loaded(toml: &str) -> Result<LoadedConfig, ConfigError> {
        LoadedConfig::parse(toml, Path::new("lesson.toml"))
    }

    #[test]
    fn english_says_what_the_command_line_says() {
        let text = Text::of(Language::English);
        for field in FIELDS {
            assert_eq!(field.access.in_words(text), field.access.to_string(), "{}", field.name);
        }
        let wrong = "version = 2\nsed = 1\nzzz = 1\n[network]\ngrowth = 0\nk0 = \"many\"\nblocks = [4, \"4\"]\nstem = 1.5\nbottleneck = 1\n[training]\nsteps = true\ndata = 3\nbackend = { }\n";
        for wrong in [wrong, "data = 3", "seed = [", "[network.growth]\nk = 1"] {
            let error = loaded(wrong).unwrap_err();
            assert_eq!(error.in_words(text), error.to_string());
        }
        for unfit in [
            "data.train = 999999\ntraining.batch = 128",
            "data.train = 8\ndata.validation = 99999",
            "network.blocks = [1, 1, 1, 1, 1, 1]",
            "network.blocks = [1, 1, 1, 1, 1]\ntraining.batch = 1",
            "network.growth = 512\nnetwork.blocks = [100, 100, 100]\nnetwork.bottleneck = true",
            "data.source = \"no-such-folder\"",
        ] {
            let loaded = loaded(unfit).unwrap();
            let problems = match describe(&loaded.config.data.source) {
                Ok(data) => Plan::new(&loaded, &data).unwrap_err(),
                Err(error) => {
                    let found = fields::SOURCE.problem(Found::Written("'no-such-folder'".to_owned()), None);
                    Problems(vec![Problem { allowed: Box::new(Allowed::Source(NoImages(error.into()))), ..found }])
                }
            };
            assert_eq!(problems.in_words(text), problems.to_string());
        }
    }

    #[test]
    fn chinese_says_it_in_chinese() {
        let text = Text::of(Language::Chinese);
        let words = loaded("[network]\ngrowth = 0\nblock = 3").unwrap_err().in_words(text);
        assert_eq!(
            words,
            "lesson.toml:2: network.growth：给出 0；允许：1 到 512 的整数\n\
             lesson.toml:3: network.block：给出 未知的键（是否想写 blocks？）；允许：blocks, growth, k0, compression, bottleneck, baseline_width, normalization, dropout, stem"
        );
        let loaded = loaded("network.blocks = [1, 1, 1, 1, 1, 1]").unwrap();
        let problems = Plan::new(&loaded, &describe(&loaded.config.data.source).unwrap()).unwrap_err();
        let words = problems.in_words(text);
        assert!(words.contains("最多 5 个块"), "{words}");
    }
}
