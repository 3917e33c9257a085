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

/// A class by itself, or two teams that take turns; each keeps its score while the other plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Of the class.
    pub class: Score,
    /// Of the two teams.
    pub each: [Score; 2],
    /// Whether the teams are playing, and not the class.
    pub teams: bool,
    /// Which team's turn it is: 0 or 1.
    pub turn: usize,
}

impl Scores {
    /// The score of those whose turn it is.
    pub const fn now(&mut self) -> &mut Score {
        if self.teams { &mut self.each[self.turn] } else { &mut self.class }
    }

    /// The other team is to answer the next question, if there is one.
    pub const fn pass_on(&mut self) {
        if self.teams {
            self.turn = 1 - self.turn;
        }
    }

    /// Whether nothing was counted of those who are playing.
    pub fn is_empty(&self) -> bool {
        if self.teams { self.each == [Score::default(); 2] } else { self.class == Score::default() }
    }

    /// Forgets what was counted of those who are playing; the others' score stays.
    pub fn reset(&mut self) {
        if self.teams {
            (self.each, self.turn) = ([Score::default(); 2], 0);
        } else {
            self.class = Score::default();
        }
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
