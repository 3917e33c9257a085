//! Claims put to the test: several sizes, several seeds, and a verdict that is computed.
//!
//! An [`Experiment`] is a file: a question, settings, axes and what is compared. From it follow [`Trial`]s, one network with one
//! seed each, which a [`Folder`] keeps as run folders; [`make()`] makes those that are missing, side by side and beside other
//! processes. What they gave is an [`Outcome`] each, a [`Summary`] of all, a figure, and a [`Verdict`] that reads nothing but the summary.

mod description;
mod read;
mod trial;
mod outcome;
mod folder;
mod claim;
mod make;
mod estimate;
mod summary;
mod verdict;
mod figure;
mod results;
mod page;

pub use description::{Along, Axis, AxisValue, Compare, Experiment, Measure, Rule};
pub use estimate::{Estimate, estimate};
pub use figure::chart;
pub use folder::{Folder, FolderError};
pub use make::{MakeEvent, Making, Stop, make};
pub use outcome::{Outcome, Status};
pub use page::page;
pub use read::{BUILT_IN, ExperimentError};
pub use results::{results_to_csv, summary_to_csv, write_results};
pub use summary::{Cell, Range, Summary};
pub use trial::Trial;
pub use verdict::{Answer, Verdict};
