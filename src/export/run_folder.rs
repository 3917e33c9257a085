//! The folder that a run leaves: its configuration, its tables and its weights.

use std::fs;
use std::path::{Path, PathBuf};

use super::architecture_json::architectures_to_json;
use super::error::ExportError;
use super::gallery::{GIF, PictureFormat, file_name};
use super::savable::Savable;
use super::table::{GrowingTable, with_ending};
use super::whole::write_whole;
use crate::arch::{Architecture, NetworkKind};
use crate::config::RunConfig;
use crate::telemetry::{Edge, StepRecord};

pub(super) const TABLES: [&str; 4] = ["metrics.csv", "gradients.csv", "edges.csv", "reuse.csv"];
/// What entered the networks, and what they are: a reader needs it when the images are gone.
pub(super) const NETWORKS: &str = "networks.json";

/// The page with all of a run's figures.
pub const REPORT: &str = "report.html";
/// The folder of a run's figures.
pub const CHARTS: &str = "charts";

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
pub(super) const GRADIENT_COLUMNS: [&str; 6] =
    ["step", "network", "layer", "weight_grad_norm", "weight_norm", "activation_grad_norm"];
pub(super) const EDGE_COLUMNS: [&str; 6] = ["step", "network", "block", "layer", "source", "grad_norm"];
pub(super) const REUSE_COLUMNS: [&str; 6] = ["step", "network", "block", "layer", "source", "mean_abs_weight"];

/// A folder that a run may be written to.
#[derive(Clone, Debug)]
pub struct OutputFolder(PathBuf);

impl OutputFolder {
    /// The folder, if it is new or empty, or `force` says that a run in it may be replaced. Nothing is written yet.
    ///
    /// # Errors
    ///
    /// When it is a file, or has something in it and `force` is not given.
    pub fn check(path: &Path, force: bool) -> Result<Self, ExportError> {
        if path.exists() && !path.is_dir() {
            return Err(ExportError::IsFile(path.to_owned()));
        }
        if path.is_dir() && !force {
            let mut found = fs::read_dir(path).map_err(ExportError::unwritable(path))?;
            if let Some(entry) = found.next() {
                let found = entry.map_err(ExportError::unwritable(path))?.file_name().to_string_lossy().into_owned();
                return Err(ExportError::NotEmpty { path: path.to_owned(), found });
            }
        }
        Ok(Self(path.to_owned()))
    }
}

/// The folder of a run that goes on.
pub struct RunFolder {
    path: PathBuf,
    metrics: GrowingTable,
    gradients: GrowingTable,
    edges: GrowingTable,
    reuse: GrowingTable,
    batch: usize,
    rows: Vec<(NetworkKind, Vec<String>)>,
}

impl RunFolder {
    /// Makes the folder, with the configuration in it. The files of a run that was there before are removed, and nothing else.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn create(folder: &OutputFolder, config: &RunConfig, networks: &[Architecture]) -> Result<Self, ExportError> {
        let OutputFolder(path) = folder;
        fs::create_dir_all(path).map_err(ExportError::unwritable(path))?;
        remove_run(path)?;
        let header = format!("# A run of densescope {}.\n", env!("CARGO_PKG_VERSION"));
        write_whole(&path.join("run.toml"), (header + &config.to_toml()).as_bytes())?;
        write_whole(&path.join(NETWORKS), architectures_to_json(networks).as_bytes())?;
        let table = |name: &str, header: &[&str]| GrowingTable::create(&path.join(name), header);
        Ok(Self {
            path: path.clone(),
            metrics: table(TABLES[0], &METRIC_COLUMNS)?,
            gradients: table(TABLES[1], &GRADIENT_COLUMNS)?,
            edges: table(TABLES[2], &EDGE_COLUMNS)?,
            reuse: table(TABLES[3], &REUSE_COLUMNS)?,
            batch: config.training.batch,
            rows: networks.iter().map(|network| (network.kind, row_names(network))).collect(),
        })
    }

    /// Adds one step of one network to every table.
    ///
    /// # Errors
    ///
    /// When the system refuses; what was written before stays.
    ///
    /// # Panics
    ///
    /// When the run has no such network.
    pub fn record(&mut self, network: NetworkKind, record: &StepRecord) -> Result<(), ExportError> {
        let StepRecord { step, learning_rate, train_loss, train_accuracy, validation, seconds, figures } = record;
        let images_per_second = self.batch as f64 / seconds;
        let name = network.name();
        self.metrics.push((
            step,
            name,
            learning_rate,
            train_loss,
            train_accuracy,
            validation.map(|validation| validation.loss),
            validation.map(|validation| validation.accuracy),
            images_per_second,
        ));
        let (_, rows) =
            self.rows.iter().find(|(kind, _)| *kind == network).expect("the folder is of the run's networks");
        for (row, layer) in rows.iter().zip(&figures.layers) {
            self.gradients.push((
                step,
                name,
                row,
                layer.weight_grad_norm,
                layer.weight_norm,
                layer.activation_grad_norm,
            ));
        }
        for edge in &figures.edges {
            match *edge {
                Edge::Dense { block, layer, source, grad_norm } => {
                    self.edges.push((step, name, block, layer, source, grad_norm));
                }
                Edge::Baseline { block, layer, identity_grad_norm, branch_grad_norm } => {
                    self.edges.push((step, name, block, layer, "identity", identity_grad_norm));
                    self.edges.push((step, name, block, layer, "branch", branch_grad_norm));
                }
            }
        }
        for reuse in &figures.reuse {
            self.reuse.push((step, name, reuse.block, reuse.layer, reuse.source, reuse.mean_abs_weight));
        }
        for table in [&mut self.metrics, &mut self.gradients, &mut self.edges, &mut self.reuse] {
            table.write_out()?;
        }
        Ok(())
    }

    /// Gives the tables their final names and writes the weights. Does as much as it can.
    ///
    /// # Errors
    ///
    /// Everything that the system refused.
    pub fn finish(self, weights: &[(NetworkKind, Vec<u8>)]) -> Result<(), Vec<ExportError>> {
        let Self { path, metrics, gradients, edges, reuse, batch: _, rows: _ } = self;
        let mut outcomes: Vec<_> = [metrics, gradients, edges, reuse].into_iter().map(GrowingTable::finish).collect();
        let folder = path.join("weights");
        if !weights.is_empty() {
            outcomes.push(fs::create_dir_all(&folder).map_err(ExportError::unwritable(&folder)));
        }
        outcomes.extend(
            weights.iter().map(|(kind, bytes)| write_whole(&folder.join(format!("{kind}.safetensors")), bytes)),
        );
        let errors: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

fn row_names(network: &Architecture) -> Vec<String> {
    network.layers.iter().map(|layer| layer.part.to_string()).collect()
}

/// Removes the files of a run, whole or partial, so that two runs are never mixed.
fn remove_run(path: &Path) -> Result<(), ExportError> {
    let mut files = vec![path.join("run.toml"), path.join(NETWORKS)];
    for table in TABLES {
        files.extend([path.join(table), with_ending(&path.join(table), ".partial")]);
    }
    files.push(path.join(REPORT));
    for ending in PictureFormat::ALL.map(PictureFormat::ending).into_iter().chain([GIF]) {
        files.extend(Savable::all().map(|savable| file_name(&path.join(CHARTS), savable.id(), ending)));
    }
    files.extend(NetworkKind::ALL.map(|kind| path.join("weights").join(format!("{kind}.safetensors"))));
    for file in files {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(ExportError::unwritable(&file)(error));
            }
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}
