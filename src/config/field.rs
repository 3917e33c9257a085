//! Every setting, once: its name, symbol, meaning and rule, and how to read and write it.

use super::origin::Origin;
use super::problem::{Allowed, Found, Problem};
use super::rule::{Rule, Value, WIDTH_WORDS};
use super::run_config::{Backend, Optimizer, RunConfig, Schedule};
use crate::arch::{Compression, NetworkKind, Normalization, Stem, Width, WidthRule};
use crate::data::Source;

/// The part of the file that a setting stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Before the first header.
    Top,
    /// `[data]`
    Data,
    /// `[network]`
    Network,
    /// `[training]`
    Training,
}

impl Section {
    /// Every section in the order of the file.
    pub const ALL: [Self; 4] = [Self::Top, Self::Data, Self::Network, Self::Training];

    /// Its header; empty at the top.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Top => "",
            Self::Data => "data",
            Self::Network => "network",
            Self::Training => "training",
        }
    }
}

/// One setting.
pub struct Field {
    /// Where it stands in the file.
    pub section: Section,
    /// Its key.
    pub key: &'static str,
    /// The paper's symbol, where it has one.
    pub symbol: Option<&'static str>,
    /// What it means, in one line.
    pub about: &'static str,
    /// What it may be.
    pub rule: Rule,
    /// Reads it.
    pub get: fn(&RunConfig) -> Value,
    /// Writes a value that keeps the rule.
    set: fn(&mut RunConfig, Value),
}

impl Field {
    /// Its full name, such as `network.growth`.
    pub fn name(&self) -> String {
        qualified(self.section, self.key)
    }

    /// The setting of that full name.
    ///
    /// # Panics
    ///
    /// When there is none: names are written in the source.
    pub fn named(name: &str) -> &'static Self {
        FIELDS.iter().find(|field| field.name() == name).unwrap_or_else(|| panic!("no setting is called {name}"))
    }

    /// Writes the value, if it keeps the rule.
    ///
    /// # Errors
    ///
    /// What was found and what is allowed; the configuration is as it was.
    pub fn try_set(&self, config: &mut RunConfig, value: Value, origin: Option<Origin>) -> Result<(), Problem> {
        if !self.rule.allows(&value) {
            return Err(self.problem(value.to_string(), origin));
        }
        (self.set)(config, value);
        Ok(())
    }

    /// A problem of this field.
    pub fn problem(&self, found: String, origin: Option<Origin>) -> Problem {
        Problem {
            origin,
            field: self.name(),
            found: Found::Written(found),
            allowed: Box::new(Allowed::Rule(self.rule)),
        }
    }
}

/// `section.key`, or the key alone at the top.
pub(super) fn qualified(section: Section, key: &str) -> String {
    match section {
        Section::Top => key.to_owned(),
        Section::Data | Section::Network | Section::Training => format!("{}.{key}", section.name()),
    }
}

