//! What the class has reached. Stays in sight below the question.

use eframe::egui::{Align, Label, Layout, RichText, Ui};

use super::Letters;
use crate::exercise::Score;
use crate::state::{Command, State};
use crate::ui::parts::button::Press;
use crate::ui::style::{bold_font, color, font, palette};

/// Shows the score and the way to begin it again.
pub(super) fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    let letters = Letters::in_a_width_of(ui.available_width());
    let Score { asked, first, right, streak, best } = state.score();
    ui.spacing_mut().item_spacing.y = 4.0;
    if asked == 0 {
        let quiet = color(palette(ui).quiet);
        let words = RichText::new(text.say("exercise.score.none")).font(font(letters.words)).color(quiet);
        ui.add(Label::new(words).wrap());
        return;
    }
    let line = text.fill("exercise.score.line", &[("asked", &asked), ("right", &right), ("first", &first)]);
    ui.add(Label::new(RichText::new(line).font(bold_font(letters.words))).wrap());
    let row = match (streak, best) {
        (2.., _) => text.fill("exercise.score.streak", &[("streak", &streak)]),
        (_, 2..) => text.fill("exercise.score.best", &[("best", &best)]),
        (0 | 1, 0 | 1) => String::new(),
    };
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Press::words(text.say("exercise.score.reset")).quiet()).clicked() {
                commands.push(Command::ResetScore);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(row).font(font(letters.words))).truncate());
            });
        });
    });
}
