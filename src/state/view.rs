//! What is looked at, and how.

use super::command::Ask;
use super::cuts::Cutting;
use super::focus::Focus;
use super::seats::Room;
use super::settings::Settings;
use super::within::Within;
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

/// A panel at the side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    /// Networks are built there.
    Build,
    /// What is selected is explained there.
    Explain,
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
    /// What the window has room for.
    pub room: Room,
    /// The figure that fills the centre.
    pub maximised: Option<&'static str>,
    /// Figures that show their table of values.
    pub tables: Vec<&'static str>,
    /// Whether the build panel is open.
    pub build: bool,
    /// Whether the explain panel is open also while nothing is selected.
    pub explain: bool,
    /// Whether the figures are open.
    pub figures: bool,
    /// The panel that takes all the width, in a window that is narrow.
    pub drawer: Option<Drawer>,
    /// Whether one thing fills the screen, before a class.
    pub presenting: bool,
    /// Whether the screen is dark for a while.
    pub blank: bool,
    /// Whether the pointer is large.
    pub pointer: bool,
    /// Whether the drawing of the networks is open.
    pub networks: bool,
    /// Whether the row of this sitting's runs is open.
    pub runs: bool,
    /// Whether the feature maps of an image stand in place of the drawing of the networks, where that is open.
    pub maps: bool,
    /// The image whose feature maps are shown, counted from 0 in the validation set.
    pub image: usize,
    /// The channel that is looked into; its layer is selected as long as it is.
    pub within: Option<Within>,
    /// Connections that are cut in what is looked at.
    pub cutting: Cutting,
    /// Whether the command palette is open.
    pub palette: bool,
    /// Whether the list of keys is open.
    pub keys: bool,
    /// Whether it is told what this program is.
    pub about: bool,
    /// Whether the sheet is open on which a picture is drawn.
    pub drawing: bool,
    /// Whether it is shown what was found in the source of images.
    pub images: bool,
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
            room: Room::default(),
            maximised: None,
            tables: Vec::new(),
            build: settings.panels.build,
            explain: settings.panels.explain,
            networks: settings.panels.networks,
            runs: settings.panels.runs,
            figures: settings.panels.figures,
            drawer: None,
            presenting: false,
            blank: false,
            pointer: false,
            maps: false,
            image: 0,
            within: None,
            cutting: Cutting::default(),
            palette: false,
            keys: false,
            about: false,
            images: false,
            drawing: false,
            path_field: None,
            figure: None,
        }
    }

    /// The image whose feature maps are to be seen, if any are.
    pub const fn watched(&self) -> Option<usize> {
        if self.maps && self.networks { Some(self.image) } else { None }
    }

    /// The image that the networks are to look at: that whose maps are seen, or on which cuts are tried.
    pub(super) fn looked_at(&self) -> Option<usize> {
        self.watched().or_else(|| self.cutting.any().then_some(self.image))
    }

    /// What is meant: what is under the pointer, or else what is selected.
    pub fn focus(&self) -> Option<Focus> {
        self.hovered.or(self.selected)
    }

    /// What the panel explains: what is selected stays; only without it does the panel follow the pointer.
    pub fn explained(&self) -> Option<Focus> {
        self.selected.or(self.hovered)
    }

    /// Whether the explain panel is to be seen: it opens by itself for a row or a setting that is selected.
    pub fn explains(&self) -> bool {
        let by_itself = matches!(self.selected, Some(Focus::Part(..) | Focus::Field(_)));
        if self.room.narrow { self.drawer == Some(Drawer::Explain) } else { self.explain || by_itself }
    }

    /// Whether the build panel is to be seen.
    pub fn builds(&self) -> bool {
        if self.room.narrow { self.drawer == Some(Drawer::Build) } else { self.build }
    }

    pub(super) fn toggle_drawer(&mut self, drawer: Drawer) {
        self.drawer = if self.drawer == Some(drawer) { None } else { Some(drawer) };
    }
}
