//! Notices: told, and taken away.

use std::fmt::Display;

use super::State;
use super::notice::{Notice, NoticeKind};

/// Older notices than this many make room for new ones.
const MOST_NOTICES: usize = 20;

impl State {
    /// Tells the person something that is already in words.
    pub fn tell(&mut self, kind: NoticeKind, words: String) {
        self.notices.retain(|notice| notice.words != words);
        if self.notices.len() >= MOST_NOTICES {
            self.notices.remove(0);
        }
        let number = self.next_number();
        self.notices.push(Notice { number, kind, words });
    }

    /// Tells the person something in the language that is set.
    pub fn say(&mut self, kind: NoticeKind, key: &str, values: &[(&str, &dyn Display)]) {
        let words = self.text().fill(key, values);
        self.tell(kind, words);
    }

    pub(super) fn dismiss(&mut self, number: u64) {
        self.notices.retain(|notice| notice.number != number);
    }

    /// A number that no notice and no job has had.
    pub(super) fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }
}
