//! What the class, or each of its two teams, has reached. Stays in sight below the question.

use eframe::egui::{Align, Label, Layout, RichText, Ui};

use super::Letters;
use crate::exercise::{Score, Scores};
use crate::state::{Command, State};
use crate::text::Text;
use crate::ui::parts::button::Press;
use crate::ui::style::{bold_font, color, font, palette};

/// Shows the score and the ways to begin it again.
pub(super) fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    let letters = Letters::in_a_width_of(ui.available_width());
    let scores = state.scores();
    ui.spacing_mut().item_spacing.y = 4.0;
    let row = if scores.teams {
        teams(ui, text, scores, letters);
        String::new()
    } else {
        class(ui, text, scores.class, letters)
    };
    if state.view.presenting {
        return; // what steers the score is for those who prepare
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let other = if scores.teams { "exercise.score.one_class" } else { "exercise.score.teams" };
            if ui.add(Press::words(text.say(other)).quiet()).clicked() {
                commands.push(Command::ToggleTeams);
            }
            if ui.add_enabled(!scores.is_empty(), Press::words(text.say("exercise.score.reset")).quiet()).clicked() {
                commands.push(Command::ResetScore);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(row).font(font(letters.words))).truncate());
            });
        });
    });
}

/// One line for the class; what stands under it.
fn class(ui: &mut Ui, text: &Text, score: Score, letters: Letters) -> String {
    let Score { asked, first, right, streak, best } = score;
    if asked == 0 {
        let quiet = color(palette(ui).quiet);
        let words = RichText::new(text.say("exercise.score.none")).font(font(letters.words)).color(quiet);
        ui.add(Label::new(words).wrap());
        return String::new();
    }
    let line = text.fill("exercise.score.line", &[("asked", &asked), ("right", &right), ("first", &first)]);
    ui.add(Label::new(RichText::new(line).font(bold_font(letters.words))).wrap());
    match (streak, best) {
        (2.., _) => text.fill("exercise.score.streak", &[("streak", &streak)]),
        (_, 2..) => text.fill("exercise.score.best", &[("best", &best)]),
        (0 | 1, 0 | 1) => String::new(),
    }
}

/// A line for each team; those whose turn it is stand out.
fn teams(ui: &mut Ui, text: &Text, scores: Scores, letters: Letters) {
    let colors = palette(ui);
    for (index, Score { asked, right, .. }) in scores.each.into_iter().enumerate() {
        let line = text.fill("exercise.score.team", &[("team", &(index + 1)), ("asked", &asked), ("right", &right)]);
        let words = if index == scores.turn {
            RichText::new(format!("▶ {line}")).font(bold_font(letters.words)).color(color(colors.accent))
        } else {
            RichText::new(line).font(font(letters.words))
        };
        ui.add(Label::new(words).wrap());
    }
}
