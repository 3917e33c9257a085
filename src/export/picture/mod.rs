//! Charts as pictures and tables in files: SVG, PNG, CSV, animated GIF.
//!
//! One painter for every chart: it knows marks, axes and meanings, and no figure. Text is measured with the fonts inside the
//! program, so that the same chart gives the same bytes on every machine; only names in other letters follow the machine's fonts. Writing to a disk is not its business.

mod look;
mod svg;
mod drawing;
mod paper;
mod pattern;
mod sheet;
mod faces;
mod png;
mod samples;
mod replay;
mod indexed;
mod csv;

pub use crate::chart::layout::fix_ranges;
pub use csv::{drawing_to_csv, to_csv};
pub use drawing::drawing_to_svg;
pub use look::{Look, Size, UnknownSize};
pub use png::to_png;
pub use replay::{Progress, ReplayError, TOGETHER as FRAMES_AT_ONCE, replay, replay_frames};
pub use samples::{samples_fit, samples_to_png};
pub use svg::to_svg;
