//! Every figure of a run or of several, made at once, and its files.
//!
//! Files are named before they are made, so that what is there already can be refused before anything is written.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::error::ExportError;
use super::light::lightened;
use super::picture::{Look, replay, to_png};
use super::savable::{Savable, Saved};
use super::saved_run::SavedRun;
use super::whole::{make_folder, write_whole};
use crate::chart::{Chart, Figure, NoData, Options, Subject, mean_of_those, overlay};
use crate::drawing::{Drawing, Wires};
use crate::text::Text;

/// The figures that runs have data for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gallery {
    /// What can be shown, in the order in which figures are shown.
    pub charts: Vec<Chart>,
    /// The drawing of the networks, which shows those of one run.
    pub drawing: Option<Box<Drawing>>,
    /// The figures that cannot, and why.
    pub without_data: Vec<(&'static str, NoData)>,
    /// Figures that change over the run, at moments from its start to its end; each becomes an animation.
    pub replays: Vec<Vec<Chart>>,
}

/// A kind of file that a figure can become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// Pixels.
    Png,
    /// Shapes.
    Svg,
    /// Its values.
    Csv,
}

impl PictureFormat {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Png, Self::Svg, Self::Csv];

    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Csv => "csv",
        }
    }
}

/// How figures become files.
#[derive(Clone, Debug, PartialEq)]
pub struct Files<'a> {
    /// Where they go.
    pub folder: &'a Path,
    /// Which kinds.
    pub formats: &'a [PictureFormat],
    /// How they look.
    pub look: &'a Look,
    /// Pixels of a PNG for each pixel of the picture.
    pub scale: f32,
}

/// Points of a curve in an animation: more than it has pixels from left to right.
const MOST_POINTS: usize = 3000;
/// The ending of an animation.
pub(super) const GIF: &str = "gif";
/// How long a replay takes.
const REPLAY: Duration = Duration::from_secs(8);
/// Pictures in a replay, at most.
const REPLAY_FRAMES: usize = 60;

impl Gallery {
    /// These figures of a run, or of several: over each other, or as mean and range where they differ only in the seed.
    pub fn of(runs: &[SavedRun], figures: &[Savable], text: &Text) -> Self {
        let mut gallery = Self::default();
        let sets = sets(runs);
        for savable in figures {
            let Savable::Chart(figure) = savable else {
                // Several runs have several sets of networks, and the drawing is of one.
                let drawing = match runs {
                    [run] => Drawing::of(&run.subject(), Options::default().gradient, Wires::Gradient, text),
                    _ => Err(NoData(text.say("figure.network.one_run").to_owned())),
                };
                match drawing {
                    Ok(drawing) => gallery.drawing = Some(Box::new(drawing)),
                    Err(why) => gallery.without_data.push((savable.id(), why)),
                }
                continue;
            };
            let mut charts = Vec::new();
            let mut first_reason = None;
            for (name, set) in &sets {
                match of_set(figure, set, text) {
                    Ok(chart) => charts.push((name.clone(), chart)),
                    Err(why) => first_reason = first_reason.or(Some(why)),
                }
            }
            let joined = match first_reason {
                Some(why) if charts.is_empty() => Err(why),
                Some(_) | None => overlay(charts, text),
            };
            match joined {
                Ok(chart) => gallery.charts.push(chart),
                Err(why) => gallery.without_data.push((figure.id, why)),
            }
        }
        gallery
    }

    /// The same with what these figures of the run were at moments from its start to its end, where they change.
    pub fn with_replays(self, run: &SavedRun, figures: &[Savable], text: &Text) -> Self {
        let steps = run.moments(REPLAY_FRAMES);
        let of_chart = |savable: &Savable| match savable {
            Savable::Chart(figure) => Some(*figure),
            Savable::Drawing => None,
        };
        let mut without_data = self.without_data;
        if figures.iter().any(|savable| matches!(savable, Savable::Drawing)) {
            without_data.push((crate::drawing::ID, NoData(text.say("figure.network.no_replay").to_owned())));
        }
        let figures: Vec<_> = figures.iter().filter_map(of_chart).collect();
        let replays = figures.par_iter().map(|figure| {
            let at =
                |&step| (figure.build)(&Subject { at: Some(step), ..run.subject() }, &Options::default(), text).ok();
            steps.iter().filter_map(at).collect::<Vec<Chart>>()
        });
        let changing = |frames: &Vec<Chart>| frames.windows(2).any(|pair| pair[0].panels != pair[1].panels);
        Self { replays: replays.filter(changing).collect(), without_data, ..self }
    }

    /// The files that [`write`](Self::write) would write.
    pub fn names(&self, files: &Files) -> Vec<PathBuf> {
        let named = |id: &'static str| files.formats.iter().map(|format| file_name(files.folder, id, format.ending()));
        let ids = self.drawing.iter().map(|_| crate::drawing::ID).chain(self.charts.iter().map(|chart| chart.id));
        let mut names: Vec<PathBuf> = ids.flat_map(named).collect();
        names.extend(self.replays.iter().map(|frames| file_name(files.folder, frames[0].id, GIF)));
        names
    }

