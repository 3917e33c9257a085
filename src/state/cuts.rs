//! Connections that are cut in the networks that are looked at: which, how, and the way back.

use std::collections::{BTreeMap, BTreeSet};

use crate::arch::{Cuts, How, Link, NetworkKind};

/// Connections that are cut. The networks' weights are never touched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cutting {
    /// Whether a click on a connection or a row of the drawing cuts it.
    pub active: bool,
    /// What passes in place of what is cut.
    pub how: How,
    links: BTreeMap<NetworkKind, BTreeSet<Link>>,
    /// What was cut before each change, the latest last.
    before: Vec<BTreeMap<NetworkKind, BTreeSet<Link>>>,
}

/// Changes that can be taken back.
const REMEMBERED: usize = 200;

impl Cutting {
    /// The links that are cut in a network.
    pub fn of(&self, network: NetworkKind) -> impl Iterator<Item = Link> {
        self.links.get(&network).into_iter().flatten().copied()
    }

    /// Whether a link is cut.
    pub fn is_cut(&self, network: NetworkKind, link: Link) -> bool {
        self.links.get(&network).is_some_and(|links| links.contains(&link))
    }

    /// Whether anything is cut.
    pub fn any(&self) -> bool {
        self.links.values().any(|links| !links.is_empty())
    }

    /// Whether there is a change to take back.
    pub const fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// The cuts of every network that has any.
    pub(super) fn asked(&self) -> BTreeMap<NetworkKind, Cuts> {
        let cut = self.links.iter().filter(|(_, links)| !links.is_empty());
        cut.map(|(network, links)| (*network, Cuts { links: links.clone(), how: self.how })).collect()
    }

    /// Cuts these links of a network, or restores them if all of them are cut.
    pub(super) fn toggle(&mut self, network: NetworkKind, links: &[Link]) {
        self.change(|all| {
            let cut = all.entry(network).or_default();
            if links.iter().all(|link| cut.contains(link)) {
                cut.retain(|link| !links.contains(link));
            } else {
                cut.extend(links);
            }
        });
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self) {
        if let Some(before) = self.before.pop() {
            self.links = before;
        }
    }

    /// Restores every connection.
    pub(super) fn restore(&mut self) {
        self.change(BTreeMap::clear);
    }

    fn change(&mut self, change: impl FnOnce(&mut BTreeMap<NetworkKind, BTreeSet<Link>>)) {
        let before = self.links.clone();
        change(&mut self.links);
        if self.links != before {
            self.before.push(before);
            if self.before.len() > REMEMBERED {
                self.before.remove(0);
            }
        }
    }
}
