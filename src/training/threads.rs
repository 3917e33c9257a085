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
pub struct Threads {
    pool: Arc<ThreadPool>,
    in_background: bool,
}

impl Threads {
    /// That many threads.
    ///
    /// # Errors
    ///
    /// When the system does not give them.
    pub fn new(count: usize) -> Result<Self, ThreadPoolBuildError> {
        Self::with(count, false)
    }

    /// That many threads that leave the processor to whatever else wants it, so that a window stays smooth.
    ///
    /// On Linux they have the lowest priority (nice 19), and so have the threads of a run that computes on them. On other systems
    /// they are as [`new`](Self::new) makes them.
    ///
    /// # Errors
    ///
    /// When the system does not give them.
    pub fn background(count: usize) -> Result<Self, ThreadPoolBuildError> {
        Self::with(count, true)
    }

    fn with(count: usize, in_background: bool) -> Result<Self, ThreadPoolBuildError> {
        let name = |index| format!("compute-{index}");
        let builder = ThreadPoolBuilder::new().num_threads(count).thread_name(name);
        let builder = builder.start_handler(move |_| {
            if in_background {
                lower_priority();
            }
        });
        builder.build().map(|pool| Self { pool: Arc::new(pool), in_background })
    }

    /// One for each core of this machine.
    pub fn per_core() -> usize {
        thread::available_parallelism().map_or(1, NonZero::get)
    }

    /// Does the work on these threads, and waits for it.
    pub fn work<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// Gives the thread at hand, which hands work to these, their priority.
    pub(super) fn admit_this_thread(&self) {
        if self.in_background {
            lower_priority();
        }
    }
}

/// Gives the thread at hand the lowest priority.
#[cfg(target_os = "linux")]
fn lower_priority() {
    const LOWEST: i32 = 19;
    let thread = rustix::thread::gettid(); // Linux takes a thread's number for a process's here
    // Anybody may lower a priority; where a sandbox forbids it, training is as fast and the window less smooth.
    rustix::process::setpriority_process(Some(thread), LOWEST).ok();
}

/// Not known how on this system.
#[cfg(not(target_os = "linux"))]
fn lower_priority() {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn priority_of_this_thread() -> i32 {
        rustix::process::getpriority_process(Some(rustix::thread::gettid())).unwrap()
    }

    #[test]
    fn threads_in_the_background_have_the_lowest_priority_and_others_that_of_the_program() {
        let own = priority_of_this_thread();
        let background = Threads::background(2).unwrap();
        assert_eq!(background.pool.broadcast(|_| priority_of_this_thread()), [19, 19]);
        assert_eq!(priority_of_this_thread(), own, "whoever makes them keeps its own");
        let foreground = Threads::new(2).unwrap();
        assert_eq!(foreground.pool.broadcast(|_| priority_of_this_thread()), [own, own]);

        let admitted = |threads: Threads| {
            thread::spawn(move || {
                threads.admit_this_thread();
                priority_of_this_thread()
            })
        };
        assert_eq!(admitted(background).join().unwrap(), 19);
        assert_eq!(admitted(foreground).join().unwrap(), own);
    }
}
