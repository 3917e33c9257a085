//! `densescope data`

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::failure::Failure;
use super::flags::ConfigFlags;
use super::loading::watched;
use super::table::{Alignment, Table, grouped};
use crate::config::{Field, LoadedConfig, Origin, Problems, Value, fields};
use crate::data::{DataSet, Description, Samples, Split, describe_watched, load_watched};
use crate::export::picture::{samples_fit, samples_to_png};
use crate::export::{data_set_to_safetensors, write_whole};

/// Images of each class on a sheet.
const ON_A_SHEET: usize = 10;

/// Arguments of `data`.
#[derive(Args)]
#[command(
    long_about = "Say what is found in a source of images, without training.\n\n\
        Folders are searched two levels down: IDX (MNIST, Fashion-MNIST, EMNIST, QMNIST, …), CIFAR-10 and CIFAR-100 (binary\n\
        or for Python), STL-10, and one folder of pictures for each class (PNG, JPEG, GIF, BMP, WebP), with or without\n\
        folders called train and val. What is no picture is left out and listed.",
    after_help = "Examples:\n  \
        densescope data pictures\n  \
        densescope data pictures --sheet sheet.png --set data.size=64\n  \
        densescope data pictures --format json --save images.safetensors"
)]
pub(super) struct DataArguments {
    /// fashion-mnist, shapes, or a folder of images
    #[arg(value_name = "SOURCE")]
    source: String,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: DataFormat,
    /// Draw some images of each class
    #[arg(long, value_name = "FILE.png")]
    sheet: Option<PathBuf>,
    /// Write the images that training would get, before they are normalised
    #[arg(long, value_name = "FILE.safetensors")]
    save: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigFlags,
}

/// How `data` prints.
#[derive(Clone, Copy, ValueEnum)]
enum DataFormat {
    /// For a terminal
    Table,
    /// For programs
    Json,
}

pub(super) fn data(arguments: &DataArguments) -> Result<ExitCode, Failure> {
    let DataArguments { source, format, sheet, save, config } = arguments;
    let mut loaded = config.load()?;
    loaded
        .set(&fields::SOURCE, &Value::Text(source.clone()), Origin::Flag("SOURCE"))
        .map_err(|problem| Problems(vec![problem]))?;
    let data = load(&loaded)?;
    let report = Report::of(&data);
    if let Some(path) = sheet {
        let samples = Samples::of_set(&data, ON_A_SHEET);
        if !samples_fit(&samples) {
            let what = format!("a sheet of {} classes of {} images is too large", data.class_names.len(), data.shape);
            return Err(Failure::failed(&what));
        }
        write(path, &samples_to_png(&samples, &data.class_names))?;
    }
    if let Some(path) = save {
        write(path, &data_set_to_safetensors(&data))?;
    }
    let text = match format {
        DataFormat::Table => report.for_terminal(),
        DataFormat::Json => serde_json::to_string(&report).expect("numbers and words are JSON") + "\n",
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The images that training would get: as many as the configuration says, or fewer where nobody said how many.
fn load(loaded: &LoadedConfig) -> Result<DataSet, Failure> {
    let config = &loaded.config;
    let data = watched(|loading| {
        let Description { train_available, validation_available, .. } = describe_watched(&config.data, loading)?;
        let most = |field: &Field, asked: usize, available: usize| {
            if loaded.origins.of(field).is_some() { asked } else { asked.min(available) }
        };
        let train = most(&fields::TRAIN, config.data.train, train_available);
        let validation = most(&fields::VALIDATION, config.data.validation, validation_available);
        load_watched(&config.data, train, validation, config.seed, loading)
    })?;
    for (words, used, available) in [
        ("training", data.train.len(), data.found.train_available),
        ("validation", data.validation.len(), data.found.validation_available),
    ] {
        if used < available {
            eprintln!("note: {used} of {available} {words} images are read, those that training would get");
        }
    }
    Ok(data)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_whole(path, bytes)?;
    eprintln!("wrote {}", path.display());
    Ok(())
}

/// What was found.
#[derive(Serialize)]
struct Report {
    kind: String,
    channels: usize,
    height: usize,
    width: usize,
    train: usize,
    validation: usize,
    classes: Vec<Class>,
    left_out: Vec<LeftOut>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct Class {
    name: String,
    train: usize,
    validation: usize,
}

#[derive(Serialize)]
struct LeftOut {
    file: String,
    why: String,
}

impl Report {
    fn of(data: &DataSet) -> Self {
        let found = &data.found;
        // What is drawn as it is asked for has no other counts than those of what was asked for.
        let drawn = found.class_counts.is_empty();
        let counted = |split: &Split, class| (0..split.len()).filter(|&index| split.label(index) == class).count();
        let classes = data.class_names.iter().enumerate().map(|(class, name)| {
            let [train, validation] = found
                .class_counts
                .get(class)
                .copied()
                .unwrap_or_else(|| [counted(&data.train, class), counted(&data.validation, class)]);
            Class { name: name.clone(), train, validation }
        });
        let left_out = found
            .left_out
            .iter()
            .map(|left| LeftOut { file: left.file.display().to_string(), why: left.why.to_string() });
        Self {
            kind: found.form.to_string(),
            channels: data.shape.channels,
            height: data.shape.height,
            width: data.shape.width,
            train: if drawn { data.train.len() } else { found.train_available },
            validation: if drawn { data.validation.len() } else { found.validation_available },
            classes: classes.collect(),
            left_out: left_out.collect(),
            notes: found.notes.iter().map(ToString::to_string).collect(),
        }
    }

    fn for_terminal(&self) -> String {
        let Self { kind, channels, height, width, train, validation, classes, left_out, notes } = self;
        let colours = match channels {
            1 => "grey".to_owned(),
            3 => "in colour".to_owned(),
            channels => format!("{channels} channels"),
        };
        let mut table =
            Table::new(&[("class", Alignment::Left), ("train", Alignment::Right), ("validation", Alignment::Right)]);
        for Class { name, train, validation } in classes {
            table.row([name.clone(), grouped(*train as u64), grouped(*validation as u64)]);
        }
        table.row(["all".to_owned(), grouped(*train as u64), grouped(*validation as u64)]);
        let mut text = format!(
            "{kind}: {width}×{height} pixels, {colours}, {} classes\n\n{}\n",
            classes.len(),
            table.for_terminal()
        );
        for note in notes {
            let _ = write!(text, "\n{note}");
        }
        if !notes.is_empty() {
            text.push('\n');
        }
        if !left_out.is_empty() {
            let _ = writeln!(text, "\nleft out ({}):", left_out.len());
            for LeftOut { file, why } in left_out {
                let _ = writeln!(text, "  {file}: {why}");
            }
        }
        text
    }
}
