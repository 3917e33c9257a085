//! What tells two configurations apart, and settings in words.

use super::access::Access;
use super::field::Field;
use super::fields::{self, FIELDS};
use super::run_config::RunConfig;
use super::value::Value;
use crate::text::{Text, number};

impl RunConfig {
    /// The settings that are not the same in another configuration, in the order of the window.
    pub fn differences(&self, other: &Self) -> Vec<&'static Field> {
        FIELDS.iter().copied().filter(|field| field.get(self) != field.get(other)).collect()
    }

    /// Whether another run is the same with another seed.
    pub fn differs_only_in_seed(&self, other: &Self) -> bool {
        self.differences(other) == [&fields::SEED]
    }

    /// Whether another run sees the same images in the same batches, as far as both go.
    pub fn same_batches(&self, other: &Self) -> bool {
        let shapes_batches = |field: &Field| {
            field.section() == "data" || [&fields::SEED, &fields::BATCH].into_iter().any(|shapes| shapes == field)
        };
        !self.differences(other).into_iter().any(shapes_batches)
    }
}

impl Field {
    /// What it is set to.
    pub fn in_words(&self, config: &RunConfig, text: &Text) -> String {
        match self.get(config) {
            Value::Integer(whole) => u64::try_from(whole).map_or_else(|_| whole.to_string(), number::grouped),
            Value::Number(number) => number.to_string(),
            Value::Switch(on) => text.say(if on { "report.value.yes" } else { "report.value.no" }).to_owned(),
            Value::Text(word) => match &self.access {
                Access::Choice(_) | Access::Width(_) => text.say(&format!("value.{}.{word}", self.name)).to_owned(),
                Access::Path(_)
                | Access::Integer(_)
                | Access::Number(_)
                | Access::Switch(_)
                | Access::Choices(_)
                | Access::Integers(_) => word,
            },
            Value::Integers(numbers) => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" · "),
            Value::Words(words) => {
                let names = words.iter().map(|word| text.say(&format!("value.{}.{word}", self.name)));
                names.collect::<Vec<_>>().join(" · ")
            }
        }
    }
}

impl RunConfig {
    /// What tells another run apart from this one, setting by setting: `k 8 → 5`.
    pub fn differences_in_words(&self, other: &Self, text: &Text) -> Vec<String> {
        let words = |field: &'static Field| {
            let name = match (field.symbol, &field.access) {
                (Some(symbol), Access::Integer(_) | Access::Number(_) | Access::Integers(_) | Access::Width(_)) => {
                    symbol
                }
                (Some(_) | None, _) => text.say(&format!("field.{}.name", field.name)),
            };
            let (before, after) = (field.in_words(self, text), field.in_words(other, text));
            text.fill("kept.difference", &[("name", &name), ("before", &before), ("after", &after)])
        };
        self.differences(other).into_iter().map(words).collect()
    }

    /// The same as a sentence, with whether both runs saw the same batches.
    pub fn comparison(&self, other: &Self, text: &Text) -> String {
        let differences = self.differences_in_words(other, text);
        let batches = text.say(if self.same_batches(other) { "kept.same_batches" } else { "kept.other_batches" });
        if differences.is_empty() {
            return text.fill("kept.same", &[("batches", &batches)]);
        }
        let differences = text.listed("kept.and", differences);
        text.fill("kept.differs", &[("differences", &differences), ("batches", &batches)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{LoadedConfig, Origin};
    use crate::text::Language;

    fn changed(field: &'static Field, value: &Value) -> RunConfig {
        let mut loaded = LoadedConfig::default();
        loaded.set(field, value, Origin::Window).unwrap();
        loaded.config
    }

    #[test]
    fn what_differs_is_named_and_whether_the_batches_are_the_same() {
        let usual = RunConfig::default();
        assert!(usual.differences(&usual).is_empty() && usual.same_batches(&usual));
        let (growth, seed) = (changed(&fields::GROWTH, &Value::Integer(5)), changed(&fields::SEED, &Value::Integer(9)));
        assert_eq!(usual.differences(&growth), [&fields::GROWTH]);
        assert!(usual.same_batches(&growth) && !usual.differs_only_in_seed(&growth));
        assert!(!usual.same_batches(&seed) && usual.differs_only_in_seed(&seed));
        assert!(!growth.differs_only_in_seed(&seed));
        for (field, value) in [(&fields::BATCH, 64), (&fields::TRAIN, 500)] {
            assert!(!usual.same_batches(&changed(field, &Value::Integer(value))), "{}", field.name);
        }
    }

    #[test]
    fn two_runs_are_compared_in_words() {
        let text = Text::of(Language::English);
        let (usual, mut loaded) = (RunConfig::default(), LoadedConfig::default());
        assert_eq!(usual.comparison(&usual, text), "The same settings, the same batches");
        loaded.set(&fields::GROWTH, &Value::Integer(5), Origin::Window).unwrap();
        assert_eq!(usual.comparison(&loaded.config, text), "k 8 → 5, everything else the same; the same batches");
        loaded.set(&fields::BATCH, &Value::Integer(64), Origin::Window).unwrap();
        loaded.set(&fields::OPTIMIZER, &Value::Text("adam".into()), Origin::Window).unwrap();
        let words = usual.comparison(&loaded.config, text);
        assert!(words.starts_with("k 8 → 5, Batch 32 → 64, Optimizer "), "{words}");
        assert!(words.ends_with("everything else the same; other batches"), "{words}");
    }
}
