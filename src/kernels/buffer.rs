//! Memory for feature maps and their gradients, used again from step to step.
//!
//! A training step needs the same lengths as the one before. Fresh memory of this size comes from the system page by
//! page, which costs more than the arithmetic on it, so dropped buffers wait here for the next step.

use std::collections::VecDeque;
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Numbers that wait to be used again; beyond this many the oldest are given back to the system (512 MiB).
const IDLE_LIMIT: usize = 1 << 27;

static IDLE: Mutex<Idle> = Mutex::new(Idle { buffers: VecDeque::new(), numbers: 0 });

struct Idle {
    buffers: VecDeque<Vec<f32>>,
    numbers: usize,
}

/// `len` numbers, at first of no particular value.
#[derive(Debug)]
pub(super) struct Buffer(Vec<f32>);

impl Buffer {
    pub(super) fn new(len: usize) -> Self {
        let mut numbers = idle().take(len).unwrap_or_else(|| vec![0.0; len]);
        if cfg!(debug_assertions) {
            // Whoever reads what it has not written will be seen.
            numbers.fill(f32::NAN);
        }
        Self(numbers)
    }

    pub(super) fn zeros(len: usize) -> Self {
        let mut buffer = Self::new(len);
        buffer.fill(0.0);
        buffer
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        idle().put(std::mem::take(&mut self.0));
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
    fn take(&mut self, len: usize) -> Option<Vec<f32>> {
        // The latest first: it is the likeliest to be in the cache still.
        let found = self.buffers.iter().rposition(|buffer| buffer.len() == len)?;
        self.numbers -= len;
        self.buffers.remove(found)
    }

    fn put(&mut self, buffer: Vec<f32>) {
        self.numbers += buffer.len();
        self.buffers.push_back(buffer);
        while self.numbers > IDLE_LIMIT {
            let Some(oldest) = self.buffers.pop_front() else { break };
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
}
