//! From places to colours: meshes that are made once for a layout, and words and nodes on top of them.

mod sheet;
mod kept;
mod tint;
mod stacks;
mod wires;
mod nodes;
mod frame;

pub(super) use frame::{GUTTER, cards, counts, gutter, headers};
pub(super) use kept::Kept;
pub(super) use nodes::{fold_button, nodes, slices};
pub(super) use sheet::point_on;
pub(super) use stacks::structure;
pub(super) use tint::Emphasis;
pub(in crate::ui) use tint::mixed;
pub(super) use wires::{lit, strokes};
