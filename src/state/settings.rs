//! What is kept between starts.

use serde::{Deserialize, Serialize};

use crate::text::Language;
use crate::theme::ThemeKind;

/// Light, dark, or what the system has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the system has it.
    System,
    /// Always this one.
    Light,
    /// Always this one.
    Dark,
}

impl ThemeChoice {
    /// Every choice in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The theme that is shown, given whether the system's is dark.
    pub const fn resolve(self, system_is_dark: bool) -> ThemeKind {
        match (self, system_is_dark) {
            (Self::Dark, _) | (Self::System, true) => ThemeKind::Dark,
            (Self::Light, _) | (Self::System, false) => ThemeKind::Light,
        }
    }
}

/// What is kept between starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The language of every word.
    pub language: Language,
    /// The theme.
    pub theme: ThemeChoice,
    /// Size of everything, 1 as the system says.
    pub zoom: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: Language::of_the_system(), theme: ThemeChoice::System, zoom: 1.0 }
    }
}
