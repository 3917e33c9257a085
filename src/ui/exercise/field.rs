//! The field for the number, and what can be done instead or after.

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::{CornerRadius, Event, Id, ImeEvent, Key, Response, RichText, Stroke, StrokeKind, TextEdit, Ui};

use super::{Letters, Widgets};
use crate::state::{Command, Exercise, State};
use crate::ui::parts::button::Press;
use crate::ui::parts::words::{longest, quiet};
use crate::ui::style::{RADIUS, color, font, palette};

/// Height of what is pressed here.
const HEIGHT: f32 = 36.0;
/// A panel less wide has no room for three buttons side by side.
const NARROW: f32 = 300.0;

/// The field's name among all that can have the keys.
pub fn id() -> Id {
    Id::unique("exercise answer")
}

/// A number has no letters, so that they stay keys of actions; only an x may stand for a product.
fn take_no_letters(ui: &Ui) {
    if !ui.memory(|memory| memory.has_focus(id())) {
        return;
    }
    ui.input_mut(|input| {
        input.events.retain_mut(|event| match event {
            Event::Text(words) | Event::Paste(words) | Event::Ime(ImeEvent::Commit(words)) => {
                words.retain(|letter| !letter.is_alphabetic() || ['x', 'X'].contains(&letter));
                !words.is_empty()
            }
            _ => true,
        });
    });
}

/// Shows the field while the answer is to be found. A new question takes the keys by itself.
pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    exercise: &Exercise,
    letters: Letters,
    widgets: &mut Widgets,
    commands: &mut Vec<Command>,
) {
    if !exercise.is_open() {
        return;
    }
    let text = state.text();
    let new = widgets.number != Some(exercise.number);
    if new {
        widgets.typed.clear();
        widgets.number = Some(exercise.number);
    }
    take_no_letters(ui);
    let hints = [text.say("exercise.hint"), text.say("exercise.hint_short")];
    let hint = longest(ui, &hints, &font(letters.number), ui.available_width() - 30.0);
    let field = TextEdit::singleline(&mut widgets.typed)
        .id(id())
        .font(font(letters.number))
        .hint_text(RichText::new(hint).font(font(letters.number)))
        .char_limit(60)
        .desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name(text.say("exercise.answer"));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if new {
        response.request_focus();
    }
    // A field that is to be found from the last row of a class has an edge.
    let colors = palette(ui);
    let edge = if response.has_focus() {
        Stroke::new(2.0, color(colors.accent))
    } else {
        Stroke::new(1.0, color(colors.line))
    };
    ui.painter().rect_stroke(response.rect, CornerRadius::same(RADIUS), edge, StrokeKind::Inside);
    let again = if exercise.verdict.is_some() { "exercise.again" } else { "exercise.check" };
    // In a narrow panel what is done most has a row of its own.
    let room = ui.available_width();
    let narrow = room < NARROW;
    let mut pressed = narrow && ui.add(Press::words(text.say(again)).primary().size(room, HEIGHT)).clicked();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if !narrow {
            pressed = ui.add(Press::words(text.say(again)).primary().size(92.0, HEIGHT)).clicked();
        }
        if ui.add(Press::words(text.say("exercise.reveal")).key("A").size(0.0, HEIGHT)).clicked() {
            commands.push(Command::RevealAnswer);
        }
        if ui.add(Press::words(text.say("exercise.skip")).key("Q").size(0.0, HEIGHT)).clicked() {
            commands.push(Command::NextQuestion);
        }
    });
    if entered || pressed {
        commands.push(Command::AnswerExercise(widgets.typed.clone()));
        // What was typed is replaced by what is typed next.
        response.request_focus();
        select_all(ui, &response, widgets.typed.chars().count());
    }
    if exercise.verdict.is_none() {
        quiet(ui, text.say("exercise.hidden"));
    }
}

/// Offers the next question when this one is over; Enter takes it.
pub(super) fn go_on(
    ui: &mut Ui,
    state: &State,
    exercise: &Exercise,
    widgets: &mut Widgets,
    commands: &mut Vec<Command>,
) {
    if exercise.is_open() {
        return;
    }
    let next = Press::words(state.text().say("exercise.next")).primary().key("Q").size(140.0, 40.0);
    let response = ui.add(next);
    if widgets.offered != Some(exercise.number) {
        widgets.offered = Some(exercise.number);
        response.request_focus();
        // An answer should be seen with what follows from it.
        response.scroll_to_me(None);
    }
    if response.clicked() {
        commands.push(Command::NextQuestion);
    }
}

fn select_all(ui: &Ui, field: &Response, letters: usize) {
    let mut memory = TextEdit::load_state(ui.ctx(), field.id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(letters));
    memory.cursor.set_char_range(Some(all));
    memory.store(ui.ctx(), field.id);
}
