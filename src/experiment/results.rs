//! The tables of an experiment: a row for each run, a row for each cell.

use super::claim::alone;
use super::description::{Experiment, Measure};
use super::folder::{Folder, FolderError};
use super::outcome::Outcome;
use super::summary::{Range, Summary};
use super::trial::Trial;
use crate::export::write_whole;

/// Every run that is made, in the order of trials.
///
/// # Panics
///
/// Never: memory takes any table.
pub fn results_to_csv(experiment: &Experiment, trials: &[Trial], outcomes: &[Option<Outcome>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let axes = experiment.axes.iter().map(|axis| axis.name.as_str());
    let before = ["id", "status", "network", "seed"];
    let after = [
        "parameters",
        "multiply_adds",
        "depth",
        "steps",
        "final_loss",
        "final_accuracy",
        "best_loss",
        "best_accuracy",
        "train_loss",
        "train_accuracy",
        "gap",
        "stem_gradient_start",
        "stem_gradient",
        "seconds",
    ];
    writer.write_record(before.into_iter().chain(axes).chain(after)).expect("memory takes any table");
    for (trial, outcome) in trials.iter().zip(outcomes) {
        let Some(outcome) = outcome else { continue };
        let network = trial.architecture();
        let mut row = vec![
            trial.id.clone(),
            outcome.status().name().to_owned(),
            trial.network.name().to_owned(),
            trial.seed.to_string(),
        ];
        row.extend(experiment.axes.iter().zip(&trial.place).map(|(axis, &at)| axis.values[at].name.clone()));
        row.extend([network.parameters(), network.multiply_adds()].map(|count| count.to_string()));
        row.extend([network.depth().total(), outcome.steps].map(|count| count.to_string()));
        let numbers = [
            outcome.final_loss,
            outcome.final_accuracy,
            outcome.best_loss,
            outcome.best_accuracy,
            outcome.train_loss,
            outcome.train_accuracy,
            outcome.gap,
            outcome.stem_gradient_start,
            outcome.stem_gradient,
            Some(outcome.seconds),
        ];
        row.extend(numbers.map(or_nothing));
        writer.write_record(row).expect("memory takes any table");
    }
    finished(writer)
}

/// Every cell: how many runs it has, and mean, lowest and highest of each measure.
///
/// # Panics
///
/// Never: memory takes any table.
pub fn summary_to_csv(experiment: &Experiment, summary: &Summary) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut header: Vec<String> = vec!["network".to_owned()];
    header.extend(experiment.axes.iter().map(|axis| axis.name.clone()));
    header.extend(["parameters", "multiply_adds", "depth", "seeds", "diverged", "failed"].map(str::to_owned));
    for name in Measure::WORDS.iter().copied().chain(["seconds"]) {
        header.extend(["mean", "low", "high"].map(|end| format!("{name}_{end}")));
    }
    writer.write_record(&header).expect("memory takes any table");
    for cell in &summary.cells {
        let mut row = vec![cell.network.name().to_owned()];
        row.extend(experiment.axes.iter().zip(&cell.place).map(|(axis, &at)| axis.values[at].name.clone()));
        row.extend([cell.parameters, cell.multiply_adds].map(|count| count.to_string()));
        row.extend([cell.depth, cell.finished, cell.diverged, cell.failed].map(|count| count.to_string()));
        for range in Measure::ALL.map(|measure| cell.range(measure)).into_iter().chain([cell.seconds]) {
            let part = |part: fn(&Range) -> f64| or_nothing(range.as_ref().map(part));
            row.extend([part(|range| range.mean), part(|range| range.low), part(|range| range.high)]);
        }
        writer.write_record(row).expect("memory takes any table");
    }
    finished(writer)
}

fn or_nothing(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn finished(writer: csv::Writer<Vec<u8>>) -> String {
    String::from_utf8(writer.into_inner().expect("memory takes any table")).expect("numbers and words are text")
}

/// Reads what is made, writes both tables, and gives them to `then` for what else follows from them; alone, so that of several
/// processes the last to come has the last word.
///
/// # Errors
///
/// What the system refused, or `then` returned.
pub fn write_results<E: From<FolderError>>(
    folder: &Folder,
    experiment: &Experiment,
    trials: &[Trial],
    then: impl FnOnce(&[Option<Outcome>], &Summary) -> Result<(), E>,
) -> Result<Summary, E> {
    let lock = alone(&folder.path().join("results.lock"))?;
    // A damaged row is no result; the next to make runs makes it again.
    let outcomes: Vec<Option<Outcome>> = trials.iter().map(|trial| folder.outcome(trial).unwrap_or_default()).collect();
    let summary = Summary::of(trials, &outcomes);
    let write = |name: &str, table: String| write_whole(&folder.path().join(name), table.as_bytes());
    write("results.csv", results_to_csv(experiment, trials, &outcomes)).map_err(FolderError::from)?;
    write("summary.csv", summary_to_csv(experiment, &summary)).map_err(FolderError::from)?;
    then(&outcomes, &summary)?;
    drop(lock);
    Ok(summary)
}
