//! Words in a page.

/// The text so that a page shows it, in attributes too.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character => escaped.push(character),
        }
    }
    escaped
}

/// A table of words and numbers. Rows begin with a word, the other columns are numbers.
pub(super) struct HtmlTable<'a> {
    /// What the table shows, for those who hear it.
    pub(super) caption: &'a str,
    /// Whether everybody is to read that.
    pub(super) caption_shown: bool,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl HtmlTable<'_> {
    /// The table, in a frame that scrolls where it is wider than the page.
    pub(super) fn write(&self) -> String {
        let caption = escape(self.caption);
        let class = if self.caption_shown { "" } else { " class=\"heard\"" };
        let mut html = format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{caption}\"><table><caption{class}>{caption}</caption><thead><tr>"
        );
        for name in &self.header {
            append!(html, "<th scope=\"col\">{}</th>", escape(name));
        }
        html += "</tr></thead><tbody>\n";
        for row in &self.rows {
            html += "<tr>";
            for (column, cell) in row.iter().enumerate() {
                let cell = escape(cell);
                match column {
                    0 => append!(html, "<th scope=\"row\">{cell}</th>"),
                    _ => append!(html, "<td>{cell}</td>"),
                }
            }
            html += "</tr>\n";
        }
        html + "</tbody></table></div>\n"
    }
}

/// JSON inside a page: without anything that could end the element around it.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("numbers and words are JSON").replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_can_be_taken_for_markup() {
        assert_eq!(escape("<b>\"a\" & 'c'"), "&lt;b&gt;&quot;a&quot; &amp; &#39;c&#39;");
        assert_eq!(json(&["</script>"]), "[\"\\u003c/script>\"]");
    }
}
