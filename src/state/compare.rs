//! Runs that are pinned: their curves lie behind those of the run that is looked at.

use super::State;
use super::notice::NoticeKind;
use super::run::{Run, RunId};
use crate::chart::{Chart, Figure, Laid, NoData, Options, Subject, behind, mean_of_those};
use crate::telemetry::NetworkHistory;
use crate::text::Text;

/// Runs that are pinned and differ only in the seed, which are shown as one: their mean and range.
pub struct Pinned<'a> {
    /// At least one, in the order in which they began.
    pub runs: Vec<&'a Run>,
}

/// Sets of runs that can be pinned: more cannot be told apart behind others.
pub const MOST_PINNED: usize = 3;

impl State {
    /// What is pinned beside the run that is looked at; runs that differ only in the seed together.
    pub fn pinned(&self) -> Vec<Pinned<'_>> {
        let here = self.run.as_ref().map(|run| run.id);
        together(self.runs().into_iter().filter(|run| run.pinned && Some(run.id) != here))
    }

    /// Pins a run, if there is room, or lets it go.
    pub(super) fn pin_run(&mut self, id: RunId, pinned: bool) {
        let after = self.runs().into_iter().filter(|run| run.pinned || run.id == id);
        if pinned && together(after).len() > MOST_PINNED {
            self.say(NoticeKind::Warning, "kept.too_many_pinned", &[("most", &MOST_PINNED)]);
            return;
        }
        if let Some(run) = self.run_mut(id) {
            run.pinned = pinned;
        }
    }
}

fn together<'a>(runs: impl Iterator<Item = &'a Run>) -> Vec<Pinned<'a>> {
    let mut sets: Vec<Pinned> = Vec::new();
    for run in runs {
        match sets.iter_mut().find(|set| set.runs[0].plan.config.differs_only_in_seed(&run.plan.config)) {
            Some(set) => set.runs.push(run),
            None => sets.push(Pinned { runs: vec![run] }),
        }
    }
    sets
}

impl Pinned<'_> {
    /// What they are called together.
    pub fn title(&self, text: &Text) -> String {
        let first = self.runs[0].title(text);
        match self.runs.len() {
            1 => first,
            count => text.fill("kept.seeds", &[("run", &first), ("count", &count)]),
        }
    }

    /// Their figure, at a step or over all of their steps; the mean and range of several.
    ///
    /// # Errors
    ///
    /// When none of them has anything to show.
    pub fn chart(&self, figure: &Figure, at: Option<usize>, options: &Options, text: &Text) -> Result<Chart, NoData> {
        let of = |run: &&Run| {
            let subject = Subject { at: at.filter(|step| *step < run.step()), ..run.subject() };
            (run.title(text), (figure.build)(&subject, options, text))
        };
        mean_of_those(self.runs.iter().map(of).collect(), text)
    }

    /// The same, to be laid behind a figure of a run with that configuration.
    pub fn laid(&self, chart: Chart, front: &Subject, text: &Text) -> Laid {
        // Of several seeds the one that the figure in front has, too, tells the least else apart.
        let same = self.runs.iter().find(|run| run.plan.config.seed == front.config.seed);
        let about = front.config.comparison(&same.unwrap_or(&self.runs[0]).plan.config, text);
        Laid { name: self.title(text), about, chart }
    }
}

/// A figure of a subject with what is pinned behind it.
///
/// # Errors
///
/// When the subject has nothing to show.
pub fn compared(
    figure: &Figure,
    subject: &Subject,
    pinned: &[Pinned],
    options: &Options,
    text: &Text,
) -> Result<Chart, NoData> {
    let front = (figure.build)(subject, options, text)?;
    let at = figure.shows_a_moment().then(|| step_of(subject)).flatten();
    let charts =
        pinned.iter().filter_map(|set| Some(set.laid(set.chart(figure, at, options, text).ok()?, subject, text)));
    behind(front, &charts.collect::<Vec<_>>(), text)
}

/// The step at which runs that are pinned are shown in figures of a moment: the one that the subject shows.
pub fn step_of(subject: &Subject) -> Option<usize> {
    subject.at.or_else(|| subject.history?.networks().iter().filter_map(NetworkHistory::last_step).max())
}
