//! The networks of a run: what they came to, and what every layer reads, makes, carries and costs.

use super::html::{HtmlTable, escape};
use super::names;
use crate::arch::{ActivationMemory, Architecture, Layer};
use crate::export::SavedRun;
use crate::text::{Text, number};

/// One row for each network: costs, and how far it came.
pub(super) fn outcome(run: &SavedRun, text: &Text) -> String {
    let columns =
        ["network", "parameters", "multiply_adds", "steps", "train_loss", "validation_loss", "accuracy", "best"];
    let dash = || "–".to_owned();
    let rows = run.networks.iter().zip(run.history.networks()).map(|(network, history)| {
        let validation = history.last_validation().map(|validation| validation.evaluation);
        let best = history.validations().map(|validation| validation.evaluation.accuracy).max_by(f64::total_cmp);
        vec![
            names::network(text, network.kind).to_owned(),
            number::grouped(network.parameters()),
            number::grouped(network.multiply_adds()),
            number::grouped(history.last_step().unwrap_or(0) as u64),
            history.last().map_or_else(dash, |record| number::significant(record.train_loss, 4)),
            validation.map_or_else(dash, |evaluation| number::significant(evaluation.loss, 4)),
            validation.map_or_else(dash, |evaluation| number::percent(evaluation.accuracy)),
            best.map_or_else(dash, number::percent),
        ]
    });
    HtmlTable {
        caption: text.say("report.outcome"),
        caption_shown: false,
        header: header(text, &columns),
        rows: rows.collect(),
    }
    .write()
}

/// Every layer of every network, each network closed until it is wanted.
pub(super) fn layers(run: &SavedRun, text: &Text) -> String {
    run.networks.iter().map(|network| layers_of(network, text)).collect()
}

fn layers_of(network: &Architecture, text: &Text) -> String {
    let name = names::network(text, network.kind);
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
    let sentences = [Some(costs), width].into_iter().flatten().map(|sentence| escape(&sentence)).collect::<Vec<_>>();
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
