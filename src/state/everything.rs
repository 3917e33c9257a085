//! A run with all its figures as files: what the command line writes, from what the window knows.

use std::path::{Path, PathBuf};

use super::job::{Outcome, Progress};
use crate::arch::NetworkKind;
use crate::export::{ExportError, OutputFolder, RunFiles, RunFolder, Savable, SavedRun, write_run};
use crate::telemetry::{History, NetworkHistory, StepRecord};
use crate::text::Language;
use crate::training::Checkpoint;

/// A run with all that is to be written of it.
pub(super) struct Everything {
    pub(super) run: SavedRun,
    pub(super) weights: Vec<(NetworkKind, Vec<u8>)>,
    /// What its networks need to go on, all after the same step.
    pub(super) checkpoints: Vec<Checkpoint>,
    pub(super) language: Language,
}

impl Everything {
    /// The tables, each figure, and the report.
    pub(super) const PARTS: usize = Savable::COUNT + 2;

    /// Writes a run folder as the command line does, with the steps that are kept.
    pub(super) fn write(&self, progress: &Progress) -> Result<Outcome, ExportError> {
        let Self { run, weights, checkpoints, language } = self;
        let mut folder = RunFolder::create(&OutputFolder::check(&run.path, false)?, &run.config, &run.networks)?;
        let tables = write_steps(&mut folder, &run.history, checkpoints);
        let finished = folder.finish(weights);
        tables?;
        finished.map_err(|errors| errors.into_iter().next().expect("a failure has an error"))?;
        let goes_on = progress.part_done()
            && write_run(std::slice::from_ref(run), &RunFiles::of(run, *language), &|| progress.part_done())?;
        Ok(if goes_on { Outcome::Wrote(run.path.clone()) } else { Outcome::GivenUp })
    }
}

/// Writes the steps that are kept, in their order, and after theirs the checkpoints.
fn write_steps(folder: &mut RunFolder, history: &History, checkpoints: &[Checkpoint]) -> Result<(), ExportError> {
    let mut keep = checkpoints.iter().map(|checkpoint| checkpoint.step).max();
    let mut networks: Vec<_> =
        history.networks().iter().map(|network| (network, network.records().peekable())).collect();
    loop {
        let next = networks.iter_mut().filter_map(|(_, records)| records.peek().map(|record| record.step)).min();
        if keep.is_some_and(|moment| next.is_none_or(|step| step > moment)) {
            keep = None;
            checkpoints.iter().try_for_each(|checkpoint| folder.checkpoint(checkpoint.clone()))?;
        }
        let Some(step) = next else { return Ok(()) };
        for (network, records) in &mut networks {
            if let Some(record) = records.next_if(|record| record.step == step) {
                folder.record(network.kind, &whole(network, record))?;
            }
        }
    }
}

/// A record with what was read of connections at its step, which the history keeps apart.
fn whole(network: &NetworkHistory, record: &StepRecord) -> StepRecord {
    let mut record = record.clone();
    if let Some(read) = network.connections_at(record.step).filter(|read| read.step == record.step) {
        record.figures.edges.clone_from(&read.edges);
        record.figures.reuse.clone_from(&read.reuse);
    }
    record
}

/// The folder, or the same with a number where something is in it: nothing is replaced.
pub(super) fn free_name(path: &Path) -> PathBuf {
    let free = |path: &Path| OutputFolder::check(path, false).is_ok();
    let numbered = |number: usize| {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!("-{number}"));
        path.with_file_name(name)
    };
    if free(path) {
        return path.to_owned();
    }
    (2..1000).map(numbered).find(|path| free(path)).unwrap_or_else(|| path.to_owned())
}
