//! Memory for feature maps and their gradients, used again from step to step.
//!
//! A training step needs the same lengths as the one before. Fresh memory of this size comes from the system page by
//! page, which costs more than the arithmetic on it, so dropped buffers wait here for the next step.

use std::collections::VecDeque;
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Lines that wait to be used again; beyond this many the oldest are given back to the system (512 MiB).
const IDLE_LIMIT: usize = 1 << 23;

static IDLE: Mutex<Idle> = Mutex::new(Idle { buffers: VecDeque::new(), lines: 0 });

struct Idle {
    buffers: VecDeque<Vec<Line>>,
    lines: usize,
}

/// A line of the cache. Rows that start with one are read without ever touching two lines for one vector, which costs
/// the widest vectors half their speed.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Line([f32; LINE]);

/// Numbers in a line.
const LINE: usize = 16;

/// `len` numbers, at first of no particular value, from the start of a line.
#[derive(Debug)]
pub(super) struct Buffer {
    lines: Vec<Line>,
    len: usize,
}

impl Buffer {
    pub(super) fn new(len: usize) -> Self {
        let lines = len.div_ceil(LINE);
        let lines = idle().take(lines).unwrap_or_else(|| vec![Line([0.0; LINE]); lines]);
        let mut buffer = Self { lines, len };
        if cfg!(debug_assertions) {
            // Whoever reads what it has not written will be seen.
            buffer.fill(f32::NAN);
        }
        buffer
    }

    pub(super) fn zeros(len: usize) -> Self {
        let mut buffer = Self::new(len);
        buffer.fill(0.0);
        buffer
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        idle().put(std::mem::take(&mut self.lines));
    }
}

impl Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        // SAFETY: the lines are `len` numbers or more, one after the other without a gap, borrowed as long as `self`.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.len) }
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        // SAFETY: as above, and `self` is borrowed mutably.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.len) }
    }
}

fn idle() -> MutexGuard<'static, Idle> {
    // A panic elsewhere leaves the list whole: every change to it is one step.
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Idle {
    fn take(&mut self, lines: usize) -> Option<Vec<Line>> {
        // The latest first: it is the likeliest to be in the cache still.
        let found = self.buffers.iter().rposition(|buffer| buffer.len() == lines)?;
        self.lines -= lines;
        self.buffers.remove(found)
    }

    fn put(&mut self, buffer: Vec<Line>) {
        self.lines += buffer.len();
        self.buffers.push_back(buffer);
        while self.lines > IDLE_LIMIT {
            let Some(oldest) = self.buffers.pop_front() else { break };
            self.lines -= oldest.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_buffer_is_used_again() {
        // A length no other test asks for.
        let first = Buffer::new(7919);
        let address = first.as_ptr();
        drop(first);
        assert_eq!(Buffer::new(7919).as_ptr(), address);
    }

    #[test]
    fn a_buffer_starts_with_a_line_and_has_the_length_asked_for() {
        for len in [0, 1, 15, 16, 17, 1000] {
            let buffer = Buffer::zeros(len);
            assert_eq!((buffer.len(), buffer.as_ptr() as usize % 64), (len, 0));
            assert!(buffer.iter().all(|x| *x == 0.0));
        }
    }
}
