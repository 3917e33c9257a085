//! Commands that save or copy what figures show.

use std::path::{Path, PathBuf};

use resvg::tiny_skia::Pixmap;

use super::State;
use super::command::{Effect, Picture};
use super::job::{Outcome, Progress};
use super::notice::NoticeKind;
use crate::chart::{Chart, FIGURES, Figure, NoData, Options, Subject};
use crate::export::picture::{Look, to_csv, to_png, to_svg};
use crate::export::{
    CHARTS, ExportError, Files, Gallery, OutputFolder, PictureFormat, REPORT, RunFolder, SavedRun, report, write_whole,
};
use crate::telemetry::{History, NetworkHistory, StepRecord};
use crate::text::{Language, Text};

/// Pixels of a PNG for each pixel of a slide: sharp on every projector.
const SCALE: f32 = 2.0;

/// Figures of what is built: they follow every slider. All others show the run.
const OF_THE_BUILT: [&str; 3] = ["growth", "compression", "costs"];

impl State {
    /// What a figure shows.
    pub fn subject_of(&self, figure: &str) -> Option<Subject<'_>> {
        if OF_THE_BUILT.contains(&figure) { self.built() } else { self.trained().or_else(|| self.built()) }
    }

    fn chart(&self, id: &str) -> Result<Chart, NoData> {
        let text = self.text();
        let nothing = || NoData(text.say("notice.nothing_to_show").to_owned());
        let figure = Figure::named(id).ok_or_else(nothing)?;
        (figure.build)(&self.subject_of(id).ok_or_else(nothing)?, &self.view.options, text)
    }

    /// Saves a figure, or every figure and the report.
    pub(super) fn export(&mut self, figure: Option<&'static str>, path: PathBuf) {
        match figure {
            Some(id) => self.export_figure(id, path),
            None => self.export_all(path),
        }
    }

    fn export_figure(&mut self, id: &'static str, path: PathBuf) {
        let path = super::apply::with_extension(path, "png");
        let chart = match self.chart(id) {
            Ok(chart) => chart,
            Err(why) => return self.say(NoticeKind::Error, "notice.not_saved", &[("why", &why)]),
        };
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let Some(format) = PictureFormat::ALL.into_iter().find(|format| format.ending() == ending) else {
            let why = self.text().fill("notice.unknown_ending", &[("ending", &ending)]);
            return self.say(NoticeKind::Error, "notice.not_saved", &[("why", &why)]);
        };
        let look = Look::new(self.settings.language);
        let words = self.text().fill("job.export", &[("figure", &chart.title)]);
        self.begin_job(words, 1, move |progress| {
            let written = match format {
                PictureFormat::Png => write_whole(&path, &to_png(&to_svg(&chart, &look), SCALE)),
                PictureFormat::Svg => write_whole(&path, to_svg(&chart, &look).as_bytes()),
                PictureFormat::Csv => write_whole(&path, to_csv(&chart).as_bytes()),
            };
            progress.part_done();
            written.map_or_else(|error| Outcome::Failed(error.to_string()), |()| Outcome::Wrote(path))
        });
    }

    fn export_all(&mut self, path: PathBuf) {
        let Some(run) = &self.run else { return };
        let all = Everything {
            run: SavedRun {
                path: free_name(&path),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
                config: run.plan.config.clone(),
                networks: run.plan.networks.clone(),
                history: run.history.clone(),
                notes: Vec::new(),
            },
            weights: run.results.iter().filter_map(|result| Some((result.kind, result.weights.clone()?))).collect(),
            options: self.view.options,
            language: self.settings.language,
        };
        let words = self.text().say("job.export_all").to_owned();
        self.begin_job(words, FIGURES.len() + 2, move |progress| {
            all.write(progress).unwrap_or_else(|error| Outcome::Failed(error.to_string()))
        });
    }

    /// Puts a figure's picture on the clipboard, once it is made.
    pub(super) fn copy_picture(&mut self, id: &'static str) {
        let chart = match self.chart(id) {
            Ok(chart) => chart,
            Err(why) => return self.say(NoticeKind::Error, "notice.not_copied", &[("why", &why)]),
        };
        let look = Look::new(self.settings.language);
        let words = self.text().fill("job.copy", &[("figure", &chart.title)]);
        self.begin_job(words, 1, move |progress| {
            let png = to_png(&to_svg(&chart, &look), SCALE);
            progress.part_done();
            match Pixmap::decode_png(&png) {
                Ok(pixels) => Outcome::Copies(Picture {
                    width: pixels.width() as usize,
                    height: pixels.height() as usize,
                    rgba: pixels.take(), // nothing shines through, so that alpha changes no colour
                }),
                Err(error) => Outcome::Failed(error.to_string()),
            }
        });
    }

    /// Puts a figure's values on the clipboard, as spreadsheets take them.
    pub(super) fn copy_values(&mut self, id: &'static str) -> Vec<Effect> {
        match self.chart(id) {
            Ok(chart) => {
                self.say(NoticeKind::Done, "notice.copied_values", &[]);
                vec![Effect::CopyText(with_tabs(&chart))]
            }
            Err(why) => {
                self.say(NoticeKind::Error, "notice.not_copied", &[("why", &why)]);
                Vec::new()
            }
        }
    }
}

/// A run with all that is to be written of it.
struct Everything {
    run: SavedRun,
    weights: Vec<(crate::arch::NetworkKind, Vec<u8>)>,
    options: Options,
    language: Language,
}

impl Everything {
    /// Writes a run folder as the command line does, its figures in every format, and the report.
    fn write(&self, progress: &Progress) -> Result<Outcome, ExportError> {
        let Self { run, weights, options, language } = self;
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
        let files = Files { folder: &charts, formats: &PictureFormat::ALL, look: &look, scale: SCALE };
        let mut gallery = Gallery::default();
        for figure in FIGURES {
            match (figure.build)(&run.subject(), options, text) {
                Ok(chart) => {
                    let alone = Gallery { charts: vec![chart], ..Gallery::default() };
                    alone.write(&files)?;
                    gallery.charts.extend(alone.charts);
                }
                Err(why) => gallery.without_data.push((figure.id, why)),
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
fn free_name(path: &Path) -> PathBuf {
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

/// The tables of a chart with tabs between their columns.
fn with_tabs(chart: &Chart) -> String {
    let mut text = String::new();
    for (title, table) in chart.tables() {
        if let Some(title) = title {
            text += &format!("{title}\n");
        }
        for row in std::iter::once(&table.header).chain(&table.rows) {
            text += &row.join("\t");
            text.push('\n');
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}
