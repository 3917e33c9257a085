//! `densescope presets [NAME]`

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::ExitCode;

use super::arguments::PresetsArguments;
use super::failure::Failure;
use super::settings::preset_named;
use super::table::{Alignment, Table, grouped};
use crate::arch::{Architecture, NetworkKind, PRESETS};
use crate::config::RunConfig;

pub(super) fn presets(arguments: &PresetsArguments) -> Result<ExitCode, Failure> {
    let text = match &arguments.name {
        Some(name) => {
            let preset = preset_named(name)?;
            format!("# {}: {}\n{}", preset.name, preset.about, RunConfig::from_preset(preset).to_toml())
        }
        None => list()?,
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn list() -> Result<String, Failure> {
    let mut table = Table::new(&[
        ("preset", Alignment::Left),
        ("blocks", Alignment::Left),
        ("k0", Alignment::Right),
        ("k", Alignment::Right),
        ("theta", Alignment::Right),
        ("parameters", Alignment::Right),
        ("input", Alignment::Right),
    ]);
    let mut about = String::new();
    for preset in PRESETS {
        let spec = preset.spec();
        let dense = Architecture::new(NetworkKind::Dense, &spec, preset.input)?;
        let blocks: Vec<String> = spec.blocks.iter().map(ToString::to_string).collect();
        table.row([
            preset.name.to_owned(),
            blocks.join(" "),
            spec.k0.to_string(),
            spec.growth.to_string(),
            format!("{} %", spec.compression.percent),
            grouped(dense.parameters()),
            preset.input.image.to_string(),
        ]);
        writeln!(about, "{:<20} {}", preset.name, preset.about).expect("a string takes any text");
    }
    Ok(format!("{}\n\n{about}", table.for_terminal()))
}
