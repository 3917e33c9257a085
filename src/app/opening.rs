//! What the command line says of the window.

use crate::config::LoadedConfig;
use crate::state::ThemeChoice;
use crate::text::Language;

/// What the window begins with.
#[derive(Default)]
pub struct Opening {
    /// The draft.
    pub loaded: LoadedConfig,
    /// Instead of the language that was kept.
    pub language: Option<Language>,
    /// Instead of the theme that was kept.
    pub theme: Option<ThemeChoice>,
    /// Whether training begins at once.
    pub start: bool,
}
