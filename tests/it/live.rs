//! A run in the background, as a window has it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};

use densescope::arch::NetworkKind;
use densescope::config::Plan;
use densescope::data::Source;
use densescope::telemetry::History;
use densescope::training::{Ending, Live, LiveEvent, Start, Threads};

use crate::support::{TINY, plan};

/// A run, and what tells that it has news.
fn started(plan: Plan, capacity: usize) -> (Live, Receiver<()>) {
    let (sender, news) = channel();
    let threads = Threads::background(2).unwrap();
    (Live::start(Start::fresh(), plan, threads, capacity, move || sender.send(()).unwrap_or_default()), news)
}

/// Hands every event to `see` until that has seen enough.
fn watch(live: &Live, news: &Receiver<()>, mut see: impl FnMut(LiveEvent) -> bool) {
    while news.recv().is_ok() {
        for event in live.events() {
            if !see(event) {
                return;
            }
        }
    }
    panic!("the run ended before enough was seen");
}

/// The reason why there was no run.
fn failure_of(plan: Plan) -> String {
    let (live, news) = started(plan, 8);
    let mut failure = String::new();
    watch(&live, &news, |event| match event {
        LiveEvent::Failed(why) => {
            failure = why.to_string();
            false
        }
        LiveEvent::Begins(_) | LiveEvent::Loaded(_) | LiveEvent::Ended(..) => true,
        LiveEvent::Step(..)
        | LiveEvent::Paused(_)
        | LiveEvent::Checkpoint(_)
        | LiveEvent::Steps(_)
        | LiveEvent::Read
        | LiveEvent::Again
        | LiveEvent::Left
        | LiveEvent::Unreadable(_)
        | LiveEvent::Glance(..)
        | LiveEvent::Predictions(..)
        | LiveEvent::Finished { .. } => panic!("it should have failed"),
    });
    failure
}

/// More steps than any test waits for.
fn long() -> Plan {
    plan(&TINY.replace("steps = 12", "steps = 1000000"))
}

#[test]
fn a_run_tells_everything_from_its_images_to_its_weights() {
    let plan = plan(TINY);
    let mut history = History::new(&plan.config.training.networks, 1 << 20);
    let (live, news) = started(plan, 2);
    let (mut loaded, mut ended, mut weights) = (0, Vec::new(), 0);
    watch(&live, &news, |event| {
        match event {
            LiveEvent::Begins(notes) => panic!("it begins with new weights: {notes:?}"),
            LiveEvent::Loaded(images) => loaded = images.train.len(),
            LiveEvent::Step(kind, record) => history.push(kind, record),
            LiveEvent::Ended(kind, ending) => ended.push((kind, ending)),
            LiveEvent::Finished { results } => {
                weights = results.iter().filter(|result| result.weights.is_some()).count();
                return false;
            }
            LiveEvent::Predictions(..)
            | LiveEvent::Checkpoint(_)
            | LiveEvent::Steps(_)
            | LiveEvent::Read
            | LiveEvent::Again
            | LiveEvent::Left
            | LiveEvent::Unreadable(_) => {}
            LiveEvent::Glance(..) => panic!("nobody watches an image"),
            LiveEvent::Paused(step) => panic!("nobody asked for a pause, but it came after step {step}"),
            LiveEvent::Failed(why) => panic!("{why}"),
        }
        true
    });
    assert_eq!((loaded, weights), (64, 3));
    assert_eq!(ended, NetworkKind::ALL.map(|kind| (kind, Ending::Finished)));
    assert_eq!(history.last_common_step(), 12);
    for network in history.networks() {
        assert_eq!(network.validations().map(|validation| validation.step).collect::<Vec<_>>(), [5, 10, 12]);
        assert_eq!(network.last_connections().unwrap().step, 12);
        assert_eq!(network.measured().len(), 6);
    }
}

#[test]
fn a_run_goes_away_when_it_is_dropped_though_nobody_reads_its_full_channel() {
    for capacity in [0, 1, 5] {
        let (live, news) = started(long(), capacity);
        if capacity > 0 {
            news.recv().unwrap(); // it has loaded its images, and fills the channel now
        }
        drop(live);
        while news.recv().is_ok() {} // until the last thread that could call has ended
    }
}

