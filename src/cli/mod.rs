//! The command line: what was typed, what it means, and one file for each command.
//!
//! Results go to standard output, progress and warnings to standard error. Errors are printed here and nowhere
//! else. Exit code 0: done; 1: it failed; 2: wrong usage; 130: interrupted.

mod arguments;
mod bench;
mod completions;
mod cut;
mod cut_arguments;
mod data;
mod experiment;
mod export;
mod failure;
mod flags;
mod inspect;
mod loading;
mod presets;
mod probe;
mod settings;
mod table;
mod train;
mod weights;
mod window;

use std::process::ExitCode;

use clap::Parser as _;

use crate::kernels::InstructionSet;
use arguments::{Arguments, Command};
use failure::{Failure, print_failure};

/// Reads the arguments, does what they say and gives the exit code.
pub fn main() -> ExitCode {
    let Arguments { window, command, instructions } = Arguments::parse();
    if let Some(Err(error)) = instructions.map(InstructionSet::choose) {
        return print_failure(&Failure::failed(&error));
    }
    let outcome = match command {
        None => window::window(window),
        Some(Command::Train(arguments)) => train::train(&arguments),
        Some(Command::Export(arguments)) => export::export(&arguments),
        Some(Command::Experiment(arguments)) => experiment::experiment(&arguments),
        Some(Command::Inspect(arguments)) => inspect::inspect(&arguments),
        Some(Command::Data(arguments)) => data::data(&arguments),
        Some(Command::Probe(arguments)) => probe::probe(&arguments),
        Some(Command::Weights(arguments)) => weights::weights(&arguments),
        Some(Command::Cut(arguments)) => cut::cut(&arguments),
        Some(Command::Bench(arguments)) => bench::bench(&arguments),
        Some(Command::Presets(arguments)) => presets::presets(&arguments),
        Some(Command::Completions(arguments)) => completions::completions(&arguments),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => print_failure(&failure),
    }
}
