//! Things that come step by step, kept in bounded memory.
//!
//! Everything is kept until it takes more bytes than it may; then every second one is dropped and from there on only
//! every second one is kept, and so on. What is kept is evenly spaced, and the newest is always there.

/// What a sequence holds.
pub(super) trait Kept {
    /// The step it belongs to.
    fn step(&self) -> usize;
    /// Bytes outside of the value itself.
    fn heap_bytes(&self) -> usize;
}

/// Evenly spaced values of a run, and the newest.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sequence<T> {
    most_bytes: usize,
    bytes: usize,
    /// One of that many values is kept.
    every: usize,
    pushed: usize,
    kept: Vec<T>,
    /// The newest value, where it is not kept.
    newest: Option<T>,
}

impl<T: Kept> Sequence<T> {
    pub(super) fn new(most_bytes: usize) -> Self {
        Self { most_bytes, bytes: 0, every: 1, pushed: 0, kept: Vec::new(), newest: None }
    }

    /// Adds a value of a later step than all before.
    pub(super) fn push(&mut self, value: T) {
        let bytes = bytes_of(&value);
        if self.pushed.is_multiple_of(self.every) && self.kept.len() > 1 && self.bytes + bytes > self.most_bytes {
            self.drop_every_second();
        }
        if self.pushed.is_multiple_of(self.every) {
            self.bytes += bytes;
            self.kept.push(value);
            self.newest = None;
        } else {
            self.newest = Some(value);
        }
        self.pushed += 1;
    }

    fn drop_every_second(&mut self) {
        self.every *= 2;
        let mut index = 0;
        self.kept.retain(|_| {
            index += 1;
            index % 2 == 1
        });
        self.bytes = self.kept.iter().map(bytes_of).sum();
    }

    /// Drops every second value until no more than so many bytes are taken, without room to grow.
    pub(super) fn thin_to(&mut self, most_bytes: usize) {
        let bytes = |kept: &[T]| kept.iter().map(|value| size_of::<T>() + value.heap_bytes()).sum::<usize>();
        while bytes(&self.kept) > most_bytes && self.kept.len() > 1 {
            let last = self.kept.len() - 1;
            if self.newest.is_none() && last % 2 == 1 {
                self.newest = self.kept.pop();
            }
            self.drop_every_second();
        }
        self.kept.shrink_to_fit();
    }

    /// One of so many values is kept.
    pub(super) fn every(&self) -> usize {
        self.every
    }

    /// Forgets what is after that step.
    pub(super) fn cut_after(&mut self, step: usize) {
        self.kept.retain(|kept| kept.step() <= step);
        self.newest = self.newest.take().filter(|newest| newest.step() <= step);
        self.bytes = self.kept.iter().map(bytes_of).sum();
        self.pushed = self.kept.len() * self.every;
    }

    /// What is kept, oldest first, and the newest.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.kept.iter().chain(&self.newest)
    }

    /// The newest.
    pub(super) fn last(&self) -> Option<&T> {
        self.newest.as_ref().or(self.kept.last())
    }

    /// The last one that is not after that step.
    pub(super) fn at(&self, step: usize) -> Option<&T> {
        let newest = self.newest.as_ref().filter(|newest| newest.step() <= step);
        newest.or_else(|| self.kept[..self.kept.partition_point(|kept| kept.step() <= step)].last())
    }

    /// Bytes that all of it takes.
    pub(super) fn bytes(&self) -> usize {
        self.bytes + self.newest.as_ref().map_or(0, bytes_of)
    }
}

/// A vector that grows has room for up to twice what it holds, so a value in one is counted twice.
fn bytes_of<T: Kept>(value: &T) -> usize {
    2 * size_of::<T>() + value.heap_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Value(usize);

    impl Kept for Value {
        fn step(&self) -> usize {
            self.0
        }

        fn heap_bytes(&self) -> usize {
            84
        }
    }

    fn steps(sequence: &Sequence<Value>) -> Vec<usize> {
        sequence.iter().map(Kept::step).collect()
    }

    #[test]
    fn what_is_kept_is_evenly_spaced_in_bounded_memory_and_the_newest_is_there() {
        let mut sequence = Sequence::new(64 * 100);
        for step in 1..=100_003 {
            sequence.push(Value(step));
            assert!(sequence.bytes() <= 65 * 100);
            assert_eq!(sequence.last().map(Kept::step), Some(step));
        }
        let steps = steps(&sequence);
        assert!(steps.len() > 32, "half of the room or more is used: {steps:?}");
        assert_eq!(steps[..3], [1, 2049, 4097]);
        assert_eq!(steps.last(), Some(&100_003));
    }

    #[test]
    fn what_fits_is_kept_whole() {
        let mut sequence = Sequence::new(10 * 100);
        (1..=10).for_each(|step| sequence.push(Value(step)));
        assert_eq!(steps(&sequence), (1..=10).collect::<Vec<_>>());
    }

    #[test]
    fn a_value_larger_than_all_the_room_is_kept_for_as_long_as_it_is_the_newest() {
        let mut sequence = Sequence::new(0);
        for step in 1..=9 {
            sequence.push(Value(step));
            assert_eq!(sequence.last().map(Kept::step), Some(step));
            assert!(steps(&sequence).len() <= 3);
        }
    }

    #[test]
    fn the_nearest_value_not_after_a_step_is_found() {
        let mut sequence = Sequence::new(4 * 100);
        (1..=10).for_each(|step| sequence.push(Value(10 * step)));
        assert_eq!(steps(&sequence), [10, 50, 90, 100]);
        for (asked, found) in
            [(9, None), (10, Some(10)), (49, Some(10)), (50, Some(50)), (99, Some(90)), (500, Some(100))]
        {
            assert_eq!(sequence.at(asked).map(Kept::step), found, "{asked}");
        }
    }
}
