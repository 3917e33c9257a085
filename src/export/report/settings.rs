//! The settings of a run in words.

use super::html::{HtmlTable, escape};
use crate::config::{FIELDS, Field, Rule, RunConfig, Value};
use crate::export::SavedRun;
use crate::text::{Text, number};

/// Every setting of a run: what it is, what it is set to, and its key in a file.
pub(super) fn settings(run: &SavedRun, text: &Text) -> String {
    let rows = FIELDS.iter().map(|field| {
        let label = text.say(&format!("report.setting.{}", field.key));
        let label = field.symbol.map_or_else(|| label.to_owned(), |symbol| format!("{label} ({symbol})"));
        vec![label, in_words(field, &run.config, text), field.name()]
    });
    let caption = text.say("report.settings");
    let header = ["setting", "value", "key"].map(|key| text.say(&format!("report.{key}_column")).to_owned()).to_vec();
    let table = HtmlTable { caption, caption_shown: false, header, rows: rows.collect() };
    format!(
        "<p>{}</p>\n{}",
        escape(text.say("report.settings_about")),
        table.write().replace("<table>", "<table class=\"words\">")
    )
}

fn in_words(field: &Field, config: &RunConfig, text: &Text) -> String {
    match (field.get)(config) {
        Value::Integer(whole) => u64::try_from(whole).map_or_else(|_| whole.to_string(), number::grouped),
        Value::Number(number) => number.to_string(),
        Value::Switch(on) => text.say(if on { "report.value.yes" } else { "report.value.no" }).to_owned(),
        Value::Text(word) => match field.rule {
            Rule::Choice(_) | Rule::Width => text.say(&format!("report.value.{word}")).to_owned(),
            Rule::Text { .. } | Rule::Integer { .. } | Rule::Number { .. } => word,
            Rule::Switch | Rule::Choices(_) | Rule::Integers { .. } => word,
        },
        Value::Integers(numbers) => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" · "),
        Value::Words(words) => {
            let names = words.iter().map(|word| text.say(&format!("network.{word}")));
            names.collect::<Vec<_>>().join(" · ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::RunConfig;
    use crate::text::Language;

    #[test]
    fn every_setting_and_every_choice_has_words() {
        for text in Language::ALL.map(Text::of) {
            for field in FIELDS {
                assert!(!text.say(&format!("report.setting.{}", field.key)).is_empty());
                let words: &[&str] = match field.rule {
                    Rule::Choice(words) => words,
                    Rule::Width => &["match-parameters", "match-multiply-adds"],
                    Rule::Integer { .. }
                    | Rule::Number { .. }
                    | Rule::Switch
                    | Rule::Choices(_)
                    | Rule::Text { .. }
                    | Rule::Integers { .. } => &[],
                };
                for word in words {
                    let mut config = RunConfig::default();
                    field.try_set(&mut config, Value::Text((*word).to_owned()), None).unwrap();
                    assert!(!in_words(field, &config, text).is_empty());
                }
            }
        }
    }
}
