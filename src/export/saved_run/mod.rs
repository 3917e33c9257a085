//! A run folder, read back: what was trained, how, and everything that was measured.
//!
//! Steps go straight into a [`History`] of bounded memory, so a run may be as long as it likes. A run whose tables were never finished
//! is read as far as it goes, with a [`Note`]. What the tables do not hold, the channels counted on tensors, is not there.

mod error;
mod note;
mod table_reader;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use super::architecture_json::{Described, architectures_from_json};
use super::cut_table::read_cuts;
use super::form::{INSTRUCTIONS, NETWORKS, RUN};
use crate::arch::{Architecture, Input};
use crate::chart::Subject;
use crate::config::{Allowed, ConfigError, Found, LoadedConfig, Origin, Problem, Problems, RunConfig};
use crate::data::describe;
use crate::kernels::InstructionSet;
use crate::telemetry::{CutMap, History, NetworkHistory};
use crate::text::Text;
pub use error::RunError;
pub use note::Note;
pub(super) use tables::{Next, Tables, rests_in};

/// Bytes of history that a saved run may take: every step of some ten thousand, evenly spaced ones of a longer run.
const HISTORY: usize = 256 << 20;

/// A run that was read from its folder.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedRun {
    /// The folder.
    pub path: PathBuf,
    /// The version of the program that wrote it, if it says so.
    pub version: Option<String>,
    /// The instruction set that it was computed with, if it says so: another rounds differently.
    pub instructions: Option<InstructionSet>,
    /// How it was set up.
    pub config: RunConfig,
    /// Its networks in the configuration's order.
    pub networks: Vec<Architecture>,
    /// What training reported.
    pub history: History,
    /// What cutting every single link costs, where `densescope cut` found it out.
    pub cuts: Vec<CutMap>,
    /// What a reader must know.
    pub notes: Vec<Note>,
}

impl SavedRun {
    /// Reads a run folder.
    ///
    /// # Errors
    ///
    /// When it is none, or one of its files is missing or damaged: then which, the line, what was found and what is allowed.
    pub fn read(path: &Path) -> Result<Self, RunError> {
        refuse_no_run(path)?;
        let file = path.join(RUN);
        let version = version_in(&file);
        Self::read_by(path, &file, version.clone()).map_err(|error| match version {
            Some(version) if is_newer(&version) => RunError::Newer { version, error: Box::new(error) },
            Some(_) | None => error,
        })
    }

    /// How a run folder's run was set up, and its networks: all that is known before its tables are read.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub(super) fn head(path: &Path) -> Result<(RunConfig, Vec<Architecture>), RunError> {
        refuse_no_run(path)?;
        let file = path.join(RUN);
        let version = version_in(&file);
        let head = LoadedConfig::read(&file).map_err(RunError::from).and_then(|loaded| {
            let networks = networks(path, &file, &loaded.config)?;
            Ok((loaded.config, networks))
        });
        head.map_err(|error| match version {
            Some(version) if is_newer(&version) => RunError::Newer { version, error: Box::new(error) },
            Some(_) | None => error,
        })
    }

    fn read_by(path: &Path, file: &Path, version: Option<String>) -> Result<Self, RunError> {
        let config = LoadedConfig::read(file)?.config;
        let networks = networks(path, file, &config)?;
        let mut history = History::new(&config.training.networks, HISTORY);
        let mut tables = Tables::open(path, &networks, config.training.batch)?;
        let mut notes = Vec::new();
        if let Some(version) = version.clone().filter(|version| is_newer(version)) {
            notes.push(Note::Newer { version });
        }
        if tables.partial() {
            notes.push(Note::Unfinished);
        }
        let even = loop {
            match tables.next()? {
                Next::Record(kind, record) => history.push(kind, record),
                Next::End => break true,
                Next::Uneven => break false,
            }
        };
        let (made, asked) = (history.last_common_step(), config.training.steps);
        if !even && !tables.partial() {
            notes.push(Note::Uneven { step: made });
        }
        if made < asked {
            notes.push(Note::Stopped { made, asked });
        }
        let steps = networks
            .iter()
            .map(|network| (network, history.network(network.kind).and_then(NetworkHistory::last_step).unwrap_or(0)));
        let cuts = read_cuts(path, &steps.collect::<Vec<_>>())?;
        let instructions = instructions_in(file);
        Ok(Self { path: path.to_owned(), version, instructions, config, networks, history, cuts, notes })
    }

    /// The run for figures, at its last step.
    pub fn subject(&self) -> Subject<'_> {
        let Self { path: _, version: _, instructions: _, config, networks, history, cuts, notes: _ } = self;
        Subject { config, networks, history: Some(history), at: None, cuts }
    }

    /// At most that many steps, evenly spaced, from the first to the last of the network that came farthest.
    pub fn moments(&self, most: usize) -> Vec<usize> {
        let farthest = self.history.networks().iter().max_by_key(|history| history.last_step());
        farthest.map_or_else(Vec::new, |history| thinned(history.steps().collect(), most))
    }

    /// What entered the networks.
    ///
    /// # Panics
    ///
    /// Never: a run has at least one network.
    pub fn input(&self) -> Input {
        self.networks.first().expect("a configuration has at least one network").input
    }

    /// The configuration and the seed in one line.
    pub fn caption(&self, text: &Text) -> String {
        let RunConfig { seed, data, network, training } = &self.config;
        let blocks: Vec<String> = network.blocks.iter().map(ToString::to_string).collect();
        text.fill(
            "report.caption",
            &[
                ("blocks", &blocks.join("·")),
                ("k0", &network.k0),
                ("k", &network.growth),
                ("theta", &network.compression.percent),
                ("source", &data.source),
                ("batch", &training.batch),
                ("seed", seed),
            ],
        )
    }

    /// The name of its folder.
    pub fn name(&self) -> String {
        let whole = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        whole.file_name().map_or_else(|| self.path.display().to_string(), |name| name.to_string_lossy().into_owned())
    }
}

