//! The settings of a run in words.

use super::html::{HtmlTable, escape};
use crate::config::{Access, FIELDS, Field, RunConfig, Value};
use crate::export::SavedRun;
use crate::text::{Text, number};

/// Every setting: what it is, what it is set to in each run, and its key in a file. Of several runs those that differ come first.
pub(super) fn settings(runs: &[SavedRun], names: &[String], text: &Text) -> String {
    let mut rows: Vec<(bool, Vec<String>)> = Vec::new();
    for &field in FIELDS {
        let label = text.say(&format!("field.{}.label", field.name));
        let label = field.symbol.map_or_else(|| label.to_owned(), |symbol| format!("{label} ({symbol})"));
        let values: Vec<String> = runs.iter().map(|run| in_words(field, &run.config, text)).collect();
        let alike = values.windows(2).all(|pair| pair[0] == pair[1]);
        rows.push((alike, [vec![label], values, vec![field.name.to_owned()]].concat()));
    }
    if runs.len() > 1 {
        rows.sort_by_key(|(alike, _)| *alike);
    }
    let say = |key: &str| text.say(key).to_owned();
    let values = if runs.len() == 1 { vec![say("report.value_column")] } else { names.to_vec() };
    let header = [vec![say("report.setting_column")], values, vec![say("report.key_column")]].concat();
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    let table = HtmlTable { caption: text.say("report.settings"), caption_shown: false, header, rows };
    let about = escape(text.say("report.settings_about"));
    format!("<p>{about}</p>\n{}", table.write().replace("<table>", "<table class=\"words\">"))
}

fn in_words(field: &Field, config: &RunConfig, text: &Text) -> String {
    match field.get(config) {
        Value::Integer(whole) => u64::try_from(whole).map_or_else(|_| whole.to_string(), number::grouped),
        Value::Number(number) => number.to_string(),
        Value::Switch(on) => text.say(if on { "report.value.yes" } else { "report.value.no" }).to_owned(),
        Value::Text(word) => match &field.access {
            Access::Choice(_) | Access::Width(_) => text.say(&format!("value.{}.{word}", field.name)).to_owned(),
            Access::Path(_)
            | Access::Integer(_)
            | Access::Number(_)
            | Access::Switch(_)
            | Access::Choices(_)
            | Access::Integers(_) => word,
        },
        Value::Integers(numbers) => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" · "),
        Value::Words(words) => {
            let names = words.iter().map(|word| text.say(&format!("value.{}.{word}", field.name)));
            names.collect::<Vec<_>>().join(" · ")
        }
    }
}
