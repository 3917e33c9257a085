//! Predict, then see: a number is asked for, and what is off about an answer is said in words. Stands where explanations stand, in letters that
//! grow with the panel, so that a class can read them from the wall.
//!
//! Which questions there are, how they are judged and when they count is known elsewhere; what is typed is only here.

mod words;
mod field;
mod choices;
mod kinds;
mod verdict;
mod score;

pub use field::id as number_field;

use eframe::egui::{
    Align, CursorIcon, Frame, Label, Layout, Margin, Panel, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo,
};

use crate::exercise::{Answer, KINDS, Question, Verdict};
use crate::state::{Command, Exercise, Focus, State};
use crate::ui::figure::part as name_of;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::network;
use crate::ui::parts::words::{heading, quiet};
use crate::ui::style::{bold_font, color, font, palette};

/// What the panel keeps from frame to frame.
#[derive(Default)]
pub(super) struct Widgets {
    /// What stands in the field.
    typed: String,
    /// The question for which it was typed.
    number: Option<u64>,
    /// Whether the way to the next question had the keys offered.
    offered: Option<u64>,
    /// The answer about which something was said in sight.
    seen: Option<(u64, Option<Verdict>)>,
}

/// Shows the panel's inside.
pub(super) fn show(
    ui: &mut Ui,
    state: &State,
    exercise: &Exercise,
    widgets: &mut Widgets,
    commands: &mut Vec<Command>,
) {
    let text = state.text();
    // Before a class the question has all the room.
    if !state.view.presenting {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.add(Press::icon(Icon::Cross, text.say("exercise.close")).quiet()).clicked() {
                    commands.push(Command::ToggleExercise);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| heading(ui, text.say("exercise.title")));
            });
        });
        kinds::show(ui, state, commands);
    }
    Panel::bottom("exercise-score").frame(Frame::new().inner_margin(Margin { top: 10, ..Margin::ZERO })).show(
        ui,
        |ui| {
            score::show(ui, state, commands);
        },
    );
    ScrollArea::vertical().id_salt("exercise").auto_shrink([false, false]).show(ui, |ui| {
        let letters = Letters::in_a_width_of(ui.available_width());
        ui.spacing_mut().item_spacing.y = 8.0;
        if exercise.renewed && exercise.is_open() {
            quiet(ui, text.say("exercise.renewed"));
        }
        if let Some(question) = &exercise.question {
            ask(ui, state, question, letters, commands);
            match &question.answer {
                Answer::Number(_) => field::show(ui, state, exercise, letters, widgets, commands),
                Answer::Choice(choices) => choices::show(ui, state, exercise, choices, letters, commands),
            }
            let said = verdict::show(ui, text, exercise, question, letters);
            let answer = Some((exercise.number, exercise.verdict.clone()));
            if let Some(said) = said.filter(|_| widgets.seen != answer) {
                said.scroll_to_me(None);
                widgets.seen = answer;
            }
            field::go_on(ui, state, exercise, widgets, commands);
        } else {
            let all = KINDS.iter().all(|kind| state.asks_kind(kind.id));
            let why = text.say(if all { "exercise.none" } else { "exercise.kinds.left_out" });
            ui.add(Label::new(RichText::new(why).font(font(letters.words))).wrap());
        }
        ui.add_space(8.0);
    });
}

/// Sizes of letters that follow the panel's width.
#[derive(Clone, Copy)]
struct Letters {
    question: f32,
    words: f32,
    number: f32,
}

impl Letters {
    fn in_a_width_of(points: f32) -> Self {
        let scale = (points / 290.0).clamp(0.85, 1.45);
        Self { question: 20.0 * scale, words: 15.0 * scale, number: 26.0 * scale }
    }
}

/// Which row is meant, what is asked of it, and what is known.
fn ask(ui: &mut Ui, state: &State, question: &Question, letters: Letters, commands: &mut Vec<Command>) {
    let text = state.text();
    let Question { network: kind, part, asks, given, .. } = question;
    let (name, row) = (text.say(network::name(*kind)), name_of(text, *part));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        network::mark(ui, *kind);
        let place = text.fill("exercise.where", &[("network", &name), ("part", &row)]);
        let there = Some(Focus::Part(Some(*kind), *part));
        let selected = state.view.selected == there;
        let ink = color(palette(ui).ink);
        let words = RichText::new(&place).font(font(14.0)).color(ink);
        let response = ui.add(Label::new(words).wrap().sense(Sense::click()));
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, &place));
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if response.on_hover_text(text.say("exercise.show_part")).clicked() && !selected {
            commands.push(Command::Select(there));
        }
    });
    ui.add(Label::new(RichText::new(asks.fill(text)).font(bold_font(letters.question))).wrap());
    let ink = color(palette(ui).quiet);
    ui.add(Label::new(RichText::new(words::unbroken(&given.fill(text))).font(font(letters.words)).color(ink)).wrap());
}
