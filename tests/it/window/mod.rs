//! The window's views, driven without a display: what a person sees, reads, clicks and drags.

mod app;
mod controls;
mod exercise;
mod figures;
mod inspector;
mod kept;
mod layout;
mod maps;
mod motion;
mod network;
mod pictures;
mod shell_pictures;
mod snapshots;
mod stage;
mod stand;
