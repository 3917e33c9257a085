//! A run folder as a run that is watched: what it holds is told as if it were being trained, and what is added is told as it comes.
//!
//! Tables are read where they lie, through the files that were opened at first, so that renaming them at the end of the run changes nothing here.
//! A run that was ended and goes on has its last steps cut off its tables and written again; that is noticed by their length, their place on the disk and the
//! last line that was read, and all is read anew. Weights are read when somebody looks at feature maps.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::checkpoint::{self, moments, weights_at};
use super::form::WEIGHTS;
use super::saved_run::{Next, RunError, SavedRun, Tables, rests_in};
use super::table::is_written;
use crate::arch::{Architecture, Cuts, NetworkKind, Part};
use crate::config::{Plan, RunConfig};
use crate::data::{DataSet, load};
use crate::model::weights::TensorFile;
use crate::training::{Control, Ending, Gone, Live, LiveEvent, News, RunFailure, Still, Teller, Threads};

/// Steps that are told at once.
const AT_ONCE: usize = 500;
/// The time between two looks at a run that is being written, and at one that is not.
const PAUSES: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(600)];
/// How often a run that is being written is read anew because something in it cannot be.
const MOST_TRIES: usize = 5;
/// Events that wait to be read.
const WAITING: usize = 8;

/// A run folder that is watched.
pub struct Followed {
    /// The folder.
    pub path: PathBuf,
    /// How it was set up, with its networks.
    pub plan: Plan,
    /// What its folder tells. The first events are of steps; `Read` comes when all that is there was told.
    pub live: Live,
}

impl Followed {
    /// Opens a run folder and begins to read it on a thread of its own. `wake` is called after each event, from there.
    ///
    /// # Errors
    ///
    /// When it is none, or its configuration cannot be; what is wrong with its tables comes as an event.
    ///
    /// # Panics
    ///
    /// Never: a configuration has at least one network.
    pub fn open(path: &Path, threads: Threads, wake: impl Fn() + Send + Sync + 'static) -> Result<Self, RunError> {
        let (config, networks) = SavedRun::head(path)?;
        let input = networks.first().expect("a configuration has at least one network").input;
        let plan = Plan { config, input, networks };
        let follower = Follower { path: path.to_owned(), plan: plan.clone(), threads };
        let live = Live::told(WAITING, wake, move |teller, control| follower.follow(teller, control));
        Ok(Self { path: path.to_owned(), plan, live })
    }
}

struct Follower {
    path: PathBuf,
    plan: Plan,
    threads: Threads,
}

/// Why a reading of the tables ended.
enum After {
    /// They are others than those that were begun, or were cut.
    Changed,
    /// The folder is gone, or is that of another run.
    Left,
}

impl Follower {
    /// Tells all there is and all that comes, until the run is left.
    fn follow(&self, teller: &dyn Teller, control: &Control) -> Result<Option<RunFailure>, Gone> {
        let mut shown = Shown::default();
        let mut tries = 0;
        loop {
            match self.read(&mut shown, &mut tries, teller, control)? {
                Ok(After::Left) => {
                    teller.tell(LiveEvent::Left)?;
                    return Ok(None);
                }
                Ok(After::Changed) => {}
                // Whoever writes may have cut the tables while they were read; what is damaged is so again.
                Err(_) if tries < MOST_TRIES && is_written(&self.path) => {
                    tries += 1;
                    self.wait(&mut shown, false, teller, control)?;
                }
                Err(error) => return Ok(Some(RunFailure::Unreadable(error.to_string()))),
            }
            teller.tell(LiveEvent::Again)?;
        }
    }