/// Every setting in the order of the file.
pub const FIELDS: &[Field] = &[
    Field {
        section: Section::Top,
        key: "seed",
        symbol: None,
        about: "weights, batches and generated images follow from it",
        rule: Rule::Integer { min: 0, max: i64::MAX },
        get: |config| Value::Integer(config.seed.cast_signed()),
        set: |config, value| config.seed = integer(&value).cast_unsigned(),
    },
    Field {
        section: Section::Data,
        key: "source",
        symbol: None,
        about: "\"fashion-mnist\" (built in), \"shapes\" (generated), or a folder of IDX or CIFAR binary files",
        rule: Rule::Text { allowed: "\"fashion-mnist\", \"shapes\", or a folder of IDX or CIFAR binary files" },
        get: |config| Value::Text(config.data.source.to_string()),
        set: |config, value| config.data.source = text(&value).parse::<Source>().expect("any text names a source"),
    },
    Field {
        section: Section::Data,
        key: "train",
        symbol: None,
        about: "training images used",
        rule: Rule::Integer { min: 1, max: 10_000_000 },
        get: |config| count(config.data.train),
        set: |config, value| config.data.train = size(&value),
    },
    Field {
        section: Section::Data,
        key: "validation",
        symbol: None,
        about: "validation images used",
        rule: Rule::Integer { min: 1, max: 10_000_000 },
        get: |config| count(config.data.validation),
        set: |config, value| config.data.validation = size(&value),
    },
    Field {
        section: Section::Network,
        key: "blocks",
        symbol: Some("L"),
        about: "layers in each block",
        rule: Rule::Integers { longest: 8, min: 1, max: 256 },
        get: |config| Value::Integers(config.network.blocks.iter().map(|&layers| small(layers)).collect()),
        set: |config, value| config.network.blocks = sizes(&value),
    },
    Field {
        section: Section::Network,
        key: "stem",
        symbol: None,
        about: "\"3x3\" for small images, \"7x7\" with two halvings for ImageNet's",
        rule: Rule::Choice(&["3x3", "7x7"]),
        get: |config| {
            Value::Text(match config.network.stem {
                Stem::ThreeByThree => "3x3".to_owned(),
                Stem::SevenBySeven => "7x7".to_owned(),
            })
        },
        set: |config, value| {
            config.network.stem = if text(&value) == "7x7" { Stem::SevenBySeven } else { Stem::ThreeByThree };
        },
    },
    Field {
        section: Section::Network,
        key: "k0",
        symbol: Some("k0"),
        about: "channels the stem makes for the dense network",
        rule: Rule::Integer { min: 1, max: 1024 },
        get: |config| count(config.network.k0),
        set: |config, value| config.network.k0 = size(&value),
    },
    Field {
        section: Section::Network,
        key: "growth",
        symbol: Some("k"),
        about: "growth rate: channels each dense layer makes",
        rule: Rule::Integer { min: 1, max: 512 },
        get: |config| count(config.network.growth),
        set: |config, value| config.network.growth = size(&value),
    },
    Field {
        section: Section::Network,
        key: "bottleneck",
        symbol: Some("B"),
        about: "two convolutions in every layer: for dense a 1x1 to 4k channels before the 3x3",
        rule: Rule::Switch,
        get: |config| Value::Switch(config.network.bottleneck),
        set: |config, value| config.network.bottleneck = switch(&value),
    },
    Field {
        section: Section::Network,
        key: "compression",
        symbol: Some("θ"),
        about: "percent of its channels that a dense transition keeps",
        rule: Rule::Integer { min: 1, max: 100 },
        get: |config| Value::Integer(config.network.compression.percent.into()),
        set: |config, value| config.network.compression = Compression { percent: percent(&value) },
    },
    Field {
        section: Section::Network,
        key: "normalization",
        symbol: Some("BN"),
        about: "\"batch\", or \"none\" to see what batch norm hides",
        rule: Rule::Choice(&["batch", "none"]),
        get: |config| {
            Value::Text(match config.network.normalization {
                Normalization::Batch => "batch".to_owned(),
                Normalization::None => "none".to_owned(),
            })
        },
        set: |config, value| {
            config.network.normalization =
                if text(&value) == "none" { Normalization::None } else { Normalization::Batch };
        },
    },
    Field {
        section: Section::Network,
        key: "baseline_width",
        symbol: Some("w"),
        about: "channels of the residual and plain networks' first block, or what to match with the dense network",
        rule: Rule::Width,
        get: |config| match config.network.baseline_width {
            WidthRule::MatchParameters => Value::Text(WIDTH_WORDS[0].to_owned()),
            WidthRule::MatchMultiplyAdds => Value::Text(WIDTH_WORDS[1].to_owned()),
            WidthRule::Fixed(width) => Value::Number(width.as_number()),
        },
        set: |config, value| {
            config.network.baseline_width = match &value {
                Value::Text(word) if word == WIDTH_WORDS[0] => WidthRule::MatchParameters,
                Value::Text(_) => WidthRule::MatchMultiplyAdds,
                other => WidthRule::Fixed(Width::from_number(number(other)).expect("the rule was kept")),
            };
        },
    },
    Field {
        section: Section::Network,
        key: "dropout",
        symbol: None,
        about: "percent of each convolution's outputs that training sets to zero",
        rule: Rule::Integer { min: 0, max: 90 },
        get: |config| Value::Integer(config.network.dropout_percent.into()),
        set: |config, value| config.network.dropout_percent = percent(&value),
    },
    Field {
        section: Section::Training,
        key: "networks",
        symbol: None,
        about: "which networks are trained, on the same batches",
        rule: Rule::Choices(&NetworkKind::NAMES),
        get: |config| Value::Words(config.training.networks.iter().map(ToString::to_string).collect()),
        set: |config, value| config.training.networks = kinds(&value),
    },
    Field {
        section: Section::Training,
        key: "batch",
        symbol: None,
        about: "images in a batch",
        rule: Rule::Integer { min: 1, max: 4096 },
        get: |config| count(config.training.batch),
        set: |config, value| config.training.batch = size(&value),
    },
    Field {
        section: Section::Training,
        key: "steps",
        symbol: None,
        about: "batches to learn from",
        rule: Rule::Integer { min: 1, max: 100_000_000 },
        get: |config| count(config.training.steps),
        set: |config, value| config.training.steps = size(&value),
    },
    Field {
        section: Section::Training,
        key: "optimizer",
        symbol: None,
        about: "\"sgd\" with Nesterov momentum, or \"adam\"",
        rule: Rule::Choice(Optimizer::WORDS),
        get: |config| Value::Text(config.training.optimizer.name().to_owned()),
        set: |config, value| config.training.optimizer = Optimizer::from_name(text(&value)).expect("the rule was kept"),
    },
    Field {
        section: Section::Training,
        key: "learning_rate",
        symbol: Some("η"),
        about: "length of the first steps",
        rule: Rule::Number { min: 0.0, max: 1e6, above_min: true, below_max: false },
        get: |config| Value::Number(config.training.learning_rate),
        set: |config, value| config.training.learning_rate = number(&value),
    },
    Field {
        section: Section::Training,
        key: "schedule",
        symbol: None,
        about: "\"step\": a tenth after 50 % and again after 75 % of the steps; or \"cosine\", \"constant\"",
        rule: Rule::Choice(Schedule::WORDS),
        get: |config| Value::Text(config.training.schedule.name().to_owned()),
        set: |config, value| config.training.schedule = Schedule::from_name(text(&value)).expect("the rule was kept"),
    },
    Field {
        section: Section::Training,
        key: "momentum",
        symbol: Some("μ"),
        about: "share of the last step's velocity that SGD keeps",
        rule: Rule::Number { min: 0.0, max: 1.0, above_min: false, below_max: true },
        get: |config| Value::Number(config.training.momentum),
        set: |config, value| config.training.momentum = number(&value),
    },
    Field {
        section: Section::Training,
        key: "weight_decay",
        symbol: Some("λ"),
        about: "pull of every parameter towards zero",
        rule: Rule::Number { min: 0.0, max: 1.0, above_min: false, below_max: false },
        get: |config| Value::Number(config.training.weight_decay),
        set: |config, value| config.training.weight_decay = number(&value),
    },
    Field {
        section: Section::Training,
        key: "evaluate_every",
        symbol: None,
        about: "steps between validations",
        rule: Rule::Integer { min: 1, max: 100_000_000 },
        get: |config| count(config.training.evaluate_every),
        set: |config, value| config.training.evaluate_every = size(&value),
    },
    Field {
        section: Section::Training,
        key: "probe_every",
        symbol: None,
        about: "steps between two readings of the gradient by connection and of feature reuse",
        rule: Rule::Integer { min: 1, max: 100_000_000 },
        get: |config| count(config.training.probe_every),
        set: |config, value| config.training.probe_every = size(&value),
    },
    Field {
        section: Section::Training,
        key: "backend",
        symbol: None,
        about: "\"flex\", the fast one, or \"ndarray\", a slow second opinion",
        rule: Rule::Choice(Backend::WORDS),
        get: |config| Value::Text(config.training.backend.name().to_owned()),
        set: |config, value| config.training.backend = Backend::from_name(text(&value)).expect("the rule was kept"),
    },
];

