//! `densescope weights FILE`

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::ops::RangeInclusive;
use std::process::ExitCode;

use serde::Serialize;

use super::arguments::{WeightsArguments, WeightsFormat};
use super::failure::{Failure, note};
use super::table::grouped;
use crate::arch::{Architecture, NetworkSpec, Normalization, Width};
use crate::config::RunConfig;
use crate::export::write_whole;
use crate::model::weights::{Recognised, TensorFile, expected, save};

/// What a file's network is. What its weights cannot tell is left out.
#[derive(Serialize)]
struct Report {
    kind: &'static str,
    blocks: Vec<usize>,
    stem: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    k0: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    growth: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<f64>,
    bottleneck: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    compression: Option<u32>,
    /// Every whole percent that gives the same transitions.
    #[serde(skip_serializing_if = "Option::is_none")]
    compression_range: Option<[u32; 2]>,
    normalization: &'static str,
    channels: usize,
    classes: usize,
    parameters: u64,
    running_statistics: u64,
    depth: usize,
    preset: Option<&'static str>,
    notes: Vec<String>,
}

pub(super) fn weights(arguments: &WeightsArguments) -> Result<ExitCode, Failure> {
    let WeightsArguments { file, save: save_as, config, format } = arguments;
    let tensors = TensorFile::read(file)?;
    tell(&tensors);
    let recognised = tensors.recognise(&RunConfig::default().network)?;
    if let Some(path) = save_as {
        write_whole(path, &save(&tensors, &expected(&recognised.architecture))?)?;
    }
    if let Some(path) = config {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Architecture { kind, spec, input, .. } = &recognised.architecture;
        let mut config = RunConfig::of_network(spec.clone(), input.image.channels);
        config.training.networks = vec![*kind];
        let text = format!("# The network of {}\n{}", one_line(&name), config.to_toml());
        write_whole(path, text.as_bytes())?;
    }
    let report = Report::new(&recognised, &tensors);
    let text = match format {
        WeightsFormat::Table => report.for_terminal(&recognised),
        WeightsFormat::Json => serde_json::to_string_pretty(&report).expect("numbers and words are JSON") + "\n",
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Says what was done to a file's names and numbers.
pub(super) fn tell(tensors: &TensorFile) {
    for done in tensors.notes() {
        note(&format!("{}: {done}", tensors.path().display()));
    }
}

fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

impl Report {
    fn new(recognised: &Recognised, tensors: &TensorFile) -> Self {
        let Recognised { architecture, percents, widths: _, preset } = recognised;
        let Architecture { kind, spec, input, width, .. } = architecture;
        let keeps = kind.merge().keeps_sources();
        Self {
            kind: kind.name(),
            blocks: spec.blocks.clone(),
            stem: spec.stem.name(),
            k0: keeps.then_some(spec.k0),
            growth: keeps.then_some(spec.growth),
            width: width.map(Width::as_number),
            bottleneck: spec.bottleneck,
            compression: percents.as_ref().map(|_| spec.compression.percent),
            compression_range: percents.as_ref().map(|percents| [*percents.start(), *percents.end()]),
            normalization: spec.normalization.name(),
            channels: input.image.channels,
            classes: input.classes,
            parameters: architecture.parameters(),
            running_statistics: architecture.running_statistics(),
            depth: architecture.depth().total(),
            preset: preset.map(|preset| preset.name),
            notes: tensors.notes().iter().map(ToString::to_string).collect(),
        }
    }

    fn for_terminal(&self, recognised: &Recognised) -> String {
        let Recognised { architecture, percents, widths, preset } = recognised;
        let Architecture { kind, spec, input, .. } = architecture;
        let NetworkSpec { blocks, stem, k0, growth, bottleneck, normalization, .. } = spec;
        let mut text = String::new();
        let mut line = |name: &str, value: &str| {
            writeln!(text, "{name:<20}{value}").expect("a string takes any text");
        };
        line("network", kind.name());
        line("blocks", &blocks.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
        line("stem", stem.name());
        if kind.merge().keeps_sources() {
            line("k0", &k0.to_string());
            line("k", &growth.to_string());
            line(
                "theta",
                &percents.as_ref().map_or("not told without a transition".to_owned(), |percents| {
                    format!("{} %{}", spec.compression.percent, others(percents, ToString::to_string))
                }),
            );
        }
        if let (Some(width), Some(widths)) = (architecture.width, widths) {
            line("w", &format!("{width}{}", others(widths, ToString::to_string)));
        }
        line("bottleneck", if *bottleneck { "yes" } else { "no" });
        line("normalization", normalization.name());
        line("images", &format!("{} channels", input.image.channels));
        line("classes", &grouped(input.classes as u64));
        line("parameters", &grouped(self.parameters));
        if *normalization == Normalization::Batch {
            line("running statistics", &format!("{}, which are no parameters", grouped(self.running_statistics)));
        }
        line("depth", &format!("{} = {}", self.depth, architecture.depth()));
        line("preset", preset.map_or("none", |preset| preset.name));
        text
    }
}

/// What else it could be, in brackets.
fn others<T: PartialEq>(range: &RangeInclusive<T>, text: impl Fn(&T) -> String) -> String {
    if range.start() == range.end() {
        String::new()
    } else {
        format!(" (the same weights from {} to {})", text(range.start()), text(range.end()))
    }
}
