//! Makes the runs of an experiment: several side by side, each on one thread, beside whatever other processes make of the same folder.
//!
//! Whether this beats one run after another on all threads was not measured; no run's numbers depend on the number of threads.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::claim::Claim;
use super::folder::{Folder, FolderError};
use super::outcome::{Gathering, Outcome};
use super::trial::Trial;
use crate::data::load;
use crate::export::{ExportError, OutputFolder, RunFolder};
use crate::training::{Control, Ending, RunEvent, Threads, check_memory, run};

/// What is told while runs are made. Trials by their place in the list.
#[derive(Debug)]
pub enum MakeEvent {
    /// A run began.
    Began(usize),
    /// A run made that many of its steps.
    Step(usize, usize),
    /// A run ended.
    Made(usize, Outcome),
    /// A run could not be made, and is a result, too: why.
    Failed(usize, String),
    /// The folder of a damaged run was set aside.
    SetAside(usize, String, PathBuf),
    /// So many runs are being made by others.
    Waiting(usize),
}

/// Asks for a stop.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<Asked>);

#[derive(Debug, Default)]
struct Asked {
    asked: AtomicBool,
    going_on: Mutex<Vec<Control>>,
}

impl Stop {
    /// Stops after the steps at hand. What was not finished is made again another time.
    pub fn request(&self) {
        self.0.asked.store(true, Ordering::SeqCst);
        self.0.going_on.lock().unwrap_or_else(PoisonError::into_inner).iter().for_each(Control::request_stop);
    }

    /// Whether it was asked for.
    pub fn requested(&self) -> bool {
        self.0.asked.load(Ordering::SeqCst)
    }

    fn admit(&self, control: &Control) {
        let mut going_on = self.0.going_on.lock().unwrap_or_else(PoisonError::into_inner);
        going_on.retain(|control| !control.stop_requested());
        going_on.push(control.clone());
        if self.requested() {
            control.request_stop();
        }
    }
}

/// How often it is looked whether others are done.
const LOOK: Duration = Duration::from_millis(300);

/// How runs are made.
pub struct Making<'a> {
    /// Every run that is wanted.
    pub trials: &'a [Trial],
    /// Where they go.
    pub folder: &'a Folder,
    /// How many side by side.
    pub jobs: usize,
    /// Leaves the processor to whatever else wants it.
    pub background: bool,
    /// Ends it before its time.
    pub stop: &'a Stop,
}

/// Makes every run that is missing, and returns when all are made, by whomever, or at a stop.
///
/// # Errors
///
/// What the system refused; the other runs at hand are stopped.
///
/// # Panics
///
/// When a thread of ours did.
pub fn make(making: &Making, on_event: &(dyn Fn(MakeEvent) + Sync)) -> Result<(), FolderError> {
    let Making { jobs, stop, .. } = making;
    let failure = Mutex::new(None);
    let (told, ours) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()));
    thread::scope(|scope| {
        for job in 0..*jobs {
            let (failure, told, ours) = (&failure, &told, &ours);
            thread::Builder::new()
                .name(format!("experiment-{job}"))
                .spawn_scoped(scope, move || {
                    if let Err(error) = work(making, (told, ours), on_event) {
                        failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                        stop.request();
                    }
                })
                .expect("the system gives a thread to each job");
        }
    });
    failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

/// Goes over the runs until all are made.
fn work(
    making: &Making,
    (told, ours): (&AtomicUsize, &Mutex<BTreeSet<usize>>),
    on_event: &(dyn Fn(MakeEvent) + Sync),
) -> Result<(), FolderError> {
    let Making { trials, folder, background, stop, .. } = making;
    let threads = if *background { Threads::background(1) } else { Threads::new(1) };
    let threads = threads.expect("the system gives a thread to each job");
    loop {
        let (mut made, mut others) = (0, 0);
        for (index, trial) in trials.iter().enumerate() {
            if stop.requested() {
                return Ok(());
            }
            if matches!(folder.outcome(trial), Ok(Some(_))) {
                continue;
            }
            let ours = || ours.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(claim) = Claim::take(&folder.claim(trial))? else {
                others += usize::from(!ours().contains(&index));
                continue;
            };
            ours().insert(index);
            match folder.outcome(trial) {
                Ok(Some(_)) => {}
                Ok(None) => {
                    made += 1;
                    if !make_one(folder, trial, index, &threads, stop, on_event)? {
                        return Ok(());
                    }
                }
                Err(FolderError::Damaged { found, .. }) => {
                    on_event(MakeEvent::SetAside(index, found, folder.set_aside(trial)?));
                    made += 1;
                    if !make_one(folder, trial, index, &threads, stop, on_event)? {
                        return Ok(());
                    }
                }
                Err(error) => return Err(error),
            }
            claim.done();
            ours().remove(&index);
        }
        if others == 0 {
            return Ok(());
        }
        if made == 0 {
            if told.swap(others, Ordering::SeqCst) != others {
                on_event(MakeEvent::Waiting(others));
            }
            thread::sleep(LOOK);
        }
    }
}

/// Makes one run; whether it came to an end.
fn make_one(
    folder: &Folder,
    trial: &Trial,
    index: usize,
    threads: &Threads,
    stop: &Stop,
    on_event: &(dyn Fn(MakeEvent) + Sync),
) -> Result<bool, FolderError> {
    on_event(MakeEvent::Began(index));
    let plan = &trial.plan;
    let output = OutputFolder::check(&folder.run(trial), true)?;
    let mut run_folder = RunFolder::create(&output, &plan.config, &plan.networks)?;
    let mut gathering = Gathering::new(plan.config.training.steps);
    let data = &plan.config.data;
    let images = check_memory(plan)
        .map_err(|error| error.to_string())
        .and_then(|()| load(data, data.train, data.validation, plan.config.seed).map_err(|error| error.to_string()));
    let images = match images {
        Ok(images) => Arc::new(images),
        Err(why) => {
            folder.keep(trial, &gathering.outcome(&Ending::Failed(why.clone())))?;
            on_event(MakeEvent::Failed(index, why));
            return Ok(true);
        }
    };
    let control = Control::new();
    stop.admit(&control);
    let outcome = run(plan, &images, threads, &control, |event| -> Result<(), ExportError> {
        if let RunEvent::Step(kind, record) = event {
            run_folder.record(kind, &record)?;
            gathering.step(&record);
            on_event(MakeEvent::Step(index, record.step));
        }
        Ok(())
    });
    control.request_stop(); // it is over, and the next to come forgets it
    let results = outcome.map_err(|(error, _)| error)?;
    let result = results.first().expect("a trial trains one network");
    if result.ending == Ending::Stopped {
        return Ok(false);
    }
    let weights: Vec<_> = results.iter().filter_map(|result| Some((result.kind, result.weights.clone()?))).collect();
    run_folder.finish(&weights).map_err(|mut errors| errors.swap_remove(0))?;
    let outcome = gathering.outcome(&result.ending);
    folder.keep(trial, &outcome)?;
    match &result.ending {
        Ending::Failed(why) => on_event(MakeEvent::Failed(index, why.clone())),
        Ending::Finished | Ending::Stopped | Ending::Diverged(_) => on_event(MakeEvent::Made(index, outcome)),
    }
    Ok(true)
}
