//! The values of a chart as a table, for those who want the numbers and for those who cannot see the picture.
//!
//! A table has one row for each place along x and one column for each series, so it reads like the figure. Cells become one row
//! each. Every number that is drawn is in it, in full precision, and nothing else.

use super::axis::Ticks;
use super::series::{Marks, Series};
use super::{Chart, Panel};

/// Named columns and their rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// One name for each column.
    pub header: Vec<String>,
    /// Rows as long as the header; an empty text where there is no value.
    pub rows: Vec<Vec<String>>,
}

impl Chart {
    /// The table of every panel, with the panel's title.
    pub fn tables(&self) -> Vec<(Option<&str>, Table)> {
        self.panels.iter().map(|panel| (panel.title.as_deref(), panel.table())).collect()
    }
}

impl Panel {
    /// The values of the panel's series.
    pub fn table(&self) -> Table {
        if let Some(cells) = self.cells() {
            return cells;
        }
        let columns: Vec<Column> = self.series.iter().flat_map(columns_of).collect();
        let mut places: Vec<f64> = columns.iter().flat_map(|column| column.values.iter().map(|(x, _)| *x)).collect();
        places.sort_by(f64::total_cmp);
        places.dedup();
        let mut rows: Vec<Vec<String>> = places.iter().map(|&x| vec![self.name_of(x)]).collect();
        for column in &columns {
            let mut values = column.values.iter().peekable();
            for (row, place) in rows.iter_mut().zip(&places) {
                let value = values.next_if(|(x, _)| x == place).map(|(_, value)| value.to_string());
                row.push(value.unwrap_or_default());
                while values.next_if(|(x, _)| x == place).is_some() {} // a second value at one place has no row of its own
            }
        }
        let header =
            std::iter::once(self.x.label.clone()).chain(columns.into_iter().map(|column| column.name)).collect();
        Table { header, rows }
    }

    /// The place along x in words: the name that stands there, or the number.
    fn name_of(&self, x: f64) -> String {
        name_at(&self.x.ticks, x)
    }

    fn cells(&self) -> Option<Table> {
        let grids: Vec<_> = self
            .series
            .iter()
            .filter_map(|series| if let Marks::Cells(cells) = &series.marks { Some((series, cells)) } else { None })
            .collect();
        let (series, _) = grids.first()?;
        let header = vec![self.x.label.clone(), self.y.label.clone(), series.key.clone()];
        let mut rows = Vec::new();
        for (_, cells) in &grids {
            for (row, edges) in cells.rows.windows(2).enumerate() {
                for (column, sides) in cells.columns.windows(2).enumerate() {
                    let Some(value) = cells.value(column, row) else { continue };
                    let (x, y) = (f64::midpoint(sides[0], sides[1]), f64::midpoint(edges[0], edges[1]));
                    rows.push(vec![name_at(&self.x.ticks, x), name_at(&self.y.ticks, y), value.to_string()]);
                }
            }
        }
        Some(Table { header, rows })
    }
}

struct Column {
    name: String,
    /// Place and value, rising.
    values: Vec<(f64, f64)>,
}

fn columns_of(series: &Series) -> Vec<Column> {
    let column = |ending: &str, values: Vec<(f64, f64)>| Column { name: format!("{}{ending}", series.key), values };
    match &series.marks {
        Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => {
            vec![column("", points.iter().map(|point| (point.x, point.y)).collect())]
        }
        Marks::Band(spans) => vec![
            column(".low", spans.iter().map(|span| (span.x, span.low)).collect()),
            column(".high", spans.iter().map(|span| (span.x, span.high)).collect()),
        ],
        Marks::Bars(bars) => {
            let to = column("", bars.iter().map(|bar| (bar.x.round(), bar.to - bar.from)).collect());
            vec![to]
        }
        Marks::Cells(_) | Marks::Rule { .. } => Vec::new(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a negative place becomes 0 and a fraction its whole part"
)]
fn name_at(ticks: &Ticks, place: f64) -> String {
    let index = place.round() as usize;
    match ticks {
        Ticks::Numbers(_) => place.to_string(),
        Ticks::Parts(parts) => parts.get(index).map_or_else(|| place.to_string(), |(part, _)| part.to_string()),
        Ticks::Names(names) => names.get(index).cloned().unwrap_or_else(|| place.to_string()),
    }
}
