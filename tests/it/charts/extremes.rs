//! What is hard to draw: many layers, many runs, one value, none, and words without end.

use densescope::arch::NetworkKind;
use densescope::chart::{Chart, Format, Marks, Meaning, Point, Scale, Ticks, Weight};
use densescope::text::Language;

use super::samples::{axis, chart, costs, gradients, growth, loss, map, panel, reuse, runs, series};

/// What is hard to draw.
pub(super) fn extreme(language: Language) -> Vec<(&'static str, Chart)> {
    let x = || axis("x", Scale::Linear, Ticks::Numbers(Format::Significant));
    let y = |scale| axis("y", scale, Ticks::Numbers(Format::Significant));
    let line = |points: &[(f64, f64)]| {
        let points = points.iter().map(|&(x, y)| Point { x, y }).collect();
        vec![series("line", "line", Meaning::Network(NetworkKind::Dense), Weight::Main, Marks::Line(points))]
    };
    let wide: Vec<_> = (0..16).map(|index| (f64::from(index), 10_f64.powi(index - 9))).collect();
    let with_holes: Vec<_> =
        (0..40).map(|index| (f64::from(index), if index % 5 == 0 { 0.0 } else { f64::from(index) })).collect();
    let title = "一个非常长的标题，用来检查它是否会在窄栏中正确换行，而不会超出画布或与其他文字重叠，即使标题比任何正常的标题都要长得多";
    let long = Chart {
        subtitle: Some(title.repeat(2)),
        notes: vec![
            title.to_owned(),
            "A note of many words that says what the run has no data for, and what would give it some, at length"
                .to_owned(),
        ],
        ..chart("long", title, loss(language).panels)
    };
    vec![
        ("120 layers", gradients(language, &[40, 40, 36])),
        ("a map of 120 layers", map(language, &[40, 40, 36])),
        ("64 layers in a block", reuse(language, &[6, 12, 64, 48])),
        ("growth of 40 layers", growth(language, 40)),
        ("3 layers", gradients(language, &[1])),
        ("12 runs", runs(language, 12)),
        ("six panels", costs(language, 6)),
        ("one panel of names", costs(language, 1)),
        ("one point", chart("one", "One point", vec![panel(x(), y(Scale::Linear), line(&[(3.0, 5.0)]))])),
        ("empty", chart("empty", "Nothing", vec![panel(x(), y(Scale::Linear), line(&[]))])),
        ("no panel", chart("none", "No panel", Vec::new())),
        (
            "constant",
            chart("constant", "Constant", vec![panel(x(), y(Scale::Linear), line(&[(0.0, 0.1), (5.0, 0.1)]))]),
        ),
        (
            "constant on powers",
            chart("constant", "Constant", vec![panel(x(), y(Scale::Log), line(&[(0.0, 1e-4), (5.0, 1e-4)]))]),
        ),
        ("1e-9 to 1e6", chart("wide", "Fifteen powers of ten", vec![panel(x(), y(Scale::Log), line(&wide))])),
        ("zeros on powers", chart("zeros", "Zeros", vec![panel(x(), y(Scale::Log), line(&with_holes))])),
        ("tiny numbers", chart("tiny", "Tiny", vec![panel(x(), y(Scale::Linear), line(&[(0.0, 1e-9), (1.0, 3e-9)]))])),
        (
            "large numbers",
            chart("large", "Large", vec![panel(x(), y(Scale::Linear), line(&[(0.0, 1e9), (1.0, 3e12)]))]),
        ),
        (
            "not numbers",
            chart(
                "nan",
                "Not numbers",
                vec![panel(
                    x(),
                    y(Scale::Linear),
                    line(&[(0.0, f64::NAN), (1.0, 2.0), (2.0, f64::INFINITY), (3.0, 1.0)]),
                )],
            ),
        ),
        ("long words", long),
    ]
}
