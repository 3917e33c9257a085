//! A setting: what it does, what it is now, and what it may be.

use eframe::egui::{Label, RichText, Ui};

use super::layout::{aside, paragraph, title};
use crate::config::Field;
use crate::state::State;
use crate::text::Localized as _;
use crate::ui::style::{color, palette};

pub(super) fn show(ui: &mut Ui, state: &State, field: &Field) {
    let text = state.text();
    let name = field.name;
    let words = text.say(&format!("field.{name}.name"));
    match field.symbol {
        Some(symbol) => title(ui, &format!("{words}, {symbol}")),
        None => title(ui, words),
    }
    paragraph(ui, text.say(&format!("field.{name}.fact")));
    let value = state.draft.value(field);
    aside(ui, text.fill("explain.setting.now", &[("value", &value)]));
    aside(ui, text.fill("explain.setting.allowed", &[("rule", &field.access.in_words(text))]));
    if let Some(problem) = state.draft.problem(field) {
        let ink = color(palette(ui).error);
        let words = text.fill(
            "explain.setting.problem",
            &[("found", &problem.found.in_words(text)), ("allowed", &problem.allowed.in_words(text))],
        );
        ui.add(Label::new(RichText::new(words).color(ink)).wrap());
    }
    aside(ui, text.fill("explain.setting.key", &[("key", &name)]));
}
