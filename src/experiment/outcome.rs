//! What a run gave, and the one row of a table that keeps it.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::arch::words;
use crate::telemetry::{Evaluation, StepRecord};
use crate::training::Ending;

/// How a run of an experiment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It made all its steps.
    Finished,
    /// Its loss was no longer usable: a result, too.
    Diverged,
    /// It could not be made.
    Failed,
}

words!(Status { Finished = "finished", Diverged = "diverged", Failed = "failed" });

/// What a run gave. Nothing where it has no such number: a run that diverged has no final accuracy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The word of its [`Status`].
    status: String,
    /// Steps that it made.
    pub steps: usize,
    /// Mean cross-entropy on the validation images after the last step.
    pub final_loss: Option<f64>,
    /// Share of them that it then classified right.
    pub final_accuracy: Option<f64>,
    /// The lowest loss of any validation.
    pub best_loss: Option<f64>,
    /// The highest accuracy of any validation.
    pub best_accuracy: Option<f64>,
    /// Mean loss of the training batches of the last tenth of the steps.
    pub train_loss: Option<f64>,
    /// Mean accuracy on them.
    pub train_accuracy: Option<f64>,
    /// Training accuracy less validation accuracy.
    pub gap: Option<f64>,
    /// L2 norm of ∂L/∂W of the stem at the first step.
    pub stem_gradient_start: Option<f64>,
    /// Its mean over the last tenth of the steps.
    pub stem_gradient: Option<f64>,
    /// Seconds of its training steps, validation left out.
    pub seconds: f64,
}

impl Outcome {
    /// How it ended.
    ///
    /// # Panics
    ///
    /// Never: a word that is none is refused when it is read.
    pub fn status(&self) -> Status {
        Status::from_name(&self.status).expect("a status is one of its words")
    }

    /// It as a table of one row, with its header.
    ///
    /// # Panics
    ///
    /// Never: memory takes any row.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(self).expect("memory takes any row");
        String::from_utf8(writer.into_inner().expect("memory takes any row")).expect("numbers and words are text")
    }

    /// Reads what [`to_csv`](Self::to_csv) wrote.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn from_csv(text: &str) -> Result<Self, String> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut rows = reader.deserialize::<Self>();
        let outcome = match rows.next() {
            None => return Err("found no row; allowed: a header and one row".to_owned()),
            Some(row) => row.map_err(|error| error.to_string())?,
        };
        if rows.next().is_some() {
            return Err("found a second row; allowed: a header and one row".to_owned());
        }
        if Status::from_name(&outcome.status).is_none() {
            return Err(format!("status: found '{}'; allowed: {}", outcome.status, Status::WORDS.join(", ")));
        }
        Ok(outcome)
    }
}

/// Gathers an outcome while a run goes on.
#[derive(Debug)]
pub(super) struct Gathering {
    /// Steps of the last tenth.
    tail: usize,
    latest: VecDeque<[f64; 3]>,
    steps: usize,
    last: Option<Evaluation>,
    best_loss: Option<f64>,
    best_accuracy: Option<f64>,
    stem_gradient_start: Option<f64>,
    seconds: f64,
}

impl Gathering {
    /// For a run of that many steps.
    pub(super) fn new(steps: usize) -> Self {
        let tail = steps.div_ceil(10);
        Self {
            tail,
            latest: VecDeque::with_capacity(tail),
            steps: 0,
            last: None,
            best_loss: None,
            best_accuracy: None,
            stem_gradient_start: None,
            seconds: 0.0,
        }
    }

    /// Takes in a step.
    pub(super) fn step(&mut self, record: &StepRecord) {
        let stem = record.figures.layers.first().map_or(f64::NAN, |stem| stem.weight_grad_norm);
        self.steps = record.step;
        self.seconds += record.seconds;
        self.stem_gradient_start.get_or_insert(stem);
        if self.latest.len() == self.tail {
            self.latest.pop_front();
        }
        self.latest.push_back([record.train_loss, record.train_accuracy, stem]);
        if let Some(Evaluation { loss, accuracy }) = record.validation {
            self.last = record.validation;
            self.best_loss = Some(self.best_loss.map_or(loss, |best| best.min(loss)));
            self.best_accuracy = Some(self.best_accuracy.map_or(accuracy, |best| best.max(accuracy)));
        }
    }

    /// What came of it.
    pub(super) fn outcome(self, ending: &Ending) -> Outcome {
        let status = match ending {
            Ending::Finished => Status::Finished,
            Ending::Diverged(_) => Status::Diverged,
            Ending::Stopped | Ending::Failed(_) => Status::Failed,
        };
        let finished = status == Status::Finished;
        let mean = |which: usize| {
            let count = self.latest.len();
            (finished && count > 0).then(|| self.latest.iter().map(|step| step[which]).sum::<f64>() / count as f64)
        };
        let last = self.last.filter(|_| finished);
        let (train_accuracy, final_accuracy) = (mean(1), last.map(|last| last.accuracy));
        Outcome {
            status: status.name().to_owned(),
            steps: self.steps,
            final_loss: last.map(|last| last.loss),
            final_accuracy,
            best_loss: self.best_loss,
            best_accuracy: self.best_accuracy,
            train_loss: mean(0),
            train_accuracy,
            gap: train_accuracy.zip(final_accuracy).map(|(train, validation)| train - validation),
            stem_gradient_start: self.stem_gradient_start,
            stem_gradient: mean(2),
            seconds: self.seconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome() -> Outcome {
        let mut gathering = Gathering::new(20);
        for step in 1..=20_usize {
            let validation = step.is_multiple_of(10).then(|| Evaluation { loss: 1.0 / step as f64, accuracy: 0.5 });
            let record = StepRecord {
                step,
                learning_rate: 0.1,
                train_loss: step as f64,
                train_accuracy: 0.75,
                validation,
                seconds: 0.5,
                figures: crate::telemetry::StepFigures::default(),
            };
            gathering.step(&record);
        }
        gathering.outcome(&Ending::Finished)
    }

    #[test]
    fn the_last_tenth_of_the_steps_says_what_training_had_reached() {
        let outcome = outcome();
        assert_eq!((outcome.train_loss, outcome.gap, outcome.seconds), (Some(19.5), Some(0.25), 10.0));
        assert_eq!((outcome.best_loss, outcome.final_loss), (Some(0.05), Some(0.05)));
    }

    #[test]
    fn what_is_written_is_read_and_what_is_damaged_is_refused() {
        let outcome = Outcome { stem_gradient_start: Some(0.1), stem_gradient: None, ..outcome() };
        let text = outcome.to_csv();
        assert_eq!(Outcome::from_csv(&text), Ok(outcome));
        assert!(Outcome::from_csv("").is_err());
        for end in 0..text.len() - 1 {
            if let Ok(read) = Outcome::from_csv(&text[..end]) {
                assert_eq!(read.steps, 20, "cut after {end}: a shorter last number at most");
            }
        }
        assert!(Outcome::from_csv(&text.replace("finished", "won")).unwrap_err().contains("'won'"));
    }
}
