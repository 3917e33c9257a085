//! The values of a chart as one tidy CSV table.

use crate::chart::{Chart, Table};
use crate::drawing::Drawing;

/// Says that a file is in UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Every row of the drawing's networks as CSV.
pub fn drawing_to_csv(drawing: &Drawing) -> String {
    tables_to_csv(&[(None, drawing.table())])
}

/// The chart's tables as CSV, in full precision, marked as UTF-8 where there is more than ASCII. Panels with titles, and several, become one table with a first column `panel`; columns that only some
/// panels have are empty in the others.
///
/// # Panics
///
/// Never: memory takes any table.
pub fn to_csv(chart: &Chart) -> String {
    tables_to_csv(&chart.tables())
}

fn tables_to_csv(tables: &[(Option<&str>, Table)]) -> String {
    let several = tables.len() > 1 || tables.iter().any(|(title, _)| title.is_some());
    let mut header: Vec<&str> = Vec::new();
    for name in tables.iter().flat_map(|(_, table)| &table.header) {
        if !header.contains(&name.as_str()) {
            header.push(name);
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let panel = several.then_some("panel");
    writer.write_record(panel.iter().chain(&header)).expect("memory takes any table");
    for (index, (title, table)) in tables.iter().enumerate() {
        let number = (index + 1).to_string();
        let panel = several.then_some(title.unwrap_or(&number));
        let places: Vec<_> = header.iter().map(|name| table.header.iter().position(|own| own == name)).collect();
        for row in &table.rows {
            let cells = places.iter().map(|place| place.map_or("", |place| row[place].as_str()));
            writer.write_record(panel.into_iter().chain(cells)).expect("memory takes any table");
        }
    }
    let table = String::from_utf8(writer.into_inner().expect("memory takes any table"));
    let table = table.expect("words and numbers are text");
    // Excel takes a table without this mark for one in the system's old encoding.
    if table.is_ascii() { table } else { format!("{BYTE_ORDER_MARK}{table}") }
}
