//! `densescope` without a command: the window.

use std::process::ExitCode;

use super::arguments::{SettingFlags, ThemeArgument, WindowArguments};
use super::failure::Failure;
use crate::app::{Opening, WindowError, open};
use crate::state::{ThemeChoice, check_view};

pub(super) fn window(arguments: WindowArguments) -> Result<ExitCode, Failure> {
    let WindowArguments { config, data, lang, theme, start } = arguments;
    let loaded = SettingFlags { config, data, ..SettingFlags::default() }.load()?;
    check_view(&loaded.view)?;
    let theme = theme.map(|theme| match theme {
        ThemeArgument::System => ThemeChoice::System,
        ThemeArgument::Light => ThemeChoice::Light,
        ThemeArgument::Dark => ThemeChoice::Dark,
    });
    match open(Opening { loaded, language: lang, theme, start }) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(WindowError::Failed(why)) => Err(Failure::failed(&WindowError::Failed(why))),
        Err(error) => Err(Failure::no_window(&error)),
    }
}
