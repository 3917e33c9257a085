//! What a run reached, in a table.

use std::path::Path;

use crate::arch::Architecture;
use crate::cli::table::{Alignment, Table, grouped};
use crate::config::Plan;
use crate::telemetry::{History, NetworkHistory};
use crate::training::{Ending, NetworkResult};

pub(super) fn summary(plan: &Plan, history: &History, results: &[NetworkResult], out: &Path) -> String {
    let mut table = Table::new(&[
        ("network", Alignment::Left),
        ("parameters", Alignment::Right),
        ("multiply-adds", Alignment::Right),
        ("steps", Alignment::Right),
        ("train loss", Alignment::Right),
        ("validation loss", Alignment::Right),
        ("validation accuracy", Alignment::Right),
        ("", Alignment::Left),
    ]);
    for (network, history) in plan.networks.iter().zip(history.networks()) {
        let ending = results.iter().find(|result| result.kind == network.kind).map(|result| &result.ending);
        table.row(row(network, history, ending));
    }
    format!("{}\nThe run is in {}\n", table.for_terminal(), out.display())
}

fn row(network: &Architecture, history: &NetworkHistory, ending: Option<&Ending>) -> [String; 8] {
    let last = history.last();
    let validation = history.last_validation().map(|(_, evaluation)| evaluation);
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    [
        network.kind.to_string(),
        grouped(network.parameters()),
        grouped(network.multiply_adds()),
        last.map_or(0, |record| record.step).to_string(),
        or_dash(last.map(|record| format!("{:.4}", record.train_loss))),
        or_dash(validation.map(|validation| format!("{:.4}", validation.loss))),
        or_dash(validation.map(|validation| format!("{:.1} %", 100.0 * validation.accuracy))),
        match ending {
            None | Some(Ending::Finished) => String::new(),
            Some(Ending::Stopped) => "stopped".to_owned(),
            Some(Ending::Diverged(_)) => "diverged".to_owned(),
            Some(Ending::Failed(_)) => "failed".to_owned(),
        },
    ]
}
