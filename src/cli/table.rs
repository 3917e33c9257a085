//! Tables of text, for terminals and documents.

use comfy_table::{CellAlignment, LineStyle, TableStyle, presets};

/// On which side a column's text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Alignment {
    Left,
    Right,
}

/// Three lines, as in printed tables.
const RULED: TableStyle = {
    let rule = LineStyle::none().fill('─').junction('─');
    TableStyle::new().top_border(rule).header_separator(rule).bottom_border(rule)
};

/// A table with named columns.
pub(super) struct Table(comfy_table::Table);

impl Table {
    pub(super) fn new(columns: &[(&str, Alignment)]) -> Self {
        let mut table = comfy_table::Table::new();
        table.set_header(columns.iter().map(|(name, _)| *name));
        for ((_, alignment), column) in columns.iter().zip(table.column_iter_mut()) {
            column.set_cell_alignment(match alignment {
                Alignment::Left => CellAlignment::Left,
                Alignment::Right => CellAlignment::Right,
            });
        }
        Self(table)
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.0.add_row(cells);
    }

    /// With a line under the header and at both ends.
    pub(super) fn for_terminal(mut self) -> String {
        self.0.load_style(RULED).to_string()
    }

    /// As GitHub and others read it.
    pub(super) fn for_documents(mut self) -> String {
        self.0.load_style(presets::ASCII_MARKDOWN).to_string()
    }
}

/// The number with its thousands apart: 14,771,160.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        let numbers = [0, 999, 1000, 46_362, 14_771_160];
        assert_eq!(numbers.map(grouped), ["0", "999", "1,000", "46,362", "14,771,160"]);
    }
}
