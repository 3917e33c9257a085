//! `densescope train`

mod progress;
mod summary;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::arguments::TrainArguments;
use super::failure::{FAILED, Failure, INTERRUPTED};
use super::settings::compute_threads;
use crate::chart::FIGURES;
use crate::config::Plan;
use crate::data::{describe, load};
use crate::export::picture::Look;
use crate::export::{
    CHARTS, ExportError, Files, Gallery, OutputFolder, PictureFormat, REPORT, RunError, RunFolder, SavedRun, report,
    write_whole,
};
use crate::telemetry::History;
use crate::text::{Language, Text};
use crate::training::{Control, Ending, NetworkResult, RunEvent, check_memory, run};
use progress::Progress;

/// Bytes of history kept for the summary; files have all of it.
const HISTORY: usize = 1 << 20;

pub(super) fn train(arguments: &TrainArguments) -> Result<ExitCode, Failure> {
    let TrainArguments { settings, out, force, threads } = arguments;
    let loaded = settings.load()?;
    let folder = OutputFolder::check(out, *force)?;
    let plan = Plan::new(&loaded, &describe(&loaded.config.data.source)?)?;
    check_memory(&plan)?;
    let data = &plan.config.data;
    let images = Arc::new(load(&data.source, data.train, data.validation, plan.config.seed)?);
    let (threads, _) = compute_threads(*threads)?;
    let mut run_folder = RunFolder::create(&folder, &plan.config, &plan.networks)?;

    let control = Control::new();
    stop_at_ctrl_c(&control)?;
    let kinds = &plan.config.training.networks;
    let mut history = History::new(kinds, HISTORY);
    let mut progress = Progress::new(&plan.config.training);
    let outcome = run(&plan, &images, &threads, &control, |event| -> Result<(), ExportError> {
        match event {
            RunEvent::Step(kind, record) => {
                run_folder.record(kind, &record)?;
                progress.step(kind, &record);
                history.push(kind, record);
            }
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
    errors.extend(run_folder.finish(&weights).err().into_iter().flatten().map(LeftUndone::from));

    if history.networks().iter().any(|network| network.last_step().is_some()) {
        errors.extend(leave_charts(out).err());
    }

    let text = summary::summary(&plan, &history, &results, out);
    io::stdout().write_all(text.as_bytes())?;
    exit_code(&control, &results, &errors)
}

/// The first Ctrl-C asks the run to stop and keep what it has; the second quits at once.
fn stop_at_ctrl_c(control: &Control) -> Result<(), Failure> {
    let control = control.clone();
    ctrlc::set_handler(move || {
        if control.stop_requested() {
            std::process::exit(INTERRUPTED.into());
        }
        control.request_stop();
    })
    .map_err(|error| Failure::failed(&format!("cannot listen for Ctrl-C: {error}")))
}

/// Draws every figure of the finished run and writes its report.
fn leave_charts(out: &Path) -> Result<(), LeftUndone> {
    let runs = [SavedRun::read(out)?];
    let language = Language::of_the_system();
    let text = Text::of(language);
    let gallery = Gallery::of(&runs, &FIGURES.iter().collect::<Vec<_>>(), text);
    let look = Look { caption: Some(runs[0].caption(text)), ..Look::new(language) };
    let formats = [PictureFormat::Svg, PictureFormat::Png];
    gallery.write(&Files { folder: &out.join(CHARTS), formats: &formats, look: &look, scale: 1.0 })?;
    write_whole(&out.join(REPORT), report(&runs, &gallery, language).as_bytes())?;
    Ok(())
}

/// What the run folder should have and has not.
#[derive(Debug, thiserror::Error)]
enum LeftUndone {
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
    Ok(match (failed, control.stop_requested()) {
        (true, _) => ExitCode::from(FAILED),
        (false, true) => ExitCode::from(INTERRUPTED),
        (false, false) => ExitCode::SUCCESS,
    })
}
