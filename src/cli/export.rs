//! `densescope export`

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use super::arguments::{ExportArguments, ExportFormat};
use super::failure::{Failure, warn};
use crate::export::picture::{FRAMES_AT_ONCE, Look, Size};
use crate::export::{
    CHARTS, Gallery, PictureFormat, REPORT, RunFiles, Savable, SavedRun, differences, refuse_existing, write_run,
};
use crate::text::{Language, Text};

/// A picture of more pixels would fill the memory of a small machine.
const MOST_MEGAPIXELS: f64 = 200.0;

pub(super) fn export(arguments: &ExportArguments) -> Result<ExitCode, Failure> {
    let ExportArguments { runs, out, format, chart, scale, lang, theme, size, transparent, force } = arguments;
    let figures = figures(chart)?;
    if format.contains(&ExportFormat::Png) {
        check_pixels(*size, *scale, 1)?;
    }
    if format.contains(&ExportFormat::Gif) {
        check_pixels(*size, 1.0, FRAMES_AT_ONCE)?;
    }
    let language = lang.unwrap_or_else(Language::of_the_system);
    let text = Text::of(language);
    if runs.len() > 1 && out.is_none() {
        return Err(Failure::usage(
            &"several runs are compared, and the result belongs to none of their folders; --out says where it goes",
        ));
    }
    let runs = read(runs)?;
    let mut gallery = Gallery::of(&runs, &figures, text);
    let mut look = Look { theme: *theme, size: *size, transparent: *transparent, ..Look::new(language) };
    look.caption = match &runs[..] {
        [run] => Some(run.caption(text)),
        several => differences(several, text),
    };
    if format.contains(&ExportFormat::Gif) {
        match &runs[..] {
            [run] => gallery = gallery.with_replays(run, &figures, text),
            _ => return Err(Failure::usage(&"--format gif: found several runs; allowed: one, whose course it shows")),
        }
    }

    let formats: Vec<PictureFormat> = format.iter().filter_map(|format| format.picture()).collect();
    let home = &runs[0].path;
    let files = RunFiles {
        gallery,
        formats,
        charts: out.clone().unwrap_or_else(|| home.join(CHARTS)),
        look,
        scale: *scale,
        report: format.contains(&ExportFormat::Html).then(|| out.as_ref().unwrap_or(home).join(REPORT)),
    };
    for (figure, why) in &files.gallery.without_data {
        warn(&format!("the figure {figure} is left out: {why}"));
    }
    let names = files.names();
    if names.is_empty() {
        return Err(Failure::failed(&format!("{} has no data for any of the figures asked for", home.display())));
    }
    if !force {
        refuse_existing(&names)?;
    }
    write_run(&runs, &files, &|| true)?;
    let mut stdout = io::stdout().lock();
    for name in &names {
        writeln!(stdout, "{}", name.display())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The figures that were named, or all of them.
fn figures(ids: &[String]) -> Result<Vec<Savable>, Failure> {
    if ids.is_empty() {
        return Ok(Savable::all().collect());
    }
    ids.iter().map(|id| Savable::named(id).ok_or_else(|| unknown_figure(id))).collect()
}

fn unknown_figure(id: &str) -> Failure {
    let names: Vec<&str> = Savable::all().map(Savable::id).collect();
    let nearest = names.iter().map(|name| (strsim::jaro_winkler(id, name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = match nearest {
        Some((likeness, name)) if likeness > 0.7 => format!(" (did you mean {name}?)"),
        Some(_) | None => String::new(),
    };
    Failure::usage(&format!("--chart: unknown figure '{id}'{hint}; allowed: {}", names.join(", ")))
}

/// The runs, with what a reader must know of them as warnings.
fn read(paths: &[PathBuf]) -> Result<Vec<SavedRun>, Failure> {
    let mut runs = Vec::new();
    for path in paths {
        let run = SavedRun::read(path)?;
        for note in &run.notes {
            warn(&format!("{}: {}", path.display(), note.say(Text::of(Language::English))));
        }
        runs.push(run);
    }
    Ok(runs)
}

/// Refuses pictures, so many of which are in memory at once, that would fill a small machine's memory. The sizes of papers are small at any scale.
fn check_pixels(size: Size, scale: f32, at_once: usize) -> Result<(), Failure> {
    let (width, height) = match size {
        Size::Slide => (1280, 720),
        Size::Pixels { width, height } => (width, height),
        Size::Column | Size::Page => return Ok(()),
    };
    let millions = f64::from(width) * f64::from(height) * f64::from(scale).powi(2) / 1e6;
    let allowed = MOST_MEGAPIXELS / at_once as f64;
    if millions <= allowed {
        return Ok(());
    }
    Err(Failure::usage(&format!(
        "--size and --scale: found {width}x{height} times {scale}, {millions:.0} million pixels{}; allowed: at most {allowed} million",
        if at_once > 1 { format!(", {at_once} of which are painted at once for a GIF") } else { String::new() }
    )))
}
