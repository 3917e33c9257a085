//! Cutting connections and restoring them, as a person asks for it.

use super::State;
use super::command::Cut;
use super::focus::Focus;
use super::view::Drawer;
use crate::arch::{Link, NetworkKind};

impl State {
    /// Lets clicks cut, or no longer; what it does is told in the explain panel.
    pub(super) fn toggle_cutting(&mut self) {
        let active = !self.view.cutting.active;
        self.view.cutting.active = active;
        if active {
            (self.view.networks, self.view.maps) = (true, false);
            if self.view.room.narrow {
                self.view.drawer = Some(Drawer::Explain);
            } else {
                self.view.explain = true;
            }
            self.view.maximised = None;
        }
    }

    /// Cuts connections or restores them.
    pub(super) fn wish_cut(&mut self, wish: Cut) {
        let cutting = &mut self.view.cutting;
        match wish {
            Cut::Links(network, links) => cutting.toggle(network, &links),
            Cut::How(how) => cutting.how = how,
            Cut::Undo => cutting.undo(),
            Cut::Restore => cutting.restore(),
        }
    }

    /// The links through which what the selected row makes goes on: in the network that is meant, or in the first that has any.
    pub fn links_of_selected(&self) -> Option<(NetworkKind, Vec<Link>)> {
        let Some(Focus::Part(kind, part)) = self.view.selected else { return None };
        let built = self.built()?;
        let mut networks = built.networks.iter().filter(|network| kind.is_none_or(|kind| network.kind == kind));
        networks.find_map(|network| {
            let links = network.links_from(part);
            (!links.is_empty()).then_some((network.kind, links))
        })
    }
}
