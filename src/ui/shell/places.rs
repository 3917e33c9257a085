//! Where everything stands, from the window's size, what is open and how the room is shared: a pure function, so that the same size
//! always gives the same picture.
//!
//! The drawing leads: it keeps most of the centre's height, and what stands beside it gives way before it does.

use eframe::egui::{Rect, Vec2, pos2, vec2};

use crate::state::{MOST_SEATS, Room, Shares};

/// A smaller window, in points, has no room for all that has to be seen.
pub const LEAST: Vec2 = vec2(600.0, 356.0);
/// Height of the bar at the top.
pub(super) const TOP: f32 = 40.0;
/// Height of the bar at the bottom, and where it has one row.
pub(super) const BOTTOM: f32 = 76.0;
pub(super) const BOTTOM_LOW: f32 = 52.0;
/// What the build panel and what explains are at least, and at most.
const BUILD: (f32, f32) = (280.0, 420.0);
const SIDE: (f32, f32) = (260.0, 640.0);
/// The centre is at least so wide; beside a question less is enough.
const CENTRE: f32 = 420.0;
const BESIDE_A_QUESTION: f32 = 300.0;
/// Less height than this shows one thing at a time.
const LOW: f32 = 420.0;
/// A figure is at least so wide.
const SEAT: f32 = 340.0;
/// From this width of the window on, two figures stand side by side by themselves.
const WIDE: f32 = 1600.0;
/// What is compared, before anything was trained, is at most so wide.
const CARD: f32 = 480.0;
/// Space around and between.
const MARGIN: f32 = 10.0;
/// Height of the line that is left of figures that were folded away.
const FOLDED: f32 = 28.0;

/// What stands at the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aside {
    /// A question.
    Question,
    /// What is selected, explained.
    Explanation,
}

/// What leads in the centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Front {
    /// The drawing or the feature maps, with figures below where there is room.
    Hero,
    /// The drawing with a step that is played, alone.
    Alone,
    /// Figures alone.
    Figures,
}

/// What is open.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is open or closed, by itself")]
pub(super) struct Open {
    pub(super) builds: bool,
    pub(super) aside: Option<Aside>,
    pub(super) front: Front,
    /// Whether what is compared stands beside the figures.
    pub(super) card: bool,
    /// Whether figures are folded to one line.
    pub(super) folded: bool,
    /// Whether figures have something to show.
    pub(super) figures: bool,
    /// Figures that were asked for side by side.
    pub(super) seats: Option<usize>,
    pub(super) shares: Shares,
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Places {
    pub(super) top: Rect,
    pub(super) bottom: Rect,
    pub(super) build: Option<Rect>,
    pub(super) aside: Option<Rect>,
    pub(super) centre: Option<Rect>,
    pub(super) hero: Option<Rect>,
    pub(super) card: Option<Rect>,
    pub(super) figures: Option<Rect>,
    /// The line of figures that are folded away.
    pub(super) folded: Option<Rect>,
    pub(super) room: Room,
    /// Whether another figure would find room.
    pub(super) more: bool,
}

impl Places {
    pub(super) fn new(window: Rect, open: Open) -> Self {
        let size = window.size();
        let low_bar = size.y < 520.0;
        let bottom_height = if low_bar { BOTTOM_LOW } else { BOTTOM };
        let (top, rest) = window.split_top_bottom_at_y(window.top() + TOP);
        let (middle, bottom) = rest.split_top_bottom_at_y(rest.bottom() - bottom_height);
        let narrow = size.x < BUILD.0 + CENTRE;
        let (build, aside, centre) = across(middle, narrow, open);
        let mut places = Self {
            top,
            bottom,
            build,
            aside,
            centre,
            hero: None,
            card: None,
            figures: None,
            folded: None,
            room: Room { narrow, low: middle.height() < LOW, seats: 1 },
            more: false,
        };
        if let Some(centre) = centre {
            places.down(centre, size.x, open);
        }
        places
    }

