//! The folder of a run that goes on in the window: what `train` writes, as it is made.

use std::path::PathBuf;

use crate::export::{RunFiles, RunFolder, SavedRun, write_run};
use crate::text::{Language, Localized as _, Text};
use crate::training::{Keeper, NetworkResult, RunEvent};

/// The folder of a run that goes on.
pub(super) struct InFolder {
    pub(super) folder: RunFolder,
    pub(super) path: PathBuf,
    /// Of the words in its figures.
    pub(super) language: Language,
}

impl Keeper for InFolder {
    fn take(&mut self, event: &RunEvent) -> Result<(), String> {
        let kept = match event {
            RunEvent::Step(kind, record) => self.folder.record(*kind, record),
            RunEvent::Checkpoint(checkpoint) => self.folder.checkpoint(checkpoint.clone()),
            RunEvent::Ended(..) | RunEvent::Paused(_) | RunEvent::Glance(..) | RunEvent::Predictions(..) => Ok(()),
        };
        kept.map_err(|error| error.in_words(Text::of(self.language)))
    }

    fn end(self: Box<Self>, results: &[NetworkResult]) -> Result<(), String> {
        let Self { folder, path, language } = *self;
        let text = Text::of(language);
        let weights: Vec<_> =
            results.iter().filter_map(|result| Some((result.kind, result.weights.clone()?))).collect();
        let words = |error: crate::export::ExportError| error.in_words(text);
        folder.finish(&weights).map_err(|errors| errors.into_iter().map(words).collect::<Vec<_>>().join("; "))?;
        let runs = [SavedRun::read(&path).map_err(|error| error.to_string())?];
        write_run(&runs, &RunFiles::of(&runs[0], language), &|| true).map(|_| ()).map_err(words)
    }
}
