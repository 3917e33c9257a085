//! Sentences of which one is right, and what can be done instead.

use eframe::egui::{Button, RichText, Stroke, Ui, vec2};

use super::Letters;
use crate::exercise::Choice;
use crate::state::{Command, Exercise, State};
use crate::ui::parts::button::Press;
use crate::ui::style::{color, font, palette};

/// Shows the sentences; what was tried is marked, and none can be chosen when the question is over.
pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    exercise: &Exercise,
    choices: &[Choice],
    letters: Letters,
    commands: &mut Vec<Command>,
) {
    let text = state.text();
    let colors = palette(ui);
    let open = exercise.is_open();
    for (place, choice) in choices.iter().enumerate() {
        let tried = exercise.tried.contains(&place);
        let (right, told) = (choice.why.is_none(), tried || !open);
        let ink = if told && right { colors.good } else { colors.ink };
        let mut words = RichText::new(choice.says.fill(text)).font(font(letters.words)).color(color(ink));
        if tried && !right {
            words = words.strikethrough().color(color(colors.quiet));
        }
        let edge =
            if told && right { Stroke::new(2.0, color(colors.good)) } else { Stroke::new(1.0, color(colors.line)) };
        let size = vec2(ui.available_width(), 36.0);
        let button = Button::new(words).wrap().min_size(size).stroke(edge);
        if ui.add_enabled(open && !tried, button).clicked() {
            commands.push(Command::ChooseAnswer(place));
        }
    }
    if open {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            if ui.add(Press::words(text.say("exercise.reveal")).key("A").size(0.0, 36.0)).clicked() {
                commands.push(Command::RevealAnswer);
            }
            if ui.add(Press::words(text.say("exercise.skip")).key("Q").size(0.0, 36.0)).clicked() {
                commands.push(Command::NextQuestion);
            }
        });
    }
}
