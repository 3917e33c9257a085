//! The program from outside: the real binary, the real images, an independent reference.

mod architecture;
mod bad_input;
mod browser;
mod charts;
mod commands;
mod control;
mod cuts;
#[cfg(target_os = "linux")]
mod desktop;
mod dropout;
mod exact_facts;
mod exercise;
mod experiment;
mod export;
mod fonts;
mod fuzz;
mod inside;
mod images;
mod kept;
mod live;
mod opening;
mod oracle;
mod playback;
mod published;
mod report;
mod resuming;
mod rooms;
mod state;
mod state_files;
mod support;
mod texts;
mod torch;
mod training;
mod watching;
mod weights;
mod window;
