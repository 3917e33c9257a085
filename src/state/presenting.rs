//! Before a class: one thing fills the screen, in letters that follow its height.

use super::State;
use super::command::Effect;

impl State {
    /// Fills the screen with what is looked at, or comes back.
    pub(super) fn toggle_presentation(&mut self) {
        let view = &mut self.view;
        view.presenting = !view.presenting;
        (view.blank, view.pointer) = (false, false);
        self.effects.push(Effect::FullScreen(view.presenting));
    }

    /// Goes on, or back, through what there is to go through: questions, or else steps. Stages of a played step are the view's.
    pub(super) fn go_through(&mut self, by: isize) {
        let forward = by > 0;
        if let Some(exercise) = &self.exercise {
            match (forward, exercise.is_open()) {
                (true, true) => self.reveal_answer(),
                (true, false) => self.next_question(),
                (false, _) => {}
            }
            return;
        }
        let Some(run) = &self.run else { return };
        let newest = run.at.is_none_or(|at| at >= run.step());
        if forward && newest {
            if run.is_paused() {
                self.one_step();
            }
        } else {
            self.look_around(by);
        }
    }
}
