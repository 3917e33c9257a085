//! Where a run begins: in a new folder with fresh weights, or in the folder of a run that goes on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::arguments::TrainArguments;
use crate::cli::failure::{Failure, note, warn};
use crate::cli::loading::{self, watched};
use crate::config::{LoadedConfig, Origin, Plan, Problems, Value, fields};
use crate::data::{DataSet, describe_watched, load_watched};
use crate::export::{OutputFolder, RunFolder, SavedRun, StoppedRun};
use crate::telemetry::History;
use crate::training::{Checkpoint, MisfitError, Start, Stretch, check_given, check_memory};

/// Bytes of history kept for the summary; files have all of it.
const HISTORY: usize = 1 << 20;

/// Everything that a run needs.
pub(super) struct Beginning {
    pub(super) plan: Plan,
    pub(super) images: Arc<DataSet>,
    pub(super) start: Start,
    pub(super) out: PathBuf,
    pub(super) folder: RunFolder,
    pub(super) history: History,
}

impl Beginning {
    /// Finds everything, and writes nothing before all is there.
    pub(super) fn of(arguments: &TrainArguments) -> Result<Self, Failure> {
        match (&arguments.resume, &arguments.out) {
            (Some(path), _) => Self::going_on(path, arguments.settings.steps),
            (None, Some(out)) => Self::afresh(&arguments.settings.load()?, out, arguments.force),
            (None, None) => Err(Failure::usage(&"found neither --out nor --resume; allowed: one of them")),
        }
    }

    fn afresh(loaded: &LoadedConfig, out: &Path, force: bool) -> Result<Self, Failure> {
        let folder = OutputFolder::check(out, force)?;
        let (plan, images) = prepared(loaded)?;
        if let Some(file) = &plan.config.training.from {
            for done in check_given(&plan)? {
                note(&format!("{}: {done}", file.display()));
            }
        }
        let mut folder = RunFolder::create(&folder, &plan.config, &plan.networks)?;
        let mut fresh = plan.networks.iter().map(|network| Checkpoint::fresh(network.kind));
        fresh.try_for_each(|checkpoint| folder.checkpoint(checkpoint))?;
        let history = History::new(&plan.config.training.networks, HISTORY);
        Ok(Self { plan, images, start: Start::fresh(), out: out.to_owned(), folder, history })
    }

    fn going_on(path: &Path, steps: Option<i64>) -> Result<Self, Failure> {
        let StoppedRun { path, mut loaded, checkpoint } = StoppedRun::read(path)?;
        let before = loaded.config.training.steps;
        if let Some(steps) = steps {
            let asked = Value::Integer(steps.into());
            let set = loaded.set(&fields::STEPS, &asked, Origin::Flag("--steps"));
            set.map_err(|problem| Failure::from(Problems(vec![problem])))?;
        }
        let Some(saved) = checkpoint else {
            eprintln!("the run was ended before its first checkpoint, and begins again");
            return Self::afresh(&loaded, &path, true);
        };
        let (plan, images) = prepared(&loaded)?;
        let start = Start::at(&plan, saved.networks.clone()).map_err(|error| match error {
            MisfitError::Steps { .. } => Failure::usage(&error),
            MisfitError::Networks { .. } | MisfitError::Tensor { .. } => Failure::failed(&error),
        })?;
        let folder = RunFolder::resume(&path, &saved, &plan.config, &plan.networks)?;
        let history = SavedRun::read(&path)?.history;
        tell(&plan, &start, before);
        Ok(Self { plan, images, start, out: path, folder, history })
    }
}

/// The plan and its images, where there is memory for them.
fn prepared(loaded: &LoadedConfig) -> Result<(Plan, Arc<DataSet>), Failure> {
    let plan = Plan::new(loaded, &watched(|loading| describe_watched(&loaded.config.data, loading))?)?;
    check_memory(&plan)?;
    for warning in plan.warnings() {
        warn(&warning.to_string());
    }
    let data = &plan.config.data;
    let images = watched(|loading| load_watched(data, data.train, data.validation, plan.config.seed, loading))?;
    loading::tell(&images.found);
    Ok((plan, Arc::new(images)))
}

/// Says where the run goes on, and what another number of steps means for its learning rate.
fn tell(plan: &Plan, start: &Start, before: usize) {
    let (training, made) = (&plan.config.training, start.step());
    if start.has_diverged() {
        eprintln!("every network has diverged, and none goes on");
        return;
    }
    if made >= training.steps {
        eprintln!("all {made} steps are made; --steps N goes on to N");
        return;
    }
    eprintln!("the run goes on after step {made} of {}", training.steps);
    if training.steps != before {
        eprintln!("{}", Stretch::new(training, made, before));
    }
}
