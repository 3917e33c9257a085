//! One setting: its name, symbol and meaning, its group in the window, and how it is read and written.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::access::Access;
use super::run_config::RunConfig;
use super::value::Value;

/// One setting. Two are equal when they have the same name.
pub struct Field {
    /// Its full name, such as `network.growth`: the table of the file, and the key in it.
    pub name: &'static str,
    /// What it means, in one line of a configuration file.
    pub about: &'static str,
    /// Where the window shows it.
    pub group: Group,
    /// What it may be, and how it is read and written.
    pub access: Access,
    /// The paper's symbol, where it has one.
    pub symbol: Option<&'static str>,
    /// Whether it means anything beside the other settings.
    pub applies: fn(&RunConfig) -> bool,
}

/// The part of the build panel in which a setting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What the networks are.
    Networks,
    /// What is seldom changed about them.
    MoreNetworks,
    /// What the networks see.
    Data,
    /// How they learn.
    Training,
    /// What is seldom changed about that.
    MoreTraining,
}

impl Field {
    /// The tables of a file in their order; the first is what stands before any header.
    pub const SECTIONS: [&'static str; 4] = ["", "data", "network", "training"];

    pub(super) const fn new(name: &'static str, about: &'static str, group: Group, access: Access) -> Self {
        Self { name, about, group, access, symbol: None, applies: |_| true }
    }

    /// With the paper's symbol.
    pub(super) const fn symbol(mut self, symbol: &'static str) -> Self {
        self.symbol = Some(symbol);
        self
    }

    /// Only where the other settings give it a meaning.
    pub(super) const fn applies(mut self, applies: fn(&RunConfig) -> bool) -> Self {
        self.applies = applies;
        self
    }

    /// The table of the file in which it stands; empty before any header.
    pub fn section(&self) -> &'static str {
        self.name.rsplit_once('.').map_or("", |(section, _)| section)
    }

    /// Its key in that table.
    pub fn key(&self) -> &'static str {
        self.name.rsplit_once('.').map_or(self.name, |(_, key)| key)
    }

    /// What the configuration says of it.
    pub fn get(&self, config: &RunConfig) -> Value {
        self.access.get(config)
    }

    /// What a person wrote after `key=`, as a value; what is no value of its kind is the text itself, which is then refused.
    pub fn parse(&self, written: &str) -> Value {
        self.access.parse(written)
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Field {}

impl Hash for Field {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}