    /// Makes and writes every file, each whole or not at all. `goes_on` is asked after each figure; whether all were written.
    ///
    /// # Errors
    ///
    /// When the system refuses; what was written before stays.
    ///
    /// # Panics
    ///
    /// Never: a replay has frames, and nobody stops it.
    pub fn write(&self, files: &Files, goes_on: &(dyn Fn() -> bool + Sync)) -> Result<bool, ExportError> {
        let Files { folder, formats, look, scale } = files;
        make_folder(folder)?;
        let drawing = self.drawing.clone().map(Saved::Drawing);
        let charts = self.charts.iter().cloned().map(Saved::Chart);
        let saved: Vec<Saved> = drawing.into_iter().chain(charts).collect();
        let given_up = AtomicBool::new(false);
        let part_done = || given_up.fetch_or(!goes_on(), Ordering::Relaxed);
        saved.par_iter().try_for_each(|saved| {
            if given_up.load(Ordering::Relaxed) {
                return Ok(());
            }
            let drawn = formats.iter().any(|format| matches!(format, PictureFormat::Png | PictureFormat::Svg));
            let svg = if drawn { saved.to_svg(look) } else { String::new() };
            formats.iter().try_for_each(|&format| {
                let path = file_name(folder, saved.id(), format.ending());
                match format {
                    PictureFormat::Png => write_whole(&path, &to_png(&svg, *scale)),
                    PictureFormat::Svg => write_whole(&path, svg.as_bytes()),
                    PictureFormat::Csv => write_whole(&path, saved.to_csv().as_bytes()),
                }
            })?;
            part_done();
            Ok(())
        })?;
        for frames in &self.replays {
            if given_up.load(Ordering::Relaxed) {
                break;
            }
            let path = file_name(folder, frames[0].id, GIF);
            let frames = frames.iter().map(|chart| lightened(chart, MOST_POINTS).into_owned()).collect();
            let gif = replay(frames, look, REPLAY, &mut |_, _| ControlFlow::Continue(()))
                .expect("there are frames, and nobody stops it");
            write_whole(&path, &gif)?;
            part_done();
        }
        Ok(!given_up.into_inner())
    }
}

/// A name for each run: of its folder, or the whole path where two folders are called the same.
pub(super) fn names(runs: &[SavedRun]) -> Vec<String> {
    let short: Vec<String> = runs.iter().map(SavedRun::name).collect();
    let is_alone = |name: &String| short.iter().filter(|other| *other == name).count() == 1;
    let names = runs.iter().zip(&short);
    names.map(|(run, name)| if is_alone(name) { name.clone() } else { run.path.display().to_string() }).collect()
}

/// Runs that differ only in the seed, each with its name.
type Set<'a> = Vec<(String, &'a SavedRun)>;

/// The runs, those that differ only in the seed together, and what each set is called.
fn sets(runs: &[SavedRun]) -> Vec<(String, Set<'_>)> {
    let mut sets: Vec<Set> = Vec::new();
    for (run, name) in runs.iter().zip(names(runs)) {
        let alike = |set: &&mut Set| {
            let (_, first) = &set[0];
            first.config.differs_only_in_seed(&run.config) && first.networks == run.networks
        };
        match sets.iter_mut().find(alike) {
            Some(set) => set.push((name, run)),
            None => sets.push(vec![(name, run)]),
        }
    }
    let title = |set: &Set| set.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    sets.into_iter().map(|set| (title(&set), set)).collect()
}

/// The figure of a set: of its run, or the mean and range of its runs.
fn of_set(figure: &Figure, set: &Set, text: &Text) -> Result<Chart, NoData> {
    let of =
        |(name, run): &(String, &SavedRun)| (name.clone(), (figure.build)(&run.subject(), &Options::default(), text));
    mean_of_those(set.iter().map(of).collect(), text)
}

/// What tells several runs apart, for a caption; nothing for one.
pub fn differences(runs: &[SavedRun], text: &Text) -> Option<String> {
    let [first, others @ ..] = runs else { return None };
    let names = names(runs);
    let compare = |(other, name): (&SavedRun, &String)| {
        let about = first.config.comparison(&other.config, text);
        text.fill("figure.runs.against", &[("run", name), ("first", &names[0]), ("about", &about)])
    };
    let words: Vec<String> = others.iter().zip(&names[1..]).map(compare).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

/// The file of a figure.
pub(super) fn file_name(folder: &Path, id: &str, ending: &str) -> PathBuf {
    folder.join(format!("{id}.{ending}"))
}

/// Refuses to replace files without being told to.
///
/// # Errors
///
/// When some of them are there already.
pub fn refuse_existing(files: &[PathBuf]) -> Result<(), ExportError> {
    let there: Vec<PathBuf> = files.iter().filter(|file| file.symlink_metadata().is_ok()).cloned().collect();
    if there.is_empty() { Ok(()) } else { Err(ExportError::Existing(there)) }
}
