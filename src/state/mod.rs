//! What the program knows while its window is open, and every command a person can give; without a toolkit.
//!
//! [`State`] is all of it. Views read it and give back [`Command`]s; [`State::apply`] does them, and returns as [`Effect`]s what only the
//! window can do. Menus, keys and the palette offer the same [`ACTIONS`].

mod focus;
mod within;
mod settings;
mod settings_file;
mod notice;
mod command;
mod cuts;
mod view;
mod job;
mod playback;
mod draft;
mod tempo;
mod run;
mod seats;
mod costs;
mod retired;
mod view_keys;
mod building;
mod images;
mod kept;
mod compare;
mod playing;
mod motion;
mod presenting;
mod looking;
mod watching;
mod own;
mod cutting;
mod everything;
mod keeping;
mod opening;
mod exporting;
mod exercise;
mod telling;
mod apply;
mod poll;
mod action;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

pub use crate::drawing::Wires;
pub use action::{ACTIONS, Action};
pub use command::{Ask, Command, Cut, Effect, Picture, TableFormat};
pub use compare::{MOST_PINNED, Pinned, compared, step_of};
pub use costs::{Comparison, Costs};
pub use cuts::Cutting;
pub use draft::Draft;
pub use exercise::Exercise;
pub use focus::Focus;
pub use images::Found;
use images::Looking;
pub use job::Job;
use job::Work;
pub use kept::{End, KeptRuns};
pub use notice::{Notice, NoticeKind};
pub use playback::Playback;
pub use run::{Motion, Phase, Run, RunId};
pub use seats::{Room, Split};
pub use settings::{MOST_SEATS, Panels, Settings, Shares, ThemeChoice, WindowPlace};
pub use settings_file::{SettingsError, SettingsFile};
pub use view::{Drawer, PathQuestion, View};
pub use view_keys::check_view;
pub use within::Within;

use playing::Beginning;
use retired::Retired;

use crate::chart::Subject;
use crate::config::LoadedConfig;
use crate::exercise::Scores;
use crate::text::Text;
use crate::training::Threads;

/// Everything the program knows.
pub struct State {
    /// What is kept between starts.
    pub settings: Settings,
    /// What is being built.
    pub draft: Draft,
    /// What is training, or was; nothing before the first run.
    pub run: Option<Run>,
    /// Runs that another took the place of.
    pub kept: KeptRuns,
    /// Seeds whose runs are to follow when this one has ended.
    pub(crate) seeds: VecDeque<u64>,
    /// Runs that were begun since the window was opened.
    begun: usize,
    /// What is looked at, and how.
    pub view: View,
    /// How this run and those to come are to go on.
    pub playback: Playback,
    /// What the person is told, oldest first.
    pub notices: Vec<Notice>,
    /// What goes on beside the window.
    pub jobs: Vec<Job>,
    /// Numbers are asked for before they are shown; nothing outside that mode.
    pub exercise: Option<Exercise>,
    scores: Scores,
    /// Questions that were asked since the window was opened.
    questions: u64,
    /// Which of them was the first of the kinds that are asked now.
    first_question: u64,
    /// Kinds of question that are not asked, by their ids.
    left_out: BTreeSet<&'static str>,
    threads: Threads,
    retired: Retired,
    works: Vec<Work>,
    /// A look at the draft's images that goes on.
    looking: Option<Looking>,
    /// What was found last.
    found: Option<Found>,
    /// How a run is to begin once it is known what there is to learn from.
    begins_when_found: Option<Beginning>,
    /// What the window is to do, in order.
    effects: Vec<Effect>,
    /// One's own pictures of a run that was left, until the next has its images.
    own: Vec<Arc<[u8]>>,
    /// The own picture that is being drawn.
    drawn: Option<usize>,
    /// The last number that a run, a notice or a job was given.
    last_number: u64,
    /// Called from training's threads when there is something new.
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl State {
    /// A state with a configuration, whose view was [checked](check_view), and nothing trained. `wake` is called from other threads when [`State::poll`] has something to do.
    pub fn new(settings: Settings, loaded: LoadedConfig, threads: Threads, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (view, table) = (View::new(&settings), loaded.view.clone());
        let mut state = Self {
            settings,
            draft: Draft::new(loaded),
            run: None,
            kept: KeptRuns::default(),
            seeds: VecDeque::new(),
            begun: 0,
            view,
            playback: Playback::default(),
            notices: Vec::new(),
            jobs: Vec::new(),
            exercise: None,
            scores: Scores::default(),
            questions: 0,
            first_question: 0,
            left_out: BTreeSet::new(),
            threads,
            wake,
            retired: Retired::default(),
            works: Vec::new(),
            looking: None,
            found: None,
            begins_when_found: None,
            own: Vec::new(),
            drawn: None,
            effects: Vec::new(),
            last_number: 0,
        };
        state.look_at_images();
        state.take_view(&table);
        state
    }

    /// The words of the language that is set.
    pub fn text(&self) -> &'static Text {
        Text::of(self.settings.language)
    }

    /// Whether the draft's networks, data or training differ from what the run has, so that applying would start afresh.
    pub fn pending(&self) -> bool {
        match (&self.run, &self.draft.plan) {
            (Some(run), Ok(plan)) => run.differs_from(plan),
            (Some(_), Err(_)) => true,
            (None, _) => false,
        }
    }

    /// What figures of structure show: the draft while it differs from the run, so that every slider is seen to act, else the run.
    pub fn built(&self) -> Option<Subject<'_>> {
        match (&self.run, &self.draft.plan) {
            (Some(run), _) if !self.pending() => Some(run.subject()),
            (_, Ok(plan)) => {
                Some(Subject { config: &plan.config, networks: &plan.networks, history: None, at: None, cuts: &[] })
            }
            (Some(run), Err(_)) => Some(run.subject()),
            (None, Err(_)) => None,
        }
    }

    /// The figure that keys and menus mean: the one that fills the centre, is selected, was last asked for, or stands first.
    pub fn figure_at_hand(&self) -> Option<&'static str> {
        match (self.view.maximised, self.view.selected, self.view.figure) {
            (Some(figure), _, _) | (None, Some(Focus::Figure(figure)), _) | (None, _, Some(figure)) => Some(figure),
            (None, _, None) => self.seated().first().map(|figure| figure.id),
        }
    }

    /// What figures of training show: the run at the moment looked at.
    pub fn trained(&self) -> Option<Subject<'_>> {
        self.run.as_ref().map(Run::subject)
    }
}

impl Drop for State {
    /// Ends training without waiting for a long step.
    fn drop(&mut self) {
        let runs = self.kept.iter_mut().chain(&mut self.run);
        let live: Vec<_> = runs.filter_map(|run| run.live.take()).collect();
        self.retired.extend(live);
    }
}
