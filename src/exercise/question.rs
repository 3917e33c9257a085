//! A question: what is hidden, what is asked, the answer, and the mistakes that are known by their values.

use rand::SeedableRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::kind::{KINDS, Kind};
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

/// One hidden number of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The name of its kind.
    pub kind: &'static str,
    /// The network that is meant.
    pub network: NetworkKind,
    /// The row.
    pub part: Part,
    /// Which of its numbers is hidden.
    pub quantity: Quantity,
    /// What is asked.
    pub asks: Words,
    /// What is known.
    pub given: Words,
    /// The number.
    pub answer: u64,
    /// How it comes about, with its numbers in place.
    pub because: Words,
    /// Wrong answers that are known; no two have a value in common, and none is right.
    pub mistakes: Vec<Mistake>,
}

impl Question {
    /// The `number`-th question (from 0) that follows from a seed about these networks; nothing where none can be asked.
    ///
    /// Kinds come in rounds, each round in an order of its own, so that every kind that fits comes once before one comes again.
    pub fn ask(networks: &[Architecture], seed: u64, number: u64) -> Option<Self> {
        let mut kinds: Vec<(&Kind, &Architecture, Vec<Part>)> = Vec::new();
        for kind in KINDS {
            let parts = networks.iter().map(|network| (kind, network, (kind.parts)(network)));
            kinds.extend(parts.filter(|(_, _, parts)| !parts.is_empty()));
        }
        let round = number.checked_div(kinds.len() as u64)?;
        kinds.shuffle(&mut generator(seed, 0, round));
        let place = usize::try_from(number % kinds.len() as u64).ok()?;
        let (kind, network, parts) = &kinds[place];
        let part = parts.choose(&mut generator(seed, 1, number))?;
        (kind.question)(network, *part)
    }

    /// A question of that kind about a number of a row. What is asked, known and explained is still to be said.
    pub(super) fn about(
        kind: &'static str,
        network: &Architecture,
        part: Part,
        quantity: Quantity,
        [asks, given, because]: [Words; 3],
    ) -> Option<Self> {
        let answer = quantity.of(network.layer(part)?);
        let because = because.with("answer", answer);
        let network = network.kind;
        Some(Self { kind, network, part, quantity, asks, given, answer, because, mistakes: Vec::new() })
    }

    /// With a mistake, unless it gives the right answer or the same as one that is known.
    pub(super) fn mistake(mut self, value: u64, why: Words) -> Self {
        if value != self.answer && self.mistakes.iter().all(|known| known.value != value) {
            self.mistakes.push(Mistake { value, why });
        }
        self
    }

    /// With a mistake that only some networks allow.
    pub(super) fn mistake_if(self, possible: bool, value: u64, why: Words) -> Self {
        if possible { self.mistake(value, why) } else { self }
    }
}

/// The generator for one purpose, by the whole of what it depends on.
fn generator(seed: u64, purpose: u64, index: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&purpose.to_le_bytes());
    key[16..24].copy_from_slice(&index.to_le_bytes());
    key[24..].copy_from_slice(b"exercise");
    ChaCha8Rng::from_seed(key)
}
