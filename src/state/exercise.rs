//! Predict, then see: the question that is open, what was answered, and what stays hidden until then.
//!
//! Which questions there are and how an answer is judged is `exercise`'s; here is when a question comes, counts and goes.

use super::State;
use super::focus::Focus;
use super::view::Drawer;
use crate::arch::{Architecture, NetworkKind};
use crate::chart::Figure;
use crate::exercise::{KINDS, Kind, Question, Scores, Verdict};

/// The mode in which numbers are asked for.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// What is asked; nothing where the networks that are built leave nothing to ask.
    pub question: Option<Question>,
    /// Which question this is since the window was opened, from 0.
    pub number: u64,
    /// What was said of the last answer.
    pub verdict: Option<Verdict>,
    /// The last answer as it was typed.
    pub answered: String,
    /// The choices that were tried, by their places.
    pub tried: Vec<usize>,
    /// Answers so far that were numbers.
    pub tries: u32,
    /// Whether the answer was shown.
    pub revealed: bool,
    /// Whether this question took the place of one about networks that are gone.
    pub renewed: bool,
    /// What the question is about.
    networks: Vec<Architecture>,
}

impl Exercise {
    /// Whether the answer is still to be found.
    pub fn is_open(&self) -> bool {
        self.question.is_some() && !self.revealed && self.verdict != Some(Verdict::Right)
    }
}

impl State {
    /// The network whose numbers are not to be shown, while a question about it is open.
    pub fn hidden(&self) -> Option<NetworkKind> {
        let exercise = self.exercise.as_ref().filter(|exercise| exercise.is_open())?;
        exercise.question.as_ref().filter(|question| question.number().is_some()).map(|question| question.network)
    }

    /// Whether the numbers of that network are not to be shown now.
    pub fn hides(&self, network: NetworkKind) -> bool {
        self.hidden() == Some(network)
    }

    /// Whether a figure would tell what is asked.
    pub fn hides_figure(&self, id: &str) -> bool {
        self.hidden().is_some() && Figure::named(id).is_some_and(|figure| figure.tells_answers)
    }

    /// What a class or its teams have reached since the window was opened.
    pub const fn scores(&self) -> Scores {
        self.scores
    }

    pub(super) fn toggle_exercise(&mut self) {
        if self.exercise.is_some() {
            self.leave_question();
            self.exercise = None;
        } else {
            self.ask(false);
        }
    }

    /// Explanations stand where the exercise stands, so asking for them ends it.
    pub(super) fn toggle_explain(&mut self) {
        let asked = self.exercise.is_some();
        if asked {
            self.toggle_exercise();
        }
        if self.view.room.narrow {
            self.view.toggle_drawer(Drawer::Explain);
        } else if asked || !self.view.explains() {
            self.view.explain = true;
        } else {
            // It stays closed until something else is selected.
            (self.view.explain, self.view.selected) = (false, None);
        }
    }

    pub(super) fn answer_exercise(&mut self, typed: String) {
        let Some(exercise) = self.exercise.as_mut().filter(|exercise| exercise.is_open()) else { return };
        let Some(verdict) = exercise.question.as_ref().and_then(|question| question.judge(&typed)) else { return };
        exercise.answered = typed;
        self.judged(verdict);
    }

    pub(super) fn choose_answer(&mut self, place: usize) {
        let Some(exercise) = self.exercise.as_mut().filter(|exercise| exercise.is_open()) else { return };
        let verdict = exercise.question.as_ref().and_then(|question| question.judge_choice(place));
        if let Some(verdict) = verdict.filter(|_| !exercise.tried.contains(&place)) {
            exercise.tried.push(place);
            self.judged(verdict);
        }
    }

    fn judged(&mut self, verdict: Verdict) {
        let Some(exercise) = &mut self.exercise else { return };
        match verdict {
            // What is no number is no try.
            Verdict::Unreadable(_) => {}
            Verdict::Right => {
                exercise.tries += 1;
                self.scores.now().answered(exercise.tries);
            }
            Verdict::Mistake(_) | Verdict::TooHigh { .. } | Verdict::TooLow { .. } => exercise.tries += 1,
        }
        exercise.verdict = Some(verdict);
        self.show_what_was_asked();
    }

