//! `densescope train`

mod beginning;
mod progress;
mod summary;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::arguments::TrainArguments;
use super::failure::{FAILED, Failure, INTERRUPTED};
use super::settings::compute_threads;
use crate::export::{ExportError, RunError, RunFiles, SavedRun, write_run};
use crate::text::Language;
use crate::training::{Control, Ending, NetworkResult, RunEvent, run_from};
use beginning::Beginning;
use progress::Progress;

pub(super) fn train(arguments: &TrainArguments) -> Result<ExitCode, Failure> {
    let (threads, _) = compute_threads(arguments.threads)?;
    let Beginning { plan, images, start, out, mut folder, mut history } = Beginning::of(arguments)?;

    let control = Control::new();
    stop_at_ctrl_c(&control)?;
    let mut progress = Progress::new(&plan.config.training, start.step());
    let outcome = run_from(&start, &plan, &images, &threads, &control, |event| -> Result<(), ExportError> {
        match event {
            RunEvent::Step(kind, record) => {
                folder.record(kind, &record)?;
                progress.step(kind, &record);
                history.push(kind, record);
            }
            RunEvent::Checkpoint(checkpoint) => folder.checkpoint(checkpoint)?,
            RunEvent::Ended(kind, ending) => progress.ended(kind, &ending),
            RunEvent::Paused(_) | RunEvent::Glance(..) | RunEvent::Predictions(..) => {} // nobody asks for it here
        }
        Ok(())
    });
    progress.close();
    let (results, mut errors) = match outcome {
        Ok(results) => (results, Vec::new()),
        Err((error, results)) => (results, vec![LeftUndone::from(error)]),
    };
    let weights: Vec<_> = results.iter().filter_map(|result| Some((result.kind, result.weights.clone()?))).collect();
    errors.extend(folder.finish(&weights).err().into_iter().flatten().map(LeftUndone::from));

    if history.networks().iter().any(|network| network.last_step().is_some()) {
        errors.extend(leave_charts(&out).err());
    }

    let text = summary::summary(&plan, &history, &results, &out);
    io::stdout().write_all(text.as_bytes())?;
    exit_code(&control, &results, &errors)
}

/// The first Ctrl-C lets all networks make the step at hand, and ends the run there; the second quits at once.
fn stop_at_ctrl_c(control: &Control) -> Result<(), Failure> {
    let control = control.clone();
    ctrlc::set_handler(move || {
        if control.end_requested() {
            std::process::exit(INTERRUPTED.into());
        }
        control.request_end();
    })
    .map_err(|error| Failure::failed(&format!("cannot listen for Ctrl-C: {error}")))
}

/// Draws every figure of the finished run and writes its report.
pub(super) fn leave_charts(out: &Path) -> Result<(), LeftUndone> {
    let runs = [SavedRun::read(out)?];
    write_run(&runs, &RunFiles::of(&runs[0], Language::of_the_system()), &|| true)?;
    Ok(())
}

/// What the run folder should have and has not.
#[derive(Debug, thiserror::Error)]
pub(super) enum LeftUndone {
    #[error(transparent)]
    Write(#[from] ExportError),
    #[error("no charts and no report were made: {0}")]
    Read(#[from] RunError),
}

fn exit_code(control: &Control, results: &[NetworkResult], errors: &[LeftUndone]) -> Result<ExitCode, Failure> {
    if !errors.is_empty() {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        return Err(Failure::failed(&format!("{}\nwhat was reached before is kept", lines.join("\n"))));
    }
    let mut failed = false;
    for NetworkResult { kind, ending, .. } in results {
        match ending {
            Ending::Finished | Ending::Stopped => {}
            Ending::Diverged(_) => failed = true,
            Ending::Failed(why) => return Err(Failure::failed(&format!("training the {kind} network failed: {why}"))),
        }
    }
    Ok(match (failed, control.end_requested()) {
        (true, _) => ExitCode::from(FAILED),
        (false, true) => ExitCode::from(INTERRUPTED),
        (false, false) => ExitCode::SUCCESS,
    })
}
