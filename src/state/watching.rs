//! The image whose feature maps are shown: which it is, and what the networks make of it.

use super::State;
use super::focus::Focus;
use super::run::Run;
use super::view::View;
use super::within::Within;
use crate::arch::NetworkKind;
use crate::telemetry::Glance;

impl View {
    /// Shows the feature maps, where the drawing of the networks is or would be, or the drawing again.
    pub(super) const fn toggle_maps(&mut self) {
        self.maps = self.watched().is_none();
        self.networks |= self.maps;
    }

    /// Looks into a channel of a layer, which is selected with it, or out again.
    pub(super) fn look_into(&mut self, within: Option<Within>) {
        if let Some(Within { kind, part, .. }) = within {
            self.selected = Some(Focus::Part(Some(kind), part));
        }
        self.within = within;
    }

    /// What is looked into is left with its layer, and with the maps.
    pub(super) fn stay_within(&mut self) {
        let part = self.selected.and_then(Focus::part).filter(|_| self.watched().is_some());
        self.within = self.within.filter(|within| part == Some(within.part));
    }
}

impl State {
    /// Shows the feature maps or the drawing, unless the maps would tell what is asked.
    pub(super) fn toggle_maps(&mut self) {
        if self.hidden().is_some() {
            return;
        }
        self.view.toggle_maps();
        if let Some(run) = self.run.as_mut().filter(|_| self.view.maps) {
            run.forget_motion();
        }
    }

    /// Images there are to choose from: those of the run, or else of the draft.
    fn images_to_watch(&self) -> usize {
        self.run.as_ref().map_or(self.draft.config(), |run| &run.plan.config).data.validation
    }

    /// Chooses an image; one that there is not changes nothing.
    pub(super) fn watch_image(&mut self, image: usize) {
        let own = self.run.as_ref().and_then(|run| run.images.as_ref()?.own_picture(image)).is_some();
        if own || image < self.images_to_watch() {
            self.view.image = image;
        }
    }

    /// Chooses the image so many further, around the ends of the set.
    pub(super) fn next_image(&mut self, by: isize) {
        let count = self.images_to_watch().cast_signed();
        if count > 0 {
            let here = self.view.image.cast_signed().rem_euclid(count);
            self.view.image = (here + by.rem_euclid(count)).rem_euclid(count).cast_unsigned();
        }
    }

    /// Lets the networks know which image is looked at; what they know already changes nothing.
    pub(super) fn tell_what_is_watched(&mut self) {
        if let Some(run) = &mut self.run {
            let cuts = self.view.cutting.asked();
            let at = run.at.filter(|_| run.folder.is_some());
            // What was seen of a network that is whole again is gone.
            run.glances.retain(|(kind, glance)| glance.cut.is_none() || cuts.contains_key(kind));
            run.steer(|control| {
                control.cut(&cuts);
                control.watch_at(self.view.looked_at(), at);
                control.look_inside(self.view.within.map(|within| within.part));
            });
        }
    }
}

impl Run {
    /// Takes in what a network makes of an image.
    pub(super) fn take_glance(&mut self, kind: NetworkKind, glance: Glance) {
        replace(&mut self.glances, (kind, glance), |(of, _)| *of == kind);
        self.glanced += 1;
    }

    /// Takes in what a network takes the validation images for.
    pub(super) fn take_predictions(&mut self, kind: NetworkKind, step: usize, classes: Vec<Option<usize>>) {
        replace(&mut self.predictions, (kind, step, classes), |(of, ..)| *of == kind);
        self.glanced += 1;
    }
}

/// Puts what is new in the place of what it replaces, or at the end.
fn replace<T>(list: &mut Vec<T>, new: T, replaces: impl Fn(&T) -> bool) {
    match list.iter_mut().find(|old| replaces(old)) {
        Some(old) => *old = new,
        None => list.push(new),
    }
}
