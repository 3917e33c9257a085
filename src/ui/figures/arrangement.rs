//! How the figures stand: in tiles that a person drags, stacks and resizes.
//!
//! Until a person changes it, the arrangement follows the room: three groups side by side where it is wide, two, or one.

use eframe::egui::{Id, Vec2};
use egui_tiles::{Container, Linear, LinearDir, Tile, TileId, Tiles, Tree};
use serde::{Deserialize, Serialize};

use crate::chart::{FIGURES, Figure, Group};

/// The place of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Pane(String);

impl Pane {
    /// The figure that stands there, if this version has it.
    pub(super) fn figure(&self) -> Option<&'static Figure> {
        Figure::named(&self.0)
    }
}

/// In how many groups the figures stand by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    One,
    TwoAcross,
    TwoDown,
    Three,
    Four,
}

impl Room {
    fn of(size: Vec2) -> Self {
        match (size.x, size.y) {
            (x, y) if x >= 900.0 && y >= 620.0 => Self::Four,
            (x, _) if x >= 960.0 => Self::Three,
            (x, y) if x < 640.0 && y >= 620.0 => Self::TwoDown,
            (x, _) if x >= 620.0 => Self::TwoAcross,
            _ => Self::One,
        }
    }
}

/// The tiles, and whether they stand as a person put them.
pub(super) struct Arrangement {
    pub(super) tree: Tree<Pane>,
    own: bool,
    room: Option<Room>,
    /// How often everything was brought back to the default when this was made.
    pub(super) resets: u64,
    /// How often a figure was asked for when one was last brought to the front.
    pub(super) asked: u64,
}

/// What is kept between starts.
#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    tree: Tree<Pane>,
}

impl Default for Arrangement {
    fn default() -> Self {
        Self { tree: Tree::empty(id()), own: false, room: None, resets: 0, asked: 0 }
    }
}

impl Arrangement {
    /// What was kept, if it can be read and has every figure; else the default.
    pub(super) fn read(kept: Option<&serde_json::Value>, resets: u64) -> Self {
        let kept = kept.and_then(|kept| serde_json::from_value::<Kept>(kept.clone()).ok());
        let fresh = Self { resets, ..Self::default() };
        let Some(Kept { version: 1, mut tree }) = kept else { return fresh };
        let has = |id: &str| tree.tiles.tiles().any(|tile| matches!(tile, Tile::Pane(Pane(pane)) if pane == id));
        let missing: Vec<&str> = FIGURES.iter().map(|figure| figure.id).filter(|id| !has(id)).collect();
        if missing.len() == FIGURES.len() {
            return fresh;
        }
        // A figure that this version is the first to have joins the others.
        for id in missing {
            let pane = tree.tiles.insert_pane(Pane(id.to_owned()));
            if let Some(root) = tree.root {
                tree.move_tile_to_container(pane, root, usize::MAX, false);
            }
        }
        Self { tree, own: true, ..fresh }
    }

    /// As it is to be kept between starts; nothing while it is the default.
    pub(super) fn keep(&self) -> Option<serde_json::Value> {
        let kept = Kept { version: 1, tree: self.tree.clone() };
        self.own.then(|| serde_json::to_value(kept).expect("names and numbers are JSON"))
    }

    /// A person changed it: from now on it stays.
    pub(super) fn take(&mut self) {
        self.own = true;
    }

    /// Follows the room, unless a person arranged it.
    pub(super) fn follow(&mut self, size: Vec2) {
        let room = Room::of(size);
        if self.own || self.room == Some(room) {
            return;
        }
        let front: Vec<String> = self.active().into_iter().map(|figure| figure.id.to_owned()).collect();
        self.tree = default_tree(room);
        self.room = Some(room);
        // What was looked at stays in front, the leading figures last so that they win where they share a place.
        for id in front.iter().rev() {
            self.bring_to_front(id);
        }
    }

    /// Back to the default.
    pub(super) fn reset(&mut self, size: Vec2) {
        (self.own, self.room) = (false, None);
        self.tree = Tree::empty(id());
        self.follow(size);
    }

    /// Shows that figure where it stands.
    pub(super) fn bring_to_front(&mut self, figure: &str) {
        self.tree.make_active(|_, tile| matches!(tile, Tile::Pane(Pane(pane)) if pane == figure));
    }

    /// The figures that are seen.
    pub(super) fn active(&self) -> Vec<&'static Figure> {
        let tiles = self.tree.active_tiles();
        let mut seen: Vec<_> = tiles.into_iter().filter_map(|tile| self.tree.tiles.get_pane(&tile)?.figure()).collect();
        seen.sort_by_key(|figure| FIGURES.iter().position(|other| other.id == figure.id));
        seen
    }
}

fn id() -> Id {
    Id::unique("figures")
}

