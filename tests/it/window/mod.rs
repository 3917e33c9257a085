//! The window without a screen: controls by the names that a screen reader hears.

mod controls;
mod pictures;
mod stage;
