//! The moment that is looked at: a step of training, and what each network reported of it.

use super::parts;
use crate::arch::{Architecture, NetworkKind};
use crate::chart::{NoData, Subject};
use crate::telemetry::{NetworkHistory, StepRecord};
use crate::text::Text;
use crate::text::number::grouped;

/// What each network reported at the moment that is looked at.
pub(super) struct Moment<'a> {
    /// The last step of which a network has a record, up to the one that is looked at.
    pub(super) step: usize,
    /// The networks that have records, in the run's order.
    pub(super) networks: Vec<Seen<'a>>,
}

/// One network at that moment.
pub(super) struct Seen<'a> {
    pub(super) kind: NetworkKind,
    pub(super) network: &'a Architecture,
    pub(super) history: &'a NetworkHistory,
    /// Its last record up to the moment.
    pub(super) record: &'a StepRecord,
}

impl<'a> Moment<'a> {
    /// The moment of a subject.
    pub(super) fn of(subject: &Subject<'a>, text: &Text) -> Result<Self, NoData> {
        let seen = |network: &'a Architecture| {
            let history = subject.history_of(network.kind)?;
            let record = match subject.at {
                Some(step) => history.at(step).or_else(|| history.records().next()),
                None => history.last(),
            };
            Some(Seen { kind: network.kind, network, history, record: record? })
        };
        let networks: Vec<Seen> = subject.networks.iter().filter_map(seen).collect();
        let Some(step) = networks.iter().map(|seen| seen.record.step).max() else {
            return Err(NoData(text.say("figure.no_training").to_owned()));
        };
        Ok(Self { step, networks })
    }

    /// `Step 1,200`.
    pub(super) fn words(&self, text: &Text) -> String {
        text.fill("figure.at_step", &[("step", &grouped(self.step as u64))])
    }

    /// What a reader must know: networks that do not go as far, and a step that is not the one asked for.
    pub(super) fn notes(&self, subject: &Subject, text: &Text) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(asked) = subject.at.filter(|asked| *asked != self.step) {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("asked", &grouped(asked as u64)), ("step", &grouped(self.step as u64))];
            notes.push(text.fill("figure.nearest", &values));
        }
        // Networks in training are a step apart while one of them waits for the others.
        for seen in self.networks.iter().filter(|seen| seen.record.step + 1 < self.step) {
            let step = grouped(seen.record.step as u64);
            notes.push(text.fill("figure.behind", &[("network", &parts::name(text, seen.kind)), ("step", &step)]));
        }
        notes
    }
}
