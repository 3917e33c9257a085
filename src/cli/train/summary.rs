//! What a run reached, in a table.

use std::path::Path;

use crate::arch::Architecture;
use crate::cli::table::{Alignment, Table, grouped};
use crate::config::Plan;
use crate::telemetry::{Evaluation, History, NetworkHistory};
use crate::training::{Ending, NetworkResult};

pub(super) fn summary(plan: &Plan, history: &History, results: &[NetworkResult], out: &Path) -> String {
    let mut table = Table::new(&[
        ("network", Alignment::Left),
        ("parameters", Alignment::Right),
        ("multiply-adds", Alignment::Right),
        ("steps", Alignment::Right),
        ("train loss", Alignment::Right),
        ("validation", Alignment::Right),
    ]);
    for (network, history) in plan.networks.iter().zip(history.networks()) {
        let ending = results.iter().find(|result| result.kind == network.kind).map(|result| &result.ending);
        table.row(row(network, history, ending));
    }
    format!("{}\nThe run is in {}\n", table.for_terminal(), out.display())
}

fn row(network: &Architecture, history: &NetworkHistory, ending: Option<&Ending>) -> [String; 6] {
    let last = history.last();
    let validation = history.last_validation().map(|validation| validation.evaluation);
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let ended = match ending {
        None | Some(Ending::Finished) => "",
        Some(Ending::Stopped) => " (stopped)",
        Some(Ending::Diverged(_)) => " (diverged)",
        Some(Ending::Failed(_)) => " (failed)",
    };
    [
        format!("{}{ended}", network.kind),
        grouped(network.parameters()),
        grouped(network.multiply_adds()),
        last.map_or(0, |record| record.step).to_string(),
        or_dash(last.map(|record| format!("{:.4}", record.train_loss))),
        or_dash(validation.map(|Evaluation { loss, accuracy }| format!("{loss:.4}  {:.1} %", 100.0 * accuracy))),
    ]
}
