//! The values of a chart as CSV.

use densescope::export::picture::to_csv;
use densescope::text::Language;

use super::extremes::extreme;
use super::samples::ordinary;

#[test]
fn csv_reads_back_as_the_tables_of_the_chart() {
    let charts =
        ordinary(Language::English).into_iter().chain(extreme(Language::Chinese).into_iter().map(|(_, chart)| chart));
    for chart in charts {
        let text = to_csv(&chart);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        let tables = chart.tables();
        assert_eq!(rows.len(), tables.iter().map(|(_, table)| table.rows.len()).sum::<usize>(), "{}", chart.id);
        let has_panels = tables.len() > 1 || tables.iter().any(|(title, _)| title.is_some());
        assert_eq!(header.first().is_some_and(|name| name == "panel"), has_panels, "{}", chart.id);
        let mut rows = rows.into_iter();
        for (index, (title, table)) in tables.iter().enumerate() {
            for (expected, row) in table.rows.iter().zip(&mut rows) {
                let cell = |name: &str| &row[header.iter().position(|known| known == name).unwrap()];
                for (name, value) in table.header.iter().zip(expected) {
                    assert_eq!(cell(name), value, "{} {name}", chart.id);
                }
                if has_panels {
                    assert_eq!(row[0], title.map_or((index + 1).to_string(), str::to_owned));
                }
            }
        }
    }
}

#[test]
fn a_number_in_a_csv_is_the_number_of_the_chart() {
    let chart = &ordinary(Language::English)[4];
    let text = to_csv(chart);
    assert!(text.contains("14771160"), "{text}");
    assert!(text.starts_with("panel,"), "{text}");
}
