//! What the program knows while its window is open, and every command a person can give; without a toolkit.
//!
//! [`State`] is all of it. Views read it and give back [`Command`]s; [`State::apply`] does them, and returns as [`Effect`]s what only the
//! window can do. Menus, keys and the palette offer the same [`ACTIONS`].

mod action;
mod command;
mod draft;
mod focus;
mod notice;
mod run;
mod settings;
mod view;

use std::sync::Arc;

pub use action::{ACTIONS, Action};
pub use command::{Command, Effect};
pub use draft::Draft;
pub use focus::Focus;
pub use notice::{Notice, NoticeKind};
pub use run::{Phase, Run};
pub use settings::{Settings, ThemeChoice};
pub use view::View;

use crate::chart::Subject;
use crate::config::LoadedConfig;
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
    /// What is looked at, and how.
    pub view: View,
    /// What the person is told, oldest first.
    pub notices: Vec<Notice>,
    threads: Threads,
    /// Called from training's threads when there is something new.
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl State {
    /// A state with a configuration and nothing trained. `wake` is called from other threads when [`State::poll`] has something to do.
    pub fn new(settings: Settings, loaded: LoadedConfig, threads: Threads, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let view = View::new(&settings);
        Self { settings, draft: Draft::new(loaded), run: None, view, notices: Vec::new(), threads, wake }
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
            (_, Ok(plan)) => Some(Subject { config: &plan.config, networks: &plan.networks, history: None, at: None }),
            (Some(run), Err(_)) => Some(run.subject()),
            (None, Err(_)) => None,
        }
    }

    /// What figures of training show: the run at the moment looked at.
    pub fn trained(&self) -> Option<Subject<'_>> {
        self.run.as_ref().map(Run::subject)
    }
}
