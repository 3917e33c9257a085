//! A table of words and numbers for documents: CSV, Markdown, LaTeX.
//!
//! Knows nothing of what is in it.

use std::fmt::Write as _;

/// On which side a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Named columns, rows, and what the table is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentTable {
    /// Its name for references, in letters, digits and hyphens.
    pub name: String,
    /// What it shows, in one sentence.
    pub caption: String,
    /// Columns with their side.
    pub columns: Vec<(String, Alignment)>,
    /// Rows as long as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// A table with more rows than this does not fit a page.
const ROWS_OF_A_PAGE: usize = 42;

impl DocumentTable {
    /// The table as GitHub and others read it.
    pub fn to_markdown(&self) -> String {
        let width = |index: usize| {
            let cells = self.rows.iter().map(|row| row[index].chars().count());
            cells.chain([self.columns[index].0.chars().count(), 3]).max().unwrap_or(3)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let line = |cells: &mut dyn Iterator<Item = &String>| {
            let mut line = String::from("|");
            for ((cell, width), (_, side)) in cells.zip(&widths).zip(&self.columns) {
                let cell = cell.replace('|', "\\|");
                let _ = match side {
                    Alignment::Left => write!(line, " {cell:<width$} |"),
                    Alignment::Right => write!(line, " {cell:>width$} |"),
                };
            }
            line + "\n"
        };
        let mut text = line(&mut self.columns.iter().map(|(name, _)| name));
        text.push('|');
        for ((_, side), width) in self.columns.iter().zip(&widths) {
            let dashes = "-".repeat(width + 1);
            text.push_str(&dashes);
            text.push_str(match side {
                Alignment::Left => "-|",
                Alignment::Right => ":|",
            });
        }
        text.push('\n');
        for row in &self.rows {
            text.push_str(&line(&mut row.iter()));
        }
        text
    }

    /// The table for LaTeX with the package `booktabs`; one that is longer than a page needs `longtable` too.
    pub fn to_latex(&self) -> String {
        let sides: String = self
            .columns
            .iter()
            .map(|(_, side)| match side {
                Alignment::Left => 'l',
                Alignment::Right => 'r',
            })
            .collect();
        let line = |cells: &mut dyn Iterator<Item = &String>| {
            let cells: Vec<String> = cells.map(|cell| latex(cell)).collect();
            format!("    {} \\\\\n", cells.join(" & "))
        };
        let header = line(&mut self.columns.iter().map(|(name, _)| name));
        let rows: String = self.rows.iter().map(|row| line(&mut row.iter())).collect();
        let (caption, name) = (latex(&self.caption), &self.name);
        if self.rows.len() > ROWS_OF_A_PAGE {
            format!(
                "% Needs \\usepackage{{booktabs,longtable}}\n\\begin{{longtable}}{{{sides}}}\n  \
                 \\caption{{{caption}}}\\label{{tab:{name}}}\\\\\n    \\toprule\n{header}    \\midrule\n  \\endfirsthead\n    \
                 \\toprule\n{header}    \\midrule\n  \\endhead\n    \\bottomrule\n  \\endfoot\n{rows}\\end{{longtable}}\n"
            )
        } else {
            format!(
                "% Needs \\usepackage{{booktabs}}\n\\begin{{table}}\n  \\centering\n  \\caption{{{caption}}}\n  \
                 \\label{{tab:{name}}}\n  \\begin{{tabular}}{{{sides}}}\n    \\toprule\n{header}    \\midrule\n{rows}    \
                 \\bottomrule\n  \\end{{tabular}}\n\\end{{table}}\n"
            )
        }
    }

    /// The table as CSV.
    ///
    /// # Panics
    ///
    /// Never: memory takes any table.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(self.columns.iter().map(|(name, _)| name)).expect("memory takes any table");
        for row in &self.rows {
            writer.write_record(row).expect("memory takes any table");
        }
        String::from_utf8(writer.into_inner().expect("memory takes any table")).expect("words and numbers are text")
    }
}

/// Words as LaTeX sets them.
fn latex(words: &str) -> String {
    let mut text = String::with_capacity(words.len() + 8);
    for character in words.chars() {
        match character {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                text.push('\\');
                text.push(character);
            }
            '\\' => text.push_str("\\textbackslash{}"),
            '~' => text.push_str("\\textasciitilde{}"),
            '^' => text.push_str("\\textasciicircum{}"),
            '×' => text.push_str("$\\times$"),
            '−' => text.push_str("$-$"),
            'θ' => text.push_str("$\\theta$"),
            '–' => text.push_str("--"),
            '…' => text.push_str("\\dots{}"),
            character => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: usize) -> DocumentTable {
        let columns = vec![("layer".to_owned(), Alignment::Left), ("multiply_adds".to_owned(), Alignment::Right)];
        let row = |index: usize| vec![format!("block1.layer{index}"), "1,234".to_owned()];
        DocumentTable {
            name: "dense".to_owned(),
            caption: "A & B: 50 % of 28×28, θ_1".to_owned(),
            columns,
            rows: (1..=rows).map(row).collect(),
        }
    }

    #[test]
    fn latex_has_three_rules_and_escapes_what_it_would_read_as_its_own() {
        let text = table(2).to_latex();
        for wanted in [
            "\\usepackage{booktabs}",
            "\\caption{A \\& B: 50 \\% of 28$\\times$28, $\\theta$\\_1}",
            "\\begin{tabular}{lr}",
            "    layer & multiply\\_adds \\\\\n",
            "    block1.layer2 & 1,234 \\\\\n",
            "\\toprule",
            "\\midrule",
            "\\bottomrule",
        ] {
            assert!(text.contains(wanted), "'{wanted}' is missing in\n{text}");
        }
        assert_eq!(latex("a\\b~c^d{e}$f#"), "a\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d\\{e\\}\\$f\\#");
    }

    #[test]
    fn what_latex_begins_it_ends() {
        for rows in [0, 2, ROWS_OF_A_PAGE, ROWS_OF_A_PAGE + 1] {
            let text = table(rows).to_latex();
            let mut open = Vec::new();
            for command in text.split('\\').skip(1) {
                if let Some(rest) = command.strip_prefix("begin{") {
                    open.push(rest.split('}').next());
                } else if let Some(rest) = command.strip_prefix("end{") {
                    assert_eq!(open.pop(), Some(rest.split('}').next()), "{text}");
                }
            }
            assert!(open.is_empty(), "{text}");
            assert_eq!(text.contains("longtable"), rows > ROWS_OF_A_PAGE);
            assert_eq!(text.matches('{').count(), text.matches('}').count());
        }
    }

    #[test]
    fn markdown_lines_up() {
        assert_eq!(
            table(1).to_markdown(),
            "| layer         | multiply_adds |\n|---------------|--------------:|\n| block1.layer1 |         1,234 |\n"
        );
    }
}