    /// Before a class: the same without bars and build panel, one thing at a time.
    pub(super) fn presented(window: Rect, open: Open) -> Self {
        let nothing = Rect::from_min_size(window.min, Vec2::ZERO);
        let aside = open.aside.map(|_| window.with_min_x(window.right() - window.width() * 0.46));
        let centre = window.with_max_x(aside.map_or(window.right(), |aside| aside.left()));
        let inner = centre.shrink(MARGIN * 0.6);
        let (hero, figures) = match open.front {
            Front::Hero | Front::Alone => (Some(inner), None),
            Front::Figures => (None, Some(inner)),
        };
        Self {
            top: nothing,
            bottom: nothing,
            build: None,
            aside,
            centre: Some(centre),
            hero,
            card: None,
            figures,
            folded: None,
            room: Room { narrow: false, low: true, seats: 1 },
            more: false,
        }
    }

    /// The centre from top to bottom.
    fn down(&mut self, centre: Rect, window: f32, open: Open) {
        let inner = centre.shrink2(vec2(MARGIN, MARGIN * 0.8));
        // What is compared stands in for the second figure.
        let wanted = open.seats.unwrap_or(if window >= WIDE && !open.card { 2 } else { 1 });
        match open.front {
            Front::Alone => self.hero = Some(inner),
            Front::Figures => {
                self.figures = Some(inner);
                self.seat(inner, wanted);
            }
            Front::Hero if self.room.low || !(open.figures || open.card) => self.hero = Some(inner),
            Front::Hero if open.folded && !open.card => {
                let (hero, folded) = inner.split_top_bottom_at_y(inner.bottom() - FOLDED);
                (self.hero, self.folded) = (Some(hero), Some(folded));
            }
            Front::Hero => {
                let split = centre.top() + centre.height() * open.shares.hero;
                let (hero, below) = (inner.with_max_y(split), inner.with_min_y(split + MARGIN * 0.6));
                self.hero = Some(hero);
                let card = open.card.then(|| (below.width() * 0.48).min(CARD));
                let rest = card.map_or(below, |card| below.with_min_x(below.left() + card + MARGIN));
                if card.is_some() && (rest.width() < SEAT || open.folded || !open.figures) {
                    self.card = Some(below);
                } else {
                    self.card = card.map(|card| below.with_max_x(below.left() + card));
                    self.figures = Some(rest);
                    self.seat(rest, wanted);
                }
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seats")]
    fn seat(&mut self, row: Rect, wanted: usize) {
        let gap = crate::ui::figures::GAP;
        let fit = (((row.width() + gap) / (SEAT + gap)).floor().max(1.0) as usize).min(MOST_SEATS);
        self.room.seats = wanted.min(fit);
        self.more = self.room.seats < fit;
    }
}

/// The middle from left to right. What finds no room beside the centre gives way: the build panel first.
fn across(middle: Rect, narrow: bool, open: Open) -> (Option<Rect>, Option<Rect>, Option<Rect>) {
    let whole = middle.width();
    if narrow {
        return match open.aside {
            Some(Aside::Question) => {
                let side = (whole * open.shares.side.max(0.44)).min(whole - BESIDE_A_QUESTION);
                let (centre, aside) = middle.split_left_right_at_x(middle.right() - side);
                (None, Some(aside), Some(centre))
            }
            Some(Aside::Explanation) => (None, Some(middle), None),
            None if open.builds => (Some(middle), None, None),
            None => (None, None, Some(middle)),
        };
    }
    let build = (whole * open.shares.build).clamp(BUILD.0, BUILD.1);
    let least = match open.aside {
        Some(Aside::Question) => BESIDE_A_QUESTION,
        Some(Aside::Explanation) | None => CENTRE,
    };
    let side = open.aside.map(|_| (whole * open.shares.side).clamp(SIDE.0, SIDE.1).min(whole - least));
    let builds = open.builds && whole - side.unwrap_or(0.0) - build >= least;
    let left = middle.left() + if builds { build } else { 0.0 };
    let right = middle.right() - side.unwrap_or(0.0);
    let at = |from: f32, to: f32| Rect::from_min_max(pos2(from, middle.top()), pos2(to, middle.bottom()));
    (builds.then(|| at(middle.left(), left)), side.map(|_| at(right, middle.right())), Some(at(left, right)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Open = Open {
        builds: true,
        aside: None,
        front: Front::Hero,
        card: false,
        folded: false,
        figures: true,
        seats: None,
        shares: Shares { hero: 0.64, build: 0.22, side: 0.25 },
    };

    fn at(width: f32, height: f32, open: Open) -> Places {
        Places::new(Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height)), open)
    }

    #[test]
    fn the_drawing_leads_at_the_sizes_of_projectors() {
        for (width, height) in [(1280.0, 720.0), (1280.0, 800.0), (1366.0, 768.0)] {
            let places = at(width, height, OPEN);
            let (hero, centre) = (places.hero.unwrap(), places.centre.unwrap());
            assert!(hero.height() / centre.height() >= 0.6, "{width}×{height}");
            assert!(hero.width() >= 0.7 * width, "{width}×{height}");
            assert_eq!((places.room.seats, places.more), (1, true));
        }
    }

    #[test]
    fn nothing_lies_over_another_and_all_stand_inside_whatever_the_size_and_what_is_open() {
        for width in [600.0, 640.0, 699.0, 700.0, 900.0, 1024.0, 1280.0, 1600.0, 3840.0] {
            for height in [356.0, 400.0, 519.0, 520.0, 600.0, 720.0, 1080.0, 2160.0] {
                for aside in [None, Some(Aside::Question), Some(Aside::Explanation)] {
                    for front in [Front::Hero, Front::Alone, Front::Figures] {
                        for bits in 0..8_u8 {
                            let [builds, card, folded] = [1, 2, 4].map(|bit| bits & bit > 0);
                            let places = at(width, height, Open { builds, aside, front, card, folded, ..OPEN });
                            apart(&places, vec2(width, height));
                        }
                    }
                }
            }
        }
    }

    fn apart(places: &Places, window: Vec2) {
        let Places { top, bottom, build, aside, hero, card, figures, folded, .. } = places;
        let all = [Some(*top), Some(*bottom), *build, *aside, *hero, *card, *figures, *folded];
        let all: Vec<Rect> = all.into_iter().flatten().collect();
        let whole = Rect::from_min_size(pos2(0.0, 0.0), window).expand(0.01);
        for (index, rect) in all.iter().enumerate() {
            assert!(whole.contains_rect(*rect) && rect.is_positive(), "{rect} in {window}: {places:?}");
            for other in &all[index + 1..] {
                assert!(!rect.shrink(0.01).intersects(other.shrink(0.01)), "{rect} over {other}: {places:?}");
            }
        }
        assert!(hero.is_some() || figures.is_some() || build.is_some() || aside.is_some());
    }

    #[test]
    fn two_figures_stand_side_by_side_in_a_wide_window_and_as_many_as_were_asked_for_where_they_fit() {
        assert_eq!(at(1600.0, 900.0, OPEN).room.seats, 2);
        let three = Open { seats: Some(3), ..OPEN };
        assert_eq!(at(1600.0, 900.0, three).room.seats, 3);
        assert_eq!(at(1024.0, 700.0, three).room.seats, 2, "they come back with the room");
    }

    #[test]
    fn in_a_narrow_window_one_thing_is_open_at_a_time() {
        let places = at(640.0, 500.0, OPEN);
        assert!(places.room.narrow && places.centre.is_none() && places.build.is_some());
        assert!(at(640.0, 500.0, Open { builds: false, ..OPEN }).hero.is_some());
    }
}
