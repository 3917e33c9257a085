//! Every figure of a run: picture, paragraph, notes, and its values as a table that can be copied.

use super::html::{HtmlTable, escape};
use super::themed::{InBothThemes, ThemedValues};
use crate::chart::{Chart, Table};
use crate::export::Gallery;
use crate::export::light::lightened;
use crate::export::picture::Size;
use crate::text::Text;

/// Points of a curve in a picture of the page, which is there in two sizes.
const MOST_POINTS: usize = 800;
/// Characters of values in one table; what has more is thinned, so that a page of a long run stays small.
const MOST_CHARACTERS: usize = 100_000;
/// Rows of values that grow with the length of a run.
const MOST_ROWS: usize = 400;

/// Every figure of the gallery as a part of the page.
pub(super) fn figures(gallery: &Gallery, text: &Text, themed_values: &mut ThemedValues) -> String {
    let mut html: String = gallery.charts.iter().map(|chart| figure(chart, text, themed_values)).collect();
    // The page tells the networks in tables, and never draws them.
    for (_, why) in gallery.without_data.iter().filter(|(id, _)| *id != crate::drawing::ID) {
        append!(html, "<p class=\"note\">{}</p>\n", escape(&why.0));
    }
    html
}

fn figure(chart: &Chart, text: &Text, themed_values: &mut ThemedValues) -> String {
    let Chart { id, title, subtitle, about, notes, .. } = chart;
    let mut html = format!("<section class=\"figure\" id=\"figure-{id}\">\n<h3>{}</h3>\n", escape(title));
    if let Some(subtitle) = subtitle {
        append!(html, "<p class=\"subtitle\">{}</p>\n", escape(subtitle));
    }
    // The page says title and subtitle in letters of its own.
    let bare =
        Chart { title: String::new(), subtitle: None, notes: Vec::new(), ..lightened(chart, MOST_POINTS).into_owned() };
    for (class, size) in [("wide", Size::Page), ("narrow", Size::Column)] {
        let painted = InBothThemes::of(&bare, size, text.language());
        let svg = painted.themed(&format!("{id}-{class}"), title, themed_values);
        append!(html, "<div class=\"{class}\">{svg}</div>\n");
    }
    append!(html, "<p>{}</p>\n", escape(about));
    for note in notes {
        append!(html, "<p class=\"note\">{}</p>\n", escape(note));
    }
    html += &values(chart, text);
    html + "</section>\n"
}

/// The figure's values, closed until they are wanted.
fn values(chart: &Chart, text: &Text) -> String {
    let tables = chart.tables();
    let mut html = String::new();
    for (panel, table) in &tables {
        let caption = panel.map_or_else(|| chart.title.clone(), |panel| format!("{}: {panel}", chart.title));
        let every = thinning(table, tables.len());
        if every > 1 {
            append!(html, "<p class=\"note\">{}</p>\n", escape(&text.fill("report.thinned", &[("every", &every)])));
        }
        let last = table.rows.len().saturating_sub(1);
        let kept = table.rows.iter().enumerate().filter(|(index, _)| index.is_multiple_of(every) || *index == last);
        let rows = kept.map(|(_, row)| row.iter().map(|cell| short(cell)).collect()).collect();
        html += &super::copy_button(text);
        html += &HtmlTable { caption: &caption, caption_shown: tables.len() > 1, header: table.header.clone(), rows }
            .write();
    }
    format!("<details class=\"values\"><summary>{}</summary>\n{html}</details>\n", escape(text.say("report.values")))
}

/// Of how many rows one is in the page.
fn thinning(table: &Table, tables: usize) -> usize {
    let characters: usize = table.rows.iter().flatten().map(|cell| cell.len().min(10) + 9).sum();
    let by_size = (characters * tables).div_ceil(MOST_CHARACTERS);
    let by_rows = if characters > MOST_CHARACTERS / 10 { table.rows.len().div_ceil(MOST_ROWS) } else { 1 };
    by_size.max(by_rows).max(1)
}

/// A number with six digits that mean something; other words as they are.
fn short(cell: &str) -> String {
    match cell.parse::<f64>() {
        Ok(number) if number.is_finite() && cell.len() > 9 => {
            let rounded: f64 = format!("{number:.5e}").parse().unwrap_or(number);
            let plain = rounded.to_string();
            if plain.len() > 12 { format!("{rounded:e}") } else { plain }
        }
        Ok(_) | Err(_) => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_the_page_have_six_digits() {
        let written =
            ["12", "0.123456789", "1234567.89", "0.00000000123456789", "dense", "block1.layer12", ""].map(short);
        assert_eq!(written, ["12", "0.123457", "1234570", "1.23457e-9", "dense", "block1.layer12", ""]);
    }

    #[test]
    fn long_tables_are_thinned_and_short_ones_are_whole() {
        let table = |rows: usize| Table {
            header: vec!["step".to_owned(), "loss".to_owned()],
            rows: (0..rows).map(|row| vec![row.to_string(), "0.123456789012".to_owned()]).collect(),
        };
        assert_eq!(thinning(&table(0), 1), 1);
        assert_eq!(thinning(&table(300), 1), 1);
        assert!((5..=20).contains(&thinning(&table(2000), 1)));
        assert!(thinning(&table(100_000), 2) >= 50);
    }
}
