//! `densescope` without a command: the window.

use std::path::Path;
use std::process::ExitCode;

use clap::CommandFactory as _;

use super::arguments::{SettingFlags, ThemeArgument, WindowArguments};
use super::failure::Failure;
use crate::app::{Opening, WindowError, open};
use crate::export::is_run_folder;
use crate::state::{ThemeChoice, check_view};

pub(super) fn window(arguments: WindowArguments) -> Result<ExitCode, Failure> {
    let WindowArguments { runs, config, data, lang, theme, start } = arguments;
    if let Some(path) = runs.iter().find(|path| !is_run_folder(path)) {
        return Err(no_run(path));
    }
    let loaded = SettingFlags { config, data, ..SettingFlags::default() }.load()?;
    check_view(&loaded.view)?;
    let theme = theme.map(|theme| match theme {
        ThemeArgument::System => ThemeChoice::System,
        ThemeArgument::Light => ThemeChoice::Light,
        ThemeArgument::Dark => ThemeChoice::Dark,
    });
    match open(Opening { loaded, runs, language: lang, theme, start }) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(WindowError::Failed(why)) => Err(Failure::failed(&WindowError::Failed(why))),
        Err(error) => Err(Failure::no_window(&error)),
    }
}

/// What was written where a run folder or a command may stand is neither.
fn no_run(path: &Path) -> Failure {
    let written = path.display().to_string();
    let commands = super::arguments::Arguments::command();
    let names: Vec<String> = commands.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let nearest =
        names.iter().map(|name| (strsim::jaro_winkler(&written, name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = match nearest {
        Some((likeness, name)) if likeness > 0.75 && !path.exists() => format!(" (did you mean {name}?)"),
        Some(_) | None => String::new(),
    };
    let found = if path.exists() { "it has no run.toml" } else { "there is nothing of that name" };
    Failure::usage(&format!(
        "'{written}' is neither a command nor a run folder: {found}{hint}; allowed: a folder that `densescope train` wrote, or a command: {}",
        names.join(", ")
    ))
}
