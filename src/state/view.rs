//! What is looked at, and how.

use super::command::Ask;
use super::focus::Focus;
use super::settings::Settings;
use crate::chart::Options;
use crate::drawing::Wires;

/// A path that is asked for in the window, where the system has no dialog of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathQuestion {
    /// What the path is for: answered by [`Command::AnswerPath`](super::Command::AnswerPath).
    pub ask: Ask,
    /// What stands in the field.
    pub text: String,
}

/// What is looked at, and how.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is open or closed, by itself")]
pub struct View {
    /// What stays explained until something else is selected.
    pub selected: Option<Focus>,
    /// What is under the pointer.
    pub hovered: Option<Focus>,
    /// Choices about figures.
    pub options: Options,
    /// What the connections in the drawing of the networks show.
    pub wires: Wires,
    /// Counts how often a figure was asked for, and is to be brought to the front.
    pub asked: u64,
    /// The figure that fills the centre.
    pub maximised: Option<&'static str>,
    /// Figures that show their table of values.
    pub tables: Vec<&'static str>,
    /// Whether the build panel is open.
    pub build: bool,
    /// Whether the explain panel is open.
    pub explain: bool,
    /// Whether the drawing of the networks is open.
    pub networks: bool,
    /// Whether the row of this sitting's runs is open.
    pub runs: bool,
    /// Whether the feature maps of an image stand in place of the drawing of the networks, where that is open.
    pub maps: bool,
    /// The image whose feature maps are shown, counted from 0 in the validation set.
    pub image: usize,
    /// Whether the command palette is open.
    pub palette: bool,
    /// Whether the list of keys is open.
    pub keys: bool,
    /// Whether it is told what this program is.
    pub about: bool,
    /// Counts how often the layout was reset.
    pub layouts: u64,
    /// A path that is asked for.
    pub path_field: Option<PathQuestion>,
    /// The figure that was last asked for by name or key.
    pub figure: Option<&'static str>,
}

impl View {
    /// As at the start.
    pub fn new(settings: &Settings) -> Self {
        Self {
            selected: None,
            hovered: None,
            options: settings.options,
            wires: Wires::Gradient,
            asked: 0,
            maximised: None,
            tables: Vec::new(),
            build: settings.panels.build,
            explain: settings.panels.explain,
            networks: settings.panels.networks,
            runs: settings.panels.runs,
            maps: false,
            image: 0,
            palette: false,
            keys: false,
            about: false,
            layouts: 0,
            path_field: None,
            figure: None,
        }
    }

    /// The image whose feature maps are to be seen, if any are.
    pub const fn watched(&self) -> Option<usize> {
        if self.maps && self.networks { Some(self.image) } else { None }
    }

    /// What is explained: what is under the pointer, or else what is selected.
    pub fn focus(&self) -> Option<Focus> {
        self.hovered.or(self.selected)
    }
}
