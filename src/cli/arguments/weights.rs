//! What may be typed after `densescope weights`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `weights`.
#[derive(Args)]
#[command(
    long_about = "Say which network a file of weights belongs to, from the shapes of its tensors.\n\n\
        FILE is safetensors or what torch.save wrote (.pth, .pt; of a pickle only tensors are read, and nothing is run), in float32,\n\
        float16 or bfloat16. Names of torchvision's published files, of DataParallel, CheXNet, efficient_densenet_pytorch and MONAI are\n\
        read as those of torchvision's DenseNet, and whatever was done to them is told on standard error.",
    after_help = "Examples:\n  \
        densescope weights densenet121-a639ec97.pth\n  \
        densescope weights checkpoint.pth --save w.safetensors --config w.toml\n  \
        densescope train --config w.toml --set training.from=w.safetensors --out runs/tuned"
)]
pub(in crate::cli) struct WeightsArguments {
    /// Weights: safetensors or PyTorch
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// Write the weights as safetensors, in float32, under the names that torchvision has
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) save: Option<PathBuf>,
    /// Write a configuration file that builds the network
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(in crate::cli) format: WeightsFormat,
}

/// How `weights` prints.
#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum WeightsFormat {
    /// For a terminal
    Table,
    /// For programs
    Json,
}