/// Refuses what is no folder with a run's configuration.
pub(super) fn refuse_no_run(path: &Path) -> Result<(), RunError> {
    let no_run = |found: &str| Err(RunError::NoRun { path: path.to_owned(), found: found.to_owned() });
    if !path.exists() {
        return no_run("there is nothing of that name");
    }
    if !path.is_dir() {
        return no_run("it is a file");
    }
    if !path.join(RUN).is_file() {
        return no_run("it has no run.toml");
    }
    Ok(())
}

/// At most that many of the values, evenly spaced, the first and the last among them.
pub(super) fn thinned<T>(values: Vec<T>, most: usize) -> Vec<T> {
    let (count, kept) = (values.len(), values.len().min(most));
    let mut wanted = (0..kept).map(|index| index * (count - 1) / (kept - 1).max(1)).peekable();
    values.into_iter().enumerate().filter_map(|(index, value)| wanted.next_if_eq(&index).map(|_| value)).collect()
}

/// The networks of a configuration on what entered them, which the run says, or its data.
fn networks(path: &Path, run_toml: &Path, config: &RunConfig) -> Result<Vec<Architecture>, RunError> {
    let file = path.join(NETWORKS);
    let described = match fs::read_to_string(&file) {
        Ok(text) => architectures_from_json(&text).map_err(|problem| RunError::Damaged {
            file: file.clone(),
            line: problem.line,
            column: None,
            found: problem.found,
            allowed: problem.allowed,
        })?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(RunError::Unreadable { file, error }),
    };
    let input = if let Some(first) = described.first() {
        first.input
    } else {
        let data = describe(&config.data).map_err(|error| RunError::NoInput { path: path.to_owned(), error })?;
        Input { image: data.shape, classes: data.class_names.len() }
    };
    let built: Result<Vec<_>, _> =
        config.training.networks.iter().map(|&kind| Architecture::new(kind, &config.network, input)).collect();
    let built = built.map_err(|error| {
        let origin = Some(Origin::File { file: run_toml.to_owned(), line: 1 });
        let found = format!("{:?}, and {error}", config.network.blocks);
        let problem = Problem {
            origin,
            field: "network.blocks".to_owned(),
            found: Found::Written(found),
            allowed: Box::new(Allowed::Words(format!("what fits the run's images of {}", input.image))),
        };
        ConfigError::Problems(Problems(vec![problem]))
    })?;
    let ours: Vec<Described> =
        built.iter().map(|network| Described { kind: network.kind, input, parameters: network.parameters() }).collect();
    if !described.is_empty() && described != ours {
        return Err(RunError::Damaged {
            file,
            line: 1,
            column: None,
            found: in_words(&described),
            allowed: format!("{}, as run.toml has it", in_words(&ours)),
        });
    }
    Ok(built)
}

fn in_words(networks: &[Described]) -> String {
    let words = networks.iter().map(|Described { kind, input, parameters }| {
        format!("{kind} on {} and {} classes with {parameters} parameters", input.image, input.classes)
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The beginning of a run's configuration, where comments say how it came to be.
fn beginning(file: &Path) -> Option<String> {
    let mut start = vec![0; 200];
    let length = std::io::Read::read(&mut fs::File::open(file).ok()?, &mut start).ok()?;
    Some(String::from_utf8_lossy(&start[..length]).into_owned())
}

/// The instruction set in the second line.
fn instructions_in(file: &Path) -> Option<InstructionSet> {
    InstructionSet::named(beginning(file)?.lines().nth(1)?.strip_prefix(INSTRUCTIONS)?)
}

/// The version in the first line of a run's configuration.
fn version_in(file: &Path) -> Option<String> {
    let text = beginning(file)?;
    let version = text.lines().next()?.strip_prefix("# A run of densescope ")?.strip_suffix('.')?;
    (!version.is_empty() && version.len() < 40).then(|| version.to_owned())
}

/// Whether a version is after this one.
fn is_newer(version: &str) -> bool {
    let numbers = |version: &str| -> Vec<u64> {
        version.split(['-', '+']).next().unwrap_or_default().split('.').map(|part| part.parse().unwrap_or(0)).collect()
    };
    numbers(version) > numbers(env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests;
