//! `densescope completions SHELL`

use std::io;
use std::process::ExitCode;

use clap::CommandFactory as _;

use super::arguments::{Arguments, CompletionsArguments};
use super::failure::Failure;

pub(super) fn completions(arguments: &CompletionsArguments) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "densescope", &mut script);
    io::Write::write_all(&mut io::stdout(), &script)?;
    Ok(ExitCode::SUCCESS)
}
