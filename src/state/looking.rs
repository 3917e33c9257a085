//! What is looked at: the moment of a run, figures, panels.

use std::collections::BTreeSet;

use super::State;
use super::focus::Focus;
use super::settings::{Panels, Settings, Shares};
use super::view::View;
use crate::telemetry::NetworkHistory;

impl State {
    /// Looks at a step between the first and the last; the last one follows the run only if nothing is asked for.
    pub(super) fn look_at(&mut self, step: Option<usize>) {
        if let Some(run) = &mut self.run {
            run.forget_motion();
            let first = run.first_step();
            run.at = step.zip(first).map(|(step, first)| step.clamp(first, run.step().max(first)));
        }
    }

    /// Looks so many kept steps further; beyond the last it follows the run.
    pub(super) fn look_around(&mut self, by: isize) {
        let Some(run) = &mut self.run else { return };
        run.forget_motion();
        let last = run.step();
        let kept = run.history.networks().iter().flat_map(NetworkHistory::steps).filter(|step| *step <= last);
        let kept: Vec<usize> = kept.collect::<BTreeSet<_>>().into_iter().collect();
        let Some(&newest) = kept.last() else { return };
        let here = kept.partition_point(|step| *step <= run.at.unwrap_or(newest)).saturating_sub(1);
        let there = here.saturating_add_signed(by);
        run.at = if there + 1 >= kept.len() && by > 0 { None } else { kept.get(there).copied() };
    }

    pub(super) fn reset_layout(&mut self) {
        (self.settings.shares, self.settings.places) = (Shares::default(), None);
        self.settings.figures.clear();
        self.view.maximised = None;
        self.view.drawer = None;
        self.view.maps = false;
        self.view.set_panels(Panels::default());
    }
}

impl View {
    pub(super) fn maximise(&mut self, figure: Option<&'static str>) {
        self.maximised = figure;
        self.figure = figure.or(self.figure);
    }

    pub(super) fn toggle_table(&mut self, id: &'static str) {
        let before = self.tables.len();
        self.tables.retain(|shown| *shown != id);
        if self.tables.len() == before {
            self.tables.push(id);
        }
    }

    /// Whether something lies on top that can be closed.
    pub const fn something_on_top(&self) -> bool {
        self.path_field.is_some() || self.palette || self.keys || self.about
    }

    /// Whether there is something to close within the window.
    pub(super) const fn can_close(&self) -> bool {
        self.something_on_top() || self.maximised.is_some() || self.selected.is_some()
    }

    /// Closes what lies on top.
    pub(super) fn close(&mut self) {
        if self.path_field.take().is_some() {
            return;
        }
        for open in [&mut self.palette, &mut self.keys, &mut self.about] {
            if std::mem::take(open) {
                return;
            }
        }
        if self.maximised.take().is_some() {
            return;
        }
        if let Some(within) = self.within {
            self.within = within.out();
        } else if self.selected.take().is_none() {
            self.drawer = None;
        }
    }

    fn set_panels(&mut self, panels: Panels) {
        let Panels { build, explain, networks, figures, runs } = panels;
        (self.build, self.explain, self.networks, self.figures) = (build, explain, networks, figures);
        self.runs = runs;
    }

    /// Notes what is kept between starts.
    pub(super) fn remember(&self, settings: &mut Settings) {
        let Self { build, explain, networks, figures, runs, .. } = *self;
        settings.panels = Panels { build, explain, networks, figures, runs };
        settings.options = self.options;
    }

    /// The figure that was selected, if one is.
    pub const fn selected_figure(&self) -> Option<&'static str> {
        match self.selected {
            Some(Focus::Figure(id)) => Some(id),
            Some(Focus::Part(..) | Focus::Field(_)) | None => None,
        }
    }
}
