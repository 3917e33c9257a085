//! `densescope inspect`

use std::io::{self, Write as _};
use std::process::ExitCode;

use super::arguments::{InspectArguments, InspectFormat};
use super::failure::Failure;
use super::settings::preset_named;
use super::table::Table;
use crate::arch::{Architecture, Input, NetworkKind, NetworkSpec};
use crate::config::{Allowed, Found, LoadedConfig, Problem, RunConfig};
use crate::data::describe;
use crate::export::architecture_table::{
    architecture_table, architectures_to_csv, architectures_to_latex, architectures_to_markdown, heading,
};
use crate::export::architectures_to_json;
use crate::export::document::DocumentTable;

pub(super) fn inspect(arguments: &InspectArguments) -> Result<ExitCode, Failure> {
    let (spec, kinds, input) = subject(arguments)?;
    let networks = kinds.iter().map(|&kind| Architecture::new(kind, &spec, input)).collect::<Result<Vec<_>, _>>()?;
    let text = match arguments.format {
        InspectFormat::Table => for_terminal(&networks),
        InspectFormat::Markdown => architectures_to_markdown(&networks),
        InspectFormat::Latex => architectures_to_latex(&networks),
        InspectFormat::Csv => architectures_to_csv(&networks),
        InspectFormat::Json => architectures_to_json(&networks),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// What is inspected: a preset with its own input, or a configuration with that of its data.
fn subject(arguments: &InspectArguments) -> Result<(NetworkSpec, Vec<NetworkKind>, Input), Failure> {
    let InspectArguments { config, preset, input, classes, networks, format: _ } = arguments;
    let (loaded, natural_input) = match preset {
        Some(name) => {
            let preset = preset_named(name)?;
            let loaded = LoadedConfig { config: RunConfig::from_preset(preset), ..LoadedConfig::default() };
            (config.over(loaded)?, Some(preset.input))
        }
        None => (config.load()?, None),
    };
    let classes = classes.map(|classes| classes as usize);
    let input = match (*input, classes, natural_input) {
        (Some(image), Some(classes), _) => Input { image, classes },
        (image, classes, Some(natural)) => {
            Input { image: image.unwrap_or(natural.image), classes: classes.unwrap_or(natural.classes) }
        }
        (image, classes, None) => {
            let data = describe(&loaded.config.data)?;
            Input { image: image.unwrap_or(data.shape), classes: classes.unwrap_or(data.class_names.len()) }
        }
    };
    let kinds = networks.clone().unwrap_or_else(|| loaded.config.training.networks.clone());
    if let Some(repeated) =
        kinds.iter().enumerate().find_map(|(index, kind)| kinds[..index].contains(kind).then_some(kind))
    {
        let problem = Problem {
            origin: None,
            field: "--networks".to_owned(),
            found: Found::Written(format!("{repeated} twice")),
            allowed: Box::new(Allowed::Words(format!("each of {} once", NetworkKind::listed()))),
        };
        return Err(Failure::usage(&problem));
    }
    Ok((loaded.config.network, kinds, input))
}

/// Each network with its heading and its table.
fn for_terminal(networks: &[Architecture]) -> String {
    let tables = networks.iter().map(|network| {
        let [about, costs, counted, memory] = heading(network);
        let DocumentTable { columns, rows, .. } = architecture_table(network);
        let columns: Vec<_> = columns.iter().map(|(name, side)| (name.as_str(), *side)).collect();
        let mut table = Table::new(&columns);
        for row in rows {
            table.row(row);
        }
        format!("{about}\n\n{costs}\n{counted}\n{memory}\n\n{}\n", table.for_terminal())
    });
    tables.collect::<Vec<_>>().join("\n")
}
