//! Runs that another took the place of: they are kept, can be named, pinned and brought back, and even removing one can be undone.

use super::State;
use super::run::{Phase, Run, RunId};
use crate::arch::NetworkKind;
use crate::telemetry::{Evaluation, NetworkHistory};
use crate::text::Text;
use crate::training::Ending;

/// The runs of this sitting but for the one that is looked at.
#[derive(Default)]
pub struct KeptRuns {
    /// In the order in which they were put aside, the latest last.
    runs: Vec<Run>,
    /// The run that was removed last, until another is kept or removed.
    removed: Option<Run>,
}

impl KeptRuns {
    /// Runs that are kept at most, in memory and on disk; the oldest that has no name and is not pinned goes first.
    pub const MOST_RUNS: usize = 24;
    /// Bytes that their histories may take together; the oldest that has no name and is not pinned goes first.
    pub const MOST_BYTES: usize = 400 << 20;
    /// Bytes that the history of one of them may take: thinned evenly beyond.
    pub const BYTES_OF_ONE: usize = 44 << 20;
    /// Runs whose networks stay in memory, so that they can go on and feature maps are there at once.
    const MOST_LIVE: usize = 3;

    /// Every run that is kept, in the order in which they were put aside.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Run> {
        self.runs.iter()
    }

    /// The run of that identity, if it is kept.
    pub fn get(&self, id: RunId) -> Option<&Run> {
        self.runs.iter().find(|run| run.id == id)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Whether a run was removed and can be had back.
    pub fn has_removed(&self) -> bool {
        self.removed.is_some()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Run> {
        self.runs.iter_mut()
    }

    fn take(&mut self, id: RunId) -> Option<Run> {
        let place = self.runs.iter().position(|run| run.id == id)?;
        Some(self.runs.remove(place))
    }

    /// The oldest that may go, if there are too many or they take too much.
    fn surplus(&mut self) -> Option<Run> {
        let bytes: usize = self.runs.iter().map(|run| run.history.bytes()).sum();
        if self.runs.len() <= Self::MOST_RUNS && bytes <= Self::MOST_BYTES {
            return None;
        }
        let last = self.runs.len().checked_sub(1)?; // the one that was just put aside stays
        let place = self.runs[..last].iter().position(|run| run.name.is_none() && !run.pinned)?;
        Some(self.runs.remove(place))
    }
}

impl State {
    /// Puts the run that is looked at aside, if there is one; one that has not made a step is no loss.
    pub(super) fn put_aside(&mut self) {
        let Some(mut run) = self.run.take() else { return };
        self.forget_notices_of_the_run();
        if run.first_step().is_none() {
            self.let_go(run);
            return;
        }
        if run.is_running() {
            run.pause();
        }
        run.forget_motion();
        run.history.thin_to(KeptRuns::BYTES_OF_ONE);
        self.kept.runs.push(run);
        self.kept.removed = None;
        while let Some(run) = self.kept.surplus() {
            self.let_go(run);
        }
        let live = self.kept.runs.iter_mut().rev().filter(|run| run.live.is_some());
        for run in live.skip(KeptRuns::MOST_LIVE) {
            let live = run.stop();
            self.retired.extend(live);
        }
    }

    fn let_go(&mut self, mut run: Run) {
        let live = run.live.take();
        self.retired.extend(live);
    }

    /// Makes a run that is kept the one that is looked at, with its settings in the draft.
    pub(super) fn bring_back(&mut self, id: RunId) {
        let Some(run) = self.kept.take(id) else { return };
        self.put_aside();
        self.view.image = self.view.image.min(run.plan.config.data.validation.saturating_sub(1));
        self.run = Some(run);
        self.revert();
    }

    /// Takes the last thing back that took a run out of sight: a removal, or a run in its place.
    pub(super) fn undo(&mut self) {
        if let Some(run) = self.kept.removed.take() {
            self.kept.runs.push(run);
        } else if let Some(last) = self.kept.runs.last() {
            self.bring_back(last.id);
        }
    }

    /// Removes a run that is kept; until the next is removed or put aside it can be had back.
    pub(super) fn remove_run(&mut self, id: RunId) {
        let Some(run) = self.kept.take(id) else { return };
        if let Some(before) = self.kept.removed.replace(run) {
            self.let_go(before);
        }
    }

    /// Every run of this sitting in the order in which they began, the one that is looked at among them.
    pub fn runs(&self) -> Vec<&Run> {
        let mut runs: Vec<&Run> = self.kept.iter().chain(&self.run).collect();
        runs.sort_by_key(|run| run.number);
        runs
    }

    /// A run of this sitting.
    pub(super) fn run_mut(&mut self, id: RunId) -> Option<&mut Run> {
        self.kept.runs.iter_mut().chain(&mut self.run).find(|run| run.id == id)
    }

    pub(super) fn rename_run(&mut self, id: RunId, name: &str) {
        let name: String = name.trim().chars().take(Run::LONGEST_NAME).collect();
        if let Some(run) = self.run_mut(id) {
            run.name = (!name.is_empty()).then_some(name);
        }
    }
}

/// How a network of a run ended, or is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// The network.
    pub kind: NetworkKind,
    /// How well it did.
    pub evaluation: Evaluation,
    /// Whether in validation; otherwise on its last batch.
    pub validated: bool,
}

impl Run {
    /// How each network did last, in the run's order; nothing of those that made no step.
    pub fn ends(&self) -> Vec<End> {
        let end = |network: &NetworkHistory| {
            let kind = network.kind;
            if let Some(validation) = network.last_validation() {
                return Some(End { kind, evaluation: validation.evaluation, validated: true });
            }
            let last = network.last()?;
            let evaluation = Evaluation { loss: last.train_loss, accuracy: last.train_accuracy };
            Some(End { kind, evaluation, validated: false })
        };
        self.history.networks().iter().filter_map(end).collect()
    }

    /// Letters of a name at most.
    pub const LONGEST_NAME: usize = 40;

    /// What it is called: the name that it was given, or its number.
    pub fn title(&self, text: &Text) -> String {
        self.name.clone().unwrap_or_else(|| text.fill("kept.run", &[("number", &self.number)]))
    }

    /// Takes in what its training still says; whether anything was said. A run that is kept tells nobody else of it.
    pub(super) fn catch_up(&mut self) -> bool {
        let mut said = false;
        while let Some(event) = self.live.as_ref().and_then(|live| live.events().next()) {
            self.take_in(event, None);
            said = true;
        }
        self.revision += u64::from(said);
        said
    }

    /// Ends it where it stands, and gives up its networks.
    fn stop(&mut self) -> Option<crate::training::Live> {
        self.catch_up();
        if !self.has_ended() {
            let kinds: Vec<_> = self.plan.networks.iter().map(|network| network.kind).collect();
            for kind in kinds {
                if !self.endings.iter().any(|(ended, _)| *ended == kind) {
                    self.endings.push((kind, Ending::Stopped));
                }
            }
            self.phase = Phase::Finished;
        }
        self.live.take()
    }
}