fn default_tree(room: Room) -> Tree<Pane> {
    let mut tiles = Tiles::default();
    // The first of a group is the one to see first.
    let mut tabs = |groups: &[Group]| -> TileId {
        let of = |group: &Group| FIGURES.iter().filter(|figure| figure.group == *group).collect::<Vec<_>>();
        let panes = groups.iter().flat_map(of).map(|figure| tiles.insert_pane(Pane(figure.id.to_owned()))).collect();
        tiles.insert_tab_tile(panes)
    };
    let (structure, learning) = ([Group::Structure], [Group::Learning]);
    let training = [Group::Gradients, Group::Maps];
    let root = match room {
        Room::One => tabs(&[Group::Structure, Group::Gradients, Group::Maps, Group::Learning]),
        Room::TwoAcross | Room::TwoDown => {
            let (left, right) = (tabs(&[Group::Structure, Group::Learning]), tabs(&training));
            match room {
                Room::TwoDown => tiles.insert_vertical_tile(vec![left, right]),
                Room::One | Room::TwoAcross | Room::Three | Room::Four => {
                    tiles.insert_horizontal_tile(vec![left, right])
                }
            }
        }
        Room::Three => {
            let columns = vec![tabs(&structure), tabs(&training), tabs(&learning)];
            tiles.insert_horizontal_tile(columns)
        }
        Room::Four => {
            let above = vec![tabs(&structure), tabs(&[Group::Gradients])];
            let below = vec![tabs(&learning), tabs(&[Group::Maps])];
            let top = tiles.insert_horizontal_tile(above);
            let bottom = tiles.insert_horizontal_tile(below);
            tiles.insert_vertical_tile(vec![top, bottom])
        }
    };
    if let Some(Tile::Container(Container::Linear(linear))) = tiles.get_mut(root) {
        even(linear);
    }
    Tree::new(id(), root, tiles)
}

fn even(linear: &mut Linear) {
    debug_assert!(matches!(linear.dir, LinearDir::Horizontal | LinearDir::Vertical));
    for child in linear.children.clone() {
        linear.shares.set_share(child, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::vec2;

    use super::*;

    fn panes(arrangement: &Arrangement) -> Vec<String> {
        let panes = arrangement.tree.tiles.tiles().filter_map(|tile| match tile {
            Tile::Pane(Pane(pane)) => Some(pane.clone()),
            Tile::Container(_) => None,
        });
        let mut panes: Vec<String> = panes.collect();
        panes.sort();
        panes
    }

    #[test]
    fn every_figure_has_one_place_whatever_the_room_and_the_leading_ones_are_seen() {
        let mut all: Vec<String> = FIGURES.iter().map(|figure| figure.id.to_owned()).collect();
        all.sort();
        for (size, seen) in [
            (vec2(400.0, 300.0), vec!["growth"]),
            (vec2(700.0, 300.0), vec!["growth", "gradients"]),
            (vec2(500.0, 700.0), vec!["growth", "gradients"]),
            (vec2(1300.0, 400.0), vec!["growth", "gradients", "loss"]),
        ] {
            let mut arrangement = Arrangement::default();
            arrangement.follow(size);
            assert_eq!(panes(&arrangement), all, "{size}");
            assert_eq!(arrangement.active().iter().map(|figure| figure.id).collect::<Vec<_>>(), seen, "{size}");
        }
    }

    #[test]
    fn what_a_person_arranged_is_kept_and_read_again_until_it_is_reset() {
        let mut arrangement = Arrangement::default();
        arrangement.follow(vec2(1300.0, 400.0));
        assert!(arrangement.keep().is_none());
        arrangement.bring_to_front("costs");
        arrangement.take();
        let kept = arrangement.keep().expect("a person arranged it");
        let text = serde_json::to_string(&kept).expect("it is JSON");
        let read = Arrangement::read(Some(&serde_json::from_str(&text).expect("it is JSON")), 0);
        assert!(read.tree == arrangement.tree);
        arrangement.follow(vec2(400.0, 300.0));
        assert!(arrangement.active().iter().any(|figure| figure.id == "costs"));
        arrangement.reset(vec2(1300.0, 400.0));
        assert!(arrangement.keep().is_none() && arrangement.active().iter().all(|figure| figure.id != "costs"));
    }

    #[test]
    fn an_arrangement_that_cannot_be_read_is_the_default_and_a_new_figure_finds_a_place() {
        for kept in ["null", "{}", r#"{"version": 2}"#, "[1]"] {
            let value = serde_json::from_str(kept).expect("it is JSON");
            assert!(Arrangement::read(Some(&value), 0).keep().is_none(), "{kept}");
        }
        let mut arrangement = Arrangement::default();
        arrangement.follow(vec2(400.0, 300.0));
        let loss = arrangement.tree.tiles.iter().find_map(|(id, tile)| match tile {
            Tile::Pane(Pane(pane)) if pane == "loss" => Some(*id),
            Tile::Pane(_) | Tile::Container(_) => None,
        });
        arrangement.tree.remove_recursively(loss.expect("there is a loss"));
        arrangement.take();
        let read = Arrangement::read(arrangement.keep().as_ref(), 0);
        assert!(panes(&read).contains(&"loss".to_owned()));
    }
}
