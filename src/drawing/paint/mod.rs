//! From places to colours: marks that do not move while training goes on, connections, and words and nodes on top of them.

mod marks;
mod tint;
mod stacks;
mod wires;
mod nodes;
mod frame;

pub use frame::{GUTTER, cards, counts, gutter, headers, number, sign};
pub use marks::{Anchor, Mark, Measure, corners, point_on};
pub use nodes::{Shown, fold, fold_button, nodes, slices, source_name};
pub use stacks::structure;
pub use tint::{Emphasis, ink_on, mixed};
pub use wires::{Lit, cuts, lit, strokes};
