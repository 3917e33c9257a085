//! How long an experiment will take here, measured by a few steps of each of its networks.

use std::sync::Arc;
use std::time::Instant;

use super::trial::Trial;
use crate::data::{Batches, DataError, DataSet, load};
use crate::training::{Session, Threads, learning_rate};

/// What an experiment will take.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Seconds of each run by itself, in the order of the trials.
    pub seconds: Vec<f64>,
}

/// Steps that are measured, after one that warms up.
const STEPS: usize = 2;
/// Time of one image in validation for each that a training step takes.
const VALIDATION: f64 = 0.4;

impl Estimate {
    /// Seconds of all of them, so many side by side, each as fast as alone.
    pub fn total(&self, jobs: usize) -> f64 {
        let longest = self.seconds.iter().copied().fold(0.0, f64::max);
        (self.seconds.iter().sum::<f64>() / jobs.max(1) as f64).max(longest)
    }
}

/// Measures a few steps of each network; runs that differ in the seed alone are measured once.
///
/// # Errors
///
/// When there are no images to learn from.
///
/// # Panics
///
/// When the system gives no thread.
pub fn estimate(trials: &[Trial]) -> Result<Estimate, DataError> {
    let threads = Threads::new(1).expect("the system gives a thread");
    let mut known: Vec<(&Trial, f64)> = Vec::new();
    let mut seconds = Vec::with_capacity(trials.len());
    for trial in trials {
        let alike = |other: &Trial| other.network == trial.network && other.place == trial.place;
        let of_one = if let Some((_, of_one)) = known.iter().find(|(other, _)| alike(other)) {
            *of_one
        } else {
            let of_one = measure(trial, &threads)?;
            known.push((trial, of_one));
            of_one
        };
        seconds.push(of_one);
    }
    Ok(Estimate { seconds })
}

fn measure(trial: &Trial, threads: &Threads) -> Result<f64, DataError> {
    let config = &trial.plan.config;
    let training = &config.training;
    let some = training.batch.max(1).min(config.data.train);
    let data: Arc<DataSet> = Arc::new(load(&config.data, some, 1, config.seed)?);
    let mut batches = Batches::new(data, training.batch, config.seed)?.augmented(config.data.augment);
    let mut session = Session::new(trial.architecture(), training, config.seed, threads);
    let rate = learning_rate(training.schedule, training.learning_rate, 1, training.steps);
    session.step(&batches.next_batch(), rate, false);
    let start = Instant::now();
    for _ in 0..STEPS {
        session.step(&batches.next_batch(), rate, false);
    }
    let step = start.elapsed().as_secs_f64() / STEPS as f64;
    let validations = training.steps.div_ceil(training.evaluate_every) as f64;
    let validation = config.data.validation as f64 / training.batch as f64 * step * VALIDATION;
    Ok(step * training.steps as f64 + validation * validations)
}
