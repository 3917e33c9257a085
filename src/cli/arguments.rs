//! What may be typed.

mod inspect;
mod instructions;
mod weights;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use inspect::{InspectArguments, InspectFormat};
pub(super) use weights::{WeightsArguments, WeightsFormat};

use super::cut_arguments::{CutArguments, CutFlags};
use super::data::DataArguments;
use super::experiment::ExperimentArguments;
pub(super) use super::flags::{ConfigFlags, SettingFlags, ThemeArgument};
use super::flags::{language, networks_help};
use crate::arch::NetworkKind;
use crate::export::PictureFormat;
use crate::export::picture::Size;
use crate::kernels::InstructionSet;
use crate::text::Language;
use crate::theme::ThemeKind;

/// See a DenseNet concatenate where a ResNet adds.
#[derive(Parser)]
#[command(
    version,
    about,
    long_about = "See a DenseNet concatenate where a ResNet adds.\n\n\
        Layer l of a dense block reads k0 + k(l-1) channels, makes k, and the block carries k0 + kL onward;\n\
        a residual layer reads w, makes w and adds. densescope builds both, trains both on the same\n\
        batches of real images, and reports how large the gradient is at every layer and through\n\
        which connection it came. Without a command it opens the window.",
    after_help = "Try:\n  \
        densescope                                 the window: build, train, watch\n  \
        densescope --config lesson.toml --start    the same with a lesson that begins at once\n  \
        densescope runs/first                      a saved run, or one that goes on elsewhere\n  \
        densescope inspect                         what every layer reads, makes, carries and costs\n  \
        densescope inspect --preset densenet-121   the same for the paper's network\n  \
        densescope train --out runs/first          train a DenseNet beside a ResNet\n\n\
        The window keeps its language, theme and arrangement in the system's folder for settings, or in the folder that\n\
        the environment variable DENSESCOPE_SETTINGS names.",
    max_term_width = 100,
    args_conflicts_with_subcommands = true
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) window: WindowArguments,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[arg(long, global = true, value_name = "NAME", value_parser = instructions::named, help = instructions::help())]
    pub(super) instructions: Option<InstructionSet>,
}

/// What the window begins with.
#[derive(Args)]
pub(super) struct WindowArguments {
    /// Folder of a run that `train` wrote, to look at; followed while another process writes it. Of several the last is looked at, and the curves of the others lie behind
    #[arg(value_name = "RUN", conflicts_with_all = ["config", "set", "data", "start"])]
    pub(super) runs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) config: ConfigFlags,
    /// fashion-mnist (built in), shapes (generated), or a folder of images (see `densescope data`)
    #[arg(long, value_name = "SOURCE")]
    pub(super) data: Option<String>,
    /// Language of the window
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    #[arg(help = format!("Language of the window: {} [default: the one chosen last, or the system's]", Language::codes()))]
    pub(super) lang: Option<Language>,
    /// Colours of the window [default: those chosen last, or the system's]
    #[arg(long, value_name = "THEME")]
    pub(super) theme: Option<ThemeArgument>,
    /// Train at once
    #[arg(long)]
    pub(super) start: bool,
}

/// The commands.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Train the networks without a window and write a run folder
    Train(TrainArguments),
    /// Make charts, tables and a report from a saved run
    Export(ExportArguments),
    /// Put a claim to the test with several sizes and several seeds
    Experiment(ExperimentArguments),
    /// Show the architecture: what every layer reads, makes, carries and costs
    Inspect(InspectArguments),
    /// Say what is found in a source of images, without training
    Data(DataArguments),
    /// Read every figure from one batch through given weights, as JSON
    Probe(ProbeArguments),
    /// Say which network a file of weights belongs to
    Weights(WeightsArguments),
    /// Cut connections of a saved run and see what rests on them
    Cut(CutArguments),
    /// Time the training step of each network by itself, as JSON
    Bench(BenchArguments),
    /// List the named networks, or print one as a configuration file
    Presets(PresetsArguments),
    /// Print a completion script for a shell
    Completions(CompletionsArguments),
}

