//! How an experiment is doing: a bar on a terminal, plain lines elsewhere, on standard error.

use std::io::IsTerminal as _;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::failure::warn;
use crate::experiment::{Folder, MakeEvent, Outcome, Status, Trial};

/// How an experiment is doing.
pub(super) struct Progress<'a> {
    trials: &'a [Trial],
    bar: ProgressBar,
    terminal: bool,
    state: Mutex<State>,
    start: Instant,
    /// Seconds that were expected for all of it.
    expected: f64,
}

struct State {
    made: usize,
    /// Steps of each run at hand.
    steps: Vec<usize>,
    all_steps: usize,
    to_make: usize,
}

impl<'a> Progress<'a> {
    pub(super) fn new(trials: &'a [Trial], folder: &Folder, expected: f64) -> Self {
        let missing = trials.iter().filter(|trial| !matches!(folder.outcome(trial), Ok(Some(_))));
        let (mut to_make, mut all_steps) = (0, 0);
        for trial in missing {
            to_make += 1;
            all_steps += trial.plan.config.training.steps;
        }
        let terminal = std::io::stderr().is_terminal();
        let target = if terminal { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(all_steps as u64), target);
        let style = ProgressStyle::with_template("{bar:32.cyan/dim} {msg}").expect("the template is well formed");
        bar.set_style(style.progress_chars("━╸─"));
        let there = trials.len() - to_make;
        if !terminal {
            eprintln!("{to_make} runs to make, {there} there already; about {}", duration(expected));
        }
        let state = State { made: there, steps: vec![0; trials.len()], all_steps, to_make };
        let progress = Self { trials, bar, terminal, state: Mutex::new(state), start: Instant::now(), expected };
        progress.tell();
        progress
    }

    pub(super) fn take(&self, event: MakeEvent) {
        let id = |index: usize| &self.trials[index].id;
        match event {
            MakeEvent::Began(index) => self.change(|state| state.steps[index] = 0),
            MakeEvent::Step(index, step) => self.change(|state| state.steps[index] = step),
            MakeEvent::Made(index, outcome) => {
                self.change(|state| state.made += 1);
                if !self.terminal {
                    let (made, all) = (self.state.lock().map_or(0, |state| state.made), self.trials.len());
                    eprintln!("{made}/{all}  {}  {}", id(index), said(&outcome));
                }
            }
            MakeEvent::Failed(index, why) => {
                self.change(|state| state.made += 1);
                self.bar.suspend(|| warn(&format!("{} could not be made: {why}", id(index))));
            }
            MakeEvent::SetAside(index, found, path) => self.bar.suspend(|| {
                warn(&format!(
                    "the result of {} is damaged ({found}); it is set aside as {} and made again",
                    id(index),
                    path.display()
                ));
            }),
            MakeEvent::Waiting(others) => self.bar.suspend(|| {
                eprintln!("waiting for {others} runs that other processes are at");
            }),
        }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        if let Ok(mut state) = self.state.lock() {
            change(&mut state);
        }
        if self.terminal {
            self.tell();
        }
    }

    fn tell(&self) {
        let Ok(state) = self.state.lock() else { return };
        let done: usize = state.steps.iter().sum();
        let elapsed = self.start.elapsed().as_secs_f64();
        let share = done as f64 / state.all_steps.max(1) as f64;
        // Until a twentieth is done, what was measured beforehand says more.
        let left = if share > 0.05 { elapsed / share - elapsed } else { self.expected - elapsed };
        self.bar.set_position(done as u64);
        let (made, all) = (state.made, self.trials.len());
        let words =
            if state.to_make == 0 { String::new() } else { format!(", about {} left", duration(left.max(0.0))) };
        self.bar.set_message(format!("{made}/{all} runs{words}"));
    }

    /// Leaves the bar as it stands.
    pub(super) fn close(&self) {
        if self.terminal {
            self.bar.abandon();
        }
    }
}

fn said(outcome: &Outcome) -> String {
    match (outcome.status(), outcome.final_accuracy) {
        (Status::Finished, Some(accuracy)) => format!("validation {:.1} %  {:.1} s", 100.0 * accuracy, outcome.seconds),
        (Status::Finished, None) => "finished".to_owned(),
        (Status::Diverged, _) => format!("diverged at step {}", outcome.steps),
        (Status::Failed, _) => "failed".to_owned(),
    }
}

fn duration(seconds: f64) -> String {
    let seconds = Duration::try_from_secs_f64(seconds).map_or(0, |duration| duration.as_secs());
    if seconds < 100 { format!("{seconds} s") } else { format!("{} min", seconds.div_ceil(60)) }
}
