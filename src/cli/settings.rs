//! From flags and a file to a configuration that was checked.

use super::arguments::SettingFlags;
use super::failure::Failure;
use crate::arch::{PRESETS, Preset};
use crate::config::{Field, LoadedConfig, Origin, Problems, Value};
use crate::training::Threads;

impl SettingFlags {
    /// The configuration of the file, or the default one, with the flags over it.
    pub(super) fn load(&self) -> Result<LoadedConfig, Failure> {
        let Self { config, steps, seed, backend, data, networks } = self;
        let mut loaded = match config {
            Some(file) => LoadedConfig::read(file)?,
            None => LoadedConfig::default(),
        };
        let settings = [
            ("--steps", "training.steps", steps.map(Value::Integer)),
            ("--seed", "seed", seed.map(Value::Integer)),
            ("--backend", "training.backend", backend.clone().map(Value::Text)),
            ("--data", "data.source", data.clone().map(Value::Text)),
            ("--networks", "training.networks", networks.clone().map(Value::Words)),
        ];
        let mut problems = Vec::new();
        for (flag, name, value) in settings {
            let Some(value) = value else { continue };
            let origin = Origin::Flag(flag);
            match Field::named(name).try_set(&mut loaded.config, value, Some(origin.clone())) {
                Ok(()) => loaded.origins.note(name, origin),
                Err(problem) => problems.push(problem),
            }
        }
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
