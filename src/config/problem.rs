//! What is wrong with a setting, in one line: where, what was found, what is allowed.

use std::fmt;
use std::sync::Arc;

use super::field::Field;
use super::origin::Origin;
use super::run_config::RunConfig;
use super::value::Value;
use crate::arch::{ImageShape, NetworkKind};
use crate::data::DataError;

/// One setting that cannot be.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where it was written, if it was.
    pub origin: Option<Origin>,
    /// The full name of the setting, such as `network.growth`.
    pub field: String,
    /// What was found.
    pub found: Found,
    /// What is allowed.
    pub allowed: Box<Allowed>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A value as it was written.
    Written(String),
    /// A value of a file, with its type as TOML calls it; nothing is shown of a table.
    Item {
        /// The value as it was written.
        written: Option<String>,
        /// Its type.
        type_name: &'static str,
    },
    /// A key that no setting has, and the setting that may have been meant.
    UnknownKey {
        /// Its name.
        like: Option<&'static str>,
    },
    /// A network with too many parameters.
    Parameters {
        /// The network.
        network: NetworkKind,
        /// How many it has.
        count: u64,
    },
}

impl fmt::Display for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Written(written) => formatter.write_str(written),
            Self::Item { written, type_name } => {
                let article = if type_name.starts_with(['a', 'i']) { "an" } else { "a" };
                match written {
                    Some(written) => write!(formatter, "{written} ({article} {type_name})"),
                    None => write!(formatter, "{article} {type_name}"),
                }
            }
            Self::UnknownKey { like: None } => formatter.write_str("an unknown key"),
            Self::UnknownKey { like: Some(name) } => write!(formatter, "an unknown key (did you mean {name}?)"),
            Self::Parameters { network, count } => write!(formatter, "a {network} network of {count} parameters"),
        }
    }
}

/// What is allowed.
#[derive(Clone, Debug, PartialEq)]
pub enum Allowed {
    /// What this setting may be.
    Setting(&'static Field),
    /// One of these keys.
    Keys(Vec<&'static str>),
    /// A table of settings, of that name.
    Table(String),
    /// The version of files that this program reads.
    Version,
    /// As many images as the source has.
    Images {
        /// How many.
        most: usize,
        /// The source.
        source: String,
    },
    /// A batch that the training images fill.
    Batch {
        /// How many are used.
        most: usize,
    },
    /// A batch that leaves batch norm more than one number per channel.
    Statistics {
        /// The block where one number would be left, from 1.
        block: usize,
    },
    /// As many blocks as can be halved between.
    Blocks {
        /// How many.
        most: usize,
        /// The images.
        image: ImageShape,
        /// Rows of pixels at the transition after the last of them.
        height: usize,
        /// Columns there.
        width: usize,
    },
    /// A network that can be trained.
    Parameters {
        /// How many it may have.
        most: u64,
    },
    /// A source with images; why this one has none.
    Source(NoImages),
    /// What these words say.
    Words(String),
}

/// Why a source has no images; equal to what says the same.
#[derive(Clone, Debug)]
pub struct NoImages(pub Arc<DataError>);

impl PartialEq for NoImages {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_string() == other.0.to_string()
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(field) => write!(formatter, "{}", field.access),
            Self::Keys(keys) => formatter.write_str(&keys.join(", ")),
            Self::Table(name) => write!(formatter, "a table, [{name}]"),
            Self::Version => formatter.write_str("1; a larger one is of a newer densescope"),
            Self::Images { most, source } => write!(formatter, "at most {most}, the images that {source} has"),
            Self::Batch { most } => write!(formatter, "at most {most}, the training images used (data.train)"),
            Self::Statistics { block } => {
                formatter.write_str("at least 2, since batch norm would have one number per channel to normalise ")?;
                write!(formatter, "in block {block}, and nothing could be learnt; or larger images, fewer blocks ")?;
                formatter.write_str("(network.blocks), or no normalization (network.normalization)")
            }
            Self::Blocks { most, image, height, width } => {
                let s = if *most == 1 { "" } else { "s" };
                write!(formatter, "at most {most} block{s} for images of {image}, since transition {most} ")?;
                write!(formatter, "would halve {height}x{width} pixels to nothing")
            }
            Self::Parameters { most } => write!(formatter, "at most {most} to be trained"),
            Self::Source(NoImages(error)) => write!(formatter, "{error}"),
            Self::Words(words) => formatter.write_str(words),
        }
    }
}

impl Field {
    /// Writes a value, if the setting may be that.
    ///
    /// # Errors
    ///
    /// What was found and what is allowed; the configuration is as it was.
    pub fn set(&'static self, config: &mut RunConfig, value: &Value, origin: Option<&Origin>) -> Result<(), Problem> {
        let written = self.access.set(config, value);
        written.ok_or_else(|| self.problem(Found::Written(value.to_string()), origin.cloned()))
    }

    /// A problem of this setting: it may be something else than was found.
    pub fn problem(&'static self, found: Found, origin: Option<Origin>) -> Problem {
        Problem { origin, field: self.name.to_owned(), found, allowed: Box::new(Allowed::Setting(self)) }
    }
}

impl Problem {
    /// A key that no setting has, among those that are known where it stands.
    pub(super) fn unknown_key(name: String, key: &str, known: Vec<&'static str>, origin: Origin) -> Self {
        let nearest =
            known.iter().map(|&name| (strsim::jaro_winkler(key, name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
        let like = nearest.filter(|(likeness, _)| *likeness > 0.8).map(|(_, name)| name);
        let (found, allowed) = (Found::UnknownKey { like }, Box::new(Allowed::Keys(known)));
        Self { origin: Some(origin), field: name, found, allowed }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, field, found, allowed } = self;
        if let Some(origin) = origin.as_ref().filter(|origin| **origin != Origin::Window) {
            write!(formatter, "{origin}: ")?;
        }
        write!(formatter, "{field}: found {found}; allowed: {allowed}")
    }
}

/// Every problem of a configuration, in the order of its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(formatter, "{line_break}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
