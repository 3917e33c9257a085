//! Commands that change the draft.

use std::path::Path;

use super::State;
use super::apply::with_extension;
use super::command::Effect;
use super::draft::Draft;
use super::notice::NoticeKind;
use super::view_keys::check_view;
use crate::arch::Preset;
use crate::chart::GradientMeasure;
use crate::config::{Field, LoadedConfig, Value, fields};
use crate::export::write_whole;
use crate::text::Localized as _;

impl State {
    /// Gives a setting of the draft a value; the learning rate is the only one that acts on a run that goes on.
    pub(super) fn set(&mut self, field: &'static Field, value: Value) {
        self.draft.set(field, value);
        if *field == fields::LEARNING_RATE && self.draft.problem(field).is_none() {
            self.pass_on_learning_rate();
        }
    }

    /// The draft's learning rate acts on the run from its next step on.
    fn pass_on_learning_rate(&mut self) {
        let rate = self.draft.config().training.learning_rate;
        if let Some(run) = self.run.as_mut().filter(|run| run.learning_rate != rate) {
            run.set_learning_rate(rate);
        }
    }

    /// Takes a preset, and shows the gradient by what its sentence speaks of.
    pub(super) fn take_preset(&mut self, name: &'static str) {
        self.draft.take_preset(name);
        if Preset::named(name).is_some_and(|preset| preset.shows_activations) {
            self.view.options.gradient = GradientMeasure::Activation;
        }
        if !self.pending() {
            self.pass_on_learning_rate();
        }
    }

    /// Makes the draft what the run was made from.
    pub(super) fn revert(&mut self) {
        if let Some(run) = &self.run {
            let mut loaded = run.loaded.clone();
            loaded.config.training.learning_rate = run.learning_rate;
            self.draft = Draft::new(loaded).knowing(&self.draft);
        }
    }

    /// Opens a configuration file as the draft.
    pub(super) fn open(&mut self, path: &Path) {
        let read = LoadedConfig::read(path).and_then(|loaded| {
            check_view(&loaded.view)?;
            Ok(loaded)
        });
        match read {
            Ok(loaded) => {
                self.take_loaded(loaded);
                self.say(NoticeKind::Done, "notice.opened", &[("path", &path.display())]);
            }
            Err(error) => self.say(NoticeKind::Error, "notice.not_opened", &[("why", &error.in_words(self.text()))]),
        }
    }

    /// Makes a configuration, whose view was checked, the draft, and looks at it as it says.
    fn take_loaded(&mut self, loaded: LoadedConfig) {
        let view = loaded.view.clone();
        self.draft = Draft::new(loaded).knowing(&self.draft);
        if !self.pending() {
            self.pass_on_learning_rate();
        }
        self.take_view(&view);
    }

    /// Takes a line of settings in the place of the draft.
    pub(super) fn paste(&mut self, line: &str) {
        let read = LoadedConfig::parse_line(line).and_then(|loaded| {
            check_view(&loaded.view)?;
            Ok(loaded)
        });
        match read {
            Ok(loaded) => {
                self.take_loaded(loaded);
                self.say(NoticeKind::Done, "notice.pasted", &[]);
            }
            Err(problems) => {
                let why = problems.in_words(self.text());
                self.say(NoticeKind::Error, "notice.not_pasted", &[("why", &why)]);
            }
        }
    }

    /// Puts the draft and how it is looked at on the clipboard, on one line.
    pub(super) fn copy_line(&mut self) {
        if let Some(problem) = self.draft.refused() {
            let why = problem.in_words(self.text());
            self.say(NoticeKind::Error, "notice.not_copied", &[("why", &why)]);
            return;
        }
        let line = self.to_line();
        self.say(NoticeKind::Done, "notice.copied_line", &[("line", &line)]);
        self.effects.push(Effect::CopyText(line));
    }

    /// Saves the draft, unless something in it cannot be.
    pub(super) fn save(&mut self, path: &Path) {
        let path = with_extension(path.to_owned(), "toml");
        if let Some(problem) = self.draft.refused() {
            let why = problem.in_words(self.text());
            self.say(NoticeKind::Error, "notice.not_saved", &[("why", &why)]);
            return;
        }
        match write_whole(&path, self.to_toml().as_bytes()) {
            Ok(()) => self.say(NoticeKind::Done, "notice.saved", &[("path", &path.display())]),
            Err(error) => self.say(NoticeKind::Error, "notice.not_saved", &[("why", &error.in_words(self.text()))]),
        }
    }
}
