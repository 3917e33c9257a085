//! `densescope inspect`

use std::io::{self, Write as _};
use std::process::ExitCode;

use super::arguments::{InspectArguments, InspectFormat};
use super::failure::Failure;
use super::settings::preset_named;
use super::table::{Alignment, Table, grouped};
use crate::arch::{ActivationMemory, Architecture, Input, Layer, NetworkKind, NetworkSpec};
use crate::config::{LoadedConfig, Problem};
use crate::data::describe;
use crate::export::architectures_to_json;

pub(super) fn inspect(arguments: &InspectArguments) -> Result<ExitCode, Failure> {
    let (spec, kinds, input) = subject(arguments)?;
    let networks = kinds.iter().map(|&kind| Architecture::new(kind, &spec, input)).collect::<Result<Vec<_>, _>>()?;
    let text = match arguments.format {
        InspectFormat::Table => titled(&networks, "", Table::for_terminal),
        InspectFormat::Markdown => titled(&networks, "### ", Table::for_documents),
        InspectFormat::Csv => csv(&networks)?,
        InspectFormat::Json => architectures_to_json(&networks),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// What is inspected: a preset with its own input, or a configuration with that of its data.
fn subject(arguments: &InspectArguments) -> Result<(NetworkSpec, Vec<NetworkKind>, Input), Failure> {
    let InspectArguments { config, preset, input, classes, networks, format: _ } = arguments;
    let loaded = match config {
        Some(file) => LoadedConfig::read(file)?,
        None => LoadedConfig::default(),
    };
    let (spec, natural_input) = match preset {
        Some(name) => {
            let preset = preset_named(name)?;
            (preset.spec(), Some(preset.input))
        }
        None => (loaded.config.network.clone(), None),
    };
    let classes = classes.map(|classes| classes as usize);
    let input = match (*input, classes, natural_input) {
        (Some(image), Some(classes), _) => Input { image, classes },
        (image, classes, Some(natural)) => {
            Input { image: image.unwrap_or(natural.image), classes: classes.unwrap_or(natural.classes) }
        }
        (image, classes, None) => {
            let data = describe(&loaded.config.data.source)?;
            Input { image: image.unwrap_or(data.shape), classes: classes.unwrap_or(data.class_names.len()) }
        }
    };
    let kinds = networks.clone().unwrap_or(loaded.config.training.networks);
    if let Some(repeated) =
        kinds.iter().enumerate().find_map(|(index, kind)| kinds[..index].contains(kind).then_some(kind))
    {
        let problem = Problem {
            origin: None,
            field: "--networks".to_owned(),
            found: format!("{repeated} twice"),
            allowed: "each of dense, residual, plain once".to_owned(),
        };
        return Err(Failure::usage(&problem));
    }
    Ok((spec, kinds, input))
}

fn titled(networks: &[Architecture], prefix: &str, print: fn(Table) -> String) -> String {
    let tables = networks.iter().map(|network| {
        let mut lines = format!("{prefix}{}\n\n", title(network));
        lines.push_str(&print(table(network)));
        lines.push('\n');
        lines
    });
    tables.collect::<Vec<_>>().join("\n")
}

fn title(network: &Architecture) -> String {
    let width = network.width.map_or(String::new(), |width| format!(", w = {width}"));
    let Input { image, classes } = network.input;
    let ActivationMemory { naive, shared } = network.activation_memory();
    let memory = if naive == shared {
        format!("{} of activations for one image", megabytes(naive))
    } else {
        format!(
            "{} of activations for one image with every concatenation copied, {} in shared buffers",
            megabytes(naive),
            megabytes(shared)
        )
    };
    let es = if classes == 1 { "" } else { "es" };
    format!(
        "{} on {image}, {classes} class{es}{width}\n\n{} parameters, {} multiply-adds\n{memory}",
        network.kind,
        grouped(network.parameters()),
        grouped(network.multiply_adds())
    )
}

fn megabytes(numbers: u64) -> String {
    let megabytes = (numbers * ActivationMemory::BYTES) as f64 / 1e6;
    format!("{megabytes:.2} MB")
}

fn table(network: &Architecture) -> Table {
    let columns = ["layer", "reads", "makes", "carries", "size", "parameters", "multiply-adds"];
    let columns = columns.map(|name| {
        let alignment = if name == "layer" { Alignment::Left } else { Alignment::Right };
        (name, alignment)
    });
    let mut table = Table::new(&columns);
    for layer in &network.layers {
        let Layer { part, reads, makes, carries, height, width, parameters, multiply_adds, .. } = layer;
        table.row([
            part.to_string(),
            reads.to_string(),
            makes.to_string(),
            carries.to_string(),
            format!("{height}x{width}"),
            grouped(*parameters),
            grouped(*multiply_adds),
        ]);
    }
    table
}

const CSV_COLUMNS: [&str; 9] =
    ["network", "layer", "reads", "makes", "carries", "height", "width", "parameters", "multiply_adds"];

fn csv(networks: &[Architecture]) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |row: Vec<String>| writer.write_record(row).map_err(|error| Failure::failed(&error));
    write(CSV_COLUMNS.map(str::to_owned).to_vec())?;
    for network in networks {
        for layer in &network.layers {
            let Layer { part, reads, makes, carries, height, width, parameters, multiply_adds, .. } = layer;
            let sides = [reads, makes, carries, height, width].map(ToString::to_string);
            let names = [network.kind.to_string(), part.to_string()];
            write(names.into_iter().chain(sides).chain([parameters.to_string(), multiply_adds.to_string()]).collect())?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| Failure::failed(&error))?;
    Ok(String::from_utf8(bytes).expect("numbers and words are text"))
}
