//! `densescope experiment`

mod arguments;
mod progress;

use std::io::{self, Write as _};
use std::process::ExitCode;

pub(super) use arguments::ExperimentArguments;
use arguments::{ExperimentCommand, Part, RunArguments, Which};

use super::failure::{Failure, INTERRUPTED, warn};
use super::table::grouped;
use crate::experiment::{
    Answer, BUILT_IN, Experiment, Folder, FolderError, Making, Outcome, Stop, Summary, Trial, Verdict, chart, estimate,
    make, page, write_results,
};
use crate::export::picture::Look;
use crate::export::{CHARTS, ExportError, Files, Gallery, PictureFormat, REPORT, write_whole};
use crate::text::{Language, Text};
use crate::training::Threads;
use progress::Progress;

pub(super) fn experiment(arguments: &ExperimentArguments) -> Result<ExitCode, Failure> {
    match &arguments.command {
        ExperimentCommand::List { lang } => list(lang.chosen()),
        ExperimentCommand::Show { which, lang } => show(which, lang.chosen()),
        ExperimentCommand::Run(arguments) => run(arguments),
    }
}

fn list(language: Language) -> Result<ExitCode, Failure> {
    let width = BUILT_IN.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut stdout = io::stdout().lock();
    for (name, _) in BUILT_IN {
        let experiment = Experiment::open(name, false)?;
        writeln!(stdout, "{name:width$}  {}", experiment.question.say(language))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn open(which: &Which) -> Result<(Experiment, Vec<Trial>), Failure> {
    let mut experiment = Experiment::open(&which.name, which.quick)?;
    if let Some(count) = which.seeds {
        experiment.seeds = (1..=u64::from(count)).collect();
    }
    let trials = experiment.trials()?;
    Ok((experiment, trials))
}

fn jobs(which: &Which) -> usize {
    which.jobs.map_or_else(Threads::per_core, usize::from)
}

fn show(which: &Which, language: Language) -> Result<ExitCode, Failure> {
    let (experiment, trials) = open(which)?;
    let jobs = jobs(which);
    let seconds = estimate(&trials)?.total(jobs);
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}\n", experiment.question.say(language))?;
    let text = Text::of(language);
    let mut sentences = vec![
        text.fill("experiment.report.yes", &[("what", &experiment.yes.say(language))]),
        text.fill("experiment.report.no", &[("what", &experiment.no.say(language))]),
    ];
    sentences.extend(
        experiment.paper.as_ref().map(|paper| text.fill("experiment.report.paper", &[("what", &paper.say(language))])),
    );
    for sentence in sentences {
        writeln!(stdout, "{sentence}")?;
    }
    let networks: Vec<&str> = experiment.networks.iter().map(|kind| text.say(kind.text_key())).collect();
    writeln!(stdout, "\n{}", text.fill("experiment.show.networks", &[("networks", &networks.join(", "))]))?;
    for axis in &experiment.axes {
        let values: Vec<&str> = axis.values.iter().map(|value| value.name.as_str()).collect();
        writeln!(stdout, "{} = {}", axis.name, values.join(", "))?;
    }
    let seeds: Vec<String> = experiment.seeds.iter().map(ToString::to_string).collect();
    writeln!(stdout, "{}", text.fill("experiment.show.seeds", &[("seeds", &seeds.join(", "))]))?;
    writeln!(
        stdout,
        "{}",
        text.fill(
            "experiment.show.time",
            &[("runs", &grouped(trials.len() as u64)), ("minutes", &minutes(seconds, text)), ("jobs", &jobs)]
        )
    )?;
    Ok(ExitCode::SUCCESS)
}

fn minutes(seconds: f64, text: &Text) -> String {
    if seconds < 90.0 {
        text.fill("experiment.show.seconds", &[("count", &seconds.ceil())])
    } else {
        text.fill("experiment.show.minutes", &[("count", &(seconds / 60.0).ceil())])
    }
}

fn run(arguments: &RunArguments) -> Result<ExitCode, Failure> {
    let RunArguments { which, out, only, list, lang } = arguments;
    let (experiment, trials) = open(which)?;
    let folder = Folder::open(out, &experiment)?;
    let wanted: Vec<Trial> = match only {
        None => trials.clone(),
        Some(Part { part, of }) => trials.iter().skip(part - 1).step_by(*of).cloned().collect(),
    };
    if *list {
        return print_commands(arguments, &trials, &folder);
    }
    let stop = Stop::default();
    let at_ctrl_c = stop.clone();
    ctrlc::set_handler(move || {
        if at_ctrl_c.requested() {
            std::process::exit(INTERRUPTED.into());
        }
        at_ctrl_c.request();
    })
    .map_err(|error| Failure::failed(&format!("cannot listen for Ctrl-C: {error}")))?;

    let jobs = jobs(which);
    let seconds = estimate(&missing(&wanted, &folder))?.total(jobs);
    let progress = Progress::new(&wanted, &folder, seconds);
    let making = Making { trials: &wanted, folder: &folder, jobs, background: false, stop: &stop };
    let outcome = make(&making, &|event| progress.take(event));
    progress.close();
    let text = Text::of(lang.chosen());
    let summary = write_results(&folder, &experiment, &trials, |outcomes, summary| {
        write_pictures(&folder, &experiment, (&trials, outcomes), summary, text).map_err(Failure::from)
    })?;
    outcome?;
    let Verdict { answer, sentences } = Verdict::of(&experiment, &summary, text);
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}\n{}", experiment.question.say(text.language()), answer.say(text))?;
    for sentence in sentences {
        writeln!(stdout, "  {sentence}")?;
    }
    writeln!(stdout, "{}", text.fill("experiment.show.done", &[("folder", &folder.path().display())]))?;
    if answer == Answer::Unknown && summary.made < summary.wanted && only.is_none() {
        warn("too few runs are made for a verdict; the same command goes on with what is missing");
    }
    Ok(if stop.requested() { ExitCode::from(INTERRUPTED) } else { ExitCode::SUCCESS })
}

