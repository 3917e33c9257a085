//! What may be typed after `densescope inspect`.

use clap::{Args, ValueEnum};

use crate::arch::{ImageShape, NetworkKind};
use crate::cli::flags::{ConfigFlags, networks_help};

/// Arguments of `inspect`.
#[derive(Args)]
#[command(
    long_about = "Show the architecture: what every layer reads, makes, carries and costs.\n\n\
        Layer l of a dense block reads k0 + k(l-1), makes k and lets the next layer read k0 + k*l; a transition\n\
        keeps floor(theta*m) of m channels. Parameters and multiply-adds (of one image) are exact.",
    after_help = "Examples:\n  \
        densescope inspect\n  \
        densescope inspect --preset densenet-121\n  \
        densescope inspect --preset densenet-40-12 --networks dense --format markdown\n  \
        densescope inspect --config lesson.toml --input 3x64x64 --classes 100 --format json"
)]
pub(in crate::cli) struct InspectArguments {
    #[command(flatten)]
    pub(in crate::cli) config: ConfigFlags,
    /// A named network instead; see `densescope presets`
    #[arg(long, value_name = "NAME", conflicts_with = "config")]
    pub(in crate::cli) preset: Option<String>,
    /// Size of an image [default: that of the preset or the data source]
    #[arg(long, value_name = "CxHxW")]
    pub(in crate::cli) input: Option<ImageShape>,
    /// Classes to tell apart [default: those of the preset or the data source]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(in crate::cli) classes: Option<u32>,
    #[arg(long, value_name = "KINDS", value_delimiter = ',', help = networks_help())]
    pub(in crate::cli) networks: Option<Vec<NetworkKind>>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: InspectFormat,
}

/// How `inspect` prints.
#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum InspectFormat {
    /// For a terminal
    Table,
    /// For programs
    Json,
    /// For spreadsheets, one table for all networks
    Csv,
    /// For documents
    Markdown,
    /// For papers, with the package booktabs
    Latex,
}
