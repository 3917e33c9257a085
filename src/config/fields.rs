//! Every setting, once. The file, `--set`, the build panel and the report follow from this list, in this order.
//!
//! A new setting is an entry here, its place in [`RunConfig`](super::RunConfig), and its words `field.NAME` (and `option.NAME`, if it is a choice)
//! in each language.

use std::ops::Bound::{Excluded, Included};

use super::access::{Access, Choice, Choices, Control, Integer, Integers, Number, Path, Step, Switch, WidthAccess};
use super::field::{Field, Group};
use super::run_config::{Backend, Optimizer, Schedule};
use crate::arch::{NetworkKind, Normalization, ResidualStart, Stem};
use crate::data::{Augment, Labels, Source};

macro_rules! fields {
    ($($id:ident = $name:literal, $about:literal, $group:ident, $access:expr $(, $with:ident($what:expr))*;)+) => {
        $(
            #[doc = $about]
            pub static $id: Field = Field::new($name, $about, Group::$group, $access)$(.$with($what))*;
        )+

        /// Every setting: group by group as the window shows them. A file has them table by table.
        pub static FIELDS: &[&Field] = &[$(&$id),+];
    };
}

/// A whole number at a place of the configuration that is a `usize`.
macro_rules! count {
    ($section:ident.$place:ident, $range:expr, $control:expr) => {
        Access::Integer(Integer {
            range: $range,
            control: $control,
            get: |config| config.$section.$place as i128,
            set: |config, number| number.try_into().map(|number| config.$section.$place = number),
        })
    };
}

/// Any number.
macro_rules! number {
    ($section:ident.$place:ident, $low:expr, $high:expr, $control:expr) => {
        Access::Number(Number {
            range: ($low, $high),
            control: $control,
            get: |config| config.$section.$place,
            set: |config, number| config.$section.$place = number,
        })
    };
}

/// One word of a type that has `WORDS`, `name` and `from_name`.
macro_rules! choice {
    ($section:ident.$place:ident, $type:ty) => {
        Access::Choice(Choice {
            words: <$type>::WORDS,
            get: |config| config.$section.$place.name(),
            set: |config, word| <$type>::from_name(word).map(|choice| config.$section.$place = choice),
        })
    };
}

