//! What is wrong with a setting, in one line: where, what was found, what is allowed.

use std::sync::Arc;

use super::access::Access;
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
    /// A path without characters that control a terminal, which a backslash in double quotes may have made.
    Path(&'static Field),
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

impl Field {
    /// Writes a value, if the setting may be that.
    ///
    /// # Errors
    ///
    /// What was found and what is allowed; the configuration is as it was.
    pub fn set(&'static self, config: &mut RunConfig, value: &Value, origin: Option<&Origin>) -> Result<(), Problem> {
        let text = value.as_text().filter(|text| text.chars().any(char::is_control));
        if let (Access::Path(_), Some(text)) = (&self.access, text) {
            let found = Found::Written(format!("'{}'", text.escape_debug()));
            return Err(Problem { allowed: Box::new(Allowed::Path(self)), ..self.problem(found, origin.cloned()) });
        }
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
    pub(crate) fn unknown_key(name: String, key: &str, known: Vec<&'static str>, origin: Origin) -> Self {
        let nearest =
            known.iter().map(|&name| (strsim::jaro_winkler(key, name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
        let like = nearest.filter(|(likeness, _)| *likeness > 0.8).map(|(_, name)| name);
        let (found, allowed) = (Found::UnknownKey { like }, Box::new(Allowed::Keys(known)));
        Self { origin: Some(origin), field: name, found, allowed }
    }
}

/// Every problem of a configuration, in the order of its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Problems(pub Vec<Problem>);

impl std::error::Error for Problems {}
