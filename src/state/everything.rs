//! A run with all its figures as files: what the command line writes, from what the window knows.

use std::path::{Path, PathBuf};

use super::exporting::SCALE;
use super::job::{Outcome, Progress};
use crate::arch::NetworkKind;
use crate::chart::Options;
use crate::drawing::Wires;
use crate::export::picture::{Look, to_png};
use crate::export::{
    CHARTS, ExportError, Gallery, OutputFolder, REPORT, RunFolder, Savable, Saved, SavedRun, make_folder, report,
    write_whole,
};
use crate::telemetry::{History, NetworkHistory, StepRecord};
use crate::text::{Language, Text};

/// A run with all that is to be written of it.
pub(super) struct Everything {
    pub(super) run: SavedRun,
    pub(super) weights: Vec<(NetworkKind, Vec<u8>)>,
    pub(super) options: Options,
    pub(super) wires: Wires,
    pub(super) language: Language,
}

impl Everything {
    /// The tables, each figure, and the report.
    pub(super) const PARTS: usize = Savable::COUNT + 2;

    /// Writes a run folder as the command line does, its figures in every format, and the report.
    pub(super) fn write(&self, progress: &Progress) -> Result<Outcome, ExportError> {
        let Self { run, weights, options, wires, language } = self;
        let mut folder = RunFolder::create(&OutputFolder::check(&run.path, false)?, &run.config, &run.networks)?;
        let tables = write_steps(&mut folder, &run.history);
        let finished = folder.finish(weights);
        tables?;
        finished.map_err(|errors| errors.into_iter().next().expect("a failure has an error"))?;
        if !progress.part_done() {
            return Ok(Outcome::GivenUp);
        }
        let (text, look) = (Text::of(*language), Look::new(*language));
        let charts = run.path.join(CHARTS);
        make_folder(&charts)?;
        let mut gallery = Gallery::default();
        for savable in Savable::all() {
            match savable.make(&run.subject(), options, *wires, text) {
                Ok(saved) => {
                    let svg = saved.to_svg(&look);
                    let file = |ending: &str| charts.join(format!("{}.{ending}", savable.id()));
                    write_whole(&file("svg"), svg.as_bytes())?;
                    write_whole(&file("png"), &to_png(&svg, SCALE))?;
                    write_whole(&file("csv"), saved.to_csv().as_bytes())?;
                    match saved {
                        Saved::Chart(chart) => gallery.charts.push(chart),
                        Saved::Drawing(drawing) => gallery.drawing = Some(drawing),
                    }
                }
                Err(why) => gallery.without_data.push((savable.id(), why)),
            }
            if !progress.part_done() {
                return Ok(Outcome::GivenUp);
            }
        }
        write_whole(&run.path.join(REPORT), report(std::slice::from_ref(run), &gallery, *language).as_bytes())?;
        progress.part_done();
        Ok(Outcome::Wrote(run.path.clone()))
    }
}

/// Writes the steps that are kept, in their order.
fn write_steps(folder: &mut RunFolder, history: &History) -> Result<(), ExportError> {
    let mut networks: Vec<_> =
        history.networks().iter().map(|network| (network, network.records().peekable())).collect();
    loop {
        let next = networks.iter_mut().filter_map(|(_, records)| records.peek().map(|record| record.step)).min();
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
