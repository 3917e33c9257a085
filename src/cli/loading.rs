//! Images on their way, with a bar on a terminal when it takes long; and what is to be told of them.

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::failure::warn;
use crate::data::{Description, Loading};

/// Between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(100);
/// Looks before a bar is shown: what is done by then needs none.
const PATIENCE: u32 = 5;

/// Does work that reads images and shows how far it is. Ctrl-C ends the program.
pub(super) fn watched<T>(work: impl FnOnce(&Loading) -> T) -> T {
    let (loading, done) = (Loading::default(), AtomicBool::new(false));
    thread::scope(|scope| {
        let watcher = std::io::stderr().is_terminal().then(|| scope.spawn(|| watch(&loading, &done)));
        let result = work(&loading);
        done.store(true, Ordering::Release);
        if let Some(watcher) = watcher {
            watcher.thread().unpark();
        }
        result
    })
}

fn watch(loading: &Loading, done: &AtomicBool) {
    let style = ProgressStyle::with_template("images {bar:40} {human_pos}/{human_len} {eta}");
    let bar = ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut looks = 0;
    while !done.load(Ordering::Acquire) {
        thread::park_timeout(LOOK);
        looks += 1;
        let (read, of) = loading.progress();
        if looks > PATIENCE && of > 0 {
            bar.set_length(of as u64);
            bar.set_position(read as u64);
        }
    }
    bar.finish_and_clear();
}

/// Tells what a person should know of images that are used.
pub(super) fn tell(found: &Description) {
    for note in &found.notes {
        if note.is_warning() {
            warn(&note.to_string());
        } else {
            eprintln!("note: {note}");
        }
    }
    match &found.left_out[..] {
        [] => {}
        [one] => warn(&format!("left out: {}: {}", one.file.display(), one.why)),
        [first, ..] => warn(&format!(
            "{} files are left out, the first: {}: {}; `densescope data` lists them",
            found.left_out.len(),
            first.file.display(),
            first.why
        )),
    }
}
