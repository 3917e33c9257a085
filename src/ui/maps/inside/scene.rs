//! What is looked into, and the sum that a pixel of it is.

use crate::arch::Architecture;
use crate::state::Within;
use crate::telemetry::{FeatureMaps, Glance, Pixel, RowMaps, Stage};
use crate::text::{WrittenSum, written_sum};

/// Groups of the sheet.
pub(super) const MADE: usize = 0;
pub(super) const READ: usize = 1;
pub(super) const BEFORE: usize = 2;

/// What is looked into.
pub(super) struct Scene<'a> {
    pub(super) within: Within,
    pub(super) row: usize,
    pub(super) stage: &'a Stage,
    /// The channel of this stage, and the maps it is one of.
    pub(super) channel: usize,
    pub(super) made: &'a FeatureMaps,
    /// What is added to H.
    pub(super) before: Option<&'a FeatureMaps>,
    /// Whether the stage reads what other layers made.
    pub(super) first: bool,
}

impl<'a> Scene<'a> {
    /// Nothing until a network has told what is inside.
    pub(super) fn of(network: &Architecture, glance: &'a Glance, within: Within) -> Option<Self> {
        let row = network.layers.iter().position(|layer| layer.part == within.part)?;
        let stages = &glance.inside.as_ref().filter(|inside| inside.part == within.part)?.stages;
        let (stage, channel, made) = match within.inner {
            Some(inner) => (stages.first()?, inner, &stages.get(1)?.read),
            None => (stages.last()?, within.channel, glance.rows.get(row)?.handed_on()),
        };
        let adds = within.inner.is_none() && network.kind.merge().has_identity();
        let before = glance.rows.get(row.checked_sub(1)?).filter(|_| adds).map(RowMaps::handed_on);
        let first = within.inner.is_some() || stages.len() == 1;
        (channel < stage.makes.min(made.channels)).then_some(Self { within, row, stage, channel, made, before, first })
    }

    fn value(&self, maps: &FeatureMaps, channel: usize, at: Pixel) -> f64 {
        f64::from(maps.channel(channel)[at.row * self.made.width + at.column])
    }

    /// The pixel with the largest magnitude, to begin with.
    pub(super) fn brightest(&self) -> Pixel {
        let map = self.made.channel(self.channel);
        let largest = (0..map.len()).max_by(|a, b| map[*a].abs().total_cmp(&map[*b].abs())).unwrap_or(0);
        Pixel { row: largest / self.made.width.max(1), column: largest % self.made.width.max(1) }
    }
}

/// A summand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// What was there before, of a layer that adds.
    Before,
    /// A channel that is read.
    Read(usize),
    /// So many that found no room.
    Rest(usize),
}

/// Summands in the order in which they are shown, with their numbers: as many as find room, and the rest as one.
pub(super) fn summed(scene: &Scene<'_>, at: Pixel, room: usize) -> (Vec<Term>, WrittenSum) {
    let terms = scene.stage.terms(scene.channel, at);
    let mut order: Vec<usize> = (0..terms.len()).collect();
    order.sort_by(|a, b| terms[*b].abs().total_cmp(&terms[*a].abs()));
    let room = room.saturating_sub(usize::from(scene.before.is_some())).max(1);
    let shown = if order.len() <= room { order.len() } else { room.saturating_sub(1).max(1) };
    let mut all = Vec::new();
    if let Some(before) = scene.before {
        all.push((Term::Before, scene.value(before, scene.channel, at)));
    }
    all.extend(order[..shown].iter().map(|read| (Term::Read(*read), terms[*read])));
    if shown < order.len() {
        all.push((Term::Rest(order.len() - shown), order[shown..].iter().map(|read| terms[*read]).sum()));
    }
    let (kinds, values): (Vec<Term>, Vec<f64>) = all.into_iter().unzip();
    (kinds, written_sum(&values, scene.value(scene.made, scene.channel, at)))
}
