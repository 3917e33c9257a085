//! The threads that compute.

use std::num::NonZero;
use std::sync::Arc;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// The threads that compute, shared by all networks of a run.
///
/// Each network's step is a task for them, and so is every piece of work that a step is cut into. A thread whose own network
/// is done takes pieces of the others', so the cores are shared by what the networks cost. Results do not depend on the number of threads: work is cut up by
/// shape alone, and sums are taken in a fixed order.
#[derive(Clone, Debug)]
pub struct Threads(Arc<ThreadPool>);

impl Threads {
    /// That many threads.
    ///
    /// # Errors
    ///
    /// When the system does not give them.
    pub fn new(count: usize) -> Result<Self, ThreadPoolBuildError> {
        let name = |index| format!("compute-{index}");
        ThreadPoolBuilder::new().num_threads(count).thread_name(name).build().map(|pool| Self(Arc::new(pool)))
    }

    /// One for each core of this machine.
    pub fn per_core() -> usize {
        thread::available_parallelism().map_or(1, NonZero::get)
    }

    /// Does the work on these threads, and waits for it.
    pub fn work<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.install(work)
    }
}