const KEPT: &str = "the rule was checked before";

fn integer(value: &Value) -> i64 {
    if let Value::Integer(number) = value { *number } else { unreachable!("{KEPT}") }
}

fn size(value: &Value) -> usize {
    usize::try_from(integer(value)).expect(KEPT)
}

fn percent(value: &Value) -> u32 {
    u32::try_from(integer(value)).expect(KEPT)
}

fn count(number: usize) -> Value {
    Value::Integer(small(number))
}

fn small(number: usize) -> i64 {
    i64::try_from(number).expect("settings are small")
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Number(number) => *number,
        Value::Integer(number) => *number as f64,
        Value::Switch(_) | Value::Text(_) | Value::Integers(_) | Value::Words(_) => unreachable!("{KEPT}"),
    }
}

fn switch(value: &Value) -> bool {
    if let Value::Switch(on) = value { *on } else { unreachable!("{KEPT}") }
}

fn text(value: &Value) -> &str {
    if let Value::Text(text) = value { text } else { unreachable!("{KEPT}") }
}

fn sizes(value: &Value) -> Vec<usize> {
    if let Value::Integers(numbers) = value {
        numbers.iter().map(|&number| usize::try_from(number).expect(KEPT)).collect()
    } else {
        unreachable!("{KEPT}")
    }
}

fn kinds(value: &Value) -> Vec<NetworkKind> {
    if let Value::Words(words) = value {
        words.iter().map(|word| word.parse().expect(KEPT)).collect()
    } else {
        unreachable!("{KEPT}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_of_the_default_run_keeps_its_own_rule_and_can_be_written_back() {
        let config = RunConfig::default();
        for field in FIELDS {
            let mut copy = config.clone();
            let value = (field.get)(&config);
            field.try_set(&mut copy, value.clone(), None).unwrap_or_else(|problem| panic!("{problem}"));
            assert_eq!(copy, config, "{} with {value}", field.name());
        }
    }

    #[test]
    fn a_value_out_of_range_is_named_with_what_is_allowed_and_changes_nothing() {
        let mut config = RunConfig::default();
        for (name, value) in [
            ("network.growth", Value::Integer(0)),
            ("network.compression", Value::Integer(101)),
            ("network.blocks", Value::Integers(vec![4, 0])),
            ("network.baseline_width", Value::Number(5.3)),
            ("training.learning_rate", Value::Number(0.0)),
            ("training.momentum", Value::Number(1.0)),
            ("training.networks", Value::Words(vec![])),
        ] {
            let field = Field::named(name);
            let problem = field.try_set(&mut config, value.clone(), None).unwrap_err().to_string();
            for part in [name, &value.to_string(), &field.rule.to_string()] {
                assert!(problem.contains(part), "{part} is missing in: {problem}");
            }
        }
        assert_eq!(config, RunConfig::default());
    }
}
