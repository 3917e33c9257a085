//! The folder that a run leaves: its configuration, its tables and its weights.

use std::fs;
use std::path::{Path, PathBuf};

use super::architecture_json::architectures_to_json;
use super::checkpoint::{self, SavedCheckpoint, remove_file};
use super::cut_table::CUTS;
use super::error::ExportError;
use super::form::{
    CHARTS, EDGE_COLUMNS, GRADIENT_COLUMNS, INSTRUCTIONS, METRIC_COLUMNS, NETWORKS, REPORT, REUSE_COLUMNS, RUN, TABLES,
    TOTAL_COLUMN, WEIGHTS,
};
use super::gallery::{GIF, PictureFormat, file_name};
use super::savable::Savable;
use super::table::{GrowingTable, with_ending};
use super::whole::{make_folder, remove_leftovers, write_whole};
use crate::arch::{Architecture, NetworkKind};
use crate::config::RunConfig;
use crate::kernels::InstructionSet;
use crate::telemetry::{Edge, StepRecord};
use crate::training::Checkpoint;

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
    /// Steps between checkpoints.
    checkpoint_every: usize,
    /// Steps of the run.
    steps: usize,
    rows: Vec<(NetworkKind, Vec<String>)>,
    /// The newest checkpoint of each network.
    checkpoints: Vec<Checkpoint>,
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
        GrowingTable::refuse_in_use(&path.join(TABLES[0]))?;
        remove_run(path)?;
        let (version, instructions) = (env!("CARGO_PKG_VERSION"), InstructionSet::current());
        let header = format!("# A run of densescope {version}.\n{INSTRUCTIONS}{instructions}\n");
        write_whole(&path.join(RUN), (header + &config.to_toml()).as_bytes())?;
        write_whole(&path.join(NETWORKS), architectures_to_json(networks).as_bytes())?;
        let mut metric_columns = METRIC_COLUMNS.to_vec();
        metric_columns.insert(METRIC_COLUMNS.len() - 1, TOTAL_COLUMN);
        let [metrics, gradients, edges, reuse] = [
            (TABLES[0], &metric_columns[..]),
            (TABLES[1], &GRADIENT_COLUMNS),
            (TABLES[2], &EDGE_COLUMNS),
            (TABLES[3], &REUSE_COLUMNS),
        ]
        .map(|(name, header)| GrowingTable::create(&path.join(name), header));
        Ok(Self::with(path, [metrics?, gradients?, edges?, reuse?], config, networks))
    }

    /// Goes on with the folder of a run from its newest checkpoint: what its tables hold of later steps is dropped, and will be written
    /// again. A number of steps other than before is noted in its configuration.
    ///
    /// # Errors
    ///
    /// When another process writes it, a table is shorter than it was at the checkpoint, or the system refuses; then nothing is lost.
    ///
    /// # Panics
    ///
    /// Never: there are four tables.
    pub fn resume(
        path: &Path,
        saved: &SavedCheckpoint,
        config: &RunConfig,
        networks: &[Architecture],
    ) -> Result<Self, ExportError> {
        let places: Vec<_> = TABLES.iter().zip(saved.lengths).map(|(name, length)| (path.join(name), length)).collect();
        let found: Result<Vec<_>, _> =
            places.iter().map(|(table, length)| GrowingTable::find(table, *length)).collect();
        let mut tables = found?.into_iter().zip(&places).map(|(found, (table, length))| found.resume(table, *length));
        let mut next = || tables.next().expect("there are four tables");
        let tables = [next()?, next()?, next()?, next()?];
        for folder in [path, &path.join(WEIGHTS), &path.join(CHARTS)] {
            remove_leftovers(folder);
        }
        checkpoint::remove_leftovers(path);
        remove_file(&path.join(CUTS))?; // made of weights that will be others
        let mut folder = Self::with(path, tables, config, networks);
        folder.checkpoints.clone_from(&saved.networks);
        folder.note_steps(config)?;
        folder.keep_moment()?;
        Ok(folder)
    }

    fn with(path: &Path, tables: [GrowingTable; 4], config: &RunConfig, networks: &[Architecture]) -> Self {
        let [metrics, gradients, edges, reuse] = tables;
        Self {
            path: path.to_owned(),
            metrics,
            gradients,
            edges,
            reuse,
            batch: config.training.batch,
            checkpoint_every: config.training.checkpoint_every,
            steps: config.training.steps,
            rows: networks.iter().map(|network| (network.kind, row_names(network))).collect(),
            checkpoints: Vec::new(),
        }
    }

    /// Writes the configuration again if its number of steps was changed, with a line that says up to where the schedule was another.
    fn note_steps(&self, config: &RunConfig) -> Result<(), ExportError> {
        let file = self.path.join(RUN);
        let before = fs::read_to_string(&file).map_err(ExportError::unwritable(&file))?;
        let toml = config.to_toml();
        let header: String =
            before.lines().take_while(|line| line.starts_with('#')).flat_map(|line| [line, "\n"]).collect();
        if before.strip_prefix(&header) == Some(&toml) {
            return Ok(());
        }
        let made = self.checkpoints.iter().map(|checkpoint| checkpoint.step).max().unwrap_or(0);
        let note = format!("# Up to step {made} its learning rate followed the schedule of another number of steps.\n");
        write_whole(&file, (header + &note + &toml).as_bytes())
    }

    /// Takes in what a network needs to go on. Once every network is after the same step, or has diverged before it, it is written.
    ///
    /// # Errors
    ///
    /// When the system refuses; the checkpoint before it stays.
    pub fn checkpoint(&mut self, checkpoint: Checkpoint) -> Result<(), ExportError> {
        self.checkpoints.retain(|other| other.network != checkpoint.network);
        self.checkpoints.push(checkpoint);
        let going = self.checkpoints.iter().filter(|checkpoint| checkpoint.divergence.is_none());
        let newest = self.checkpoints.iter().map(|checkpoint| checkpoint.step).max();
        if self.checkpoints.len() < self.rows.len()
            || !going.map(|checkpoint| Some(checkpoint.step)).all(|step| step == newest)
        {
            return Ok(());
        }
        self.keep_moment()?;
        let tables = [&mut self.metrics, &mut self.gradients, &mut self.edges, &mut self.reuse];
        let mut lengths = [0; 4];
        for (length, table) in lengths.iter_mut().zip(tables) {
            *length = table.keep()?;
        }
        checkpoint::write(&self.path, &self.checkpoints, lengths)
    }

    /// Keeps the weights of a moment; those of the start follow from the seed, and those of the end are kept by themselves.
    fn keep_moment(&self) -> Result<(), ExportError> {
        if self.checkpoints.iter().any(|checkpoint| checkpoint.step == 0 || checkpoint.step == self.steps) {
            return Ok(());
        }
        checkpoint::keep_moment(&self.path, &self.checkpoints, self.checkpoint_every)
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
            figures.weight_grad_norm(),
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
        let Self { path, metrics, gradients, edges, reuse, .. } = self;
        let mut outcomes: Vec<_> = [metrics, gradients, edges, reuse].into_iter().map(GrowingTable::finish).collect();
        let folder = path.join(WEIGHTS);
        if !weights.is_empty() {
            outcomes.push(make_folder(&folder));
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
    let mut files = vec![path.join(RUN), path.join(NETWORKS)];
    for table in TABLES {
        files.extend([path.join(table), with_ending(&path.join(table), ".partial")]);
    }
    files.extend([path.join(REPORT), path.join(CUTS)]);
    for ending in PictureFormat::ALL.map(PictureFormat::ending).into_iter().chain([GIF]) {
        files.extend(Savable::all().map(|savable| file_name(&path.join(CHARTS), savable.id(), ending)));
    }
    files.extend(NetworkKind::ALL.map(|kind| path.join(WEIGHTS).join(format!("{kind}.safetensors"))));
    files.iter().try_for_each(|file| remove_file(file))?;
    checkpoint::remove(path)
}
