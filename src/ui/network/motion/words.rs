//! A stage in words, with its numbers: a title, and a sentence or two for each network.

use super::story::{Lane, Row, Split, Stage, Story};
use crate::arch::{Architecture, Layer, Merge, NetworkKind, Part};
use crate::config::{Optimizer, TrainingConfig};
use crate::drawing::model::Column;
use crate::drawing::paint::source_name;
use crate::text::Text;
use crate::text::number::{percent, significant};
use crate::ui::network::words::{formula, title};

/// Sources that are told one by one.
const TOLD: usize = 3;

/// What a stage is called.
pub(super) fn heading(text: &Text, stage: Stage) -> String {
    match stage {
        Stage::Forward(column) => text.fill("slow_motion.forward", &[("row", &name(text, column))]),
        Stage::Loss => text.say("slow_motion.loss").to_owned(),
        Stage::Backward(column) => text.fill("slow_motion.backward", &[("row", &name(text, column))]),
        Stage::Update => text.say("slow_motion.update").to_owned(),
    }
}

fn name(text: &Text, column: Column) -> String {
    match column {
        Column::Fold { block, from, to } => {
            text.fill("slow_motion.fold", &[("block", &block), ("from", &from), ("to", &to)])
        }
        Column::Stem | Column::Layer { .. } | Column::End { .. } | Column::Transition { .. } | Column::Classifier => {
            column.part().map(|part| title(text, part)).unwrap_or_default()
        }
    }
}

/// What a network does at a stage.
pub(super) fn sentence(
    text: &Text,
    story: &Story,
    stage: Stage,
    network: &Architecture,
    training: &TrainingConfig,
) -> String {
    let Some(lane) = story.lanes.iter().find(|lane| lane.kind == network.kind) else { return String::new() };
    let Some(outcome) = lane.outcome else { return text.say("slow_motion.ended").to_owned() };
    match stage {
        Stage::Forward(column) => forward(text, lane, column, network),
        Stage::Loss => text.fill(
            "slow_motion.loss_of",
            &[("loss", &significant(outcome.loss, 3)), ("accuracy", &percent(outcome.accuracy))],
        ),
        Stage::Backward(column) => backward(text, lane, column),
        Stage::Update => update(text, outcome.learning_rate, training),
    }
}

fn forward(text: &Text, lane: &Lane, column: Column, network: &Architecture) -> String {
    let layers: Vec<&Layer> = lane.rows_of(column).iter().filter_map(|row| network.layer(row.part)).collect();
    let (Some(first), Some(last)) = (layers.first(), layers.last()) else { return String::new() };
    let (reads, makes, carries) = (first.reads, first.makes, last.carries);
    if let (Column::Fold { .. }, NetworkKind::Dense) = (column, network.kind) {
        let count = layers.len();
        return text.fill(
            "slow_motion.fold_dense",
            &[("count", &count), ("reads", &reads), ("makes", &makes), ("carries", &carries)],
        );
    }
    let Part::Layer { block, layer } = first.part else {
        return text.fill("slow_motion.plainly", &[("formula", &formula(text, network, first, false))]);
    };
    match network.kind.merge() {
        Merge::Append => text.fill(
            "slow_motion.dense",
            &[
                ("reads", &reads),
                ("entering", &network.entering(block)),
                ("growth", &network.spec.growth),
                ("before", &(layer - 1)),
                ("makes", &makes),
                ("carries", &carries),
            ],
        ),
        Merge::Add => text.fill("slow_motion.residual", &[("reads", &reads), ("makes", &makes), ("carries", &carries)]),
        Merge::Replace => text.fill("slow_motion.replaces", &[("reads", &reads), ("makes", &makes)]),
    }
}

fn backward(text: &Text, lane: &Lane, column: Column) -> String {
    let rows = lane.rows_of(column);
    match rows {
        [row] => one(text, lane.kind, row),
        _ => folded(text, lane.kind, rows),
    }
}

fn number(value: f64) -> String {
    significant(value, 3)
}

fn one(text: &Text, kind: NetworkKind, row: &Row) -> String {
    let made = row.made.map_or_else(|| "–".to_owned(), number);
    let own = match row.part {
        Part::Stem => text.fill("slow_motion.norm_stem", &[("norm", &made)]),
        Part::Layer { layer, .. } => {
            let name = source_name(layer);
            let key = if kind.merge().keeps_sources() { "slow_motion.norm_dense" } else { "slow_motion.norm" };
            text.fill(key, &[("name", &name), ("norm", &made)])
        }
        Part::Transition { .. } => text.fill("slow_motion.norm_transition", &[("norm", &made)]),
        Part::Classifier => text.fill("slow_motion.norm_classifier", &[("norm", &made)]),
    };
    let shared = match &row.split {
        Split::Sources(sources) => {
            let told =
                sources.iter().take(TOLD).map(|(source, norm)| format!("{}={}", source_name(*source), number(*norm)));
            let list = told.reduce(|first, next| text.fill("slow_motion.list", &[("first", &first), ("next", &next)]));
            let list = list.unwrap_or_default();
            match sources.len().saturating_sub(TOLD) {
                0 => text.fill("slow_motion.splits", &[("list", &list)]),
                more => text.fill("slow_motion.splits_more", &[("list", &list), ("more", &more)]),
            }
        }
        Split::Sum { identity, branch } => {
            text.fill("slow_motion.shared", &[("identity", &number(*identity)), ("branch", &number(*branch))])
        }
        Split::Branch(branch) => text.fill("slow_motion.branch", &[("branch", &number(*branch))]),
        Split::One => return own,
    };
    text.fill("slow_motion.and", &[("first", &own), ("second", &shared)])
}

/// Several layers at once: between which numbers theirs lie.
fn folded(text: &Text, kind: NetworkKind, rows: &[Row]) -> String {
    let made = rows.iter().filter_map(|row| row.made);
    let parts = rows.iter().flat_map(|row| match &row.split {
        Split::Sources(sources) => sources.iter().map(|(_, norm)| *norm).collect(),
        Split::Sum { identity, branch } => vec![*identity, *branch],
        Split::Branch(branch) => vec![*branch],
        Split::One => Vec::new(),
    });
    let parts: Vec<f64> = parts.collect();
    let (Some((low, high)), Some((least, most))) = (range(made), range(parts.iter().copied())) else {
        return String::new();
    };
    let key = match kind.merge() {
        Merge::Append => "slow_motion.folded_dense",
        Merge::Add | Merge::Replace => "slow_motion.folded",
    };
    text.fill(
        key,
        &[
            ("low", &number(low)),
            ("high", &number(high)),
            ("count", &parts.len()),
            ("least", &number(least)),
            ("most", &number(most)),
        ],
    )
}

fn range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |range, value| match range {
        None => Some((value, value)),
        Some((low, high)) => Some((low.min(value), high.max(value))),
    })
}

fn update(text: &Text, rate: f64, training: &TrainingConfig) -> String {
    let rate = significant(rate, 2);
    let decay = training.weight_decay;
    match training.optimizer {
        Optimizer::Sgd => {
            text.fill("slow_motion.sgd", &[("rate", &rate), ("momentum", &training.momentum), ("decay", &decay)])
        }
        Optimizer::Adam => text.fill("slow_motion.adam", &[("rate", &rate), ("decay", &decay)]),
    }
}
