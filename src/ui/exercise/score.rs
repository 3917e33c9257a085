//! What the class has reached.

use eframe::egui::{Label, RichText, Ui};

use super::Letters;
use crate::exercise::Score;
use crate::state::{Command, State};
use crate::ui::parts::button::Press;
use crate::ui::style::{bold_font, color, font, palette};

/// Shows the score and the way to begin it again.
pub(super) fn show(ui: &mut Ui, state: &State, letters: Letters, commands: &mut Vec<Command>) {
    let text = state.text();
    let score = state.score();
    let Score { asked, first, right, streak, best } = score;
    ui.add_space(4.0);
    ui.separator();
    ui.add(Label::new(RichText::new(text.say("exercise.score.title")).font(bold_font(letters.words))));
    if asked == 0 {
        let quiet = color(palette(ui).quiet);
        ui.add(
            Label::new(RichText::new(text.say("exercise.score.none")).font(font(letters.words)).color(quiet)).wrap(),
        );
        return;
    }
    let line = text.fill("exercise.score.line", &[("asked", &asked), ("right", &right), ("first", &first)]);
    ui.add(Label::new(RichText::new(line).font(font(letters.words))).wrap());
    if best > 1 {
        let rows = if streak > 1 {
            text.fill("exercise.score.streak", &[("streak", &streak)])
        } else {
            text.fill("exercise.score.best", &[("best", &best)])
        };
        ui.add(Label::new(RichText::new(rows).font(bold_font(letters.words))).wrap());
    }
    if ui.add(Press::words(text.say("exercise.score.reset")).quiet()).clicked() {
        commands.push(Command::ResetScore);
    }
}