    fn read(
        &self,
        shown: &mut Shown,
        tries: &mut usize,
        teller: &dyn Teller,
        control: &Control,
    ) -> Result<Result<After, RunError>, Gone> {
        let mut tables = match Tables::open(&self.path, &self.plan.networks, self.plan.config.training.batch) {
            Ok(tables) => tables,
            Err(error) => return Ok(Err(error)),
        };
        let mut told_end = false;
        loop {
            let mut steps = Vec::new();
            let end = loop {
                let mark = tables.mark();
                match tables.next() {
                    Ok(Next::Record(kind, record)) => steps.push((kind, record)),
                    Ok(Next::End | Next::Uneven) => break Some(Ok(mark)),
                    Err(error) => break Some(Err(error)),
                }
                if steps.len() >= AT_ONCE {
                    break None;
                }
            };
            let news = !steps.is_empty();
            if news {
                teller.tell(LiveEvent::Steps(steps))?;
            }
            let mark = match end {
                None => continue,
                Some(Ok(mark)) => mark,
                Some(Err(error)) => return Ok(Err(error)),
            };
            if news && told_end {
                return Ok(Ok(After::Changed)); // it goes on, and ends once more
            }
            *tries = 0;
            let written = is_written(&self.path);
            if !written && !told_end {
                for event in self.endings(&tables) {
                    teller.tell(event)?;
                }
                teller.tell(LiveEvent::Read)?;
                told_end = true;
            }
            shown.ends = rests_in(&self.path).then(|| tables.last_step());
            self.wait(shown, !written, teller, control)?;
            match tables.look_again(&self.path, mark) {
                Ok(true) if told_end && is_written(&self.path) => return Ok(Ok(After::Changed)),
                Ok(true) => {}
                Ok(false) => return Ok(Ok(self.after())),
                Err(error) => return Ok(Err(error)),
            }
        }
    }

    /// What became of the folder whose tables are no longer those that were read.
    fn after(&self) -> After {
        match SavedRun::head(&self.path) {
            Ok((config, networks))
                if config_but_for_steps(&config) == config_but_for_steps(&self.plan.config)
                    && networks == self.plan.networks =>
            {
                After::Changed
            }
            Ok(_) | Err(_) => After::Left,
        }
    }

    /// How each network of a run that rests had ended.
    fn endings(&self, tables: &Tables<'_>) -> Vec<LiveEvent> {
        let saved = checkpoint::read(&self.path).ok().flatten();
        let ending = |(network, last): (&Architecture, &usize)| {
            let kept = saved.iter().flat_map(|saved| &saved.networks).find(|kept| kept.network == network.kind);
            let ending = match kept.and_then(|kept| kept.divergence) {
                Some(divergence) => Ending::Diverged(divergence),
                None if *last >= self.plan.config.training.steps => Ending::Finished,
                None => Ending::Stopped,
            };
            LiveEvent::Ended(network.kind, ending)
        };
        self.plan.networks.iter().zip(tables.last_steps()).map(ending).collect()
    }

    /// Waits until it is time to look at the folder again, and shows meanwhile what is looked at.
    fn wait(&self, shown: &mut Shown, rests: bool, teller: &dyn Teller, control: &Control) -> Result<(), Gone> {
        let until = Instant::now() + PAUSES[usize::from(rests)];
        loop {
            self.show(shown, teller, control)?; // there may be newer weights
            match control.news_until(until, shown.look.as_ref().map(|look| look.number)) {
                News::Stop => return Err(Gone),
                News::Nothing => return Ok(()),
                News::Watched { image, inside, cuts, at, number } => {
                    shown.look = Some(Look { image, inside, cuts, at, number });
                }
            }
        }
    }

