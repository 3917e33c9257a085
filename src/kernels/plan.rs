//! How a convolution's work is cut up: by its shape alone, never by the number of threads, so that every sum is taken
//! in the same order wherever it runs.

use std::ops::Range;

use super::lanes::STEP;
use super::planes::{GRAIN, Planes};

/// Numbers of scratch memory a piece of work may use: half of a usual second-level cache of 512 KiB.
const SCRATCH: usize = 1 << 16;

/// Work is handed to threads in at most this many parts.
const PARTS: usize = 16;

/// Pieces there are at least, where they are not shorter than two grains for it.
const SHARES: usize = 8;

/// A convolution's kernel: k × k, k odd, stride 1, as many zeros around as keep the size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kernel {
    One,
    Three,
}

impl Kernel {
    pub(super) fn of_size(size: usize) -> Option<Self> {
        match size {
            1 => Some(Self::One),
            3 => Some(Self::Three),
            _ => None,
        }
    }

    pub(super) fn size(self) -> usize {
        match self {
            Self::One => 1,
            Self::Three => 3,
        }
    }

    pub(super) fn taps(self) -> usize {
        self.size() * self.size()
    }
}

/// Pieces of positions, each with a margin as wide as a tap reaches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    kernel: Kernel,
    pitch: usize,
    len: usize,
    /// Positions in a piece (the last may have fewer).
    piece: usize,
    /// Positions on either side of a piece.
    pub(super) margin: usize,
    /// From a row to the next in scratch memory.
    pub(super) stride: usize,
}

impl Plan {
    /// For pieces that need `rows` rows of scratch memory.
    pub(super) fn new(planes: &Planes, kernel: Kernel, rows: usize) -> Self {
        let margin = match kernel {
            Kernel::One => 0,
            Kernel::Three => (planes.pitch() + 1).next_multiple_of(STEP),
        };
        let room = (SCRATCH / rows.max(1)).saturating_sub(2 * margin);
        // Small maps are cut finer than the cache asks for, so that there is something to share among threads; then
        // all pieces are made as long as each other.
        let (grains, most) = (planes.len().div_ceil(GRAIN), (room / GRAIN).clamp(2, 16));
        let pieces = grains.div_ceil(most).max(SHARES.min(grains / 2)).max(1);
        let piece = grains.div_ceil(pieces) * GRAIN;
        // An odd number of cache lines: rows then spread over all sets of the first-level cache.
        let lines = (piece + 2 * margin).div_ceil(STEP) | 1;
        Self { kernel, pitch: planes.pitch(), len: planes.len(), piece, margin, stride: lines * STEP }
    }

    /// The parts in which pieces are handed to threads, each a range of piece numbers.
    pub(super) fn parts(&self) -> Vec<Range<usize>> {
        let pieces = self.len.div_ceil(self.piece);
        let parts = pieces.min(PARTS);
        (0..parts).map(|part| part * pieces / parts..(part + 1) * pieces / parts).collect()
    }

    /// The positions of a piece.
    pub(super) fn positions(&self, piece: usize) -> Range<usize> {
        piece * self.piece..((piece + 1) * self.piece).min(self.len)
    }

    /// The positions of all of a part's pieces.
    pub(super) fn positions_of(&self, part: &Range<usize>) -> Range<usize> {
        part.start * self.piece..(part.end * self.piece).min(self.len)
    }

    /// The piece with its margins, as far as there are positions.
    pub(super) fn with_margins(&self, positions: &Range<usize>) -> Range<usize> {
        positions.start.saturating_sub(self.margin)..(positions.end + self.margin).min(self.len)
    }

    /// Where, in scratch memory that starts with a piece's margin, every term's row starts: for each of `channels`
    /// the taps of the kernel, row by row. Seen from a pixel, tap (−1, −1) is the upper left neighbour, or the lower right
    /// one where `mirrored`.
    pub(super) fn starts(&self, channels: usize, mirrored: bool) -> Vec<usize> {
        let reach = self.kernel.size() / 2;
        let mut starts = Vec::with_capacity(channels * self.kernel.taps());
        for channel in 0..channels {
            let pixel = channel * self.stride + self.margin;
            for y in 0..self.kernel.size() {
                for x in 0..self.kernel.size() {
                    let (down, right) = (y * self.pitch + x, reach * self.pitch + reach);
                    starts.push(if mirrored { pixel + right - down } else { pixel + down - right });
                }
            }
        }
        starts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_pieces_cover_every_position_once() {
        for (batch, side, rows) in [(1, 1, 1), (32, 28, 56), (5, 33, 400), (64, 7, 3)] {
            let planes = Planes::new(batch, side, side);
            let plan = Plan::new(&planes, Kernel::Three, rows);
            let mut next = 0;
            for part in plan.parts() {
                assert_eq!(plan.positions_of(&part).start, next);
                for piece in part {
                    let positions = plan.positions(piece);
                    assert_eq!(positions.start, next);
                    next = positions.end;
                }
            }
            assert_eq!(next, planes.len());
        }
    }

    #[test]
    fn a_mirrored_kernel_reaches_the_other_way() {
        let planes = Planes::new(1, 5, 5);
        let plan = Plan::new(&planes, Kernel::Three, 2);
        let (ahead, mirrored) = (plan.starts(2, false), plan.starts(2, true));
        for (a, m) in ahead.iter().zip(mirrored.iter()) {
            let channel = a / plan.stride;
            assert_eq!(a + m, 2 * (channel * plan.stride + plan.margin));
        }
        assert_eq!(ahead[0], plan.margin - planes.pitch() - 1);
    }
}
