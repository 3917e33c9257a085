//! Files that leave the program: whole or not at all.
//!
//! A table that grows with a run carries the ending `.partial` until the run ends, one write for each step, and then takes
//! its final name; everything else is written beside its name and moved there. So a crash, a full
//! disk or a power cut never leaves half a file under a final name.

mod architecture_json;
pub mod architecture_table;
mod cut_table;
mod data_set;
pub mod document;
mod checkpoint;
mod error;
mod follow;
mod form;
mod gallery;
mod light;
pub mod picture;
mod report;
mod run_folder;
mod savable;
mod saved_run;
mod stopped_run;
mod table;
mod whole;
mod write_run;

pub use architecture_json::architectures_to_json;
pub use checkpoint::{CheckpointError, SavedCheckpoint, moments, weights_at};
pub use cut_table::{CUTS, write_cuts};
pub use data_set::data_set_to_safetensors;
pub use error::ExportError;
pub use follow::{Followed, is_run_folder};
pub use form::{CHARTS, REPORT};
pub use gallery::{Files, Gallery, PictureFormat, differences, refuse_existing};
pub use report::{Page, report};
pub use run_folder::{OutputFolder, RunFolder};
pub use savable::{Savable, Saved};
pub use saved_run::{Note, RunError, SavedRun};
pub use stopped_run::StoppedRun;
pub use whole::{make_folder, write_whole};
pub use write_run::{RunFiles, write_run};
