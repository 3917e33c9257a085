//! The networks of a run: what they came to, and what every layer reads, makes, carries and costs.

use super::html::{HtmlTable, escape};
use super::names;
use crate::arch::{ActivationMemory, Architecture, Layer};
use crate::export::SavedRun;
use crate::text::{Text, number};

/// One row for each network of each run: costs, and how far it came.
pub(super) fn outcome(runs: &[SavedRun], run_names: &[String], text: &Text) -> String {
    let columns =
        ["network", "parameters", "multiply_adds", "steps", "train_loss", "validation_loss", "accuracy", "best"];
    let dash = || "–".to_owned();
    let mut rows = Vec::new();
    for (run, run_name) in runs.iter().zip(run_names) {
        for (network, history) in run.networks.iter().zip(run.history.networks()) {
            let name = names::network(text, network.kind);
            let validation = history.last_validation().map(|validation| validation.evaluation);
            let best = history.validations().map(|validation| validation.evaluation.accuracy).max_by(f64::total_cmp);
            rows.push(vec![
                if runs.len() == 1 { name.to_owned() } else { format!("{run_name}: {name}") },
                number::grouped(network.parameters()),
                number::grouped(network.multiply_adds()),
                number::grouped(history.last_step().unwrap_or(0) as u64),
                history.last().map_or_else(dash, |record| number::significant(record.train_loss, 4)),
                validation.map_or_else(dash, |evaluation| number::significant(evaluation.loss, 4)),
                validation.map_or_else(dash, |evaluation| number::percent(evaluation.accuracy)),
                best.map_or_else(dash, number::percent),
            ]);
        }
    }
    HtmlTable { caption: text.say("report.outcome"), caption_shown: false, header: header(text, &columns), rows }
        .write()
}

/// Every layer of every network; a network that several runs have stands there once.
pub(super) fn layers(runs: &[SavedRun], run_names: &[String], text: &Text) -> String {
    let mut seen: Vec<&Architecture> = Vec::new();
    let mut html = String::new();
    for (run, run_name) in runs.iter().zip(run_names) {
        for network in &run.networks {
            if seen.contains(&network) {
                continue;
            }
            seen.push(network);
            let name = names::network(text, network.kind);
            let everywhere = runs.iter().all(|run| run.networks.contains(network));
            let name = if everywhere { name.to_owned() } else { format!("{run_name}: {name}") };
            html += &layers_of(network, &name, text);
        }
    }
    html
}

fn layers_of(network: &Architecture, name: &str, text: &Text) -> String {
    let memory = network.activation_memory();
    let bytes = |numbers: u64| number::bytes((numbers * ActivationMemory::BYTES) as f64);
    let costs = text.fill(
        "report.costs",
        &[
            ("parameters", &number::grouped(network.parameters())),
            ("multiply_adds", &number::grouped(network.multiply_adds())),
            ("naive", &bytes(memory.naive)),
            ("shared", &bytes(memory.shared)),
        ],
    );
    let width = network.width.map(|width| text.fill("report.width", &[("width", &width)]));
    let columns = ["layer", "reads", "makes", "carries", "size", "parameters", "multiply_adds"];
    let rows = network.layers.iter().map(|layer| {
        let Layer { part, reads, makes, carries, height, width, parameters, multiply_adds, .. } = layer;
        vec![
            names::part(text, *part),
            reads.to_string(),
            makes.to_string(),
            carries.to_string(),
            format!("{height}×{width}"),
            number::grouped(*parameters),
            number::grouped(*multiply_adds),
        ]
    });
    let caption = text.fill("report.layers_of", &[("network", &name)]);
    let table =
        HtmlTable { caption: &caption, caption_shown: false, header: header(text, &columns), rows: rows.collect() };
    let depth = network.depth();
    let depth = text.fill("report.depth", &[("depth", &depth.total()), ("sum", &depth)]);
    let sentences =
        [Some(costs), Some(depth), width].into_iter().flatten().map(|sentence| escape(&sentence)).collect::<Vec<_>>();
    format!(
        "<details open><summary>{}</summary>\n<p>{}</p>\n{}{}</details>\n",
        escape(name),
        sentences.join(" "),
        super::copy_button(text),
        table.write()
    )
}

fn header(text: &Text, columns: &[&str]) -> Vec<String> {
    columns.iter().map(|column| text.say(&format!("report.column.{column}")).to_owned()).collect()
}
