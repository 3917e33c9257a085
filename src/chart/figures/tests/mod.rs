//! Every figure on every kind of subject.

mod numbers;
mod subjects;

use std::collections::BTreeSet;

use subjects::{BARE, RESIDUAL, THREE, Trained};

use crate::arch::NetworkKind;
use crate::chart::{
    Along, Axis, Chart, Extent, FIGURES, Figure, GradientMeasure, Marks, NoData, Options, ReuseScale, Scale, Shows,
    Subject, TimeAxis, mean_and_range, overlay,
};
use crate::text::{Language, Text};

/// The figure's chart in English, as chosen at the start.
pub(super) fn built(id: &str, subject: &Subject) -> Result<Chart, NoData> {
    let figure = Figure::named(id).expect("there is such a figure");
    (figure.build)(subject, &Options::default(), Text::of(Language::English))
}

/// Every way to choose.
fn every_choice() -> impl Iterator<Item = Options> {
    let times = || TimeAxis::ALL.into_iter();
    let scales = || ReuseScale::ALL.into_iter();
    let start = Options::default();
    let of = move |gradient| {
        times().flat_map(move |time| scales().map(move |reuse| Options { gradient, time, reuse, ..start }))
    };
    let extents = [Extent::Block(1), Extent::Block(99), Extent::Network];
    let costs = move |along| extents.map(|extent| Options { along, extent, ..start });
    GradientMeasure::ALL.into_iter().flat_map(of).chain(Along::ALL.into_iter().flat_map(costs))
}

/// What holds of every chart.
fn check(chart: &Chart, subject: &str) {
    let id = chart.id;
    assert!(!chart.panels.is_empty(), "{id} of {subject} has no panel");
    assert!(chart.about.chars().count() > 60, "{id} says how to read it");
    let mut has_cells = false;
    for panel in &chart.panels {
        assert!(chart.panels.len() == 1 || panel.title.is_some(), "{id} of {subject}: panels need titles");
        let keys: BTreeSet<&str> = panel.series.iter().map(|series| series.key.as_str()).collect();
        assert_eq!(keys.len(), panel.series.len(), "{id} of {subject}: a key is there twice");
        for axis in [&panel.x, &panel.y] {
            check_axis(axis, id);
        }
        for series in &panel.series {
            let what = format!("{} in {id} of {subject}", series.key);
            assert!(series.notes.is_empty() || series.notes.len() == series.marks.len(), "{what}: notes");
            assert!(
                numbers_of(&series.marks).iter().all(|number| number.is_finite()),
                "{what}: a number is not finite"
            );
            assert!(series.marks.len() <= 135 * 160 && rising(&series.marks), "{what}: order or number of marks");
            has_cells |= matches!(series.marks, Marks::Cells(_));
        }
        let table = panel.table();
        assert!(table.header.len() > 1 && !table.rows.is_empty(), "{id} of {subject}: its table is empty");
        assert!(table.rows.iter().all(|row| row.len() == table.header.len()), "{id} of {subject}: its table is ragged");
    }
    match &chart.color_scale {
        Some(scale) => assert!(scale.max >= scale.min && scale.min.is_finite() && scale.max.is_finite(), "{id}"),
        None => assert!(!has_cells, "{id} of {subject} has cells without a scale"),
    }
}

fn check_axis(axis: &Axis, id: &str) {
    assert!(!axis.label.is_empty(), "{id}");
    if let Some([low, high]) = axis.range {
        assert!(low < high && high.is_finite(), "{id}");
        assert!(axis.scale == Scale::Linear || low > 0.0, "{id}");
    }
}

fn numbers_of(marks: &Marks) -> Vec<f64> {
    match marks {
        Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => {
            points.iter().flat_map(|point| [point.x, point.y]).collect()
        }
        Marks::Band(spans) => spans.iter().flat_map(|span| [span.x, span.low, span.high]).collect(),
        Marks::Bars(bars) => bars.iter().flat_map(|bar| [bar.x, bar.width, bar.from, bar.to]).collect(),
        Marks::Cells(cells) => {
            assert_eq!(cells.values.len(), (cells.columns.len() - 1) * (cells.rows.len() - 1));
            cells.columns.iter().chain(&cells.rows).chain(cells.values.iter().flatten()).copied().collect()
        }
        Marks::Rule { at, .. } => vec![*at],
    }
}

fn rising(marks: &Marks) -> bool {
    match marks {
        Marks::Line(points) | Marks::Steps(points) => points.is_sorted_by(|a, b| a.x < b.x),
        Marks::Band(spans) => spans.is_sorted_by(|a, b| a.x < b.x) && spans.iter().all(|span| span.low <= span.high),
        Marks::Cells(cells) => cells.columns.is_sorted_by(|a, b| a < b) && cells.rows.is_sorted_by(|a, b| a < b),
        Marks::Points(_) | Marks::Bars(_) | Marks::Rule { .. } => true,
    }
}

/// Builds every figure in every language and choice; the ids of those that have something to show.
fn builds(subject: &Subject, name: &str) -> Vec<&'static str> {
    let mut shown = Vec::new();
    for figure in FIGURES {
        let mut charts = 0;
        for language in Language::ALL {
            for options in every_choice() {
                match (figure.build)(subject, &options, Text::of(language)) {
                    Ok(chart) => {
                        assert_eq!(chart.id, figure.id);
                        check(&chart, name);
                        charts += 1;
                    }
                    Err(NoData(words)) => assert!(words.chars().count() > 5, "{} says what is missing", figure.id),
                }
            }
        }
        assert!(
            charts == 0 || charts == every_choice().count() * Language::ALL.len(),
            "{} of {name} is there for some choices only",
            figure.id
        );
        if charts > 0 {
            shown.push(figure.id);
        }
    }
    shown
}

