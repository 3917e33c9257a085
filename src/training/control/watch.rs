//! Which image is watched, with which connections cut, and when a network is to tell what it makes of it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::arch::{Cuts, NetworkKind, Part};

/// After a glance that took t, so many times t pass for each network of the run before the next one that takes time from training: networks in step
/// wait for each other's glances, and all of these together take less than 4 % of the time.
const REST: u32 = 25;

/// What was asked for last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::training) struct Watched {
    /// The image.
    pub(in crate::training) image: Option<usize>,
    /// The layer that is looked into.
    pub(in crate::training) inside: Option<Part>,
    /// The links that are cut in each network, where any are.
    pub(in crate::training) cuts: BTreeMap<NetworkKind, Cuts>,
    /// The step that is looked at; nothing is the newest.
    pub(in crate::training) at: Option<usize>,
    /// Counts what was asked for.
    pub(in crate::training) number: u64,
}

impl Watched {
    /// Another image, or none, or another step; the same again is no news.
    pub(super) fn watch(&mut self, image: Option<usize>, at: Option<usize>) {
        if (self.image, self.at) != (image, at) {
            (self.image, self.at) = (image, at);
            self.number += 1;
        }
    }

    /// Into another layer, or none; the same one again is no news.
    pub(super) fn look_inside(&mut self, inside: Option<Part>) {
        if self.inside != inside {
            self.inside = inside;
            self.number += 1;
        }
    }

    /// Other links are cut; the same ones again are no news.
    pub(super) fn cut(&mut self, cuts: &BTreeMap<NetworkKind, Cuts>) {
        if self.cuts != *cuts {
            self.cuts.clone_from(cuts);
            self.number += 1;
        }
    }
}

/// What one network has told.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The number of what was asked for then.
    number: u64,
    /// Whether nothing was learnt since.
    newest: bool,
    /// How long it took the last time.
    took: Duration,
    /// When it may take time from training again.
    next: Instant,
}

impl Told {
    pub(super) const fn nothing(now: Instant) -> Self {
        Self { number: 0, newest: false, took: Duration::ZERO, next: now }
    }

    /// The network has learnt something, or has ended.
    pub(super) const fn is_older(&mut self) {
        self.newest = false;
    }

    /// The image that the network is to look at now, if any; counts as told from here on. `idle` is how long it has nothing else to do.
    pub(super) fn next(&mut self, watched: &Watched, now: Instant, idle: Duration) -> Option<usize> {
        let image = watched.image?;
        let due = self.number != watched.number || (!self.newest && (now >= self.next || self.took < idle));
        due.then(|| {
            (self.number, self.newest) = (watched.number, true);
            image
        })
    }

    /// How long it took, in a run of so many networks.
    pub(super) fn took(&mut self, took: Duration, networks: usize, now: Instant) {
        self.took = took;
        let networks = u32::try_from(networks).unwrap_or(u32::MAX);
        self.next = now.checked_add(took.saturating_mul(REST.saturating_mul(networks))).unwrap_or(now);
    }
}