/// Arguments of `train`.
#[derive(Args)]
#[command(
    long_about = "Train the networks without a window and write a run folder.\n\n\
        Every network of a run sees identical batches. The folder holds run.toml (the whole configuration),\n\
        metrics.csv (loss and accuracy), gradients.csv (norms of every layer at every step), edges.csv (gradient\n\
        by connection), reuse.csv (weight laid on each earlier feature), the weights, which torchvision can load, and at\n\
        the end charts and report.html, one page with all of it.\n\
        Ctrl-C ends the run after the step at hand and keeps all it has reached; a second one quits at once. --resume goes on with a\n\
        run that was ended, interrupted or killed, as if it had never stopped: from its last checkpoint, which is written every\n\
        training.checkpoint_every steps and at the end. --steps then says how many steps it is to have in all; the\n\
        schedule of the learning rate is stretched over them from there on.",
    after_help = "Examples:\n  \
        densescope train --out runs/first\n  \
        densescope train --resume runs/first --steps 4000\n  \
        densescope train --networks dense,residual,plain --steps 500 --out runs/three\n  \
        densescope train --data shapes --seed 7 --out runs/shapes\n  \
        densescope presets without-batch-norm > deep.toml && densescope train --config deep.toml --out runs/deep"
)]
pub(super) struct TrainArguments {
    #[command(flatten)]
    pub(super) settings: SettingFlags,
    /// Folder for the run, new or empty
    #[arg(long, value_name = "DIR", required_unless_present = "resume")]
    pub(super) out: Option<PathBuf>,
    /// Go on with the run in this folder from its last checkpoint, to --steps in all if given
    #[arg(
        long,
        value_name = "DIR",
        conflicts_with_all = ["out", "config", "set", "seed", "backend", "data", "networks", "force"]
    )]
    pub(super) resume: Option<PathBuf>,
    /// Replace the run in a folder that is not empty
    #[arg(long)]
    pub(super) force: bool,
    /// Threads that compute; results do not depend on it [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) threads: Option<u16>,
}

/// Arguments of `export`.
#[derive(Args)]
#[command(
    long_about = "Make charts, tables and a report from a saved run.\n\n\
        A figure becomes ID.png, ID.svg, ID.csv (its values) and ID.gif (how it came to be); html is one page with all of them that opens anywhere without\n\
        a network. Several runs are drawn over each other; those that differ only in their seed become a mean and a range.\n\
        A run that goes on, or was cut off, is shown as far as it had come.",
    after_help = "Examples:\n  \
        densescope export runs/first\n  \
        densescope export runs/first --format html --lang zh\n  \
        densescope export runs/first --chart loss,gradients --format svg --theme print --size column --out paper\n  \
        densescope export runs/seed1 runs/seed2 runs/seed3 --out comparison"
)]
pub(super) struct ExportArguments {
    /// Folder of a run that `train` wrote; several are compared
    #[arg(value_name = "RUN", required = true)]
    pub(super) runs: Vec<PathBuf>,
    /// Folder for the files, made where needed [default: RUN/charts, and RUN for report.html]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Kinds of files, separated by commas
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "png,svg")]
    pub(super) format: Vec<ExportFormat>,
    /// Only these figures, separated by commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) chart: Vec<String>,
    /// Pixels of a PNG for each pixel of its size, 0.1 to 16
    #[arg(long, value_name = "S", default_value_t = 1.0, value_parser = scale)]
    pub(super) scale: f32,
    /// Language
    #[arg(long, value_name = "LANG", value_parser = language)]
    #[arg(help = format!("Language: {} [default: the system's]", Language::codes()))]
    pub(super) lang: Option<Language>,
    /// Colours of pictures: light, dark or print
    #[arg(long, value_name = "THEME", default_value = "light", value_parser = theme)]
    pub(super) theme: ThemeKind,
    /// Size of pictures: slide, column, page or WIDTHxHEIGHT in pixels
    #[arg(long, value_name = "SIZE", default_value = "slide")]
    pub(super) size: Size,
    /// Pictures without a ground, for slides that have their own
    #[arg(long)]
    pub(super) transparent: bool,
    /// Replace files that are there already
    #[arg(long)]
    pub(super) force: bool,
}

