//! What may be typed about connections that are cut.

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use crate::arch::{Architecture, Cuts, How, NetworkKind};

/// Arguments of `cut`.
#[derive(Args)]
#[command(
    long_about = "Cut connections of a saved run and see what rests on them.\n\n\
        The networks are evaluated on the run's validation images, with the weights they had at its end. With --cut, that set\n\
        of links is cut, in every network that has them; without, every single link in turn: the run folder gets cuts.csv and the\n\
        figure 'cuts', and its report is made anew. Ctrl-C stops and leaves what was there. The weights are never touched.",
    after_help = "Examples:\n  \
        densescope cut runs/first\n  \
        densescope cut runs/first --network dense --how mean --images 500\n  \
        densescope cut runs/first --network dense --cut '1.0>1,1.0>2'\n  \
        densescope cut runs/first --cut 1.2:branch,1.2:identity"
)]
pub(super) struct CutArguments {
    /// Folder of a run that `train` wrote
    #[arg(value_name = "RUN")]
    pub(super) run: PathBuf,
    #[arg(long, value_name = "KIND", help = format!("Only this network: one of {}", NetworkKind::listed()))]
    pub(super) network: Option<NetworkKind>,
    #[command(flatten)]
    pub(super) cut: CutFlags,
    /// Validation images, spread evenly over those of the run [default: all of them]
    #[arg(long, value_name = "N", value_parser = images)]
    pub(super) images: Option<usize>,
    /// Threads that compute; results do not depend on it [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) threads: Option<u16>,
}

fn images(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|&images| images > 0).ok_or_else(|| "allowed: a whole number from 1".to_owned())
}

/// Which connections are cut, and how.
#[derive(Args)]
pub(super) struct CutFlags {
    /// Cut these links: '1.0>2' is what reader 2 of block 1 takes from source 0 (dense; in quotes, for the shell), 1.2:branch
    /// and 1.2:identity are the terms of layer 2's sum (residual; plain has the branch)
    #[arg(long, value_name = "LINK", value_delimiter = ',')]
    pub(super) cut: Vec<String>,
    /// What passes in place of what is cut: zero, or mean, each channel's mean in the whole network on the same images
    #[arg(long, value_name = "HOW", default_value = "zero", value_parser = how)]
    pub(super) how: How,
}

fn how(text: &str) -> Result<How, String> {
    How::from_name(text).ok_or_else(|| format!("allowed: {}", How::WORDS.join(", ")))
}

impl CutFlags {
    /// The links in a network.
    pub(super) fn cuts(&self, architecture: &Architecture) -> Result<Cuts, Failure> {
        let link = |name: &String| {
            let link = architecture.link(name.trim());
            link.map_err(|error| Failure::usage(&format!("--cut: {error}")))
        };
        Ok(Cuts { links: self.cut.iter().map(link).collect::<Result<_, _>>()?, how: self.how })
    }
}
