//! The settings of a run in words.

use super::html::{HtmlTable, escape};
use crate::config::FIELDS;
use crate::export::SavedRun;
use crate::text::Text;

/// Every setting: what it is, what it is set to in each run, and its key in a file. Of several runs those that differ come first.
pub(super) fn settings(runs: &[SavedRun], names: &[String], text: &Text) -> String {
    let mut rows: Vec<(bool, Vec<String>)> = Vec::new();
    for &field in FIELDS {
        let label = text.say(&format!("field.{}.label", field.name));
        let label = field.symbol.map_or_else(|| label.to_owned(), |symbol| format!("{label} ({symbol})"));
        let values: Vec<String> = runs.iter().map(|run| field.in_words(&run.config, text)).collect();
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
