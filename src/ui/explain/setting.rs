//! A setting: what it does, what it is now, and what it may be.

use eframe::egui::{Label, RichText, Ui};

use super::layout::{aside, paragraph, title};
use crate::config::{Access, Field, Value};
use crate::state::State;
use crate::text::Localized as _;
use crate::text::Text;
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
    let now = in_words(text, field, &state.draft.value(field));
    aside(ui, text.fill("explain.setting.now", &[("value", &now)]));
    aside(ui, text.fill("explain.setting.allowed", &[("rule", &allowed(text, field))]));
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

/// A value in the words that the window has for it.
fn in_words(text: &Text, field: &Field, value: &Value) -> String {
    let option = |word: &str| text.known(&format!("option.{}.{word}", field.name)).unwrap_or(word).to_owned();
    match value {
        Value::Text(word) => option(word),
        Value::Words(words) if words.is_empty() => text.say("explain.setting.none").to_owned(),
        Value::Words(words) => text.listed("explain.list", words.iter().map(|word| option(word))),
        Value::Switch(on) => text.say(if *on { "explain.setting.on" } else { "explain.setting.off" }).to_owned(),
        Value::Integer(_) | Value::Number(_) | Value::Integers(_) => value.to_string(),
    }
}

/// What may be chosen, in the same words.
fn allowed(text: &Text, field: &Field) -> String {
    let options = |words: &[&str]| {
        text.listed("explain.list", words.iter().map(|word| in_words(text, field, &Value::Text((*word).to_owned()))))
    };
    match &field.access {
        Access::Choice(choice) => options(choice.words),
        Access::Choices(choices) => text.fill("explain.setting.some_of", &[("words", &options(choices.words))]),
        Access::Integers(integers) => {
            let (min, max) = (integers.range.start(), integers.range.end());
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("longest", &integers.longest), ("min", min), ("max", max)];
            text.fill("explain.setting.blocks", &values)
        }
        Access::Switch(_) => text
            .listed("explain.list", ["explain.setting.on", "explain.setting.off"].map(|key| text.say(key).to_owned())),
        Access::Integer(_) | Access::Number(_) | Access::Width(_) | Access::Path(_) => field.access.in_words(text),
    }
}
