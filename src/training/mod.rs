//! How the networks learn: one [`Session`] per network, and [`run()`] that trains several in step on the same batches.
//!
//! Each network of a run has a thread of its own; what it reports comes back as plain data through a bounded
//! channel, in the order of steps and, within a step, of the configuration. A panic in a thread becomes a message.

mod optimizer;
mod run;
mod schedule;
mod session;
mod threads;

pub use run::{Ending, NetworkResult, RunEvent, Stop, run};
pub use schedule::learning_rate;
pub use session::{Session, StepResult};
pub use threads::Threads;
