//! Small parts that views are made of: icons, buttons, switches, rows. None knows the [`State`](crate::state::State).

pub mod icon;
pub mod button;
pub mod marks;
pub mod network;
pub mod words;
pub mod key;
pub mod switch;
pub mod segmented;
pub mod stepper;
pub mod dialog;

pub use icon::Icon;
