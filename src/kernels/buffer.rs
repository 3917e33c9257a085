//! Memory for feature maps and their gradients, used again from step to step.
//!
//! A training step needs the same lengths as the one before. Fresh memory of this size comes from the system page by
//! page, which costs more than the arithmetic on it, so dropped buffers wait here for the next step.

use std::collections::VecDeque;
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Numbers that wait to be used again; beyond this many the oldest are given back to the system (512 MiB).
const IDLE_LIMIT: usize = 1 << 27;

static IDLE: Mutex<Idle> = Mutex::new(Idle { memory: VecDeque::new(), numbers: 0 });

struct Idle {
    memory: VecDeque<Vec<f32>>,
    numbers: usize,
}

/// Bytes in a line of the cache. Rows that start with one are read without ever touching two lines for one vector, which
/// costs the widest vectors half their speed.
const LINE: usize = 64;

/// Values from the start of a cache line on.
#[derive(Debug)]
pub(super) struct Aligned<T> {
    /// Never grows, and so never moves: `start` keeps its place in a line.
    memory: Vec<T>,
    start: usize,
    len: usize,
}

/// As much memory as `len` values need, wherever the first line in it starts.
const fn memory_for<T>(len: usize) -> usize {
    len + LINE / size_of::<T>()
}

impl<T: Copy> Aligned<T> {
    pub(super) fn filled(value: T, len: usize) -> Self {
        Self::of(vec![value; memory_for::<T>(len)], len)
    }

    fn of(memory: Vec<T>, len: usize) -> Self {
        let start = memory.as_ptr().align_offset(LINE).min(memory.len() - len);
        Self { memory, start, len }
    }
}

impl<T> Deref for Aligned<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.memory[self.start..self.start + self.len]
    }
}

impl<T> DerefMut for Aligned<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.memory[self.start..self.start + self.len]
    }
}

/// Numbers, at first of no particular value, from the start of a line on.
#[derive(Debug)]
pub(super) struct Buffer(Aligned<f32>);

impl Buffer {
    pub(super) fn new(len: usize) -> Self {
        let size = memory_for::<f32>(len);
        let memory = idle().take(size).unwrap_or_else(|| vec![0.0; size]);
        let mut buffer = Self(Aligned::of(memory, len));
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
        idle().put(std::mem::take(&mut self.0.memory));
    }
}

impl Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.0
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.0
    }
}

fn idle() -> MutexGuard<'static, Idle> {
    // A panic elsewhere leaves the list whole: every change to it is one step.
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Idle {
    fn take(&mut self, numbers: usize) -> Option<Vec<f32>> {
        // The latest first: it is the likeliest to be in the cache still.
        let found = self.memory.iter().rposition(|memory| memory.len() == numbers)?;
        self.numbers -= numbers;
        self.memory.remove(found)
    }

    fn put(&mut self, memory: Vec<f32>) {
        self.numbers += memory.len();
        self.memory.push_back(memory);
        while self.numbers > IDLE_LIMIT {
            let Some(oldest) = self.memory.pop_front() else { break };
            self.numbers -= oldest.len();
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
            assert_eq!((buffer.len(), buffer.as_ptr() as usize % LINE), (len, 0));
            assert!(buffer.iter().all(|x| *x == 0.0));
        }
    }
}
