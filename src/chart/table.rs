//! The values of a chart as a table, for those who want the numbers and for those who cannot see the picture.
//!
//! A table has one row for each place along x and one column for each series, so it reads like the figure; bars side by side at one name
//! are in that name's row. A level line that has a name is a column of its own. Cells become one row each. Every number that is drawn
//! is in it, in full precision; what is drawn twice, as a line and as points on it, is there once.

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
        let columns = self.columns();
        let values = columns.iter().flat_map(|column| &column.values);
        let mut places: Vec<f64> = values.map(|(x, _)| *x).collect();
        places.sort_by(f64::total_cmp);
        places.dedup();
        // A place at which a column has several values has as many rows.
        let rows_of = |place: f64| columns.iter().map(|column| column.at(place).len()).max().unwrap_or(0);
        let places: Vec<(f64, usize)> =
            places.into_iter().flat_map(|place| (0..rows_of(place)).map(move |copy| (place, copy))).collect();
        let mut rows: Vec<Vec<String>> = places.iter().map(|(place, _)| vec![self.name_of(*place)]).collect();
        for column in &columns {
            for (row, (place, copy)) in rows.iter_mut().zip(&places) {
                let value = column.at(*place).get(*copy).map(|(_, value)| value.to_string());
                row.push(value.unwrap_or_default());
            }
        }
        let levels: Vec<(String, String)> = self.series.iter().filter_map(level_of).collect();
        for (_, value) in &levels {
            for row in &mut rows {
                row.push(value.clone());
            }
        }
        let names = columns.into_iter().map(|column| column.name).chain(levels.into_iter().map(|(name, _)| name));
        let header = std::iter::once(self.x.label.clone()).chain(names).collect();
        Table { header, rows }
    }

    /// A column for each series with values, sorted by place; not those that say again what a line said.
    fn columns(&self) -> Vec<Column> {
        let by_name = match &self.x.ticks {
            Ticks::Numbers(_) => false,
            Ticks::Parts(_) | Ticks::Names(_) => true,
        };
        let mut columns: Vec<Column> = Vec::new();
        for mut column in self.series.iter().flat_map(columns_of) {
            if by_name {
                for (x, _) in &mut column.values {
                    *x = x.round();
                }
            }
            column.values.sort_by(|a, b| a.0.total_cmp(&b.0));
            let said = |other: &Column| {
                let same_key = column.name.strip_prefix(&other.name).is_some_and(|end| end.starts_with('.'));
                same_key && other.values == column.values
            };
            if !columns.iter().any(said) {
                columns.push(column);
            }
        }
        columns
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
    /// Place and value, sorted by place.
    values: Vec<(f64, f64)>,
}

impl Column {
    /// What stands at a place.
    fn at(&self, place: f64) -> &[(f64, f64)] {
        let from = self.values.partition_point(|(x, _)| *x < place);
        let count = self.values[from..].iter().take_while(|(x, _)| *x == place).count();
        &self.values[from..from + count]
    }
}

/// The name and value of a level line that has a name; those without one are guides for the eye.
fn level_of(series: &Series) -> Option<(String, String)> {
    match series.marks {
        Marks::Rule { upright: false, at } if !series.name.is_empty() => Some((series.key.clone(), at.to_string())),
        Marks::Line(_)
        | Marks::Steps(_)
        | Marks::Points(_)
        | Marks::Band(_)
        | Marks::Bars(_)
        | Marks::Cells(_)
        | Marks::Rule { .. } => None,
    }
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
            vec![column("", bars.iter().map(|bar| (bar.x, bar.to - bar.from)).collect())]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Axis, Bar, Cells, Format, Meaning, Point, Weight};

    fn series(key: &str, marks: Marks) -> Series {
        Series::new(key, key, Meaning::Guide, Weight::Main, marks)
    }

    fn points(points: &[(f64, f64)]) -> Vec<Point> {
        points.iter().map(|&(x, y)| Point { x, y }).collect()
    }

    fn table(ticks: Ticks, series: Vec<Series>) -> Table {
        let y = Axis::numbers("y", Format::Significant);
        Panel { title: None, x: Axis::along("x", ticks), y, series }.table()
    }

    fn names() -> Ticks {
        Ticks::Names(vec!["one".to_owned(), "two".to_owned()])
    }

    #[test]
    fn bars_side_by_side_at_one_name_are_in_that_names_row() {
        let bars = |shift: f64, from: f64| {
            Marks::Bars((0..2).map(|x| Bar { x: f64::from(x) + shift, width: 0.4, from, to: from + 3.0 }).collect())
        };
        let table = table(names(), vec![series("a", bars(-0.2, 0.0)), series("b", bars(0.2, 5.0))]);
        assert_eq!(table.header, ["x", "a", "b"]);
        assert_eq!(table.rows, [["one", "3", "3"], ["two", "3", "3"]]);
    }

    #[test]
    fn every_number_is_there_once_and_in_full() {
        let third = 1.0 / 3.0;
        let line = points(&[(1.5, third), (2.5, 4.0)]);
        let twice = points(&[(2.5, 7.0), (2.5, 8.0)]);
        let level = Marks::Rule { upright: false, at: 0.1 };
        let table = table(
            Ticks::Numbers(Format::Integer),
            vec![
                series("a", Marks::Line(line.clone())),
                series("a.points", Marks::Points(line.clone())),
                series("b", Marks::Points(line)),
                series("c", Marks::Points(twice)),
                series("chance", level.clone()),
                Series { name: String::new(), ..series("guide", level) },
            ],
        );
        assert_eq!(table.header, ["x", "a", "b", "c", "chance"]);
        let third = "0.3333333333333333";
        assert_eq!(
            table.rows,
            [["1.5", third, third, "", "0.1"], ["2.5", "4", "4", "7", "0.1"], ["2.5", "", "", "8", "0.1"]]
        );
    }

    #[test]
    fn a_cell_is_a_row_and_an_empty_one_is_none() {
        let cells = Cells { columns: vec![-0.5, 0.5, 1.5], rows: vec![0.0, 2.0], values: vec![Some(0.25), None] };
        let table = table(names(), vec![series("map", Marks::Cells(cells))]);
        assert_eq!(
            (table.header, table.rows),
            (["x", "y", "map"].map(str::to_owned).to_vec(), vec![["one", "1", "0.25"].map(str::to_owned).to_vec()])
        );
    }
}
