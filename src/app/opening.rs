//! What the command line says of the window.

use std::path::PathBuf;

use crate::config::LoadedConfig;
use crate::state::ThemeChoice;
use crate::text::Language;

/// What the window begins with.
#[derive(Default)]
pub struct Opening {
    /// The draft.
    pub loaded: LoadedConfig,
    /// Run folders to look at: the last, with the curves of the others behind.
    pub runs: Vec<PathBuf>,
    /// Instead of the language that was kept.
    pub language: Option<Language>,
    /// Instead of the theme that was kept.
    pub theme: Option<ThemeChoice>,
    /// Whether training begins at once.
    pub start: bool,
}