    /// Selects the row that the question is about, if that does not tell the answer.
    fn show_what_was_asked(&mut self) {
        let Some(exercise) = &self.exercise else { return };
        let shown = exercise.question.as_ref().filter(|question| question.number().is_some() || !exercise.is_open());
        self.view.selected = shown.map(|question| Focus::Part(Some(question.network), question.part));
    }

    pub(super) fn reveal_answer(&mut self) {
        if let Some(exercise) = self.exercise.as_mut().filter(|exercise| exercise.is_open()) {
            exercise.revealed = true;
            self.scores.now().missed();
            self.show_what_was_asked();
        }
    }

    pub(super) fn next_question(&mut self) {
        if let Some(exercise) = &self.exercise {
            // A question that nobody tried leaves the turn where it is.
            let over = exercise.question.is_some() && (!exercise.is_open() || exercise.tries > 0);
            self.leave_question();
            if over {
                self.scores.pass_on();
            }
            self.ask(false);
        }
    }

    pub(super) fn reset_score(&mut self) {
        self.scores.reset();
    }

    pub(super) fn toggle_teams(&mut self) {
        // What the one has answered is not the other's turn.
        if self.exercise.as_ref().is_some_and(|exercise| exercise.question.is_some() && !exercise.is_open()) {
            self.next_question();
        }
        self.scores.teams = !self.scores.teams;
    }

    /// Whether a kind of question is asked.
    pub fn asks_kind(&self, id: &str) -> bool {
        !self.left_out.contains(id)
    }

    /// Asks some kinds of question from now on, or no longer. An open question of a kind that is left out gives way; it does not count.
    pub(super) fn ask_kinds(&mut self, meant: impl Fn(&Kind) -> bool, asked: bool) {
        for kind in KINDS.iter().filter(|kind| meant(kind)) {
            if asked {
                self.left_out.remove(kind.id);
            } else {
                self.left_out.insert(kind.id);
            }
        }
        // The first of what was chosen comes first.
        self.first_question = self.questions;
        let Some(exercise) = &self.exercise else { return };
        let stays =
            exercise.question.as_ref().is_some_and(|question| !exercise.is_open() || self.asks_kind(question.kind));
        if !stays {
            self.ask(false);
        }
    }

    /// An open question about networks that are gone gives way to one about those that are built; it does not count.
    pub(super) fn follow_networks(&mut self) {
        let Some(exercise) = &self.exercise else { return };
        let over = exercise.question.is_some() && !exercise.is_open();
        let same = self.built().map_or(&[][..], |built| built.networks) == exercise.networks;
        if !over && !same {
            let renewed = exercise.question.is_some() || exercise.renewed;
            self.ask(renewed);
        }
    }

    /// A question that was tried and is left counts as one that was not answered.
    fn leave_question(&mut self) {
        if self.exercise.as_ref().is_some_and(|exercise| exercise.is_open() && exercise.tries > 0) {
            self.scores.now().missed();
        }
    }

    /// Asks the next question about what is built, and selects the row that it is about.
    fn ask(&mut self, renewed: bool) {
        let number = self.questions;
        self.questions += 1;
        let seed = self.draft.config().seed;
        let networks = self.built().map_or_else(Vec::new, |built| built.networks.to_vec());
        let question = Question::ask(&networks, &self.left_out, seed, number - self.first_question);
        // What would tell the answer makes way for the drawing, in which the question is marked.
        self.view.maps = false;
        if let Some(run) = &mut self.run {
            run.forget_motion();
        }
        self.exercise = Some(Exercise {
            question,
            number,
            verdict: None,
            answered: String::new(),
            tried: Vec::new(),
            tries: 0,
            revealed: false,
            renewed,
            networks,
        });
        self.show_what_was_asked();
    }
}
