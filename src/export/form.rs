//! The form of a run folder: the names of its files, and the columns of its tables. `docs/run-folder.md` says what is in them.

/// The tables that grow with a run.
pub(super) const TABLES: [&str; 4] = ["metrics.csv", "gradients.csv", "edges.csv", "reuse.csv"];
/// The configuration.
pub(super) const RUN: &str = "run.toml";
/// What stands before the name of the instruction set in the second line of the configuration.
pub(super) const INSTRUCTIONS: &str = "# Instructions of the processor that computed it: ";
/// What entered the networks, and what they are: a reader needs it when the images are gone.
pub(super) const NETWORKS: &str = "networks.json";

/// The page with all of a run's figures.
pub const REPORT: &str = "report.html";
/// The folder of a run's figures.
pub const CHARTS: &str = "charts";

/// Columns of the first table; the others follow in their order.
pub(super) const METRIC_COLUMNS: [&str; 8] = [
    "step",
    "network",
    "learning_rate",
    "train_loss",
    "train_accuracy",
    "validation_loss",
    "validation_accuracy",
    "images_per_second",
];
/// A column of the first table before its last, which follows from the second and is not read back: folders of earlier versions lack it.
pub(super) const TOTAL_COLUMN: &str = "weight_grad_norm";
pub(super) const GRADIENT_COLUMNS: [&str; 6] =
    ["step", "network", "layer", "weight_grad_norm", "weight_norm", "activation_grad_norm"];
pub(super) const EDGE_COLUMNS: [&str; 6] = ["step", "network", "block", "layer", "source", "grad_norm"];
pub(super) const REUSE_COLUMNS: [&str; 6] = ["step", "network", "block", "layer", "source", "mean_abs_weight"];
/// The folder of the weights at the end.
pub(super) const WEIGHTS: &str = "weights";