/// The figures about which that is so.
fn those(of: impl Fn(&Figure) -> bool) -> Vec<&'static str> {
    FIGURES.iter().filter(|figure| of(figure)).map(|figure| figure.id).collect()
}

/// The figures but those.
fn all_but(left_out: &[&str]) -> Vec<&'static str> {
    those(|figure| !left_out.contains(&figure.id))
}

#[test]
fn no_two_figures_have_one_name_and_each_says_what_it_is_in_every_language() {
    for (index, figure) in FIGURES.iter().enumerate() {
        assert!(FIGURES[index + 1..].iter().all(|other| other.id != figure.id), "{} twice", figure.id);
        for language in Language::ALL {
            for word in ["title", "about"] {
                assert!(!Text::of(language).say(&format!("figure.{}.{word}", figure.id)).is_empty());
            }
        }
    }
}

#[test]
fn a_trained_run_of_three_networks_has_every_figure_at_every_moment() {
    assert_eq!(builds(&THREE.subject(), "three networks"), all_but(&[]));
    for at in [1, 777, 1999, 2000, 9999] {
        assert_eq!(builds(&THREE.looked_at(Some(at)), "a moment"), all_but(&[]), "{at}");
    }
    assert_eq!(builds(&THREE.first_steps(1).subject(), "one step"), all_but(&[]));
}

#[test]
fn networks_that_were_never_trained_have_the_figures_of_structure() {
    for preset in ["classroom", "densenet-264", "two-blocks"] {
        let never = Trained::never(preset, &NetworkKind::ALL);
        assert_eq!(builds(&never.subject(), preset), those(|figure| figure.shows == Shows::Built));
        let words = built("loss", &never.subject()).unwrap_err().0;
        assert!(words.contains("first step of training"), "{words}");
    }
    let mut empty = Trained::never("classroom", &[NetworkKind::Dense]);
    empty.history = Some(crate::telemetry::History::new(&[NetworkKind::Dense], 1 << 20));
    let untrained = builds(&empty.subject(), "before the first step");
    assert_eq!(untrained, those(|figure| figure.shows == Shows::Built));
}

#[test]
fn a_residual_network_alone_has_every_figure_but_reuse() {
    let shown = builds(&RESIDUAL.subject(), "a residual network");
    assert_eq!(shown, all_but(&["reuse"]));
    assert!(built("reuse", &RESIDUAL.subject()).unwrap_err().0.contains("DenseNet"));
}

#[test]
fn one_block_without_batch_norm_has_every_figure_but_compression() {
    let shown = builds(&BARE.subject(), "one block without batch norm");
    assert_eq!(shown, all_but(&["compression"]));
}

#[test]
fn a_diverged_network_brings_no_number_that_is_not_finite_and_is_named() {
    let mut diverged = THREE.first_steps(40);
    let history = diverged.history.as_mut().unwrap();
    let rows = diverged.networks[0].layers.len();
    for step in 41..=60 {
        for kind in [NetworkKind::Dense, NetworkKind::Residual] {
            let mut record = subjects::made_up_record(step, rows);
            if kind == NetworkKind::Residual {
                record.train_loss = f64::INFINITY;
                for layer in &mut record.figures.layers {
                    (layer.weight_grad_norm, layer.activation_grad_norm) = (f64::NAN, f64::INFINITY);
                }
            }
            history.push(kind, record);
        }
    }
    assert_eq!(builds(&diverged.subject(), "a diverged network"), all_but(&[]));
    let notes = built("gradients", &diverged.subject()).unwrap().notes.join("\n");
    assert!(notes.contains("Plain network has no later step than 40") && notes.contains("not finite"), "{notes}");
}

#[test]
fn every_figure_of_several_runs_is_a_chart_too() {
    let runs = [THREE.first_steps(2000), THREE.first_steps(40), Trained::never("classroom", &NetworkKind::ALL)];
    for figure in FIGURES {
        let charts = || -> Vec<(String, Chart)> {
            let built = runs.iter().filter_map(|run| built(figure.id, &run.subject()).ok());
            (1..).map(|run| format!("run {run}")).zip(built).collect()
        };
        let text = Text::of(Language::English);
        check(&overlay(charts(), text).unwrap(), "several runs");
        let mut alike = charts();
        alike.truncate(2);
        match mean_and_range(alike, text) {
            Ok(mean) => check(&mean, "the mean of runs"),
            Err(NoData(words)) => assert_eq!(figure.id, "gradients-over-time", "{words}"), // columns of other steps
        }
    }
}

#[test]
fn a_long_history_makes_charts_of_a_size_that_can_be_painted() {
    let long = Trained::made_up("classroom", &NetworkKind::ALL, 20_000);
    let shown = builds(&long.subject(), "twenty thousand steps");
    assert_eq!(shown, all_but(&["reuse", "cuts", "edges"]));
    for (id, most) in [("loss", 710), ("gradients-over-time", 160 * 17)] {
        let chart = built(id, &long.subject()).unwrap();
        let longest = chart.panels.iter().flat_map(|panel| &panel.series).map(|series| series.marks.len()).max();
        assert!(longest <= Some(most), "{id}: {longest:?}");
    }
}
