//! The answer, computed from the summary and nothing else, with how sure it is. One file for each rule.
//!
//! Two things are told apart when every run of one lies above every run of the other; ranges that overlap are *not told apart*.

mod fewer;
mod learns;
mod paired;
mod trend;
mod words;

use super::description::{Experiment, Rule};
use super::summary::{Cell, Summary};
use crate::text::Text;

/// What an experiment found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// In one word.
    pub answer: Answer,
    /// The reasons, each a sentence with its numbers; the first says it in short.
    pub sentences: Vec<String>,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// What the experiment takes for yes.
    Yes,
    /// What it takes for no.
    No,
    /// Sometimes the one and sometimes the other.
    Mixed,
    /// Ranges overlap.
    NotToldApart,
    /// Too few runs are made.
    Unknown,
}

impl Answer {
    /// From how often the one was found, and how often the other, of so many.
    fn of(yes: usize, no: usize, all: usize) -> Self {
        match (yes, no) {
            _ if all == 0 => Self::Unknown,
            (0, 0) => Self::NotToldApart,
            (_, 0) if 2 * yes > all => Self::Yes,
            (0, _) if 2 * no > all => Self::No,
            (_, 0) | (0, _) => Self::NotToldApart,
            _ => Self::Mixed,
        }
    }

    /// It in words.
    pub fn say(self, text: &Text) -> &str {
        text.say(match self {
            Self::Yes => "experiment.answer.yes",
            Self::No => "experiment.answer.no",
            Self::Mixed => "experiment.answer.mixed",
            Self::NotToldApart => "experiment.answer.not_told_apart",
            Self::Unknown => "experiment.answer.unknown",
        })
    }
}

impl Verdict {
    /// What the summary says to the experiment's question.
    pub fn of(experiment: &Experiment, summary: &Summary, text: &Text) -> Self {
        let case = Case { experiment, summary, text };
        let mut verdict = match &experiment.compare.rule {
            Rule::Paired { first, second } => paired::verdict(&case, [first, second]),
            Rule::Fewer { first, second } => fewer::verdict(&case, [first, second]),
            Rule::Trend => trend::verdict(&case),
            Rule::Learns { first, second } => learns::verdict(&case, [first, second]),
        };
        if summary.made < summary.wanted {
            let (made, wanted) = (summary.made, summary.wanted);
            verdict.sentences.push(text.fill("experiment.verdict.missing", &[("made", &made), ("wanted", &wanted)]));
        }
        let lost: usize = summary.cells.iter().map(|cell| cell.diverged + cell.failed).sum();
        if lost > 0 {
            let diverged: usize = summary.cells.iter().map(|cell| cell.diverged).sum();
            let counts: [(&str, &dyn std::fmt::Display); 2] = [("diverged", &diverged), ("failed", &(lost - diverged))];
            verdict.sentences.push(text.fill("experiment.verdict.lost", &counts));
        }
        verdict
    }
}

/// What a rule reads.
struct Case<'a> {
    experiment: &'a Experiment,
    summary: &'a Summary,
    text: &'a Text,
}

impl<'a> Case<'a> {
    /// The cells of a side, which are those of its network, or those with that value.
    fn side(&self, name: &str) -> Vec<&'a Cell> {
        self.summary.cells.iter().filter(|cell| cell.is(self.experiment, name)).collect()
    }
}

#[cfg(test)]
mod tests;
