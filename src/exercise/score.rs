//! What a class has reached so far.

/// Counts of questions that are over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Questions that are over: answered, shown, or tried and left.
    pub asked: u32,
    /// Right at the first try.
    pub first: u32,
    /// Right in the end, at the first try or a later one.
    pub right: u32,
    /// Right at the first try one after the other, up to now.
    pub streak: u32,
    /// The longest such row.
    pub best: u32,
}

impl Score {
    /// A question was answered rightly, at that try (from 1).
    pub fn answered(&mut self, attempt: u32) {
        self.asked += 1;
        self.right += 1;
        if attempt <= 1 {
            self.first += 1;
            self.streak += 1;
            self.best = self.best.max(self.streak);
        } else {
            self.streak = 0;
        }
    }

    /// A question was left, or its answer shown.
    pub fn missed(&mut self) {
        self.asked += 1;
        self.streak = 0;
    }
}
