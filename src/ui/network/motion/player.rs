//! How far the played step is, and how fast it goes. Time comes from the toolkit's input.

use std::time::Duration;

use eframe::egui::{Key, Modifiers, Ui};

use super::story::{Stage, Story};
use crate::chart::Subject;
use crate::drawing::model::Column;
use crate::state::{Motion, State, Wires};

/// Seconds of a stage at the usual speed.
const SECONDS: f32 = 1.8;
/// The usual speed.
const USUAL: usize = 2;
/// How often the drawing is shown anew while it plays.
const FRAME: Duration = Duration::from_millis(33);

/// The speeds, as multiples of the usual one.
pub(super) const SPEEDS: [(&str, f32); 6] =
    [("1/4", 0.25), ("1/2", 0.5), ("1", 1.0), ("2", 2.0), ("4", 4.0), ("8", 8.0)];

/// A step that is played, or nothing.
#[derive(Default)]
pub(in crate::ui::network) struct Player(Option<Playing>);

/// What is asked of a step that is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Go on, hold, or begin again at the end.
    PlayOrHold,
    /// So many stages further.
    Move(isize),
    /// To a stage, from 0.
    To(usize),
    /// So many speeds faster.
    Speed(isize),
}

pub(super) struct Playing {
    of: (u64, Motion),
    columns: Vec<Column>,
    pub(super) story: Story,
    pub(super) step: usize,
    /// The stage, from 0.
    pub(super) stage: usize,
    /// How much of it has been shown, 0 to 1.
    pub(super) phase: f32,
    pub(super) plays: bool,
    pub(super) speed: usize,
    /// Height that the words need at a width, by language and width.
    pub(super) words: Option<((crate::text::Language, u32), f32)>,
    /// The stage that was brought into sight.
    shown: Option<usize>,
}

impl Player {
    /// Takes up what the state has to play, and lets time pass.
    pub(in crate::ui::network) fn follow(&mut self, ui: &Ui, state: &State, built: &Subject, columns: &[Column]) {
        let Some(motion) = state.motion().filter(|_| built.history.is_some()) else {
            self.0 = None;
            return;
        };
        let of = (built.config.seed, motion);
        let speed = self.0.as_ref().map_or(USUAL, |playing| playing.speed);
        let playing = match self.0.take().filter(|playing| playing.of == of) {
            Some(same) => self.0.insert(same),
            None => self.0.insert(Playing {
                of,
                columns: columns.to_vec(),
                story: Story::new(built, motion.step, columns),
                step: motion.step,
                stage: 0,
                phase: 0.0,
                plays: true,
                speed,
                words: None,
                shown: None,
            }),
        };
        if playing.columns != columns {
            playing.fold_anew(built, columns);
        }
        playing.pass(ui.input(|input| input.stable_dt.min(0.1)));
        if playing.plays {
            ui.ctx().request_repaint_after(FRAME);
        }
        playing.keys(ui, state);
    }

    /// What is played.
    pub(super) const fn playing(&self) -> Option<&Playing> {
        self.0.as_ref()
    }

    pub(super) const fn playing_mut(&mut self) -> Option<&mut Playing> {
        self.0.as_mut()
    }

    /// What connections show meanwhile: on the way forward only that they are there.
    pub(in crate::ui::network) fn wires(&self) -> Option<Wires> {
        self.0.as_ref().map(|playing| match playing.now() {
            Stage::Forward(_) | Stage::Loss => Wires::Wiring,
            Stage::Backward(_) | Stage::Update => Wires::Gradient,
        })
    }

    /// The column that is to be brought into sight, told once.
    pub(in crate::ui::network) fn newly_shown(&mut self) -> Option<Column> {
        let playing = self.0.as_mut().filter(|playing| playing.shown != Some(playing.stage))?;
        playing.shown = Some(playing.stage);
        playing.column()
    }
}

impl Playing {
    /// The stage at hand.
    pub(super) fn now(&self) -> Stage {
        self.story.stages[self.stage]
    }

    fn column(&self) -> Option<Column> {
        match self.now() {
            Stage::Forward(column) | Stage::Backward(column) => Some(column),
            Stage::Loss => Some(Column::Classifier),
            Stage::Update => None,
        }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.stage + 1 == self.story.stages.len() && self.phase >= 1.0
    }

    /// Blocks were folded or unfolded: goes on at the same share of the stages.
    fn fold_anew(&mut self, built: &Subject, columns: &[Column]) {
        let now = self.now();
        let share = self.stage as f64 / self.story.stages.len() as f64;
        self.story = Story::new(built, self.step, columns);
        let stages = &self.story.stages;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of an index")]
        let near = (share * stages.len() as f64) as usize;
        self.stage = stages.iter().position(|stage| *stage == now).unwrap_or(near).min(stages.len() - 1);
        self.columns = columns.to_vec();
        (self.words, self.shown) = (None, None);
    }

    fn pass(&mut self, seconds: f32) {
        if !self.plays {
            return;
        }
        self.phase += seconds / SECONDS * SPEEDS[self.speed].1;
        if self.phase >= 1.0 {
            let last = self.stage + 1 == self.story.stages.len();
            if last {
                (self.phase, self.plays) = (1.0, false);
            } else {
                self.stage += 1;
                self.phase = 0.0;
            }
        }
    }

    /// Does what was wished for.
    pub(super) fn does(&mut self, wish: Wish) {
        let last = self.story.stages.len() - 1;
        match wish {
            Wish::PlayOrHold if self.is_at_end() => (self.stage, self.phase, self.plays) = (0, 0.0, true),
            Wish::PlayOrHold => self.plays = !self.plays,
            Wish::Move(by) => self.does(Wish::To(self.stage.saturating_add_signed(by))),
            // A stage that one goes to by hand is shown whole, and waits.
            Wish::To(stage) => (self.stage, self.phase, self.plays) = (stage.min(last), 1.0, false),
            Wish::Speed(by) => self.speed = self.speed.saturating_add_signed(by).min(SPEEDS.len() - 1),
        }
    }

    /// Arrow keys go from stage to stage, unless something else has the keys.
    fn keys(&mut self, ui: &Ui, state: &State) {
        if state.view.something_on_top() || ui.memory(|memory| memory.focused().is_some()) {
            return;
        }
        for (key, by) in [(Key::ArrowLeft, -1), (Key::ArrowRight, 1), (Key::PageUp, -1), (Key::PageDown, 1)] {
            while ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                self.does(Wish::Move(by));
            }
        }
    }
}