fields! {
    NETWORKS = "training.networks", "which networks are trained, on the same batches", Networks,
        Access::Choices(Choices {
            words: NetworkKind::WORDS,
            get: |config| config.training.networks.iter().map(|kind| kind.name()).collect(),
            set: |config, words| {
                config.training.networks = words.iter().map(|word| NetworkKind::from_name(word)).collect::<Option<_>>()?;
                Some(())
            },
        });
    BLOCKS = "network.blocks", "layers in each block", Networks,
        Access::Integers(Integers {
            longest: 8,
            range: 1..=256,
            control: Control::by(Step::Add(1.0)).slider(1.0, 32.0),
            get: |config| config.network.blocks.iter().map(|&layers| layers as i128).collect(),
            set: |config, layers| {
                config.network.blocks = layers.iter().map(|&layers| layers.try_into()).collect::<Result<_, _>>()?;
                Ok(())
            },
        }),
        symbol("L");
    GROWTH = "network.growth", "growth rate: channels each dense layer makes", Networks,
        count!(network.growth, 1..=512, Control::by(Step::Add(1.0)).slider(1.0, 48.0)), symbol("k");
    K0 = "network.k0", "channels the stem makes for the dense network", Networks,
        count!(network.k0, 1..=1024, Control::by(Step::Add(1.0)).slider(1.0, 96.0)), symbol("k0");
    COMPRESSION = "network.compression", "percent of its channels that a dense transition keeps", Networks,
        Access::Integer(Integer {
            range: 1..=100,
            control: Control::by(Step::Add(5.0)).slider(1.0, 100.0),
            get: |config| config.network.compression.percent.into(),
            set: |config, number| number.try_into().map(|percent| config.network.compression.percent = percent),
        }),
        symbol("θ");
    BOTTLENECK = "network.bottleneck", "two convolutions in every layer: for dense a 1x1 to 4k channels before the 3x3", Networks,
        Access::Switch(Switch {
            get: |config| config.network.bottleneck,
            set: |config, on| config.network.bottleneck = on,
        }),
        symbol("B");
    BASELINE_WIDTH = "network.baseline_width",
        "channels of the residual and plain networks' first block, or what to match with the dense network", Networks,
        Access::Width(WidthAccess {
            control: Control::by(Step::Add(0.25)).slider(1.0, 64.0),
            get: |config| config.network.baseline_width,
            set: |config, rule| config.network.baseline_width = rule,
        }),
        symbol("w");
    NORMALIZATION = "network.normalization", "\"batch\", or \"none\" to see what batch norm hides", Networks,
        choice!(network.normalization, Normalization), symbol("BN");

    DROPOUT = "network.dropout", "percent of the outputs of each convolution but the first that training sets to zero", MoreNetworks,
        Access::Integer(Integer {
            range: 0..=90,
            control: Control::by(Step::Add(5.0)).slider(0.0, 90.0),
            get: |config| config.network.dropout_percent.into(),
            set: |config, number| number.try_into().map(|percent| config.network.dropout_percent = percent),
        });
    STEM = "network.stem", "\"3x3\" for small images, \"7x7\" with two halvings for ImageNet's", MoreNetworks,
        choice!(network.stem, Stem);
    RESIDUAL_START = "network.residual_start",
        "\"he\", or \"zero\": the last convolution of each residual branch starts at 0, the network as the identity", MoreNetworks,
        choice!(network.residual_start, ResidualStart),
        applies(|config| config.training.networks.iter().any(|kind| kind.merge().has_identity()));

    SOURCE = "data.source", "\"fashion-mnist\" (built in), \"shapes\" (generated), or a folder of images", Data,
        Access::Path(Path {
            words: Source::WORDS,
            allowed: "ui.allowed.source",
            get: |config| config.data.source.to_string(),
            set: |config, text| config.data.source = Source::named(text),
        });
    TRAIN = "data.train", "training images used", Data,
        count!(data.train, 1..=10_000_000, Control::by(Step::OneTwoFive));
    VALIDATION = "data.validation", "validation images used", Data,
        count!(data.validation, 1..=10_000_000, Control::by(Step::OneTwoFive));
    SIZE = "data.size", "side to which pictures are brought, in pixels; data of one size keep theirs", Data,
        count!(data.size, 4..=1024, Control::by(Step::Double)), applies(|config| is_folder(&config.data.source));
    LABELS = "data.labels", "CIFAR-100: \"fine\" for 100 classes, or \"coarse\" for 20", Data,
        choice!(data.labels, Labels), applies(|config| is_folder(&config.data.source));
    AUGMENT = "data.augment", "\"none\", or \"shift-flip\": training images shifted by up to 4 pixels and mirrored", Data,
        choice!(data.augment, Augment);

    LEARNING_RATE = "training.learning_rate", "length of the first steps", Training,
        number!(training.learning_rate, Excluded(0.0), Included(1e6), Control::by(Step::OneTwoFive).logarithmic(1e-4, 1.0)),
        symbol("η");
    BATCH = "training.batch", "images in a batch", Training,
        count!(training.batch, 1..=4096, Control::by(Step::Double).logarithmic(1.0, 256.0));
    STEPS = "training.steps", "batches to learn from", Training,
        count!(training.steps, 1..=100_000_000, Control::by(Step::OneTwoFive).logarithmic(100.0, 20_000.0));
    OPTIMIZER = "training.optimizer", "\"sgd\" with Nesterov momentum, or \"adam\"", Training,
        choice!(training.optimizer, Optimizer);
    SCHEDULE = "training.schedule",
        "\"step\": a tenth after 50 % and again after 75 % of the steps; or \"cosine\", \"constant\"", Training,
        choice!(training.schedule, Schedule);
    SEED = "seed", "weights, batches and generated images follow from it", Training,
        Access::Integer(Integer {
            range: 0..=i64::MAX as i128,
            control: Control::by(Step::Add(1.0)),
            get: |config| config.seed.into(),
            set: |config, number| number.try_into().map(|seed| config.seed = seed),
        });

    MOMENTUM = "training.momentum", "share of the last step's velocity that SGD keeps", MoreTraining,
        number!(training.momentum, Included(0.0), Excluded(1.0), Control::by(Step::Add(0.05)).slider(0.0, 0.99)),
        symbol("μ"), applies(|config| config.training.optimizer == Optimizer::Sgd);
    WEIGHT_DECAY = "training.weight_decay", "pull of every parameter towards zero", MoreTraining,
        number!(training.weight_decay, Included(0.0), Included(1.0), Control::by(Step::OneTwoFive)), symbol("λ");
    EVALUATE_EVERY = "training.evaluate_every", "steps between validations", MoreTraining,
        count!(training.evaluate_every, 1..=100_000_000, Control::by(Step::OneTwoFive));
    PROBE_EVERY = "training.probe_every",
        "steps between two readings of the gradient by connection and of feature reuse", MoreTraining,
        count!(training.probe_every, 1..=100_000_000, Control::by(Step::OneTwoFive));
    CHECKPOINT_EVERY = "training.checkpoint_every",
        "steps between checkpoints, from which an interrupted run goes on", MoreTraining,
        count!(training.checkpoint_every, 1..=100_000_000, Control::by(Step::OneTwoFive));
    FROM = "training.from", "weights to begin with: a file of safetensors or PyTorch; \"\" for new ones", MoreTraining,
        Access::Path(Path {
            words: &[""],
            allowed: "ui.allowed.weights",
            get: |config| config.training.from.as_ref().map_or_else(String::new, |file| file.display().to_string()),
            set: |config, text| config.training.from = (!text.is_empty()).then(|| text.into()),
        });
    BACKEND = "training.backend", "\"flex\", the fast one, or \"ndarray\", a slow second opinion", MoreTraining,
        choice!(training.backend, Backend);
}

