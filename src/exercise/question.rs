//! A question: what is asked, the answer, and the wrong answers that are known, each with the reason why it is wrong.

use super::words::Words;
use crate::arch::{Architecture, Layer, NetworkKind, Part};

/// Which number of a row is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Channels that enter.
    Reads,
    /// Channels it makes itself.
    Makes,
    /// Channels that the next row can read.
    Carries,
    /// Trainable numbers.
    Parameters,
}

impl Quantity {
    /// That number of a row.
    pub const fn of(self, layer: &Layer) -> u64 {
        match self {
            Self::Reads => layer.reads as u64,
            Self::Makes => layer.makes as u64,
            Self::Carries => layer.carries as u64,
            Self::Parameters => layer.parameters,
        }
    }
}

/// A wrong answer that people give, and why it is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The answer.
    pub value: u64,
    /// Why it is off.
    pub why: Words,
}

/// A number that is hidden until it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Which of the row's numbers.
    pub quantity: Quantity,
    /// The number.
    pub value: u64,
    /// Wrong answers that are known; no two have a value in common, and none is right.
    pub mistakes: Vec<Mistake>,
}

/// One of several sentences to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The sentence.
    pub says: Words,
    /// Why it is wrong; nothing for the right one.
    pub why: Option<Words>,
}

/// What is to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A number.
    Number(Number),
    /// The one of these that is right.
    Choice(Vec<Choice>),
}

/// A question about a row of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The name of its kind.
    pub kind: &'static str,
    /// The network that is meant.
    pub network: NetworkKind,
    /// The row.
    pub part: Part,
    /// What is asked.
    pub asks: Words,
    /// What is known.
    pub given: Words,
    /// What is to be found.
    pub answer: Answer,
    /// How it comes about, with its numbers in place.
    pub because: Words,
}

impl Question {
    /// The number that is asked for, if one is.
    pub const fn number(&self) -> Option<&Number> {
        match &self.answer {
            Answer::Number(number) => Some(number),
            Answer::Choice(_) => None,
        }
    }

    /// What there is to choose from, if there is.
    pub fn choices(&self) -> &[Choice] {
        match &self.answer {
            Answer::Number(_) => &[],
            Answer::Choice(choices) => choices,
        }
    }

    /// A question with sentences to choose from, the right one first: its words, and those of each wrong one with why it is wrong.
    pub(super) fn choice(
        kind: &'static str,
        network: &Architecture,
        part: Part,
        [asks, given, because]: [Words; 3],
        right: Words,
        wrong: Vec<(Words, Words)>,
    ) -> Self {
        let mut choices = vec![Choice { says: right, why: None }];
        choices.extend(wrong.into_iter().map(|(says, why)| Choice { says, why: Some(why) }));
        Self { kind, network: network.kind, part, asks, given, answer: Answer::Choice(choices), because }
    }
}

impl Number {
    /// That number of a row of the network.
    pub(super) fn of(network: &Architecture, part: Part, quantity: Quantity) -> Option<Self> {
        Some(Self { quantity, value: quantity.of(network.layer(part)?), mistakes: Vec::new() })
    }

    /// With a mistake, unless it gives the right answer or the same as one that is known.
    pub(super) fn mistake(mut self, value: u64, why: Words) -> Self {
        if value != self.value && self.mistakes.iter().all(|known| known.value != value) {
            self.mistakes.push(Mistake { value, why });
        }
        self
    }

    /// With a mistake that only some networks allow.
    pub(super) fn mistake_if(self, possible: bool, value: u64, why: Words) -> Self {
        if possible { self.mistake(value, why) } else { self }
    }

    /// The question that asks for it; how it comes about is told with the `answer` itself.
    pub(super) fn asked(
        self,
        kind: &'static str,
        network: &Architecture,
        part: Part,
        [asks, given, because]: [Words; 3],
    ) -> Question {
        let because = because.with("answer", self.value);
        Question { kind, network: network.kind, part, asks, given, answer: Answer::Number(self), because }
    }
}
