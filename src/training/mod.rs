//! How the networks learn: one [`Session`] per network, [`run()`] that trains several in step on the same batches, a
//! [`Control`] that steers it, and [`Live`], a run in the background for a window.
//!
//! Each network of a run has a thread of its own; what it reports comes back as plain data through a bounded
//! channel, in the order of steps and, within a step, of the configuration. A panic in a thread becomes a message.

mod optimizer;
mod schedule;
mod threads;
mod checkpoint;
mod evaluation;
mod still;
mod given;
mod session;
mod cut;
mod control;
mod ending;
mod worker;
mod run;
mod memory;
mod live;
mod words;

pub use checkpoint::{Checkpoint, MisfitError, Start};
pub use control::{Control, News};
pub use cut::{CutAnswer, WholeNetwork};
pub use ending::{Ending, NetworkResult};
pub use given::check_given;
pub use live::{Gone, Keeper, Live, LiveEvent, RunFailure, Teller};
pub use memory::{NotEnoughMemory, available_memory, check_memory, memory_needed};
pub use run::{RunEvent, run, run_from};
pub use schedule::{Stretch, learning_rate};
pub use session::{Session, StepResult, Validated};
pub use still::Still;
pub use threads::Threads;
