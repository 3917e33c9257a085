use super::*;
use crate::arch::{NetworkKind, Part};
use crate::chart::{Axis, Bar, Cells, Format, Point, Scale, Span, Ticks};
use crate::text::Language;

fn text() -> &'static Text {
    Text::of(Language::English)
}

fn chart(panels: Vec<Panel>) -> Chart {
    Chart {
        id: "loss",
        title: "Loss".to_owned(),
        subtitle: None,
        about: "How to read it".to_owned(),
        panels,
        color_scale: None,
        notes: Vec::new(),
        chooses: None,
    }
}

fn panel(ticks: Ticks, series: Vec<Series>) -> Panel {
    let y = Axis::numbers("Loss", Format::Significant);
    Panel { title: Some("Loss".to_owned()), x: Axis::along("Step", ticks), y, series }
}

fn numbers() -> Ticks {
    Ticks::Numbers(Format::Integer)
}

fn points(points: &[(f64, f64)]) -> Vec<Point> {
    points.iter().map(|&(x, y)| Point { x, y }).collect()
}

/// A chart of a curve of each kind, its single steps behind it, and a level.
fn curves(height: f64) -> Chart {
    let mut series = vec![Series::new(
        "chance",
        "Guessing",
        Meaning::Guide,
        Weight::Second,
        Marks::Rule { upright: false, at: 2.3 },
    )];
    for kind in [NetworkKind::Dense, NetworkKind::Residual] {
        let line = points(&[(1.0, height), (2.0, height + 1.0)]);
        let meaning = Meaning::Network(kind);
        series.push(Series::new(format!("{kind}.single"), "", meaning, Weight::Faint, Marks::Line(line.clone())));
        series.push(Series::new(kind.name(), kind.name(), meaning, Weight::Main, Marks::Line(line)));
    }
    chart(vec![panel(numbers(), series)])
}

fn named(charts: Vec<Chart>) -> Vec<(String, Chart)> {
    ["first", "second", "third"].into_iter().map(str::to_owned).zip(charts).collect()
}

#[test]
fn runs_have_colours_networks_have_dashes_and_guides_are_there_once() {
    let both = overlay(named(vec![curves(1.0), curves(5.0)]), text()).unwrap();
    let series = &both.panels[0].series;
    let seen: Vec<_> =
        series.iter().map(|series| (series.key.as_str(), series.name.as_str(), series.meaning, series.dash)).collect();
    assert_eq!(
        seen,
        [
            ("chance", "Guessing", Meaning::Guide, None),
            ("run1.dense", "dense · first", Meaning::Run(0), Some(Dash::Solid)),
            ("run1.residual", "residual · first", Meaning::Run(0), Some(Dash::Dashed)),
            ("run2.dense", "dense · second", Meaning::Run(1), Some(Dash::Solid)),
            ("run2.residual", "residual · second", Meaning::Run(1), Some(Dash::Dashed)),
        ]
    );
    assert_eq!(series[3].marks, Marks::Line(points(&[(1.0, 5.0), (2.0, 6.0)])));
    assert!(both.notes[0].contains("left out"), "{:?}", both.notes);
}

#[test]
fn rows_that_only_one_run_has_keep_their_place_in_the_network() {
    let ticks = |layers: usize| {
        let block = |block| (1..=layers).map(move |layer| Part::Layer { block, layer });
        let parts = [Part::Stem].into_iter().chain(block(1)).chain([Part::Transition { block: 1 }]).chain(block(2));
        Ticks::Parts(parts.chain([Part::Classifier]).map(|part| (part, part.to_string())).collect())
    };
    let row = |layers: usize| {
        let Ticks::Parts(parts) = ticks(layers) else { panic!() };
        let bars = (0..parts.len()).map(|x| Bar { x: x as f64 + 0.2, width: 0.4, from: 0.0, to: x as f64 }).collect();
        let meaning = Meaning::Portion(NetworkKind::Dense, 1);
        let series = Series::new("dense.makes", "makes", meaning, Weight::Main, Marks::Bars(bars));
        chart(vec![panel(ticks(layers), vec![series])])
    };
    let both = overlay(named(vec![row(2), row(3)]), text()).unwrap();
    assert_eq!(both.panels[0].x.ticks, ticks(3));
    let table = both.panels[0].table();
    assert_eq!(table.header, ["Step", "run1.dense.makes", "run2.dense.makes"]);
    let rows: Vec<[&str; 3]> = table.rows.iter().map(|row| [0, 1, 2].map(|cell| row[cell].as_str())).collect();
    assert_eq!(rows[2..5], [["block1.layer2", "2", "2"], ["block1.layer3", "", "3"], ["transition1", "3", "4"]]);
    assert_eq!(rows.last(), Some(&["classifier", "6", "8"]));
    for series in &both.panels[0].series {
        let Marks::Bars(bars) = &series.marks else { panic!() };
        assert!(bars.iter().all(|bar| (bar.x - bar.x.round()).abs() + bar.width / 2.0 <= 0.5), "{bars:?}");
    }
}

