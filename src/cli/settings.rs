//! From flags and a file to a configuration that was checked.

use super::arguments::{ConfigFlags, SettingFlags};
use super::failure::Failure;
use crate::arch::{PRESETS, Preset};
use crate::config::{LoadedConfig, Origin, Problems, Value, fields};
use crate::training::Threads;

impl ConfigFlags {
    /// The configuration of the file, or the default one, with the settings over it.
    pub(super) fn load(&self) -> Result<LoadedConfig, Failure> {
        let loaded = match &self.config {
            Some(file) => LoadedConfig::read(file)?,
            None => LoadedConfig::default(),
        };
        self.over(loaded)
    }

    /// A configuration with the settings over it.
    pub(super) fn over(&self, mut loaded: LoadedConfig) -> Result<LoadedConfig, Failure> {
        let outcomes =
            self.set.iter().flatten().map(|(name, written)| loaded.set_written(name, written, Origin::Flag("--set")));
        let problems: Vec<_> = outcomes.filter_map(Result::err).collect();
        if problems.is_empty() { Ok(loaded) } else { Err(Problems(problems).into()) }
    }
}

impl SettingFlags {
    /// The configuration with what flags of their own say over it.
    pub(super) fn load(&self) -> Result<LoadedConfig, Failure> {
        let Self { config, steps, seed, backend, data, networks } = self;
        let mut loaded = config.load()?;
        let integer = |number: &Option<i64>| number.map(|number| Value::Integer(number.into()));
        let settings = [
            ("--steps", &fields::STEPS, integer(steps)),
            ("--seed", &fields::SEED, integer(seed)),
            ("--backend", &fields::BACKEND, backend.clone().map(Value::Text)),
            ("--data", &fields::SOURCE, data.clone().map(Value::Text)),
            ("--networks", &fields::NETWORKS, networks.clone().map(Value::Words)),
        ];
        let given = settings.into_iter().filter_map(|(flag, field, value)| Some((flag, field, value?)));
        let outcomes = given.map(|(flag, field, value)| loaded.set(field, &value, Origin::Flag(flag)));
        let problems: Vec<_> = outcomes.filter_map(Result::err).collect();
        if problems.is_empty() { Ok(loaded) } else { Err(Problems(problems).into()) }
    }
}

/// The preset of that name.
pub(super) fn preset_named(name: &str) -> Result<&'static Preset, Failure> {
    Preset::named(name).ok_or_else(|| {
        let nearest = PRESETS
            .iter()
            .max_by(|a, b| strsim::jaro_winkler(name, a.name).total_cmp(&strsim::jaro_winkler(name, b.name)));
        let hint = nearest.map_or(String::new(), |preset| format!(" (did you mean {}?)", preset.name));
        let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
        Failure::usage(&format!("unknown preset '{name}'{hint}; allowed: {}", names.join(", ")))
    })
}

/// The threads that compute, one for each core unless told otherwise, and their number.
pub(super) fn compute_threads(count: Option<u16>) -> Result<(Threads, usize), Failure> {
    let count = count.map_or_else(Threads::per_core, usize::from);
    let threads = Threads::new(count)
        .map_err(|error| Failure::failed(&format!("cannot start {count} threads that compute: {error}")))?;
    Ok((threads, count))
}
