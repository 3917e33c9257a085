//! How a command fails: in words on standard error, and with an exit code.

use std::io;
use std::process::ExitCode;

use crate::app::WindowError;
use crate::config::{ConfigError, Origin, Problems};
use crate::export::ExportError;

/// Why a command did not do what it was asked.
pub(super) struct Failure {
    /// What to print; nothing if empty.
    message: String,
    code: u8,
}

/// It failed.
pub(super) const FAILED: u8 = 1;
/// It was asked wrongly.
const WRONG_USAGE: u8 = 2;
/// It was interrupted, as shells say it: 128 and the signal's number.
pub(super) const INTERRUPTED: u8 = 130;

impl Failure {
    /// It failed.
    pub(super) fn failed(message: &impl ToString) -> Self {
        Self { message: message.to_string(), code: FAILED }
    }

    /// It was asked wrongly.
    pub(super) fn usage(message: &impl ToString) -> Self {
        Self { message: message.to_string(), code: WRONG_USAGE }
    }

    /// No window can be opened.
    pub(super) fn no_window(why: &WindowError) -> Self {
        Self::failed(&format!(
            "{why}\n\
             These commands need no window:\n\
             \x20 densescope train --out runs/first    train the networks and write a run folder\n\
             \x20 densescope inspect                   the architecture, layer by layer\n\
             \x20 densescope presets                   the named networks\n\
             \x20 densescope --help                    all commands"
        ))
    }
}

/// Prints what a person should know though it did what it was asked.
pub(super) fn warn(message: &str) {
    let style = anstyle::AnsiColor::Yellow.on_default().bold();
    anstream::eprintln!("{style}warning:{style:#} {message}");
}

/// Prints what was done to make sense of what was given.
pub(super) fn note(message: &str) {
    let style = anstyle::AnsiColor::Cyan.on_default().bold();
    anstream::eprintln!("{style}note:{style:#} {message}");
}

/// Prints the failure and gives its exit code.
pub(super) fn print_failure(failure: &Failure) -> ExitCode {
    if failure.message.is_empty() {
        return ExitCode::from(failure.code);
    }
    let style = anstyle::AnsiColor::Red.on_default().bold();
    let mut lines = failure.message.lines();
    anstream::eprintln!("{style}error:{style:#} {}", lines.next().unwrap_or_default());
    for line in lines {
        anstream::eprintln!("  {line}");
    }
    ExitCode::from(failure.code)
}

impl From<Problems> for Failure {
    /// A flag that cannot be is wrong usage; a line of a file is a failure.
    fn from(problems: Problems) -> Self {
        let Problems(list) = &problems;
        let heading = match list.len() {
            1 => String::new(),
            count => format!("{count} settings cannot be:\n"),
        };
        let by_flag = list.iter().any(|problem| matches!(problem.origin, Some(Origin::Flag(_))));
        let message = format!("{heading}{problems}");
        if by_flag { Self::usage(&message) } else { Self::failed(&message) }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::Problems(problems) => problems.into(),
            ConfigError::Unreadable { .. }
            | ConfigError::TooLarge { .. }
            | ConfigError::NotText { .. }
            | ConfigError::Syntax { .. } => Self::failed(&error),
        }
    }
}

/// Every other error of the rooms below is a failure in its own words.
macro_rules! failures {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::failed(&error)
            }
        })+
    };
}

failures!(
    crate::arch::ArchitectureError,
    crate::data::DataError,
    crate::experiment::ExperimentError,
    crate::experiment::FolderError,
    crate::export::RunError,
    crate::model::weights::WeightsError,
    crate::training::NotEnoughMemory,
);

impl From<ExportError> for Failure {
    /// With the flags that are a way out.
    fn from(error: ExportError) -> Self {
        let flags = match &error {
            ExportError::NotEmpty { .. } => ", or --force to replace the run in it",
            ExportError::Existing(_) => " (--out), or --force to replace what is there",
            ExportError::IsFile(_)
            | ExportError::Unwritable { .. }
            | ExportError::InUse(_)
            | ExportError::TableChanged { .. } => "",
        };
        Self::failed(&format!("{error}{flags}"))
    }
}

impl From<io::Error> for Failure {
    /// What standard output refused. A reader that has seen enough, such as `head`, is no failure.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self { message: String::new(), code: 0 };
        }
        Self::failed(&format!("cannot write the result: {error}"))
    }
}
