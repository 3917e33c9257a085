//! Commands that save or copy what figures show.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use resvg::tiny_skia::Pixmap;

use super::State;
use super::command::{Effect, Picture, TableFormat};
use super::compare::compared;
use super::everything::{Everything, free_name};
use super::job::Outcome;
use super::notice::NoticeKind;
use crate::chart::{Chart, Figure, NoData, Shows, Subject};
use crate::drawing::ID;
use crate::export::architecture_table::{architectures_to_csv, architectures_to_latex, architectures_to_markdown};
use crate::export::picture::{Look, ReplayError, replay, to_png};
use crate::export::{PictureFormat, Savable, Saved, SavedRun, write_whole};
use crate::kernels::InstructionSet;
use crate::text::{Localized as _, Text};

/// Pixels of a PNG for each pixel of a slide: sharp on every projector.
const SCALE: f32 = 2.0;

/// How long a replay takes, and of how many pictures it is at most.
const REPLAY: Duration = Duration::from_secs(8);
const REPLAY_FRAMES: usize = 60;

impl State {
    /// The networks that are shown, if there are any.
    pub fn shown(&self, shows: Shows) -> Option<Subject<'_>> {
        match shows {
            Shows::Built => self.built(),
            Shows::Run => self.trained().or_else(|| self.built()),
        }
    }

    fn saved(&self, id: &str) -> Result<Saved, NoData> {
        let text = self.text();
        let nothing = || NoData(text.say("notice.nothing_to_show").to_owned());
        let savable = Savable::named(id).ok_or_else(nothing)?;
        let subject = self.shown(savable.shows()).ok_or_else(nothing)?;
        match savable {
            Savable::Chart(figure) => {
                compared(figure, &subject, &self.pinned(), &self.view.options, text).map(Saved::Chart)
            }
            Savable::Drawing => savable.make(&subject, &self.view.options, self.view.wires, text),
        }
    }

    /// Saves a figure, or every figure and the report.
    pub(super) fn export(&mut self, figure: Option<&'static str>, path: PathBuf) {
        match figure {
            Some(id) => self.export_figure(id, path),
            None => self.export_all(&path),
        }
    }

    fn export_figure(&mut self, id: &'static str, path: PathBuf) {
        let path = super::apply::with_extension(path, "png");
        let saved = match self.saved(id) {
            Ok(saved) => saved,
            Err(why) => return self.say(NoticeKind::Error, "notice.not_saved", &[("why", &why)]),
        };
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if ending == "gif" && id == ID {
            let why = self.text().say("figure.network.no_replay").to_owned();
            return self.say(NoticeKind::Error, "notice.not_saved", &[("why", &why)]);
        }
        if ending == "gif" {
            return self.export_replay(id, path);
        }
        let Some(format) = PictureFormat::ALL.into_iter().find(|format| format.ending() == ending) else {
            let why = self.text().fill("notice.unknown_ending", &[("ending", &ending)]);
            return self.say(NoticeKind::Error, "notice.not_saved", &[("why", &why)]);
        };
        let (text, look) = (self.text(), Look::new(self.settings.language));
        let words = text.fill("job.export", &[("figure", &saved.title())]);
        self.begin_job(words, 1, move |progress| {
            let written = match format {
                PictureFormat::Png => write_whole(&path, &to_png(&saved.to_svg(&look), SCALE)),
                PictureFormat::Svg => write_whole(&path, saved.to_svg(&look).as_bytes()),
                PictureFormat::Csv => write_whole(&path, saved.to_csv().as_bytes()),
            };
            progress.part_done();
            written.map_or_else(|error| Outcome::Failed(error.in_words(text)), |()| Outcome::Wrote(path))
        });
    }

    /// Saves how a figure came to be over the run, moment by moment.
    fn export_replay(&mut self, id: &'static str, path: PathBuf) {
        let (Some(run), Some(figure)) = (self.saved_run(&path), Figure::named(id)) else {
            let why = self.text().say("notice.nothing_to_show").to_owned();
            return self.say(NoticeKind::Error, "notice.not_saved", &[("why", &why)]);
        };
        let (options, language) = (self.view.options, self.settings.language);
        let words = self.text().fill("job.export", &[("figure", &self.text().say(&format!("figure.{id}.title")))]);
        self.begin_job(words, REPLAY_FRAMES, move |progress| {
            let text = Text::of(language);
            let at = |step| (figure.build)(&Subject { at: Some(step), ..run.subject() }, &options, text).ok();
            let frames: Vec<Chart> = run.moments(REPLAY_FRAMES).into_iter().filter_map(at).collect();
            let mut told = 0;
            let gif = replay(frames, &Look::new(language), REPLAY, &mut |done, _| {
                let goes_on = (told..done).fold(true, |goes_on, _| progress.part_done() && goes_on);
                told = done;
                if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            match gif {
                Ok(gif) => write_whole(&path, &gif)
                    .map_or_else(|error| Outcome::Failed(error.in_words(text)), |()| Outcome::Wrote(path)),
                Err(ReplayError::Stopped) => Outcome::GivenUp,
                Err(ReplayError::Empty) => Outcome::Failed(text.say("notice.nothing_to_show").to_owned()),
            }
        });
    }

    fn export_all(&mut self, path: &Path) {
        let Some(run) = self.saved_run(&free_name(path)) else { return };
        let results = self.run.iter().flat_map(|run| &run.results);
        let weights = results.filter_map(|result| Some((result.kind, result.weights.clone()?))).collect();
        let all = Everything {
            run,
            weights,
            checkpoints: self.run.iter().flat_map(|run| run.checkpoints.clone()).collect(),
            language: self.settings.language,
        };
        let text = self.text();
        self.begin_job(text.say("job.export_all").to_owned(), Everything::PARTS, move |progress| {
            all.write(progress).unwrap_or_else(|error| Outcome::Failed(error.in_words(text)))
        });
    }

    /// The run as if it had been read from that folder.
    fn saved_run(&self, path: &Path) -> Option<SavedRun> {
        let run = self.run.as_ref()?;
        Some(SavedRun {
            path: path.to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            instructions: Some(InstructionSet::current()),
            config: run.plan.config.clone(),
            networks: run.plan.networks.clone(),
            history: run.history.clone(),
            cuts: run.cuts.clone(),
            notes: Vec::new(),
        })
    }

    /// Puts a figure's picture on the clipboard, once it is made.
    pub(super) fn copy_picture(&mut self, id: &'static str) {
        let saved = match self.saved(id) {
            Ok(saved) => saved,
            Err(why) => return self.say(NoticeKind::Error, "notice.not_copied", &[("why", &why)]),
        };
        let look = Look::new(self.settings.language);
        let words = self.text().fill("job.copy", &[("figure", &saved.title())]);
        self.begin_job(words, 1, move |progress| {
            let png = to_png(&saved.to_svg(&look), SCALE);
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

    /// Puts the tables of what is built on the clipboard.
    pub(super) fn copy_tables(&mut self, format: TableFormat) {
        let Some(built) = self.built() else { return };
        let tables = match format {
            TableFormat::Csv => architectures_to_csv(built.networks),
            TableFormat::Markdown => architectures_to_markdown(built.networks),
            TableFormat::Latex => architectures_to_latex(built.networks),
        };
        self.say(NoticeKind::Done, "notice.copied_tables", &[]);
        self.effects.push(Effect::CopyText(tables));
    }

    /// Puts a figure's values on the clipboard, as spreadsheets take them.
    pub(super) fn copy_values(&mut self, id: &'static str) {
        match self.saved(id) {
            Ok(saved) => {
                self.say(NoticeKind::Done, "notice.copied_values", &[]);
                self.effects.push(Effect::CopyText(with_tabs(&saved)));
            }
            Err(why) => self.say(NoticeKind::Error, "notice.not_copied", &[("why", &why)]),
        }
    }
}

/// The tables of a figure with tabs between their columns.
fn with_tabs(saved: &Saved) -> String {
    let mut text = String::new();
    for (title, table) in saved.tables() {
        if let Some(title) = title {
            text += title;
            text.push('\n');
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
