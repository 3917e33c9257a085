//! Bad input made from good input by chance: no reader panics, hangs, or takes memory beyond a small multiple of what it reads.
//!
//! Short in every run of the tests; `DENSESCOPE_FUZZ_SECONDS=3600` goes on so long with each reader and says how it went. What
//! is made follows from the number of the round alone, so a round that fails can be made again.

mod images;

use std::time::{Duration, Instant};

/// Rounds when nobody asks for more.
const ROUNDS: u64 = 120;

/// Lets a reader read one piece of bad input after another, each made from one of the good ones. It answers whether the input was read.
#[track_caller]
pub(crate) fn fuzz(name: &str, good: &[Vec<u8>], mut read: impl FnMut(&[u8]) -> bool) {
    let seconds = std::env::var("DENSESCOPE_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let (start, limit) = (Instant::now(), seconds.map(Duration::from_secs));
    let (mut round, mut whole, mut slowest) = (0_u64, 0_u64, Duration::ZERO);
    while limit.map_or(round < ROUNDS, |limit| start.elapsed() < limit) {
        let bad = Chance(round).spoilt(good);
        let before = Instant::now();
        whole += u64::from(read(&bad));
        slowest = slowest.max(before.elapsed());
        round += 1;
    }
    if limit.is_some() {
        let peak = peak_memory().unwrap_or_default();
        println!(
            "{name}: {round} rounds, {whole} read all the same, the slowest {slowest:?}; peak of the process {peak}"
        );
    }
}

/// The most memory that the process has had, where the system tells.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:").map(|peak| peak.trim().to_owned()))
}

/// Numbers by chance that follow from one number (splitmix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit, and 0 below 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap_or(0)
    }

    /// One of the good inputs with up to eight things wrong.
    fn spoilt(&mut self, good: &[Vec<u8>]) -> Vec<u8> {
        let index = self.below(good.len());
        let mut bytes = good[index].clone();
        for _ in 0..=self.below(8) {
            // Most of what decides stands at the beginning.
            let reach = if self.below(2) == 0 { bytes.len().min(64) } else { bytes.len() };
            let at = self.below(reach);
            match self.below(8) {
                0 => bytes.truncate(self.below(bytes.len() + 1)),
                1 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
                2 if !bytes.is_empty() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][self.below(5)],
                3 => {
                    let number = [0, 1, u32::MAX, 0x7fff_ffff, 30_000, 65_536][self.below(6)];
                    let number = if self.below(2) == 0 { number.to_be_bytes() } else { number.to_le_bytes() };
                    bytes.iter_mut().skip(at).zip(number).for_each(|(byte, new)| *byte = new);
                }
                4 => {
                    let count = self.below(40);
                    let new: Vec<u8> = (0..count).map(|_| self.next().to_le_bytes()[0]).collect();
                    bytes.splice(at..at, new);
                }
                5 => {
                    let end = at + self.below(bytes.len() - at + 1);
                    drop(bytes.drain(at..end));
                }
                6 => {
                    let end = at + self.below((bytes.len() - at + 1).min(200));
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                _ => {
                    let other = &good[self.below(good.len())];
                    let from = self.below(other.len());
                    bytes.truncate(at);
                    bytes.extend(&other[from..]);
                }
            }
        }
        bytes
    }
}
