//! One run of an experiment: one network, one seed, one place on the axes.

use std::fmt::Write as _;
use std::sync::Arc;

use super::description::{Axis, Experiment, Written};
use crate::arch::{Architecture, NetworkKind};
use crate::config::{Allowed, Found, LoadedConfig, NoImages, Plan, Problem, Problems, Value, fields};
use crate::data::{DataError, describe};

/// A run that an experiment wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Its name, made of its settings: the name of its folder.
    pub id: String,
    /// Which network.
    pub network: NetworkKind,
    /// Its seed.
    pub seed: u64,
    /// Its value on each axis, by place.
    pub place: Vec<usize>,
    /// What is trained; of one network.
    pub plan: Plan,
}

impl Trial {
    /// The network that it trains.
    pub fn architecture(&self) -> &Architecture {
        &self.plan.networks[0]
    }
}

impl Experiment {
    /// Every run, seed by seed, so that what is there early says something of all.
    ///
    /// # Errors
    ///
    /// Every setting that cannot be, with its line.
    pub fn trials(&self) -> Result<Vec<Trial>, Problems> {
        let mut trials = Vec::new();
        let mut problems: Vec<Problem> = Vec::new();
        for &seed in &self.seeds {
            for place in places(&self.axes) {
                for &network in &self.networks {
                    match self.trial(network, seed, &place) {
                        Ok(trial) => trials.push(trial),
                        Err(Problems(found)) => problems.extend(found),
                    }
                }
            }
        }
        if problems.is_empty() {
            return Ok(trials);
        }
        let mut told: Vec<Problem> = Vec::new();
        for problem in problems {
            if !told.contains(&problem) {
                told.push(problem);
            }
        }
        Err(Problems(told))
    }

    fn trial(&self, network: NetworkKind, seed: u64, place: &[usize]) -> Result<Trial, Problems> {
        let mut loaded = LoadedConfig::default();
        let values = self.axes.iter().zip(place).map(|(axis, &at)| &axis.values[at]);
        let written = self.set.iter().chain(values.clone().flat_map(|value| &value.set));
        let outcomes = written.map(|Written { name, value, origin }| loaded.set_written(name, value, origin.clone()));
        let problems: Vec<Problem> = outcomes.filter_map(Result::err).collect();
        if !problems.is_empty() {
            return Err(Problems(problems));
        }
        let own = [
            (&fields::NETWORKS, Value::Words(vec![network.name().to_owned()])),
            (&fields::SEED, Value::Integer(seed.into())),
        ];
        for (field, value) in own {
            field.set(&mut loaded.config, &value, None).map_err(|problem| Problems(vec![problem]))?;
        }
        let data = describe(&loaded.config.data).map_err(|error| no_images(&loaded, error))?;
        let plan = Plan::new(&loaded, &data)?;
        let mut id = network.name().to_owned();
        for (axis, value) in self.axes.iter().zip(values) {
            let _ = write!(id, "-{}{}", slug(axis.name.rsplit('.').next().unwrap_or_default()), slug(&value.name));
        }
        let _ = write!(id, "-seed{seed}-{:08x}", fingerprint(plan.config.to_toml().as_bytes()));
        Ok(Trial { id, network, seed, place: place.to_owned(), plan })
    }
}

/// What is wrong with a source that has no images.
fn no_images(loaded: &LoadedConfig, error: DataError) -> Problems {
    let field = &fields::SOURCE;
    Problems(vec![Problem {
        origin: loaded.origins.of(field).cloned(),
        field: field.name.to_owned(),
        found: Found::Written(field.get(&loaded.config).to_string()),
        allowed: Box::new(Allowed::Source(NoImages(Arc::new(error)))),
    }])
}

/// Every combination of values, the last axis changing fastest.
fn places(axes: &[Axis]) -> Vec<Vec<usize>> {
    axes.iter().fold(vec![Vec::new()], |before, axis| {
        let with = |place: &Vec<usize>| {
            let place = place.clone();
            (0..axis.values.len()).map(move |value| [place.clone(), vec![value]].concat())
        };
        before.iter().flat_map(with).collect()
    })
}

/// Letters and digits alone, so that a name is one everywhere.
fn slug(name: &str) -> String {
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '_' }).collect()
}

/// The 32 bits of FNV-1a (Fowler, Noll, Vo), the same on every machine and in every version.
fn fingerprint(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_published_one() {
        assert_eq!(fingerprint(b""), 0x811C_9DC5);
        assert_eq!(fingerprint(b"a"), 0xE40C_292C);
        assert_eq!(fingerprint(b"foobar"), 0xBF9C_F968);
    }
}