/// Those that are not made yet.
fn missing(trials: &[Trial], folder: &Folder) -> Vec<Trial> {
    trials.iter().filter(|trial| !matches!(folder.outcome(trial), Ok(Some(_)))).cloned().collect()
}

/// One command for each run that is missing.
fn print_commands(arguments: &RunArguments, trials: &[Trial], folder: &Folder) -> Result<ExitCode, Failure> {
    let RunArguments { which, out, only, .. } = arguments;
    let program = std::env::current_exe().map_or_else(|_| "densescope".to_owned(), |path| path.display().to_string());
    let quoted = |word: &str| format!("'{}'", word.replace('\'', "'\\''"));
    let mut stdout = io::stdout().lock();
    for (index, trial) in trials.iter().enumerate() {
        let of_part = only.is_none_or(|Part { part, of }| index % of == part - 1);
        if !of_part || matches!(folder.outcome(trial), Ok(Some(_))) {
            continue;
        }
        let quick = if which.quick { " --quick" } else { "" };
        let seeds = which.seeds.map_or_else(String::new, |seeds| format!(" --seeds {seeds}"));
        let (part, of) = (index + 1, trials.len());
        writeln!(
            stdout,
            "{} experiment run {}{quick}{seeds} --out {} --only {part}/{of} --jobs 1",
            quoted(&program),
            quoted(&which.name),
            quoted(&out.display().to_string()),
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Charts and the page.
fn write_pictures(
    folder: &Folder,
    experiment: &Experiment,
    (trials, outcomes): (&[Trial], &[Option<Outcome>]),
    summary: &Summary,
    text: &Text,
) -> Result<(), FolderError> {
    let chart = chart(experiment, trials, outcomes, summary, text);
    let report = page(experiment, summary, &chart, text);
    let gallery = Gallery { charts: vec![chart], ..Gallery::default() };
    let formats = PictureFormat::ALL;
    let look = Look { caption: Some(experiment.name.clone()), ..Look::new(text.language()) };
    let write = || -> Result<(), ExportError> {
        gallery.write(
            &Files { folder: &folder.path().join(CHARTS), formats: &formats, look: &look, scale: 1.0 },
            &|| true,
        )?;
        write_whole(&folder.path().join(REPORT), report.as_bytes())
    };
    Ok(write()?)
}
