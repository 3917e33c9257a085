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

/// A class by itself, or two teams that take turns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Of the class or the first team, and of the second.
    pub each: [Score; 2],
    /// Whether there are two teams.
    pub teams: bool,
    /// Whose turn it is: 0 or 1.
    pub turn: usize,
}

impl Scores {
    /// The score of those whose turn it is.
    pub const fn now(&mut self) -> &mut Score {
        &mut self.each[self.turn]
    }

    /// The other team is to answer the next question, if there is one.
    pub const fn pass_on(&mut self) {
        if self.teams {
            self.turn = 1 - self.turn;
        }
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.each == [Score::default(); 2]
    }
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
