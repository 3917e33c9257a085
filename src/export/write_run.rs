//! Saving what can be seen of runs: the one way there is, for `train`, `export` and the window.

use std::path::{Path, PathBuf};

use super::error::ExportError;
use super::form::{CHARTS, REPORT};
use super::gallery::{Files, Gallery, PictureFormat};
use super::picture::Look;
use super::report::report;
use super::savable::Savable;
use super::saved_run::SavedRun;
use super::whole::{make_folder, write_whole};
use crate::text::{Language, Text};

/// What is made of runs, how it looks, and where it goes.
pub struct RunFiles {
    /// The figures.
    pub gallery: Gallery,
    /// Kinds of files that each becomes.
    pub formats: Vec<PictureFormat>,
    /// Their folder.
    pub charts: PathBuf,
    /// How they look.
    pub look: Look,
    /// Pixels of a PNG for each pixel of its size.
    pub scale: f32,
    /// The page with all of it, if it is to be made.
    pub report: Option<PathBuf>,
}

impl RunFiles {
    /// Kinds of files that a figure becomes unless told otherwise.
    pub const FORMATS: [PictureFormat; 2] = [PictureFormat::Svg, PictureFormat::Png];

    /// Everything of one run, in its own folder.
    pub fn of(run: &SavedRun, language: Language) -> Self {
        let text = Text::of(language);
        Self {
            gallery: Gallery::of(std::slice::from_ref(run), &Savable::all().collect::<Vec<_>>(), text),
            formats: Self::FORMATS.to_vec(),
            charts: run.path.join(CHARTS),
            look: Look { caption: Some(run.caption(text)), ..Look::new(language) },
            scale: 1.0,
            report: Some(run.path.join(REPORT)),
        }
    }

    /// The files that will be written.
    pub fn names(&self) -> Vec<PathBuf> {
        let mut names = self.gallery.names(&self.files());
        names.extend(self.report.clone());
        names
    }

    fn files(&self) -> Files<'_> {
        Files { folder: &self.charts, formats: &self.formats, look: &self.look, scale: self.scale }
    }
}

/// Writes the figures of runs and their report. `goes_on` is asked after each; whether all was written.
///
/// # Errors
///
/// When the system refuses; what was written before stays.
pub fn write_run(
    runs: &[SavedRun],
    files: &RunFiles,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<bool, ExportError> {
    let drawn = !files.formats.is_empty() || !files.gallery.replays.is_empty();
    if drawn && !files.gallery.write(&files.files(), goes_on)? {
        return Ok(false);
    }
    if let Some(file) = &files.report {
        make_folder(file.parent().unwrap_or(Path::new(".")))?;
        write_whole(file, report(runs, &files.gallery, files.look.language).as_bytes())?;
        goes_on();
    }
    Ok(true)
}
