//! Files that leave the program: whole or not at all.
//!
//! A table that grows with a run carries the ending `.partial` until the run ends, one write for each step, and then takes
//! its final name; everything else is written beside its name and moved there. So a crash, a full
//! disk or a power cut never leaves half a file under a final name.

mod error;
pub mod architecture_table;
pub mod document;
pub mod picture;
mod run_folder;
mod table;
mod whole;

pub use error::ExportError;
pub use run_folder::{OutputFolder, RunFolder};
pub use whole::write_whole;