#[test]
fn ends_hold_what_every_run_would_show_by_itself() {
    let mut first = curves(1.0);
    first.panels[0].y.range = Some([0.0, 3.0]);
    let both = overlay(named(vec![first.clone(), curves(5.0)]), text()).unwrap();
    assert_eq!(both.panels[0].y.range, Some([0.0, 6.0]));
    let neither = overlay(named(vec![curves(1.0), curves(5.0)]), text()).unwrap();
    assert_eq!(neither.panels[0].y.range, None);
}

fn map(value: f64, max: f64) -> Chart {
    let cells = Cells { columns: vec![0.0, 1.0, 2.0], rows: vec![0.0, 1.0], values: vec![Some(value), None] };
    let meaning = Meaning::Network(NetworkKind::Dense);
    let series = Series::new("dense", "", meaning, Weight::Main, Marks::Cells(cells));
    let mut chart = chart(vec![panel(numbers(), vec![series])]);
    let label = "norm".to_owned();
    chart.color_scale = Some(ColorScale { label, scale: Scale::Log, format: Format::Significant, min: 1.0, max });
    chart
}

#[test]
fn maps_stand_side_by_side_on_one_scale() {
    let both = overlay(named(vec![map(1.0, 10.0), map(4.0, 50.0)]), text()).unwrap();
    let titles: Vec<_> = both.panels.iter().map(|panel| panel.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["Loss · first", "Loss · second"]);
    assert_eq!(both.color_scale.map(|scale| [scale.min, scale.max]), Some([1.0, 50.0]));
}

#[test]
fn seeds_become_a_mean_with_a_band_from_the_lowest_to_the_highest() {
    let mean = mean_and_range(named(vec![curves(1.0), curves(2.0), curves(6.0)]), text()).unwrap();
    let series = &mean.panels[0].series;
    let keys: Vec<&str> = series.iter().map(|series| series.key.as_str()).collect();
    assert_eq!(keys, ["dense.range", "residual.range", "chance", "dense", "residual"]);
    let span = |x, low, high| Span { x, low, high };
    assert_eq!(series[0].marks, Marks::Band(vec![span(1.0, 1.0, 6.0), span(2.0, 2.0, 7.0)]));
    assert_eq!(series[3].marks, Marks::Line(points(&[(1.0, 3.0), (2.0, 4.0)])));
    assert_eq!(series[3].notes, ["runs from 1.000 to 6.000", "runs from 2.000 to 7.000"]);
    assert!(mean.notes.last().unwrap().contains("3 runs (first, second, third)"), "{:?}", mean.notes);
}

#[test]
fn runs_without_values_at_the_same_places_are_met_between_them_and_never_beyond() {
    let line = |points| {
        let series = Series::new("dense", "", Meaning::Network(NetworkKind::Dense), Weight::Main, Marks::Line(points));
        chart(vec![panel(numbers(), vec![series])])
    };
    let (one, other) = (points(&[(1.0, 0.0), (3.0, 2.0), (9.0, 8.0)]), points(&[(2.0, 10.0), (4.0, 20.0)]));
    let mean = mean_and_range(named(vec![line(one), line(other)]), text()).unwrap();
    assert_eq!(mean.panels[0].series[1].marks, Marks::Line(points(&[(3.0, 8.5)])));
}

#[test]
fn cells_on_powers_of_ten_have_the_geometric_mean() {
    let mean = mean_and_range(named(vec![map(1.0, 10.0), map(4.0, 50.0)]), text()).unwrap();
    let Marks::Cells(cells) = &mean.panels[0].series[0].marks else { panic!() };
    assert_eq!(cells.values, [Some(2.0), None]);
}

#[test]
fn one_run_is_as_it_is_and_none_or_two_figures_are_refused() {
    assert_eq!(overlay(named(vec![curves(1.0)]), text()), Ok(curves(1.0)));
    assert_eq!(mean_and_range(named(vec![curves(1.0)]), text()), Ok(curves(1.0)));
    let other = Chart { id: "growth", title: "Growth".to_owned(), ..curves(1.0) };
    for combine in [overlay, mean_and_range] {
        assert!(combine(Vec::new(), text()).is_err());
        let words = combine(named(vec![curves(1.0), other.clone()]), text()).unwrap_err().0;
        assert!(words.contains("Loss and Growth"), "{words}");
    }
}