#[test]
fn a_run_goes_away_when_it_is_dropped_in_a_pause_or_in_slow_motion() {
    let (live, news) = started(long(), 8);
    live.control().pause();
    watch(&live, &news, |event| !matches!(event, LiveEvent::Paused(_)));
    drop(live);
    let (live, news) = started(long(), 8);
    live.control().set_pace(Some(std::time::Duration::from_hours(1)));
    watch(&live, &news, |event| !matches!(event, LiveEvent::Loaded(_)));
    drop(live);
}

#[test]
fn a_run_goes_away_in_the_middle_of_a_validation() {
    let config =
        TINY.replace("validation = 50", "validation = 1000").replace("evaluate_every = 5", "evaluate_every = 1");
    let (live, news) = started(plan(&config.replace("steps = 12", "steps = 1000000")), 64);
    watch(&live, &news, |event| !matches!(event, LiveEvent::Step(..)));
    drop(live);
}

#[test]
fn images_that_are_not_there_are_a_failure_in_words() {
    let mut plan = plan(TINY);
    plan.config.data.source = Source::Folder("no/such/folder".into());
    let why = failure_of(plan);
    assert!(why.contains("no/such/folder") && why.contains("does not exist"), "{why}");
}

#[cfg(target_os = "linux")] // which tells what memory is available
#[test]
fn a_run_that_does_not_fit_into_memory_is_refused_before_it_begins() {
    let why = failure_of(plan(crate::support::HUGE));
    assert!(why.contains("batches of 4096 images") && why.contains("are available"), "{why}");
}

#[test]
fn a_fault_of_the_window_is_a_failure_in_words() {
    let calls = Arc::new(AtomicUsize::new(0));
    let (sender, news) = channel();
    let wake = move || {
        sender.send(()).unwrap_or_default();
        assert!(calls.fetch_add(1, Ordering::Relaxed) != 3, "the window tripped");
    };
    let live = Live::start(Start::fresh(), long(), Threads::new(1).unwrap(), 64, wake);
    let mut failure = String::new();
    watch(&live, &news, |event| match event {
        LiveEvent::Failed(why) => {
            failure = why.to_string();
            false
        }
        LiveEvent::Begins(_)
        | LiveEvent::Loaded(_)
        | LiveEvent::Step(..)
        | LiveEvent::Ended(..)
        | LiveEvent::Paused(_)
        | LiveEvent::Glance(..)
        | LiveEvent::Checkpoint(_)
        | LiveEvent::Steps(_)
        | LiveEvent::Read
        | LiveEvent::Again
        | LiveEvent::Left
        | LiveEvent::Unreadable(_)
        | LiveEvent::Predictions(..) => true,
        LiveEvent::Finished { .. } => panic!("it should have failed"),
    });
    assert!(failure.contains("the window tripped"), "{failure}");
}

#[cfg(target_os = "linux")]
#[test]
fn networks_in_the_background_leave_the_processor_to_the_window() {
    let (live, news) = started(long(), 8);
    live.control().run_until(1); // every thread has worked by then, so it has begun
    watch(&live, &news, |event| !matches!(event, LiveEvent::Paused(_)));
    let lowest: Vec<String> = std::fs::read_dir("/proc/self/task")
        .unwrap()
        .filter_map(|task| {
            let task = task.unwrap().path();
            let name = std::fs::read_to_string(task.join("comm")).ok()?; // a thread of another test may have ended
            let stat = std::fs::read_to_string(task.join("stat")).ok()?;
            let (_, fields) = stat.rsplit_once(')')?;
            // State is the third field of the line and the first after the name; nice is the nineteenth.
            (fields.split_whitespace().nth(16)? == "19").then(|| name.trim().to_owned())
        })
        .collect();
    for name in ["live", "train-dense", "train-residual", "train-plain", "compute-0", "compute-1"] {
        assert!(lowest.iter().any(|found| found == name), "{name} is not among {lowest:?}");
    }
}
