//! What may be typed after `experiment`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Subcommand};

use crate::cli::flags::language;
use crate::text::Language;

/// Arguments of `experiment`.
#[derive(Args)]
#[command(
    long_about = "Put a claim of the paper to the test: several sizes, several seeds, and a verdict that is computed.\n\n\
        Every run is a folder of its own, DIR/runs/ID. Running again makes only what is missing, after Ctrl-C or kill -9 too; several\n\
        processes, also on several machines with a shared folder, may work on one DIR at once. results.csv has a row for each run,\n\
        summary.csv means and ranges, charts and report.html what they look like, and the verdict follows from the summary.",
    after_help = "Examples:\n  \
        densescope experiment list\n  \
        densescope experiment show parameter-efficiency\n  \
        densescope experiment run growth-rate --quick --out growth\n  \
        densescope experiment run depth --out depth --list | parallel -j2        # GNU parallel\n  \
        densescope experiment run depth --out depth --only $SLURM_ARRAY_TASK_ID/8    # an array of tasks 1 to 8"
)]
pub(in crate::cli) struct ExperimentArguments {
    #[command(subcommand)]
    pub(super) command: ExperimentCommand,
}

/// What is to be done.
#[derive(Subcommand)]
pub(super) enum ExperimentCommand {
    /// The built-in experiments and their questions
    List {
        #[command(flatten)]
        lang: LanguageFlag,
    },
    /// Question, what would be yes and no, axes, and how long it will take here
    Show {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        lang: LanguageFlag,
    },
    /// Make the runs that are missing, the tables, the charts and the verdict
    Run(RunArguments),
}

/// Which experiment, and in which form.
#[derive(Args)]
pub(super) struct Which {
    /// A built-in experiment, or a TOML file
    #[arg(value_name = "NAME|FILE")]
    pub(super) name: String,
    /// The short form, for a lesson
    #[arg(long)]
    pub(super) quick: bool,
    /// Seeds 1 to N instead of the experiment's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(super) seeds: Option<u16>,
    /// Runs side by side, each on one thread [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) jobs: Option<u16>,
}

/// In which language.
#[derive(Args)]
pub(super) struct LanguageFlag {
    /// Language of words: en or zh [default: the system's]
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    pub(super) lang: Option<Language>,
}

impl LanguageFlag {
    pub(super) fn chosen(&self) -> Language {
        self.lang.unwrap_or_else(Language::of_the_system)
    }
}

/// Arguments of `experiment run`.
#[derive(Args)]
pub(super) struct RunArguments {
    #[command(flatten)]
    pub(super) which: Which,
    /// Folder for the results: new, empty, or this experiment's
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// Only this share of the runs: part I of N, counted from 1
    #[arg(long, value_name = "I/N")]
    pub(super) only: Option<Part>,
    /// Print a command for each run that is missing instead of making it
    #[arg(long)]
    pub(super) list: bool,
    #[command(flatten)]
    pub(super) lang: LanguageFlag,
}

/// Part I of N.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Which, from 1.
    pub(super) part: usize,
    /// Of how many.
    pub(super) of: usize,
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((part, of)) if (1..=of).contains(&part) => Ok(Self { part, of }),
            Some(_) | None => Err(format!("found '{text}'; allowed: I/N with I from 1 to N, such as 3/8")),
        }
    }
}