/// What `export` makes.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// A picture in pixels of each figure
    Png,
    /// A picture in shapes of each figure
    Svg,
    /// The values of each figure
    Csv,
    /// One page with every figure
    Html,
    /// Each figure that changes, from the run's start to its end
    Gif,
}

impl ExportFormat {
    /// The kind of file, where one chart makes it.
    pub(super) const fn picture(self) -> Option<PictureFormat> {
        match self {
            Self::Png => Some(PictureFormat::Png),
            Self::Svg => Some(PictureFormat::Svg),
            Self::Csv => Some(PictureFormat::Csv),
            Self::Html | Self::Gif => None,
        }
    }
}

fn scale(text: &str) -> Result<f32, String> {
    let scale = text.parse().ok().filter(|scale| (0.1..=16.0).contains(scale));
    scale.ok_or_else(|| "allowed: a number from 0.1 to 16".to_owned())
}

fn theme(text: &str) -> Result<ThemeKind, String> {
    ThemeKind::named(text).ok_or_else(|| "allowed: light, dark, print".to_owned())
}

/// Arguments of `probe`.
#[derive(Args)]
#[command(
    long_about = "Read every figure from one batch through given weights, as JSON.\n\n\
        Norms are L2 norms of gradients of the batch's mean cross-entropy, batch norm in training mode. Weights are read as\n\
        `densescope weights` reads them; the batch is batch.images [N, C, H, W] (float32) and batch.labels [N] (int64), and may\n\
        be in the same file. Image size and classes come from the two files.",
    after_help = "Example:\n  \
        densescope probe --config lesson.toml --network dense --weights w.safetensors --batch b.safetensors --steps 5"
)]
pub(super) struct ProbeArguments {
    #[command(flatten)]
    pub(super) config: ConfigFlags,
    #[arg(long, value_name = "KIND", help = format!("Which network: one of {}", NetworkKind::listed()))]
    pub(super) network: NetworkKind,
    /// Weights: safetensors or PyTorch
    #[arg(long, value_name = "FILE")]
    pub(super) weights: PathBuf,
    /// batch.images and batch.labels: safetensors or PyTorch
    #[arg(long, value_name = "FILE")]
    pub(super) batch: PathBuf,
    /// Also give the losses before each of N steps of SGD on that batch
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) steps: Option<u32>,
    #[command(flatten)]
    pub(super) cut: CutFlags,
}

/// Arguments of `bench`.
#[derive(Args)]
#[command(
    long_about = "Time the training step of each network by itself, as JSON.\n\n\
        A step is forward, backward, optimizer and the figures that training reads, on real batches.",
    after_help = "Example:\n  densescope bench --networks dense --steps 100 --threads 1"
)]
pub(super) struct BenchArguments {
    #[command(flatten)]
    pub(super) config: ConfigFlags,
    /// Steps that are timed, after a few that are not
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) steps: u32,
    #[arg(long, value_name = "KINDS", value_delimiter = ',', help = networks_help())]
    pub(super) networks: Option<Vec<String>>,
    /// Threads that compute [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) threads: Option<u16>,
}

/// Arguments of `presets`.
#[derive(Args)]
#[command(after_help = "Examples:\n  densescope presets\n  densescope presets densenet-bc-40-12 > lesson.toml")]
pub(super) struct PresetsArguments {
    /// Print this one as a configuration file
    #[arg(value_name = "NAME")]
    pub(super) name: Option<String>,
}

/// Arguments of `completions`.
#[derive(Args)]
#[command(
    after_help = "Example:\n  densescope completions bash > ~/.local/share/bash-completion/completions/densescope"
)]
pub(super) struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}
