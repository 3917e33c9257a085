//! Architectures as tables: every row of a network, and what networks cost side by side.

use super::document::{Alignment, DocumentTable};
use crate::arch::{ActivationMemory, Architecture, Input, Layer};
use crate::text::number::grouped;

/// What a network is, above its table: its kind, its input and its width; its costs; what else is counted, and how; its memory.
pub fn heading(network: &Architecture) -> [String; 4] {
    let memory = match memory(network) {
        (naive, shared) if naive == shared => format!("{naive} of activations for one image"),
        (naive, shared) => {
            format!("{naive} of activations for one image with every concatenation copied, {shared} in shared buffers")
        }
    };
    let depth = network.depth();
    let (parameters, multiply_adds) = (grouped(network.parameters()), grouped(network.multiply_adds()));
    let costs = format!("depth {} = {depth}, {parameters} parameters, {multiply_adds} multiply-adds", depth.total());
    [about(network), costs, counted(network), memory]
}

/// What others call FLOPs, and what is no parameter.
fn counted(network: &Architecture) -> String {
    let operations = 2.0 * network.multiply_adds() as f64;
    let (size, unit) = if operations >= 1e9 { (operations / 1e9, "GFLOP") } else { (operations / 1e6, "MFLOP") };
    let statistics = match network.running_statistics() {
        0 => String::new(),
        count => format!("; {} running statistics are not parameters", grouped(count)),
    };
    format!("{size:.2} {unit} when an addition counts by itself{statistics}")
}

fn about(network: &Architecture) -> String {
    let width = network.width.map_or(String::new(), |width| format!(", w = {width}"));
    let Input { image, classes } = network.input;
    let es = if classes == 1 { "" } else { "es" };
    format!("{} on {image}, {classes} class{es}{width}", network.kind)
}

/// Memory for the activations of one image: with every concatenation copied, and in shared buffers.
fn memory(network: &Architecture) -> (String, String) {
    let ActivationMemory { naive, shared } = network.activation_memory();
    let megabytes = |numbers: u64| format!("{:.2} MB", (numbers * ActivationMemory::BYTES) as f64 / 1e6);
    (megabytes(naive), megabytes(shared))
}

/// Every row of a network.
pub fn architecture_table(network: &Architecture) -> DocumentTable {
    let names = ["layer", "reads", "makes", "carries", "size", "parameters", "multiply-adds"];
    let rows = network.layers.iter().map(|layer| {
        let Layer { part, reads, makes, carries, height, width, parameters, multiply_adds, .. } = layer;
        vec![
            part.to_string(),
            reads.to_string(),
            makes.to_string(),
            carries.to_string(),
            format!("{height}x{width}"),
            grouped(*parameters),
            grouped(*multiply_adds),
        ]
    });
    let [_, costs, ..] = heading(network);
    DocumentTable {
        name: network.kind.to_string(),
        caption: format!("Layers of {}: {costs}.", about(network)),
        columns: columns(&names),
        rows: rows.collect(),
    }
}

/// What the networks cost, one row each.
pub fn costs_table(networks: &[Architecture]) -> DocumentTable {
    let names =
        ["network", "width", "layers", "parameters", "multiply-adds", "activations, copied", "activations, shared"];
    let rows = networks.iter().map(|network| {
        let (naive, shared) = memory(network);
        vec![
            network.kind.to_string(),
            network.width.map_or_else(|| "–".to_owned(), |width| width.to_string()),
            network.layers.len().to_string(),
            grouped(network.parameters()),
            grouped(network.multiply_adds()),
            naive,
            shared,
        ]
    });
    DocumentTable {
        name: "costs".to_owned(),
        caption: "Costs of each network: parameters, multiply-adds and activation memory for one image.".to_owned(),
        columns: columns(&names),
        rows: rows.collect(),
    }
}

/// Every row of every network, for spreadsheets and programs.
pub fn architectures_to_csv(networks: &[Architecture]) -> String {
    let names = ["network", "layer", "reads", "makes", "carries", "height", "width", "parameters", "multiply_adds"];
    let row = |network: &Architecture, layer: &Layer| {
        let Layer { part, reads, makes, carries, height, width, parameters, multiply_adds, .. } = layer;
        let sides = [reads, makes, carries, height, width].map(ToString::to_string);
        let names = [network.kind.to_string(), part.to_string()];
        names.into_iter().chain(sides).chain([parameters.to_string(), multiply_adds.to_string()]).collect()
    };
    let rows = networks.iter().flat_map(|network| network.layers.iter().map(move |layer| row(network, layer)));
    DocumentTable { name: String::new(), caption: String::new(), columns: columns(&names), rows: rows.collect() }
        .to_csv()
}

/// Every network as a section with its table.
pub fn architectures_to_markdown(networks: &[Architecture]) -> String {
    let sections = networks.iter().map(|network| {
        let [about, costs, counted, memory] = heading(network);
        format!("### {about}\n\n{costs}\\\n{counted}\\\n{memory}\n\n{}", architecture_table(network).to_markdown())
    });
    sections.collect::<Vec<_>>().join("\n")
}

/// The costs, if there is something to compare, and the table of every network.
pub fn architectures_to_latex(networks: &[Architecture]) -> String {
    let costs = (networks.len() > 1).then(|| costs_table(networks));
    let tables = costs.into_iter().chain(networks.iter().map(architecture_table));
    tables.map(|table| table.to_latex()).collect::<Vec<_>>().join("\n")
}

/// The first column holds words, the others numbers.
fn columns(names: &[&str]) -> Vec<(String, Alignment)> {
    let side = |index: usize| if index == 0 { Alignment::Left } else { Alignment::Right };
    names.iter().enumerate().map(|(index, name)| ((*name).to_owned(), side(index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::{NetworkKind, PRESETS};

    fn networks() -> Vec<Architecture> {
        let preset = PRESETS.iter().find(|preset| preset.name == "classroom").unwrap();
        NetworkKind::ALL.map(|kind| Architecture::new(kind, &preset.spec(), preset.input).unwrap()).to_vec()
    }

    #[test]
    fn every_form_has_every_row_and_the_sums() {
        let networks = networks();
        for (text, parameters) in [
            (architectures_to_csv(&networks), "block1.layer3,32,8,40,28,28,"),
            (architectures_to_markdown(&networks), "46,362"),
            (architectures_to_latex(&networks), "46,362"),
        ] {
            assert!(text.contains(parameters), "{text}");
            for layer in networks.iter().flat_map(|network| &network.layers) {
                assert!(text.contains(&layer.part.to_string()), "{} is missing in {text}", layer.part);
            }
        }
    }

    #[test]
    fn costs_stand_side_by_side() {
        let table = costs_table(&networks());
        assert_eq!(table.rows[0][..5], ["dense", "–", "16", "46,362", "14,771,160"].map(str::to_owned));
        assert_eq!(table.rows[1][..5], ["residual", "5.5", "16", "47,446", "5,588,964"].map(str::to_owned));
    }
}
