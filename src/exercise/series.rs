//! Which questions come one after another.

use std::collections::BTreeSet;

use rand::SeedableRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::kind::Kind;
use super::kinds::KINDS;
use super::question::{Answer, Question};
use crate::arch::{Architecture, Part};

impl Question {
    /// The `number`-th question (from 0) that follows from a seed about these networks, of all kinds but those that are left out by their
    /// ids; nothing where none can be asked.
    ///
    /// Kinds come in rounds, so that every kind that fits comes once before one comes again. The first round goes from easy to hard, and each
    /// further one has an order of its own.
    pub fn ask(networks: &[Architecture], left_out: &BTreeSet<&str>, seed: u64, number: u64) -> Option<Self> {
        let mut kinds: Vec<(&Kind, &Architecture, Vec<Part>)> = Vec::new();
        for kind in KINDS.iter().filter(|kind| !left_out.contains(kind.id)) {
            let parts = networks.iter().map(|network| (kind, network, (kind.parts)(network)));
            kinds.extend(parts.filter(|(_, _, parts)| !parts.is_empty()));
        }
        let round = number.checked_div(kinds.len() as u64)?;
        if round > 0 {
            kinds.shuffle(&mut generator(seed, 0, round));
        }
        let place = usize::try_from(number % kinds.len() as u64).ok()?;
        let (kind, network, parts) = &kinds[place];
        let part = parts.choose(&mut generator(seed, 1, number))?;
        let mut question = (kind.question)(network, *part)?;
        match &mut question.answer {
            Answer::Number(_) => {}
            Answer::Choice(choices) => choices.shuffle(&mut generator(seed, 2, number)),
        }
        Some(question)
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
