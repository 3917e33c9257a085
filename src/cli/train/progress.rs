//! How a run is doing: a bar on a terminal, plain lines elsewhere, on standard error.

use std::io::IsTerminal as _;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::arch::NetworkKind;
use crate::cli::failure::warn;
use crate::config::TrainingConfig;
use crate::telemetry::{Evaluation, StepRecord};
use crate::training::Ending;

/// How a run is doing.
pub(super) struct Progress {
    /// On a terminal only.
    bar: Option<ProgressBar>,
    networks: Vec<NetworkLine>,
    steps: usize,
    /// Steps that were made before.
    before: usize,
    start: Instant,
}

struct NetworkLine {
    kind: NetworkKind,
    step: usize,
    /// Loss and accuracy, smoothed over some tens of steps so that they can be read.
    loss: f64,
    accuracy: f64,
    validation: Option<(usize, Evaluation)>,
    ended: Option<String>,
    /// Steps in a row at which nothing before the classifier had a gradient.
    dead: usize,
}

/// Weight of the newest step in the smoothed figures.
const SMOOTHING: f64 = 0.05;

/// Steps in a row without a gradient that make a network dead: one batch may be an accident.
const DEAD: usize = 3;

impl Progress {
    /// Of a run that goes on after so many steps.
    pub(super) fn new(training: &TrainingConfig, before: usize) -> Self {
        let networks = training.networks.iter().map(|&kind| NetworkLine::new(kind, before)).collect();
        let bar = std::io::stderr().is_terminal().then(|| bar(training.steps));
        let progress = Self { bar, networks, steps: training.steps, before, start: Instant::now() };
        progress.draw();
        if let Some(bar) = &progress.bar {
            bar.reset_eta();
        }
        progress
    }

    pub(super) fn step(&mut self, kind: NetworkKind, record: &StepRecord) {
        let line = self.line_of(kind);
        line.take(record);
        line.dead = if record.figures.learns_nothing() { line.dead + 1 } else { 0 };
        if line.dead == DEAD {
            let words = format!(
                "the {kind} network learns nothing before its classifier: every gradient of a weight there was exactly 0 at {DEAD} steps in a row"
            );
            match &self.bar {
                Some(bar) => bar.suspend(|| warn(&words)),
                None => warn(&words),
            }
        }
        if self.bar.is_some() {
            self.draw();
        } else if record.validation.is_some() {
            let (steps, per_second) = (self.steps, self.steps_per_second());
            eprintln!("step {}/{steps}  {}  {per_second:.1} steps/s", record.step, self.line_of(kind).text());
        }
    }

    pub(super) fn ended(&mut self, kind: NetworkKind, ending: &Ending) {
        let words = match ending {
            Ending::Finished => return,
            Ending::Stopped => "stopped".to_owned(),
            Ending::Diverged(divergence) => divergence.to_string(),
            Ending::Failed(why) => format!("failed: {why}"),
        };
        let line = self.line_of(kind);
        line.ended = Some(match ending {
            Ending::Diverged(divergence) => format!("diverged at step {}", divergence.step),
            Ending::Finished | Ending::Stopped | Ending::Failed(_) => words.clone(),
        });
        let warning = matches!(ending, Ending::Diverged(_) | Ending::Failed(_)).then(|| format!("warning: {words}"));
        let stopped = warning.unwrap_or_else(|| format!("{kind} stopped at step {}", self.line_of(kind).step));
        match &self.bar {
            Some(bar) => bar.suspend(|| eprintln!("{stopped}")),
            None => eprintln!("{stopped}"),
        }
    }

    /// Leaves the bar as it stands.
    pub(super) fn close(&self) {
        if let Some(bar) = &self.bar {
            self.draw();
            bar.abandon();
        }
    }

    fn line_of(&mut self, kind: NetworkKind) -> &mut NetworkLine {
        self.networks.iter_mut().find(|line| line.kind == kind).expect("progress is of the run's networks")
    }

    /// Steps that the slowest network still at work has made.
    fn steps_done(&self) -> usize {
        let going_on = self.networks.iter().filter(|line| line.ended.is_none()).map(|line| line.step).min();
        going_on.or_else(|| self.networks.iter().map(|line| line.step).max()).unwrap_or(0)
    }

    fn steps_per_second(&self) -> f64 {
        let steps = self.steps_done().saturating_sub(self.before) as f64;
        steps / self.start.elapsed().as_secs_f64()
    }

    fn draw(&self) {
        let Some(bar) = &self.bar else { return };
        let lines: Vec<String> = self.networks.iter().map(NetworkLine::text).collect();
        bar.set_message(lines.join("\n"));
        bar.set_position(self.steps_done() as u64);
    }
}

impl NetworkLine {
    fn new(kind: NetworkKind, step: usize) -> Self {
        Self { kind, step, loss: f64::NAN, accuracy: f64::NAN, validation: None, ended: None, dead: 0 }
    }

    fn take(&mut self, record: &StepRecord) {
        let smooth = |old: f64, new: f64| if old.is_nan() { new } else { old + SMOOTHING * (new - old) };
        self.step = record.step;
        self.loss = smooth(self.loss, record.train_loss);
        self.accuracy = smooth(self.accuracy, record.train_accuracy);
        if let Some(validation) = record.validation {
            self.validation = Some((record.step, validation));
        }
    }

    fn text(&self) -> String {
        let name = self.kind.name();
        if let Some(ended) = &self.ended {
            return format!("{name:<8}  {ended}");
        }
        if self.loss.is_nan() && self.accuracy.is_nan() {
            return format!("{name:<8}  …");
        }
        let training = format!("{name:<8}  loss {:.3}  accuracy {:5.1} %", self.loss, 100.0 * self.accuracy);
        match self.validation {
            None => training,
            Some((step, Evaluation { loss, accuracy })) => {
                let accuracy = 100.0 * accuracy;
                format!("{training}   validation {loss:.3}  {accuracy:5.1} % at {step}")
            }
        }
    }
}

fn bar(steps: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:32.cyan/dim} {pos}/{len} steps  {speed}  {left}\n{msg}")
        .expect("the template is well formed")
        .progress_chars("━╸─")
        .with_key("speed", |state: &ProgressState, text: &mut dyn std::fmt::Write| {
            write!(text, "{:.1} steps/s", state.per_sec()).expect("a string takes any text");
        })
        .with_key("left", |state: &ProgressState, text: &mut dyn std::fmt::Write| {
            let seconds = state.eta().as_secs();
            write!(text, "{}:{:02} left", seconds / 60, seconds % 60).expect("a string takes any text");
        });
    let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::stderr_with_hz(10));
    bar.set_style(style);
    bar
}
