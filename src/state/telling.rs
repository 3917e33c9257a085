//! Notices: told, and taken away.

use std::fmt::Display;
use std::time::{Duration, Instant};

use super::State;
use super::notice::{Notice, NoticeKind};

/// Older notices than this many make room for new ones.
const MOST_NOTICES: usize = 20;

/// What only confirms is read by then.
const FADES_AFTER: Duration = Duration::from_secs(4);

impl State {
    /// Tells the person something that is already in words.
    pub(super) fn tell(&mut self, kind: NoticeKind, words: String) {
        self.add_notice(kind, words, false);
    }

    /// Tells the person something in the language that is set.
    pub(super) fn say(&mut self, kind: NoticeKind, key: &str, values: &[(&str, &dyn Display)]) {
        let words = self.text().fill(key, values);
        self.add_notice(kind, words, false);
    }

    /// Tells the person something of the run, which the next run takes away.
    pub(super) fn say_of_run(&mut self, kind: NoticeKind, key: &str, values: &[(&str, &dyn Display)]) {
        let words = self.text().fill(key, values);
        self.add_notice(kind, words, true);
    }

    fn add_notice(&mut self, kind: NoticeKind, words: String, of_run: bool) {
        self.notices.retain(|notice| notice.words != words);
        if self.notices.len() >= MOST_NOTICES {
            self.notices.remove(0);
        }
        let number = self.next_number();
        self.notices.push(Notice { number, kind, words, told: Instant::now(), of_run });
    }

    /// Takes away what only confirmed and was there long enough; when to call again, if something is still to fade.
    pub fn fade_notices(&mut self, now: Instant) -> Option<Duration> {
        let left = |notice: &Notice| FADES_AFTER.saturating_sub(now.saturating_duration_since(notice.told));
        let fades = |notice: &Notice| notice.kind == NoticeKind::Done;
        self.notices.retain(|notice| !fades(notice) || !left(notice).is_zero());
        self.notices.iter().filter(|notice| fades(notice)).map(left).min()
    }

    /// Takes away what was told of a run that another replaces.
    pub(super) fn forget_notices_of_the_run(&mut self) {
        self.notices.retain(|notice| !notice.of_run);
    }

    pub(super) fn dismiss(&mut self, number: u64) {
        self.notices.retain(|notice| notice.number != number);
    }

    /// A number that no run, no notice and no job has had.
    pub(super) fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }
}
