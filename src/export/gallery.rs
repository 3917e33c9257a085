//! Every figure of a run, made at once, and its files.
//!
//! Files are named before they are made, so that what is there already can be refused before anything is written.

use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::error::ExportError;
use super::picture::{Look, to_csv, to_png, to_svg};
use super::saved_run::SavedRun;
use super::whole::{make_folder, write_whole};
use crate::chart::{Chart, FIGURES, Figure, NoData, Options};
use crate::text::Text;

/// The figures of a run that has data for them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gallery {
    /// What can be shown, in the order in which figures are shown.
    pub charts: Vec<Chart>,
    /// The figures that cannot, and why.
    pub without_data: Vec<(&'static str, NoData)>,
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

impl Gallery {
    /// These figures of a run.
    pub fn of(run: &SavedRun, figures: &[&Figure], text: &Text) -> Self {
        let mut gallery = Self::default();
        for figure in figures {
            match (figure.build)(&run.subject(), &Options::default(), text) {
                Ok(chart) => gallery.charts.push(chart),
                Err(why) => gallery.without_data.push((figure.id, why)),
            }
        }
        gallery
    }

    /// Every figure of a run.
    pub fn whole(run: &SavedRun, text: &Text) -> Self {
        Self::of(run, &FIGURES.iter().collect::<Vec<_>>(), text)
    }

    /// The files that [`write`](Self::write) would write.
    pub fn names(&self, files: &Files) -> Vec<PathBuf> {
        let named = |chart: &Chart| files.formats.iter().map(|&format| file_name(files.folder, chart.id, format));
        self.charts.iter().flat_map(named).collect()
    }

    /// Makes and writes every file, each whole or not at all, and gives their names.
    ///
    /// # Errors
    ///
    /// When the system refuses; what was written before stays.
    pub fn write(&self, files: &Files) -> Result<Vec<PathBuf>, ExportError> {
        let Files { folder, formats, look, scale } = files;
        make_folder(folder)?;
        let written: Result<Vec<Vec<PathBuf>>, ExportError> = self
            .charts
            .par_iter()
            .map(|chart| {
                let drawn = formats.iter().any(|&format| format != PictureFormat::Csv);
                let svg = if drawn { to_svg(chart, look) } else { String::new() };
                let write = |&format| {
                    let path = file_name(folder, chart.id, format);
                    match format {
                        PictureFormat::Png => write_whole(&path, &to_png(&svg, *scale)),
                        PictureFormat::Svg => write_whole(&path, svg.as_bytes()),
                        PictureFormat::Csv => write_whole(&path, to_csv(chart).as_bytes()),
                    }?;
                    Ok(path)
                };
                formats.iter().map(write).collect()
            })
            .collect();
        Ok(written?.into_iter().flatten().collect())
    }
}

/// The file of a figure.
pub(super) fn file_name(folder: &Path, id: &str, format: PictureFormat) -> PathBuf {
    folder.join(format!("{id}.{}", format.ending()))
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