/// Whether images come from the disk, where settings of their form mean something.
const fn is_folder(source: &Source) -> bool {
    match source {
        Source::Folder(_) => true,
        Source::FashionMnist | Source::Shapes => false,
    }
}

impl Field {
    /// The setting of that full name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FIELDS.iter().copied().find(|field| field.name == name)
    }

    /// The settings of a group, in their order.
    pub fn of_group(group: Group) -> impl Iterator<Item = &'static Self> {
        FIELDS.iter().copied().filter(move |field| field.group == group)
    }

    /// The settings of a table of the file, in their order.
    pub fn of_section(section: &str) -> impl Iterator<Item = &'static Self> {
        FIELDS.iter().copied().filter(move |field| field.section() == section)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{RunConfig, Value};

    #[test]
    fn every_setting_of_the_default_run_keeps_its_own_rule_and_can_be_written_back() {
        let config = RunConfig::default();
        for &field in FIELDS {
            let mut copy = config.clone();
            let value = field.get(&config);
            field.set(&mut copy, &value, None).unwrap_or_else(|problem| panic!("{problem}"));
            assert_eq!(copy, config, "{} with {value}", field.name);
        }
    }

    #[test]
    fn every_name_is_there_once_and_in_a_table_of_the_file() {
        for (index, field) in FIELDS.iter().enumerate() {
            assert!(!FIELDS[..index].contains(field), "{} twice", field.name);
            assert!(Field::SECTIONS.contains(&field.section()), "{}", field.name);
            assert_eq!(Field::named(field.name), Some(*field));
        }
    }

    #[test]
    fn a_value_out_of_range_is_named_with_what_is_allowed_and_changes_nothing() {
        let mut config = RunConfig::default();
        let words = |words: &[&str]| Value::Words(words.iter().map(|&word| word.to_owned()).collect());
        for (field, value) in [
            (&GROWTH, Value::Integer(0)),
            (&GROWTH, Value::Integer(-1)),
            (&GROWTH, Value::Integer(513)),
            (&GROWTH, Value::Number(5.0)),
            (&SEED, Value::Integer(i128::MAX)),
            (&COMPRESSION, Value::Integer(101)),
            (&BLOCKS, Value::Integers(vec![4, 0])),
            (&BLOCKS, Value::Integers(vec![])),
            (&BLOCKS, Value::Integers(vec![1; 9])),
            (&BASELINE_WIDTH, Value::Number(5.3)),
            (&BASELINE_WIDTH, Value::Text("match".to_owned())),
            (&LEARNING_RATE, Value::Number(0.0)),
            (&LEARNING_RATE, Value::Number(f64::NAN)),
            (&MOMENTUM, Value::Number(1.0)),
            (&NETWORKS, words(&[])),
            (&NETWORKS, words(&["dense", "dense"])),
            (&NETWORKS, words(&["dense", "gru"])),
            (&SOURCE, Value::Text(String::new())),
            (&BACKEND, Value::Text("cuda".to_owned())),
            (&BOTTLENECK, Value::Integer(1)),
        ] {
            let problem = field.set(&mut config, &value, None).unwrap_err().to_string();
            for part in [field.name, &value.to_string(), &field.access.to_string()] {
                assert!(problem.contains(part), "{part} is missing in: {problem}");
            }
        }
        assert_eq!(config, RunConfig::default());
    }

    #[test]
    fn what_is_written_after_a_key_is_a_value_of_its_kind_or_refused_as_it_was_written() {
        for (field, written, value) in [
            (&GROWTH, "12", Value::Integer(12)),
            (&GROWTH, "1.5", Value::Number(1.5)),
            (&GROWTH, "many", Value::Text("many".to_owned())),
            (&LEARNING_RATE, "1e-3", Value::Number(1e-3)),
            (&BOTTLENECK, "false", Value::Switch(false)),
            (&STEM, "7x7", Value::Text("7x7".to_owned())),
            (&STEM, "\"7x7\"", Value::Text("7x7".to_owned())),
            (&BLOCKS, "6, 12,24", Value::Integers(vec![6, 12, 24])),
            (&BLOCKS, "[6]", Value::Integers(vec![6])),
            (&NETWORKS, "[\"dense\", \"plain\"]", Value::Words(vec!["dense".to_owned(), "plain".to_owned()])),
            (&NETWORKS, "dense,plain", Value::Words(vec!["dense".to_owned(), "plain".to_owned()])),
            (&BASELINE_WIDTH, "5.5", Value::Number(5.5)),
            (&BASELINE_WIDTH, "match-parameters", Value::Text("match-parameters".to_owned())),
            (&SOURCE, "a=b, c", Value::Text("a=b, c".to_owned())),
        ] {
            assert_eq!(field.parse(written), value, "{} = {written}", field.name);
        }
    }
}
