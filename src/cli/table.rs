//! Tables of text for terminals.

use comfy_table::{CellAlignment, LineStyle, TableStyle};

pub(super) use crate::export::document::Alignment;
pub(super) use crate::text::number::grouped;

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
}
