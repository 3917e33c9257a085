//! What the person sees: one file (or folder) for each view. A view reads the [`State`](crate::state::State) and gives back
//! [`Command`](crate::state::Command)s; it changes nothing itself but what is only its own, such as how far it is scrolled.

pub mod style;
pub mod fallback;
pub mod parts;
mod pointing;
pub mod figure;
pub mod figures;
pub mod explain;
mod exercise;
mod menu;
mod build;
mod playback;
mod welcome;
pub mod network;
pub mod maps;
mod palette;
mod notices;
mod kept;
mod keys;
mod about;
mod images;
mod draw;
mod path_field;
pub mod shell;

pub use exercise::number_field;
