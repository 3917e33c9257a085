//! The window's views, driven without a display: what a person sees, reads, clicks and drags.

mod app;
mod controls;
mod figures;
mod maps;
mod network;
mod pictures;
mod shell_pictures;
mod snapshots;
mod stage;
mod stand;