    /// Tells what the networks make of the image that is looked at, with the weights of the moment, unless that was told.
    fn show(&self, shown: &mut Shown, teller: &dyn Teller, control: &Control) -> Result<(), Gone> {
        let Some(Look { image: Some(image), inside, cuts, at, number: _ }) = shown.look.clone() else { return Ok(()) };
        let end = shown.ends.filter(|last| at.is_none_or(|step| step >= *last));
        let moment = end.unwrap_or_else(|| self.moment(at));
        let seen = (image, inside, cuts.clone(), moment);
        if shown.last.as_ref() == Some(&seen) {
            return Ok(());
        }
        shown.last = Some(seen);
        let Some(images) = self.images(shown, teller)? else { return Ok(()) };
        for architecture in &self.plan.networks {
            let file = match (end, moment) {
                (Some(_), _) => Some(self.path.join(WEIGHTS).join(format!("{}.safetensors", architecture.kind))),
                (None, 0) => None,
                (None, moment) => Some(weights_at(&self.path, moment, architecture.kind)),
            };
            let weights = match file.map(|file| TensorFile::read(&file)).transpose() {
                Ok(weights) => weights,
                Err(error) => {
                    teller.tell(LiveEvent::Unreadable(error.to_string()))?;
                    continue;
                }
            };
            match Still::load(architecture, &self.plan.config, &self.threads, weights.as_ref(), moment) {
                Ok(still) => {
                    let (cuts, goes_on) = (cuts.get(&architecture.kind), || !control.stop_requested());
                    if let Some(glance) = still.glance_cut(&images, (image, inside), cuts, goes_on) {
                        teller.tell(LiveEvent::Glance(architecture.kind, glance))?;
                    }
                }
                Err(error) => teller.tell(LiveEvent::Unreadable(error.to_string()))?,
            }
        }
        Ok(())
    }

    /// The last step not after this one of which weights were kept; 0 are those that follow from the seed.
    fn moment(&self, at: Option<usize>) -> usize {
        let kept = moments(&self.path).into_iter();
        kept.filter(|moment| at.is_none_or(|at| *moment <= at)).max().unwrap_or(0)
    }

    /// The images, which are loaded when they are needed.
    fn images(&self, shown: &mut Shown, teller: &dyn Teller) -> Result<Option<Arc<DataSet>>, Gone> {
        if matches!(shown.images, Images::Unasked) {
            let data = &self.plan.config.data;
            shown.images = match load(data, data.train, data.validation, self.plan.config.seed) {
                Ok(images) => {
                    let images = Arc::new(images);
                    teller.tell(LiveEvent::Loaded(Arc::clone(&images)))?;
                    Images::Loaded(images)
                }
                Err(error) => {
                    teller.tell(LiveEvent::Unreadable(error.to_string()))?;
                    Images::Missing
                }
            };
        }
        Ok(match &shown.images {
            Images::Loaded(images) => Some(Arc::clone(images)),
            Images::Unasked | Images::Missing => None,
        })
    }
}

/// The images of a run, which are loaded when somebody looks at one.
#[derive(Default)]
enum Images {
    /// Nobody did yet.
    #[default]
    Unasked,
    /// They are there.
    Loaded(Arc<DataSet>),
    /// They cannot be loaded, which was told.
    Missing,
}

/// The links that are cut in each network.
type LinksCut = BTreeMap<NetworkKind, Cuts>;

/// What is looked at.
#[derive(Clone)]
struct Look {
    image: Option<usize>,
    inside: Option<Part>,
    /// The links that are cut in each network.
    cuts: LinksCut,
    /// The step; nothing is the newest.
    at: Option<usize>,
    /// Counts what was asked for.
    number: u64,
}

/// What is looked at, and what was shown of it.
#[derive(Default)]
struct Shown {
    images: Images,
    /// The last step of a run that has its weights of the end.
    ends: Option<usize>,
    look: Option<Look>,
    /// The image that was shown last, the layer that was looked into, the links that were cut, and the moment whose weights were.
    last: Option<(usize, Option<Part>, LinksCut, usize)>,
}

fn config_but_for_steps(config: &RunConfig) -> RunConfig {
    let mut config = config.clone();
    config.training.steps = 0;
    config
}

/// Whether there is a run folder under that path.
pub fn is_run_folder(path: &Path) -> bool {
    fs::metadata(path.join(super::form::RUN)).is_ok_and(|file| file.is_file())
}
