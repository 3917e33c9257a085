//! What is kept between starts.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::chart::Options;
use crate::text::Language;
use crate::theme::ThemeKind;

/// As many figures as stand side by side.
pub const MOST_SEATS: usize = 4;

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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language of every word.
    pub language: Language,
    /// The theme.
    pub theme: ThemeChoice,
    /// Size of everything, 1 as the system says.
    pub zoom: f32,
    /// The window.
    pub window: WindowPlace,
    /// Which panels are open.
    pub panels: Panels,
    /// How the room is shared.
    pub shares: Shares,
    /// The figures that were chosen for their places, by their ids; nothing where the place follows what there is to see.
    pub figures: Vec<Option<String>>,
    /// How many figures stand side by side; nothing where that follows the window's width.
    pub places: Option<usize>,
    /// Choices about figures.
    pub options: Options,
    /// The folder that was last opened from or saved to.
    pub last_folder: Option<PathBuf>,
    /// The folder of images that was last chosen.
    pub data_folder: Option<PathBuf>,
}

/// The size of the window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowPlace {
    /// Its width in points.
    pub width: f32,
    /// Its height in points.
    pub height: f32,
    /// Whether it fills the screen; the size is then the one it goes back to.
    pub maximised: bool,
}

/// Which panels are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is open or closed, by itself")]
pub struct Panels {
    /// The build panel.
    pub build: bool,
    /// The explain panel, also while nothing is selected.
    pub explain: bool,
    /// The drawing of the networks.
    pub networks: bool,
    /// The figures.
    pub figures: bool,
    /// The row of this sitting's runs.
    pub runs: bool,
}

/// How the room is shared, as shares, so that a window that shrinks and grows again looks as before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shares {
    /// The drawing's share of the centre's height.
    pub hero: f32,
    /// The build panel's share of the window's width.
    pub build: f32,
    /// The share of the window's width of what explains or asks.
    pub side: f32,
}

impl Shares {
    /// What each may be.
    pub const HERO: (f32, f32) = (0.3, 0.85);
    /// As above.
    pub const BUILD: (f32, f32) = (0.12, 0.4);
    /// As above.
    pub const SIDE: (f32, f32) = (0.12, 0.5);

    fn possible(self) -> Self {
        let usual = Self::default();
        let between = |share: f32, (low, high): (f32, f32), usual: f32| {
            if share.is_finite() { share.clamp(low, high) } else { usual }
        };
        Self {
            hero: between(self.hero, Self::HERO, usual.hero),
            build: between(self.build, Self::BUILD, usual.build),
            side: between(self.side, Self::SIDE, usual.side),
        }
    }
}

impl Default for Shares {
    fn default() -> Self {
        Self { hero: 0.64, build: 0.22, side: 0.25 }
    }
}

impl Default for WindowPlace {
    fn default() -> Self {
        Self { width: 1440.0, height: 900.0, maximised: false }
    }
}

impl Default for Panels {
    fn default() -> Self {
        Self { build: true, explain: false, networks: true, figures: true, runs: true }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::of_the_system(),
            theme: ThemeChoice::System,
            zoom: 1.0,
            window: WindowPlace::default(),
            panels: Panels::default(),
            shares: Shares::default(),
            figures: Vec::new(),
            places: None,
            options: Options::default(),
            last_folder: None,
            data_folder: None,
        }
    }
}

/// The sizes that zooming goes through.
const ZOOMS: [f32; 13] = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0];

impl Settings {
    /// The same with sizes that a window can have, whatever a file said.
    pub(super) fn possible(mut self) -> Self {
        let between = |number: f32, low: f32, high: f32, usual: f32| {
            if number.is_finite() { number.clamp(low, high) } else { usual }
        };
        let usual = WindowPlace::default();
        self.zoom = between(self.zoom, ZOOMS[0], ZOOMS[ZOOMS.len() - 1], 1.0);
        self.window.width = between(self.window.width, 320.0, 16_384.0, usual.width);
        self.window.height = between(self.window.height, 240.0, 16_384.0, usual.height);
        self.shares = self.shares.possible();
        self.places = self.places.map(|places| places.clamp(1, MOST_SEATS));
        self.figures.truncate(MOST_SEATS);
        self
    }

    pub(super) fn zoom_in(&mut self) {
        self.zoom = ZOOMS.into_iter().find(|zoom| *zoom > self.zoom + 0.01).unwrap_or(self.zoom);
    }

    pub(super) fn zoom_out(&mut self) {
        self.zoom = ZOOMS.into_iter().rev().find(|zoom| *zoom < self.zoom - 0.01).unwrap_or(self.zoom);
    }
}
