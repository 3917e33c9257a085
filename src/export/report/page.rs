//! A page of charts and tables that are of no single run, in the report's form.

use super::html::{HtmlTable, escape};
use super::themed::ThemedValues;
use super::{closing, figures, opening, section};
use crate::chart::Chart;
use crate::export::Gallery;
use crate::text::Text;

/// What stands on a page.
pub struct Page<'a> {
    /// Its title.
    pub title: &'a str,
    /// What it is about, in a sentence.
    pub lead: &'a str,
    /// Sections of paragraphs, each under its heading.
    pub sections: &'a [(&'a str, Vec<String>)],
    /// The heading of the figures, and the figures.
    pub charts: (&'a str, Vec<Chart>),
    /// The heading of a table, its columns and its rows.
    pub table: (&'a str, Vec<String>, Vec<Vec<String>>),
    /// The last line.
    pub footer: &'a str,
}

impl Page<'_> {
    /// The page, which refers to nothing outside itself.
    pub fn write(self, text: &Text) -> String {
        let Page { title, lead, sections, charts: (heading, charts), table: (caption, header, rows), footer } = self;
        let mut themed_values = ThemedValues::default();
        let gallery = Gallery { charts, ..Gallery::default() };
        let figures = figures::figures(&gallery, text, &mut themed_values);
        let mut page = opening(title, &themed_values, text);
        append!(
            page,
            "<header>\n<div class=\"bar\"><span class=\"mark\">densescope</span>\
             <button type=\"button\" id=\"theme\" hidden>{}</button></div>\n<h1>{}</h1>\n<p class=\"lead\">{}</p>\n</header>\n\
             <main id=\"content\">\n",
            escape(text.say("report.to_dark")),
            escape(title),
            escape(lead),
        );
        for (index, (heading, paragraphs)) in sections.iter().enumerate() {
            let mut content = String::new();
            for paragraph in paragraphs {
                append!(content, "<p>{}</p>\n", escape(paragraph));
            }
            page += &section(&format!("part{}", index + 1), heading, &content);
        }
        page += &section("figures", heading, &figures);
        page += &section("table", caption, &HtmlTable { caption, caption_shown: false, header, rows }.write());
        page + &closing(footer, None, text)
    }
}
