//! Flags that several commands have.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::arch::NetworkKind;
use crate::config::pairs;
use crate::text::Language;

/// A theme by name.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum ThemeArgument {
    /// As the system has it
    System,
    /// Dark on light
    Light,
    /// Light on dark
    Dark,
}

/// A configuration: a file, and settings over those of the file.
#[derive(Args, Clone, Default)]
pub(super) struct ConfigFlags {
    /// Configuration file (TOML); every key may be left out
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Any setting over that of the file, such as network.growth=12 or network.blocks=6,12; may be repeated,
    /// or several with semicolons between them, as the window copies them
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_values)]
    pub(super) set: Vec<Pairs>,
}

/// Flags that change a setting of the configuration.
#[derive(Args, Default)]
pub(super) struct SettingFlags {
    #[command(flatten)]
    pub(super) config: ConfigFlags,
    /// Batches to learn from
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(super) steps: Option<i64>,
    /// Weights, batches and generated images follow from it
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(super) seed: Option<i64>,
    /// What computes: flex (fast) or ndarray (a slow second opinion)
    #[arg(long, value_name = "BACKEND")]
    pub(super) backend: Option<String>,
    /// fashion-mnist (built in), shapes (generated), or a folder of images (see `densescope data`)
    #[arg(long, value_name = "SOURCE")]
    pub(super) data: Option<String>,
    #[arg(long, value_name = "KINDS", value_delimiter = ',', help = networks_help())]
    pub(super) networks: Option<Vec<String>>,
}

pub(super) fn networks_help() -> String {
    format!("Which networks, separated by commas: {}", NetworkKind::listed())
}

/// The settings of one `--set`.
pub(super) type Pairs = Vec<(String, String)>;

fn key_values(text: &str) -> Result<Pairs, String> {
    let owned = |(key, value): (&str, Option<&str>)| value.map(|value| (key.to_owned(), value.to_owned()));
    let pairs: Option<Pairs> = pairs(text).into_iter().map(owned).collect();
    pairs.filter(|pairs| !pairs.is_empty()).ok_or_else(|| "allowed: KEY=VALUE, such as network.growth=12".to_owned())
}

pub(super) fn language(text: &str) -> Result<Language, String> {
    Language::ALL
        .into_iter()
        .find(|language| language.code() == text)
        .ok_or_else(|| format!("allowed: {}", Language::codes()))
}
