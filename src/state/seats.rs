//! Which figures stand side by side: those that were chosen, and where nobody chose, what there is to see.

use super::State;
use super::settings::{MOST_SEATS, Shares};
use crate::chart::{FIGURES, Figure};

/// What leads before anything was trained: what follows from the architecture.
const BUILT: [&str; 3] = ["growth", "costs", "compression"];
/// What leads once there is a run: what everybody watches, then what this program is about.
const TRAINED: [&str; 4] = ["loss", "gradients", "growth", "edges"];

/// What the window has room for; the views find it out and say it when it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Whether a panel at the side takes all the width while it is open.
    pub narrow: bool,
    /// Whether the centre shows one thing at a time: the drawing, the feature maps or a figure.
    pub low: bool,
    /// Figures that stand side by side.
    pub seats: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { narrow: false, low: false, seats: 1 }
    }
}

/// What a person moves to share the room otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Split {
    /// Between the drawing and the figures.
    Hero,
    /// At the edge of the build panel.
    Build,
    /// At the edge of what explains or asks.
    Side,
}

impl Shares {
    /// The share at a split.
    pub const fn of(&self, split: Split) -> f32 {
        match split {
            Split::Hero => self.hero,
            Split::Build => self.build,
            Split::Side => self.side,
        }
    }

    pub(super) fn set(&mut self, split: Split, share: f32) {
        let (held, (low, high)) = match split {
            Split::Hero => (&mut self.hero, Self::HERO),
            Split::Build => (&mut self.build, Self::BUILD),
            Split::Side => (&mut self.side, Self::SIDE),
        };
        if share.is_finite() {
            *held = share.clamp(low, high);
        }
    }
}

impl State {
    /// The figures that stand side by side, from the left.
    pub fn seated(&self) -> Vec<&'static Figure> {
        let count = self.view.room.seats;
        let chosen = |seat: usize| self.settings.figures.get(seat)?.as_deref().and_then(Figure::named);
        let taken: Vec<&str> = (0..count).filter_map(chosen).map(|figure| figure.id).collect();
        let leading = if self.run.is_some() { &TRAINED[..] } else { &BUILT[..] };
        let leading = leading.iter().filter_map(|id| Figure::named(id)).chain(FIGURES);
        let mut free = leading.filter(|figure| !taken.contains(&figure.id) && !self.hides_figure(figure.id));
        let mut seated: Vec<&'static Figure> = Vec::with_capacity(count);
        for seat in 0..count {
            let figure = chosen(seat).or_else(|| free.find(|figure| seated.iter().all(|other| other.id != figure.id)));
            seated.extend(figure);
        }
        seated
    }

    /// Shows a figure: where it stands, alone where one thing is shown at a time, or in the first place.
    pub(super) fn show_figure(&mut self, id: &'static str) {
        self.view.figure = Some(id);
        if self.view.maximised.is_some() || self.view.room.low || self.view.presenting {
            self.view.maximised = Some(id);
            return;
        }
        self.view.figures = true;
        if self.seated().iter().all(|figure| figure.id != id) {
            self.choose_figure(0, id);
        }
    }

    /// Gives a figure that place. One that stands in another changes places with it.
    pub(super) fn seat(&mut self, seat: usize, id: &'static str) {
        let seated = self.seated();
        let other = seated.iter().position(|figure| figure.id == id);
        if let (Some(other), Some(here)) = (other, seated.get(seat)) {
            self.choose_figure(other, here.id);
        }
        self.choose_figure(seat, id);
        self.view.figure = Some(id);
    }

    fn choose_figure(&mut self, seat: usize, id: &str) {
        let figures = &mut self.settings.figures;
        if figures.len() <= seat {
            figures.resize(seat + 1, None);
        }
        figures[seat] = Some(id.to_owned());
    }

    /// One more place for a figure.
    pub(super) fn add_seat(&mut self) {
        self.settings.places = Some((self.view.room.seats + 1).min(MOST_SEATS));
    }

    /// One place less; the others close up.
    pub(super) fn remove_seat(&mut self, seat: usize) {
        let count = self.view.room.seats;
        let seated = self.seated();
        if count <= 1 || seat >= seated.len() {
            return;
        }
        let rest = seated.iter().enumerate().filter(|(place, _)| *place != seat);
        self.settings.figures = rest.map(|(_, figure)| Some(figure.id.to_owned())).collect();
        self.settings.places = Some(count - 1);
    }
}
