//! A configuration that was checked against its data: what will be trained.

use super::field::Field;
use super::fields;
use super::origin::Origins;
use super::problem::{Allowed, Found, Problem, Problems};
use super::read::LoadedConfig;
use super::run_config::RunConfig;
use crate::arch::{Architecture, ArchitectureError, Input, NetworkKind};
use crate::data::Description;

/// A run that can be: its configuration, its data and its networks fit together.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The settings, with the numbers of images that will be used.
    pub config: RunConfig,
    /// What enters the networks.
    pub input: Input,
    /// The networks to train, in the configuration's order.
    pub networks: Vec<Architecture>,
}

impl Plan {
    /// The most parameters a network may have to be trained: a gigabyte of weights, and four with their optimizer.
    pub const MOST_PARAMETERS: u64 = 250_000_000;

    /// Checks what only the data can tell.
    ///
    /// Numbers of images that nobody wrote are lowered to what the source has, and so is a batch.
    ///
    /// # Errors
    ///
    /// Every setting that does not fit the data, or the others.
    pub fn new(loaded: &LoadedConfig, data: &Description) -> Result<Self, Problems> {
        let LoadedConfig { config, origins, view: _ } = loaded;
        let mut config = config.clone();
        let mut problems = Vec::new();
        let images = [
            (&fields::TRAIN, data.train_available, &mut config.data.train),
            (&fields::VALIDATION, data.validation_available, &mut config.data.validation),
        ];
        for (field, available, asked) in images {
            if *asked > available && origins.of(field).is_none() {
                *asked = available;
            } else if *asked > available {
                let allowed = Allowed::Images { most: available, source: config.data.source.to_string() };
                problems.push(problem(origins, field, Found::Written(asked.to_string()), allowed));
            }
        }
        if config.training.batch > config.data.train && origins.of(&fields::BATCH).is_none() {
            config.training.batch = config.data.train;
        }
        if config.training.batch > config.data.train {
            let allowed = Allowed::Batch { most: config.data.train };
            problems.push(problem(origins, &fields::BATCH, Found::Written(config.training.batch.to_string()), allowed));
        }
        let input = Input { image: data.shape, classes: data.class_names.len() };
        let networks = architectures(&config, &config.training.networks, input);
        match &networks {
            Err(ArchitectureError::ImageTooSmall { image, transition, height, width, .. }) => {
                let allowed = Allowed::Blocks { most: *transition, image: *image, height: *height, width: *width };
                let found = Found::Written(format!("{:?}", config.network.blocks));
                problems.push(problem(origins, &fields::BLOCKS, found, allowed));
            }
            Ok(networks) => {
                // Blocks are halved alike in every kind of network.
                let batch = config.training.batch;
                if let Some(block) = networks.iter().find_map(|network| network.block_of_single_numbers(batch)) {
                    let (found, allowed) = (Found::Written(batch.to_string()), Allowed::Statistics { block });
                    problems.push(problem(origins, &fields::BATCH, found, allowed));
                }
                for network in networks.iter().filter(|network| network.parameters() > Self::MOST_PARAMETERS) {
                    let found = Found::Parameters { network: network.kind, count: network.parameters() };
                    let allowed = Allowed::Parameters { most: Self::MOST_PARAMETERS };
                    problems.push(problem(origins, &fields::GROWTH, found, allowed));
                }
            }
        }
        match (networks, problems.is_empty()) {
            (Ok(networks), true) => Ok(Self { config, input, networks }),
            _ => Err(Problems(problems)),
        }
    }
}

/// The architecture of each kind.
fn architectures(
    config: &RunConfig,
    kinds: &[NetworkKind],
    input: Input,
) -> Result<Vec<Architecture>, ArchitectureError> {
    kinds.iter().map(|&kind| Architecture::new(kind, &config.network, input)).collect()
}

fn problem(origins: &Origins, field: &Field, found: Found, allowed: Allowed) -> Problem {
    Problem { origin: origins.of(field).cloned(), field: field.name.to_owned(), found, allowed: Box::new(allowed) }
}
